// Affine integers: q = clamp(rint(x · fl32(1/s)) + z), halves to even, and x ≈ s·(q − z).
//     symmetric, restricted   s = a/(2^(b−1) − 1), z = 0, levels −(2^(b−1) − 1) .. 2^(b−1) − 1   (b ≥ 2)
//     symmetric, full         s = a/((2^b − 1)/2), z = 0, levels −2^(b−1) .. 2^(b−1) − 1
//     asymmetric              s = (hi − lo)/(2^b − 1), z = −rint(lo/s), levels 0 .. 2^b − 1, [lo, hi] widened to hold 0
// a = max(|lo|, |hi|). Signed and unsigned integers differ by 2^(b−1) in q and z and decode to the same values. The
// formulas are evaluated in float32, as torch's MinMaxObserver does, so that the codes agree bit for bit.
#include "core/quant/range_estimator.h"
#include "core/schemes/scaled_table.h"
#include "core/schemes/scheme_registry.h"
#include "core/schemes/table_cache.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace quantoscope {

namespace {

enum class Mode { Restricted, Full, Asymmetric };

struct Form {
    Mode mode;
    bool isSigned;
    int bits;

    bool symmetric() const { return mode != Mode::Asymmetric; }
    std::int32_t half() const { return 1 << (bits - 1); }
    std::int32_t first() const { return (isSigned ? -half() : 0) + (mode == Mode::Restricted ? 1 : 0); }
    std::int32_t last() const { return isSigned ? half() - 1 : 2 * half() - 1; }
    /// What a real zero becomes where the range is symmetric.
    std::int32_t middle() const { return isSigned ? 0 : half(); }
};

/// One grid for every scale; the codes of negative integers are their two's complement.
std::shared_ptr<const Codebook> gridOf(const Form& form) {
    static TableCache<std::tuple<std::int32_t, std::int32_t, int>> cache;
    return cache.get({form.first(), form.last(), form.bits}, [&] {
        Codebook grid;
        grid.integerGrid = true;
        for (std::int32_t q = form.first(); q <= form.last(); ++q) {
            grid.levels.push_back(static_cast<float>(q));
            grid.codes.push_back(static_cast<std::uint32_t>(q) & ((1u << form.bits) - 1));
        }
        if (grid.codes.front() == 0) grid.codes.clear(); // the code is the bin
        return grid;
    });
}

GroupScale symmetricScale(float a, const Form& form) {
    const float steps = form.mode == Mode::Restricted ? static_cast<float>(form.half() - 1)
                                                      : (2 * static_cast<float>(form.half()) - 1) / 2;
    const float reach = static_cast<float>(form.mode == Mode::Restricted ? form.half() - 1 : form.half());
    GroupScale group;
    group.scale = usableScale(a / steps, reach);
    group.zero = form.middle();
    return group;
}

GroupScale asymmetricScale(float lower, float upper, const Form& form) {
    const float steps = 2 * static_cast<float>(form.half()) - 1, width = upper - lower;
    // A range wider than float32 can say is divided in float64.
    const double wanted =
        std::isfinite(width) ? width / steps : (static_cast<double>(upper) - static_cast<double>(lower)) / steps;
    GroupScale group;
    group.scale = usableScale(wanted, 1);
    const float zero = static_cast<float>(form.first()) - std::nearbyintf(lower / group.scale);
    group.zero =
        static_cast<std::int32_t>(std::clamp(zero, static_cast<float>(form.first()), static_cast<float>(form.last())));
    group.scale = usableScale(group.scale, std::max(form.last() - group.zero, group.zero - form.first()));
    return group;
}

class Affine final : public Scheme {
public:
    const SchemeInfo& info() const override {
        static const SchemeInfo info{
            .id = "affine",
            .name = "Affine",
            .hint = "range from data",
            .summary =
                "Integers with a scale, and a zero point where the range is asymmetric: an exact zero and evenly "
                "spaced levels, as in int8 arithmetic.",
            .family = Family::Dynamic,
            .control = LevelControl::Bits,
            .minimumBits = 1,
            .usesRange = true,
            .parameters =
                {
                    {.id = "mode",
                     .label = "Range of integers",
                     .kind = ParameterKind::Choice,
                     .defaultValue = std::string("asymmetric"),
                     .help = "Symmetric about zero, with or without the lowest integer, or from the least to the "
                             "largest value.",
                     .choices = {{"symmetric-restricted", "Symmetric, restricted"},
                                 {"symmetric-full", "Symmetric, full"},
                                 {"asymmetric", "Asymmetric"}}},
                    {.id = "integers",
                     .label = "Integers",
                     .kind = ParameterKind::Choice,
                     .defaultValue = std::string("auto"),
                     .help = "Whether codes are signed; the values they stand for are the same. By default symmetric "
                             "codes are.",
                     .choices = {{"auto", "As usual"}, {"signed", "Signed"}, {"unsigned", "Unsigned"}}},
                },
            .variants = {{.id = "symmetric",
                          .name = "Affine symmetric",
                          .parameters = {{"mode", std::string("symmetric-restricted")}}},
                         {.id = "asymmetric",
                          .name = "Affine asymmetric",
                          .parameters = {{"mode", std::string("asymmetric")}}}},
            .source = "Jacob et al. 2018, arXiv 1712.05877; torch.ao.quantization MinMaxObserver",
        };
        return info;
    }

    Result<std::uint32_t> requestedLevels(const QuantSpec& spec) const override {
        auto levels = Scheme::requestedLevels(spec);
        if (levels && formOf(spec).mode == Mode::Restricted && spec.levels < 4)
            return Error{ErrorCode::InvalidArgument, "affine", "symmetric restricted integers need at least 2 bits"};
        return levels;
    }

    Result<GroupFit> fit(const GroupData& data, const QuantSpec& spec, Effort effort,
                         const JobControl& job) const override {
        const Form form = formOf(spec);
        const auto grid = gridOf(form);
        const auto scaleFor = [&](Range range) {
            return form.symmetric() ? symmetricScale(range.upper, form)
                                    : asymmetricScale(std::min(range.lower, 0.0f), std::max(range.upper, 0.0f), form);
        };
        RangeUse use;
        use.symmetric = form.symmetric();
        use.levels = spec.levels;
        use.effort = effort;
        use.squaredError = [&](Range range) { return squaredErrorOf(data.distribution(), *grid, scaleFor(range)); };
        const auto range = estimateRange(data, spec.range, use, job);
        if (!range) return range.error();
        const GroupScale group = scaleFor(*range);
        GroupFit fit;
        fit.exact = !previewsRange(spec.range, effort);
        fit.codebook = grid;
        fit.scale = group.scale;
        fit.zero = group.zero;
        fit.lower = form.symmetric() ? range->lower : std::min(range->lower, 0.0f);
        fit.upper = form.symmetric() ? range->upper : std::max(range->upper, 0.0f);
        fit.sideBits = kBitsPerScale + (form.symmetric() ? 0 : form.bits <= 8 ? 8 : 16);
        return fit;
    }

private:
    Form formOf(const QuantSpec& spec) const {
        const std::string &mode = choice(spec, "mode"), &integers = choice(spec, "integers");
        Form form;
        form.mode = mode == "asymmetric"             ? Mode::Asymmetric
                    : mode == "symmetric-restricted" ? Mode::Restricted
                                                     : Mode::Full;
        form.isSigned = integers == "auto" ? form.symmetric() : integers == "signed";
        form.bits = bitsFor(spec.levels);
        return form;
    }
};

} // namespace

const Scheme& affineScheme() {
    static const Affine scheme;
    return scheme;
}

} // namespace quantoscope
