// log2: zero and ± powers of two, 2^E downwards, 2^b − 1 levels in all. E is the exponent of the power of two nearest
// to a, the end of the range: E = ⌊log2(4a/3)⌋ (Zhou et al. 2017). Products become shifts.
#include "core/schemes/scaled_table.h"
#include "core/schemes/scheme_registry.h"
#include "core/schemes/table_cache.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace quantoscope {

namespace {

Codebook powersOfTwo(int bits) {
    std::vector<float> levels{0};
    for (int i = 0; i < (1 << (bits - 1)) - 1; ++i) {
        levels.push_back(std::ldexp(1.0f, -i));
        levels.push_back(-levels.back());
    }
    return nearestLevelCodebook(std::move(levels)).value();
}

constexpr float kSmallest = std::numeric_limits<float>::min();

/// The power of two nearest to a; not a subnormal one, whose reciprocal would overflow, nor infinity.
float nearestPower(float a, float) {
    int exponent = 0;
    const float mantissa = std::frexp(std::max(a, kSmallest), &exponent); // · 2^exponent is a, ½ ≤ mantissa < 1
    if (mantissa < 0.75f) --exponent;
    return std::ldexp(1.0f, std::min(exponent, 127));
}

class Log2 final : public Scheme {
public:
    const SchemeInfo& info() const override {
        static const SchemeInfo info{
            .id = "log2",
            .name = "Powers of two",
            .hint = "log2",
            .summary = "Zero and powers of two of both signs, from the largest that the range needs downwards.",
            .family = Family::Static,
            .control = LevelControl::Bits,
            .minimumBits = 2,
            .maximumBits = 8, // of which the lowest is 2^−126 of the highest
            .usesRange = true,
            .source = "Miyashita, Lee, Murmann 2016, arXiv 1603.01025; Zhou et al. 2017, arXiv 1702.03044",
        };
        return info;
    }

    Result<GroupFit> fit(const GroupData& data, const QuantSpec& spec, Effort effort,
                         const JobControl& job) const override {
        static TableCache<int> tables;
        const int bits = bitsFor(spec.levels);
        return fitScaledTable(data, spec, effort, tables.get(bits, [&] { return powersOfTwo(bits); }), job,
                              nearestPower);
    }
};

} // namespace

const Scheme& log2Scheme() {
    static const Log2 scheme;
    return scheme;
}

} // namespace quantoscope
