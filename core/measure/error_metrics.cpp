#include "core/measure/error_metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace quantoscope {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
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
    // Squares about the mean of two parts: Chan, Golub, LeVeque 1983.
    totalSquares += other.totalSquares;
    if (count > 0) {
        const double n = static_cast<double>(count), m = static_cast<double>(other.count);
        const double distance = other.sumX / m - sumX / n;
        totalSquares += distance * distance * n * m / (n + m);
    }
    count += other.count;
    squaredError += other.squaredError;
    absoluteError += other.absoluteError;
    if (other.maximumError > maximumError || count == other.count) {
        maximumError = other.maximumError;
        maximumErrorAt = other.maximumErrorAt;
    }
    sumX += other.sumX;
    sumXX += other.sumXX;
    sumXY += other.sumXY;
    sumYY += other.sumYY;
    withinBins += other.withinBins;
    clippedBelow += other.clippedBelow;
    clippedAbove += other.clippedAbove;
    bins.add(other.bins);
}

ErrorSums measure(const Distribution& data, const Codebook& codebook, float lower, float upper) {
    ErrorSums sums;
    sums.bins.counts.resize(codebook.size());
    sums.bins.squaredErrors.resize(codebook.size());
    if (data.empty()) return sums;
    sums.count = data.count();
    sums.sumX = data.sum();
    sums.sumXX = data.sumOfSquares();
    sums.totalSquares = data.squaredErrorAboutMean(data.all());
    sums.clippedBelow = data.countOf({0, data.indexOf(lower)});
    sums.clippedAbove = data.countOf({data.indexOf(std::nextafter(upper, INFINITY)), data.distinct()});
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
        for (const float x : {data.values()[range.begin], data.values()[range.end - 1]}) {
            const double error = std::fabs(x - level);
            if (error <= sums.maximumError) continue;
            sums.maximumError = error;
            sums.maximumErrorAt = x;
        }
    }
    return sums;
}

ErrorSums measure(std::span<const float> values, const Codebook& codebook, const GroupScale& scale) {
    struct BinMoments {
        double mean = 0, squares = 0;
    };
    ErrorSums sums;
    sums.bins.counts.resize(codebook.size());
    sums.bins.squaredErrors.resize(codebook.size());
    std::vector<BinMoments> moments(codebook.size());
    const GroupEncoder encoder(codebook, scale);
    double mean = 0;
    for (const float x : values) {
        const std::size_t bin = encoder.bin(x);
        const double y = encoder.decode(bin), error = x - y, squared = error * error;
        ++sums.count;
        sums.sumX += x;
        sums.sumXX += static_cast<double>(x) * x;
        sums.sumXY += x * y;
        sums.sumYY += y * y;
        sums.squaredError += squared;
        sums.absoluteError += std::fabs(error);
        if (std::fabs(error) > sums.maximumError) {
            sums.maximumError = std::fabs(error);
            sums.maximumErrorAt = x;
        }
        sums.clippedBelow += x < scale.lower;
        sums.clippedAbove += x > scale.upper;
        sums.bins.squaredErrors[bin] += squared;
        // Running squares about the mean, of the bin and of all: Welford 1962.
        BinMoments& own = moments[bin];
        const double fromBin = x - own.mean;
        own.mean += fromBin / static_cast<double>(++sums.bins.counts[bin]);
        own.squares += fromBin * (x - own.mean);
        const double fromAll = x - mean;
        mean += fromAll / static_cast<double>(sums.count);
        sums.totalSquares += fromAll * (x - mean);
    }
    for (const BinMoments& bin : moments) sums.withinBins += bin.squares;
    return sums;
}

ErrorMetrics finish(const ErrorSums& sums, double psnrRange) {
    ErrorMetrics metrics;
    metrics.count = sums.count;
    metrics.psnrRange = psnrRange;
    if (sums.count == 0) return metrics;
    const auto n = static_cast<double>(sums.count);
    metrics.mse = sums.squaredError / n;
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
