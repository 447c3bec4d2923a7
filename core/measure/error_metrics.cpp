#include "core/measure/error_metrics.h"

#include "core/measure/pair_sums.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace quantoscope {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kTile = 1024;
constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double decibels(double signal, double noise) {
    if (signal == 0) return kUndefined;
    return noise == 0 ? kInfinity : 10 * std::log10(signal / noise);
}

double entropyBits(const std::vector<std::uint64_t>& counts, std::uint64_t total) {
    double entropy = 0;
    for (const std::uint64_t count : counts) {
        if (count == 0) continue;
        const double p = static_cast<double>(count) / static_cast<double>(total);
        entropy -= p * std::log2(p);
    }
    return std::max(0.0, entropy);
}

/// How far Σe² may be off as the values of a group all went to one bin.
double acrossThresholds(const Distribution& data, const Codebook& codebook) {
    double bound = 0;
    std::size_t next = 0; // groups before it are done
    for (const float threshold : codebook.thresholds) {
        const std::size_t after = data.indexOf(threshold);
        for (std::size_t i = std::max(next, after - std::min<std::size_t>(after, 1)); i <= after && i < data.distinct();
             ++i) {
            const double low = data.lowest(i), high = data.highest(i);
            const std::size_t first = codebook.binOf(data.lowest(i)), last = codebook.binOf(data.highest(i));
            if (first == last) continue;
            next = i + 1;
            const double a = codebook.levels[first], b = codebook.levels[last], middle = a + (b - a) / 2;
            // (x − a)² − (x − b)² = 2(b − a)(x − middle). Across several thresholds: the square of the largest error.
            const double most = last == first + 1
                                    ? 2 * std::fabs(b - a) * std::max(std::fabs(low - middle), std::fabs(high - middle))
                                    : std::pow(std::max({std::fabs(low - a), std::fabs(high - a), std::fabs(low - b),
                                                         std::fabs(high - b)}),
                                               2);
            bound += static_cast<double>(data.countOf({i, i + 1})) * most;
        }
    }
    return bound;
}

} // namespace

void BinErrors::add(const BinErrors& other) {
    if (counts.size() < other.counts.size()) {
        counts.resize(other.counts.size());
        squaredErrors.resize(other.counts.size());
    }
    for (std::size_t i = 0; i < other.counts.size(); ++i) {
        counts[i] += other.counts[i];
        squaredErrors[i] += other.squaredErrors[i];
    }
}

void ErrorSums::add(const ErrorSums& other) {
    if (other.count == 0) return;
    const bool first = count == 0;
    // Squares about the mean of two parts: Chan, Golub, LeVeque 1983.
    totalSquares += other.totalSquares;
    if (!first) {
        const double n = static_cast<double>(count), m = static_cast<double>(other.count);
        const double distance = (other.sumX / m - sumX / n).value();
        totalSquares += distance * distance * (n / (n + m)) * m;
    }
    count += other.count;
    squaredError += other.squaredError;
    squaredErrorBound += other.squaredErrorBound;
    absoluteError += other.absoluteError;
    if (first || other.maximumError > maximumError) {
        maximumError = other.maximumError;
        maximumErrorAt = other.maximumErrorAt;
    }
    sumX = sumX + other.sumX;
    sumXX += other.sumXX;
    sumXY += other.sumXY;
    sumYY += other.sumYY;
    withinBins += other.withinBins;
    clippedBelow += other.clippedBelow;
    clippedAbove += other.clippedAbove;
    minimum = first ? other.minimum : std::min(minimum, other.minimum);
    maximum = first ? other.maximum : std::max(maximum, other.maximum);
    bins.add(other.bins);
}

ErrorSums measure(const Distribution& data, const Codebook& codebook, float lower, float upper) {
    ErrorSums sums;
    sums.bins.counts.resize(codebook.size());
    sums.bins.squaredErrors.resize(codebook.size());
    if (data.empty()) return sums;
    sums.count = data.count();
    sums.minimum = data.minimum();
    sums.maximum = data.maximum();
    sums.sumX = data.preciseMeanOf(data.all()) * static_cast<double>(data.count());
    sums.sumXX = data.sumOfSquares();
    sums.totalSquares = data.squaredErrorAboutMean(data.all());
    sums.clippedBelow = data.countOf({0, data.indexOf(lower)});
    sums.clippedAbove = data.countOf({data.indexOf(std::nextafter(upper, INFINITY)), data.distinct()});
    sums.maximumErrorAt = data.minimum();
    std::size_t begin = 0;
    for (std::size_t bin = 0; bin < codebook.size(); ++bin) {
        const std::size_t end = bin + 1 < codebook.size() ? data.indexOf(codebook.thresholds[bin]) : data.distinct();
        const IndexRange range{begin, end};
        if (range.empty()) continue;
        begin = end;
        const double level = codebook.levels[bin];
        const std::uint64_t count = data.countOf(range);
        const double squared = data.squaredError(range, level);
        sums.bins.counts[bin] = count;
        sums.bins.squaredErrors[bin] = squared;
        sums.squaredError += squared;
        sums.absoluteError += data.absoluteError(range, level);
        sums.sumXY += level * data.sumOf(range);
        sums.sumYY += level * level * static_cast<double>(count);
        sums.withinBins += data.squaredErrorAboutMean(range);
        for (const float x : {data.lowest(range.begin), data.highest(range.end - 1)}) {
            const double error = std::fabs(x - level);
            if (error <= sums.maximumError) continue;
            sums.maximumError = error;
            sums.maximumErrorAt = x;
        }
    }
    if (data.isCoarse()) sums.squaredErrorBound = acrossThresholds(data, codebook);
    return sums;
}

