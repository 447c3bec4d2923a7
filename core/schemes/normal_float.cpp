// NormalFloat: levels at quantiles of the normal distribution, each taken by about as many of the values of a normal
// group. value = a · level[code], a the largest magnitude of the group. (QLoRA, Dettmers et al. 2023, arXiv
// 2305.14314.)
//     δ = ½(1/2^(b+1) + 1/(2(2^b − 1)))
//     2^(b−1) positive levels       Φ⁻¹(linspace(1 − δ, ½, 2^(b−1) + 1)) without its last
//     zero
//     2^(b−1) − 1 negative levels  −Φ⁻¹(linspace(1 − δ, ½, 2^(b−1))) without its last
// all over the largest. Four bits are the published table, NF4.
#include "core/schemes/normal_quantile.h"
#include "core/schemes/scaled_table.h"
#include "core/schemes/scheme_registry.h"
#include "core/schemes/table_cache.h"

namespace quantoscope {

namespace {

const std::vector<float> kNf4{-1.0f,
                              -0.6961928009986877f,
                              -0.5250730514526367f,
                              -0.39491748809814453f,
                              -0.28444138169288635f,
                              -0.18477343022823334f,
                              -0.09105003625154495f,
                              0.0f,
                              0.07958029955625534f,
                              0.16093020141124725f,
                              0.24611230194568634f,
                              0.33791524171829224f,
                              0.44070982933044434f,
                              0.5626170039176941f,
                              0.7229568362236023f,
                              1.0f};

Codebook normalFloat(int bits) {
    if (bits == 4) return nearestLevelCodebook(kNf4).value();
    const double codes = static_cast<double>(1 << bits);
    const double delta = (1 / (2 * codes) + 1 / (2 * (codes - 1))) / 2;
    const double largest = upperNormalQuantile(1 - delta);
    std::vector<float> levels{0};
    const auto addSide = [&](int count, double sign) {
        for (int i = 0; i < count; ++i) {
            const double p = (1 - delta) + (0.5 - (1 - delta)) * i / count;
            levels.push_back(static_cast<float>(sign * upperNormalQuantile(p) / largest));
        }
    };
    addSide(1 << (bits - 1), 1);
    addSide((1 << (bits - 1)) - 1, -1);
    return nearestLevelCodebook(std::move(levels)).value();
}

class NormalFloat final : public Scheme {
public:
    const SchemeInfo& info() const override {
        static const SchemeInfo info{
            .id = "normal-float",
            .name = "Normal-float",
            .hint = "NF4",
            .summary = "Levels at quantiles of the normal distribution, scaled to the largest magnitude: NF4 at four "
                       "bits.",
            .family = Family::Static,
            .control = LevelControl::Bits,
            .minimumBits = 2,
            .usesRange = true,
            .variants = {{.id = "block", .name = "Normal-float", .grouping = Grouping::block(64)}},
            .source = "Dettmers et al. 2023, arXiv 2305.14314",
        };
        return info;
    }

    Result<GroupFit> fit(const GroupData& data, const QuantSpec& spec, Effort effort,
                         const JobControl& job) const override {
        static TableCache<int> tables;
        const int bits = bitsFor(spec.levels);
        return fitScaledTable(data, spec, effort, tables.get(bits, [&] { return normalFloat(bits); }), job);
    }
};

} // namespace

const Scheme& normalFloatScheme() {
    static const NormalFloat scheme;
    return scheme;
}

} // namespace quantoscope
