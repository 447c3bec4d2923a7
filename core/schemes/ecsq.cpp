// Entropy-constrained scalar quantization: intervals for codes that an entropy coder packs afterwards, with the least
// error for their entropy. At high rates it is 1.53 dB, or 0.254 bit, from the rate–distortion limit whatever the
// distribution (Gish, Pierce 1968); codes of fixed length are 4.35 dB from it for normal values, more for others.
// Levels are the means of their intervals. Stored with codes of fixed length it gains nothing: its rate is the code
// entropy.
#include "core/base/float_edges.h"
#include "core/schemes/entropy_partition.h"
#include "core/schemes/fitted_codebook.h"
#include "core/schemes/scheme_registry.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace quantoscope {

namespace {

/// Bits of entropy where the user names none: one less than so many levels could have, but at least half.
double usualRate(std::uint32_t levels) {
    const double most = std::log2(static_cast<double>(levels));
    return std::max(most - 1, most / 2);
}

class EntropyConstrained final : public Scheme {
public:
    const SchemeInfo& info() const override {
        static const SchemeInfo info{
            .id = "ecsq",
            .name = "Entropy-constrained",
            .hint = "for entropy coding",
            .summary = "The least error at a given code entropy: for codes that are entropy-coded afterwards.",
            .family = Family::Dynamic,
            .control = LevelControl::Levels,
            .entropyCoded = true,
            .parameters = {{.id = "rate",
                            .label = "Entropy",
                            .kind = ParameterKind::Real,
                            .defaultValue = 0.0,
                            .help = "The most bits per value after entropy coding; 0 takes one less than the codes are "
                                    "wide, or half of that where it is more.",
                            .unit = "bit",
                            .minimum = 0,
                            .maximum = 16}},
            .source = "Chou, Lookabaugh, Gray 1989; Gish, Pierce 1968",
        };
        return info;
    }

    Result<GroupFit> fit(const GroupData& groupData, const QuantSpec& spec, Effort effort,
                         const JobControl& job) const override {
        const Distribution& data = groupData.distribution();
        const double asked = real(spec, "rate");
        const auto partition =
            entropyPartition(data, spec.levels, asked > 0 ? asked : usualRate(spec.levels), effort, job);
        if (!partition) return partition.error();
        Codebook codebook;
        for (std::size_t i = 0; i < partition->size(); ++i) {
            const auto level = static_cast<float>(data.meanOf(partition->interval(i))) + 0.0f;
            // Means that round to one float32 are one level.
            if (!codebook.levels.empty() && level == codebook.levels.back()) continue;
            if (!codebook.levels.empty()) {
                const float first = data.values()[partition->boundaries[i]];
                codebook.thresholds.push_back(std::min(first, firstFloatFrom(partition->thresholds[i - 1])));
            }
            codebook.levels.push_back(level);
        }
        GroupFit fit = fitOf(std::move(codebook));
        fit.exact = partition->exact;
        return fit;
    }
};

} // namespace

const Scheme& ecsqScheme() {
    static const EntropyConstrained scheme;
    return scheme;
}

} // namespace quantoscope