ErrorSums DirectMeasure::add(std::span<const float> values, const Codebook& codebook, const GroupScale& scale,
                             const ClipRange& clip, ErrorSums& total) {
    if (total.bins.counts.size() < codebook.size()) {
        total.bins.counts.resize(codebook.size());
        total.bins.squaredErrors.resize(codebook.size());
    }
    ErrorSums sums;
    if (values.empty()) return sums;
    if (m_counts.size() < codebook.size()) {
        m_counts.resize(codebook.size());
        m_meanErrors.resize(codebook.size());
    }
    m_binOf.resize(values.size());
    m_decoded.resize(values.size());
    m_errors.resize(values.size());
    GroupEncoder(codebook, scale).binsAndValues(values, m_binOf, m_decoded);

    const double anchor = values.front();
    double shifted = 0; // Σ(x − anchor)
    sums.count = values.size();
    sums.minimum = sums.maximum = sums.maximumErrorAt = values.front();
    for (std::size_t begin = 0; begin < values.size(); begin += kTile) {
        // Sums of sums: the rounding of a million additions stays that of some thousands.
        const auto x = values.subspan(begin, std::min(kTile, values.size() - begin));
        const PairSums tile = pairSums(x, &m_decoded[begin], anchor, &m_errors[begin]);
        sums.squaredError += tile.squaredError;
        sums.absoluteError += tile.absoluteError;
        sums.sumXX += tile.sumXX;
        sums.sumXY += tile.sumXY;
        sums.sumYY += tile.sumYY;
        shifted += tile.shifted;
        if (tile.maximumError > sums.maximumError) {
            sums.maximumError = tile.maximumError;
            sums.maximumErrorAt = x[tile.maximumErrorAt];
        }
        sums.minimum = std::min(sums.minimum, tile.minimum);
        sums.maximum = std::max(sums.maximum, tile.maximum);
        if (tile.minimum < clip.lower || tile.maximum > clip.upper) {
            for (const float value : x) {
                sums.clippedBelow += value < clip.lower;
                sums.clippedAbove += value > clip.upper;
            }
        }
    }
    const auto n = static_cast<double>(values.size());
    const double shiftedMean = shifted / n;
    sums.sumX = twoSum(anchor, shiftedMean) * n;

    // Of a table of 65536 levels a block uses a few: only those are touched.
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::uint32_t bin = m_binOf[i];
        const double error = m_errors[i];
        m_meanErrors[bin] = m_counts[bin]++ == 0 ? error : m_meanErrors[bin] + error;
        total.bins.squaredErrors[bin] += error * error;
    }
    const auto close = [&](std::size_t bin) {
        if (m_counts[bin] == 0) return;
        m_meanErrors[bin] /= static_cast<double>(m_counts[bin]);
        total.bins.counts[bin] += std::exchange(m_counts[bin], 0);
    };
    if (codebook.size() <= values.size())
        for (std::size_t bin = 0; bin < codebook.size(); ++bin) close(bin);
    else
        for (const std::uint32_t bin : m_binOf) close(bin);

    // Squares about the means, of all and of each bin. Within a bin y is one number: x about its mean is e about its.
    for (std::size_t begin = 0; begin < values.size(); begin += kTile) {
        const SquareSums tile = squareSums(values.subspan(begin, std::min(kTile, values.size() - begin)), anchor,
                                           shiftedMean, &m_errors[begin], &m_binOf[begin], m_meanErrors.data());
        sums.totalSquares += tile.aboutMean;
        sums.withinBins += tile.withinBins;
    }
    total.add(sums);
    return sums;
}

ErrorSums measure(std::span<const float> values, const Codebook& codebook, const GroupScale& scale,
                  const ClipRange& clip) {
    ErrorSums sums;
    DirectMeasure().add(values, codebook, scale, clip, sums);
    return sums;
}

ErrorMetrics finish(const ErrorSums& sums, double psnrRange) {
    ErrorMetrics metrics;
    metrics.count = sums.count;
    metrics.psnrRange = psnrRange;
    if (sums.count == 0) return metrics;
    const auto n = static_cast<double>(sums.count);
    metrics.mse = sums.squaredError / n;
    metrics.mseBound = sums.squaredErrorBound / n;
    metrics.rmse = std::sqrt(metrics.mse);
    metrics.mae = sums.absoluteError / n;
    metrics.maxError = sums.maximumError;
    metrics.maxErrorAt = sums.maximumErrorAt;
    metrics.sqnrDb = decibels(sums.sumXX, sums.squaredError);
    metrics.relativeError = sums.sumXX == 0 ? kUndefined : std::sqrt(sums.squaredError / sums.sumXX);
    metrics.psnrDb = decibels(psnrRange * psnrRange, metrics.mse);
    const double norms = std::sqrt(sums.sumXX) * std::sqrt(sums.sumYY);
    metrics.cosine = norms == 0 ? kUndefined : std::clamp(sums.sumXY / norms, -1.0, 1.0);
    metrics.codeEntropy = entropyBits(sums.bins.counts, sums.count);
    metrics.clippedBelow = static_cast<double>(sums.clippedBelow) / n;
    metrics.clippedAbove = static_cast<double>(sums.clippedAbove) / n;
    metrics.gvf = sums.totalSquares == 0 ? 1 : 1 - sums.withinBins / sums.totalSquares;
    metrics.occupied = static_cast<std::uint32_t>(
        std::count_if(sums.bins.counts.begin(), sums.bins.counts.end(), [](std::uint64_t count) { return count > 0; }));
    return metrics;
}

} // namespace quantoscope
