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

std::string titled(const LabRow& row) {
    if (row.isFloat()) return row.label;
    if (row.spec.method == LabMethod::WeightOnly) return fmt::format("{} at {} bits", row.label, row.spec.weightBits);
    return fmt::format("{} at {}/{} bits", row.label, row.spec.weightBits, row.spec.activationBits);
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
        const auto say = [&](std::string sentence) {
            if (!sentence.empty()) advice.reasons.push_back(std::move(sentence));
        };
        say(mostAccurate());
        say(fastest());
        say(simplest());
        say(singleSamples());
        say(order());
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

    std::string accuracyPhrase(const LabRow& row) const {
        const double difference = row.score.accuracy - m_float->score.accuracy;
        const std::string points = m_classes ? fmt::format("{:.1f} points", 100 * std::abs(difference))
                                             : fmt::format("{:.3f} of R²", std::abs(difference));
        if (std::abs(difference) < 5e-4) return "as accurate as FP32 here";
        const std::string_view direction = difference < 0 ? "below" : "above";
        const bool noise = row.difference && row.difference->interval.low <= 0 && row.difference->interval.high >= 0;
        return fmt::format("{} {} FP32{}", points, direction,
                           noise ? fmt::format(", which {} samples cannot tell apart", row.score.count) : "");
    }

    std::string speedPhrase(const LabRow& row) const {
        if (!row.batched || !m_float->batched) return "not timed";
        const double ratio = m_float->batched->spread.median / row.batched->spread.median;
        if (ratio > 1 + kSame) return fmt::format("{:.1f} times as fast in batches of {}", ratio, m_spec.batch);
        if (ratio < 1 / (1 + kSame))
            return fmt::format("{:.1f} times slower in batches of {}", 1 / ratio, m_spec.batch);
        return fmt::format("as fast in batches of {}", m_spec.batch);
    }

    std::string sizePhrase(const LabRow& row) const {
        const double ratio =
            static_cast<double>(m_float->bytes) / static_cast<double>(std::max<std::uint64_t>(row.bytes, 1));
        if (ratio > 3.6 && ratio < 4.2) return "a quarter of the size";
        return ratio > 1 + kSame ? fmt::format("{:.1f} times smaller", ratio) : "of the same size";
    }

    std::string headline(const LabRow& row) const {
        if (!m_float) return fmt::format("Take {}: {}.", titled(row), percent(row.score.accuracy));
        if (row.isFloat())
            return fmt::format("Stay with {}: nothing quantized is as accurate and faster here.", row.label);
        return fmt::format("Take {}: {}, {}, {}.", titled(row), accuracyPhrase(row), speedPhrase(row), sizePhrase(row));
    }

    const LabRow* best(const std::function<double(const LabRow&)>& cost, bool onlyTimed = false) const {
        const LabRow* found = nullptr;
        for (const LabRowPtr& row : m_rows)
            if ((!onlyTimed || row->batched) && (!found || cost(*row) < cost(*found))) found = row.get();
        return found;
    }

    std::string mostAccurate() const {
        const LabRow* row = best([](const LabRow& it) { return -it.score.accuracy; });
        std::string text =
            fmt::format("Most accurate: {} with {}", titled(*row),
                        m_classes ? percent(row->score.accuracy) : fmt::format("R² = {:.4f}", row->score.accuracy));
        if (row->interval)
            text += fmt::format(" (95 % interval {} to {})", percent(row->interval->low), percent(row->interval->high));
        return text + ".";
    }

    std::string fastest() const {
        const auto time = [](const LabRow& it) { return it.batched->spread.median; };
        const LabRow* least = best(time, true);
        if (!least) return {};
        // The first of those that are as fast.
        const LabRow* row = best([&](const LabRow& it) { return time(it) * (1 - kSame) > time(*least); }, true);
        return fmt::format("Fastest: {} with {} a sample in batches of {}.", titled(*row),
                           microseconds(row->batched->spread.median), m_spec.batch);
    }

    const LabRow* first(LabMethod method) const {
        for (const LabRowPtr& row : m_rows)
            if (row->spec.method == method && row->batched) return row.get();
        return nullptr;
    }

    std::string simplest() const {
        const LabRow *dynamic = first(LabMethod::Dynamic), *fixed = first(LabMethod::Static);
        if (!dynamic || !m_float) return {};
        std::string text = fmt::format("Simplest: {} needs neither calibration nor training; it is {}",
                                       titled(*dynamic), speedPhrase(*dynamic));
        if (fixed) {
            const double ratio = dynamic->batched->spread.median / fixed->batched->spread.median;
            text +=
                ratio > 1 + kSame
                    ? fmt::format(", and static, which knows its ranges beforehand, {:.1f} times as fast as it", ratio)
                    : "";
        }
        return text + ".";
    }

    /// Where int8 does not pay at batch 1.
    std::string singleSamples() const {
        if (!m_float || !m_float->single) return {};
        const double reference = m_float->single->spread.median;
        const LabRow* slowest = nullptr;
        for (const LabRowPtr& row : m_rows)
            if (row->integers() && row->single && row->single->spread.median > reference * (1 + kSame) &&
                (!slowest || row->single->spread.median > slowest->single->spread.median))
                slowest = row.get();
        if (!slowest) return {};
        return fmt::format(
            "One sample at a time int8 is not faster here: {} takes {}, FP32 {}. Layers this small spend their time "
            "around the products, not in them.",
            titled(*slowest), microseconds(slowest->single->spread.median), microseconds(reference));
    }

    /// The textbook says static before dynamic before FP32 in speed, and QAT first in accuracy.
    std::string order() const {
        const LabRow *dynamic = first(LabMethod::Dynamic), *fixed = first(LabMethod::Static),
                     *qat = first(LabMethod::Qat);
        if (!m_float || !m_float->batched || !dynamic || !fixed) return {};
        const double d = dynamic->batched->spread.median, s = fixed->batched->spread.median,
                     f = m_float->batched->spread.median;
        std::string text;
        if (s < d && d < f)
            text = "Speed is in the textbook's order: static, dynamic, FP32.";
        else if (s >= d)
            text = fmt::format("Against the textbook static ({}) is not faster than dynamic ({}): finding ranges costs "
                               "little beside the "
                               "rest at this size.",
                               microseconds(s), microseconds(d));
        else
            text = fmt::format("Against the textbook dynamic ({}) is not faster than FP32 ({}): finding ranges and "
                               "rounding cost more than "
                               "the smaller product saves at this size.",
                               microseconds(d), microseconds(f));
        if (qat && qat->score.accuracy < std::max(fixed->score.accuracy, dynamic->score.accuracy))
            text += fmt::format(
                " QAT ({}) is not ahead of static ({}): at {} bits rounding costs less than these samples can show.",
                percent(qat->score.accuracy), percent(fixed->score.accuracy), qat->spec.weightBits);
        return text;
    }

    std::string fewerBits() const {
        std::string text;
        for (const LabRowPtr& row : m_rows)
            if (row->simulated && row->spec.weightBits < 8)
                text += fmt::format("{}{} {}", text.empty() ? "Simulated, without times: " : ", ", titled(*row),
                                    percent(row->score.accuracy));
        return text.empty() ? text : text + ".";
    }

    std::string basis() const {
        if (m_rows.empty()) return {};
        return fmt::format("This rests on {} test samples, seed {}, and times of this machine.", m_rows[0]->score.count,
                           m_spec.split.seed);
    }

    const std::vector<LabRowPtr>& m_rows;
    const LabSpec& m_spec;
    const LabRow* m_float = nullptr;
    bool m_classes = true;
};

} // namespace

std::string LabAdvice::text() const {
    std::string text = headline;
    for (const std::string& reason : reasons) text += " " + reason;
    return text;
}

LabAdvice advise(const LabResult& result) { return Advisor(result).advice(); }

} // namespace quantoscope
