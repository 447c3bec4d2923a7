#include "core/study/lab_advice.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace quantoscope {

namespace {

constexpr double kSame = 0.05;      // times and sizes that differ by less are called equal
constexpr double kBearable = 0.005; // accuracy that may be lost where samples cannot tell
constexpr double kMicroseconds = 1e6;

std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }
std::string microseconds(double seconds) {
    const double time = kMicroseconds * seconds;
    return time < 0.1 ? fmt::format("{:.3f} µs", time) : fmt::format("{:.2f} µs", time);
}

Phrase titled(const LabRow& row) {
    const Phrase label(row.label);
    if (row.isFloat()) return label;
    if (row.spec.method == LabMethod::WeightOnly) return Phrase("{0} at {1} bits", label, row.spec.weightBits);
    return Phrase("{0} at {1}/{2} bits", label, row.spec.weightBits, row.spec.activationBits);
}

class Advisor {
public:
    explicit Advisor(const LabResult& result) : m_rows(result.rows), m_spec(result.spec) {
        for (const LabRowPtr& row : m_rows)
            if (row->spec.method == LabMethod::Float) m_float = row.get();
        m_classes = !m_rows.empty() && m_rows[0]->interval.has_value();
    }

    LabAdvice advice() const {
        LabAdvice advice;
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            if (timed(i) && std::none_of(m_rows.begin(), m_rows.end(),
                                         [&](const LabRowPtr& other) { return beats(*other, *m_rows[i]); }))
                advice.front.push_back(i);
        advice.choice = choose();
        advice.headline = headline(*m_rows[advice.choice]);
        const auto say = [&](Phrase sentence) {
            if (!sentence.empty()) advice.reasons.push_back(std::move(sentence));
        };
        say(mostAccurate());
        say(fastest());
        say(simplest());
        say(singleSamples());
        say(orderOfSpeed());
        say(orderOfAccuracy());
        say(fewerBits());
        say(basis());
        return advice;
    }

private:
    bool timed(std::size_t i) const { return m_rows[i]->batched.has_value(); }

    static bool beats(const LabRow& a, const LabRow& b) {
        if (!a.batched || !b.batched) return false;
        const double timeA = a.batched->spread.median, timeB = b.batched->spread.median;
        const bool slower = timeB < timeA * (1 - kSame), faster = timeA < timeB * (1 - kSame);
        const bool noWorse = a.score.accuracy >= b.score.accuracy && !slower && a.bytes <= b.bytes;
        return noWorse && (a.score.accuracy > b.score.accuracy || faster || a.bytes < b.bytes);
    }

    /// Whether this row's accuracy is as good as FP32's, as far as the samples can tell or as it matters.
    bool bearable(const LabRow& row) const {
        if (!m_float) return true;
        const double lost = m_float->score.accuracy - row.score.accuracy;
        if (lost <= kBearable) return true;
        return row.difference && row.difference->interval.high >= 0 && lost <= 2 * kBearable;
    }

    /// The fastest row that keeps its accuracy; of equally fast ones the most accurate, then the smallest, then the one
    /// that takes the least to make, which comes first. It is on the front, or as near it as a clock and samples can
    /// tell.
    std::size_t choose() const {
        const auto better = [&](std::size_t a, std::size_t b) {
            const LabRow &x = *m_rows[a], &y = *m_rows[b];
            if (bearable(x) != bearable(y)) return bearable(x);
            if (x.batched && y.batched) {
                const double ratio = x.batched->spread.median / y.batched->spread.median;
                if (ratio < 1 - kSame) return true;
                if (ratio > 1 / (1 - kSame)) return false;
            }
            const double gained = x.score.accuracy - y.score.accuracy;
            if (std::abs(gained) > kBearable) return gained > 0;
            return static_cast<double>(x.bytes) < static_cast<double>(y.bytes) * (1 - kSame);
        };
        std::size_t best = 0;
        for (std::size_t i = 1; i < m_rows.size(); ++i)
            if (timed(i) != timed(best) ? timed(i) : better(i, best)) best = i;
        return best;
    }

    Phrase accuracyOf(const LabRow& row) const {
        const double difference = row.score.accuracy - m_float->score.accuracy;
        if (std::abs(difference) < 5e-4) return Phrase("as accurate as FP32 here");
        const Phrase distance = m_classes ? Phrase("{0} points", fmt::format("{:.1f}", 100 * std::abs(difference)))
                                          : Phrase("{0} of R²", fmt::format("{:.3f}", std::abs(difference)));
        const Phrase side = difference < 0 ? Phrase("{0} below FP32", distance) : Phrase("{0} above FP32", distance);
        const bool noise = row.difference && row.difference->interval.low <= 0 && row.difference->interval.high >= 0;
        return noise ? Phrase("{0}, which {1} samples cannot tell apart", side, row.score.count) : side;
    }

    Phrase speedOf(const LabRow& row) const {
        if (!row.batched || !m_float->batched) return Phrase("not timed");
        const double ratio = m_float->batched->spread.median / row.batched->spread.median;
        if (ratio > 1 + kSame)
            return Phrase("{0} times as fast in batches of {1}", fmt::format("{:.1f}", ratio), m_spec.batch);
        if (ratio < 1 / (1 + kSame))
            return Phrase("{0} times slower in batches of {1}", fmt::format("{:.1f}", 1 / ratio), m_spec.batch);
        return Phrase("as fast in batches of {0}", m_spec.batch);
    }

    Phrase sizeOf(const LabRow& row) const {
        const double ratio =
            static_cast<double>(m_float->bytes) / static_cast<double>(std::max<std::uint64_t>(row.bytes, 1));
        if (ratio > 3.6 && ratio < 4.2) return Phrase("a quarter of the size");
        return ratio > 1 + kSame ? Phrase("{0} times smaller", fmt::format("{:.1f}", ratio))
                                 : Phrase("of the same size");
    }

    Phrase headline(const LabRow& row) const {
        if (!m_float) return Phrase("Take {0}: {1}.", titled(row), percent(row.score.accuracy));
        if (row.isFloat())
            return Phrase("Stay with {0}: nothing quantized is as accurate and faster here.", Phrase(row.label));
        return Phrase("Take {0}: {1}, {2}, {3}.", titled(row), accuracyOf(row), speedOf(row), sizeOf(row));
    }

    const LabRow* best(const std::function<double(const LabRow&)>& cost, bool onlyTimed = false) const {
        const LabRow* found = nullptr;
        for (const LabRowPtr& row : m_rows)
            if ((!onlyTimed || row->batched) && (!found || cost(*row) < cost(*found))) found = row.get();
        return found;
    }

    Phrase mostAccurate() const {
        const LabRow* row = best([](const LabRow& it) { return -it.score.accuracy; });
        const std::string accuracy =
            m_classes ? percent(row->score.accuracy) : fmt::format("R² = {:.4f}", row->score.accuracy);
        if (!row->interval) return Phrase("Most accurate: {0} with {1}.", titled(*row), accuracy);
        return Phrase("Most accurate: {0} with {1} (95 % interval {2} to {3}).", titled(*row), accuracy,
                      percent(row->interval->low), percent(row->interval->high));
    }

    Phrase fastest() const {
        const auto time = [](const LabRow& it) { return it.batched->spread.median; };
        const LabRow* least = best(time, true);
        if (!least) return {};
        // The first of those that are as fast.
        const LabRow* row = best([&](const LabRow& it) { return time(it) * (1 - kSame) > time(*least); }, true);
        return Phrase("Fastest: {0} with {1} a sample in batches of {2}.", titled(*row),
                      microseconds(row->batched->spread.median), m_spec.batch);
    }

    const LabRow* first(LabMethod method) const {
        for (const LabRowPtr& row : m_rows)
            if (row->spec.method == method && row->batched) return row.get();
        return nullptr;
    }

    Phrase simplest() const {
        const LabRow *dynamic = first(LabMethod::Dynamic), *fixed = first(LabMethod::Static);
        if (!dynamic || !m_float) return {};
        const double ratio = fixed ? dynamic->batched->spread.median / fixed->batched->spread.median : 1;
        if (ratio > 1 + kSame)
            return Phrase("Simplest: {0} needs neither calibration nor training; it is {1}, and static, which knows "
                          "its ranges beforehand, {2} times as fast as it.",
                          titled(*dynamic), speedOf(*dynamic), fmt::format("{:.1f}", ratio));
        return Phrase("Simplest: {0} needs neither calibration nor training; it is {1}.", titled(*dynamic),
                      speedOf(*dynamic));
    }

    /// Where int8 does not pay at batch 1.
    Phrase singleSamples() const {
        if (!m_float || !m_float->single) return {};
        const double reference = m_float->single->spread.median;
        const LabRow* slowest = nullptr;
        for (const LabRowPtr& row : m_rows)
            if (row->integers() && row->single && row->single->spread.median > reference * (1 + kSame) &&
                (!slowest || row->single->spread.median > slowest->single->spread.median))
                slowest = row.get();
        if (!slowest) return {};
        return Phrase("One sample at a time int8 is not faster here: {0} takes {1}, FP32 {2}. Layers this small spend "
                      "their time around the products, not in them.",
                      titled(*slowest), microseconds(slowest->single->spread.median), microseconds(reference));
    }

    /// The textbook says static before dynamic before FP32.
    Phrase orderOfSpeed() const {
        const LabRow *dynamic = first(LabMethod::Dynamic), *fixed = first(LabMethod::Static);
        if (!m_float || !m_float->batched || !dynamic || !fixed) return {};
        const double d = dynamic->batched->spread.median, s = fixed->batched->spread.median,
                     f = m_float->batched->spread.median;
        if (s < d && d < f) return Phrase("Speed is in the textbook's order: static, dynamic, FP32.");
        if (s >= d)
            return Phrase("Against the textbook static ({0}) is not faster than dynamic ({1}): finding ranges costs "
                          "little beside the rest at this size.",
                          microseconds(s), microseconds(d));
        return Phrase("Against the textbook dynamic ({0}) is not faster than FP32 ({1}): finding ranges and rounding "
                      "cost more than the smaller product saves at this size.",
                      microseconds(d), microseconds(f));
    }

    /// And QAT first.
    Phrase orderOfAccuracy() const {
        const LabRow *dynamic = first(LabMethod::Dynamic), *fixed = first(LabMethod::Static),
                     *qat = first(LabMethod::Qat);
        if (!dynamic || !fixed || !qat) return {};
        const LabRow& other = fixed->score.accuracy >= dynamic->score.accuracy ? *fixed : *dynamic;
        if (qat->score.accuracy >= other.score.accuracy) return {};
        return Phrase("QAT ({0}) is not ahead of {1} ({2}): at {3} bits rounding costs less than these samples can "
                      "show.",
                      percent(qat->score.accuracy), Phrase(other.label), percent(other.score.accuracy),
                      qat->spec.weightBits);
    }

    Phrase fewerBits() const {
        std::vector<Phrase> simulated;
        for (const LabRowPtr& row : m_rows)
            if (row->simulated && row->spec.weightBits < 8)
                simulated.push_back(
                    Phrase::joined({titled(*row), Phrase::verbatim(percent(row->score.accuracy))}, " "));
        if (simulated.empty()) return {};
        return Phrase("Simulated, without times: {0}.", Phrase::joined(std::move(simulated), ", "));
    }

    Phrase basis() const {
        if (m_rows.empty()) return {};
        return Phrase("This rests on {0} test samples, seed {1}, and times of this machine.", m_rows[0]->score.count,
                      m_spec.split.seed);
    }

    const std::vector<LabRowPtr>& m_rows;
    const LabSpec& m_spec;
    const LabRow* m_float = nullptr;
    bool m_classes = true;
};

} // namespace

Phrase LabAdvice::text() const {
    std::vector<Phrase> sentences{headline};
    sentences.insert(sentences.end(), reasons.begin(), reasons.end());
    return Phrase::joined(std::move(sentences), " ");
}

LabAdvice advise(const LabResult& result) { return Advisor(result).advice(); }

} // namespace quantoscope
