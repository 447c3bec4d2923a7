// µ-law: y = sign(x)·ln(1 + µ|x|/m)/ln(1 + µ), m the end of the range, and [−1, 1] in 2^b equal intervals of y. Levels
// and thresholds are the middles and the edges of those, brought back: x = sign(y)·m·((1 + µ)^|y| − 1)/µ. (ITU-T G.711
// is a piecewise linear version of it.)
#include "core/base/float_edges.h"
#include "core/schemes/scaled_table.h"
#include "core/schemes/scheme_registry.h"
#include "core/schemes/table_cache.h"

#include <cmath>
#include <utility>

namespace quantoscope {

namespace {

Codebook companded(int bits, double mu) {
    const int intervals = 1 << bits;
    const double stretch = std::log1p(mu);
    // In half intervals from the middle: edges are even, middles odd.
    const auto expanded = [&](int halves) {
        const double y = static_cast<double>(halves) / intervals;
        return std::copysign(std::expm1(std::fabs(y) * stretch) / mu, y);
    };
    Codebook table;
    for (int i = 0; i < intervals; ++i) {
        table.levels.push_back(static_cast<float>(expanded(2 * i + 1 - intervals)));
        if (i > 0) table.thresholds.push_back(firstFloatFrom(expanded(2 * i - intervals)));
    }
    return table;
}

/// The table spans [−1, 1], though its last levels lie inside.
float scaleToRange(float a, float) { return usableScale(a, 1); }

class MuLaw final : public Scheme {
public:
    const SchemeInfo& info() const override {
        static const SchemeInfo info{
            .id = "mu-law",
            .name = "µ-law",
            .hint = "companding",
            .summary = "Equal intervals on a logarithmic scale that is linear near zero, as in telephony.",
            .family = Family::Static,
            .control = LevelControl::Bits,
            .minimumBits = 1,
            .usesRange = true,
            .parameters = {{.id = "mu",
                            .label = "µ",
                            .kind = ParameterKind::Real,
                            .defaultValue = 255.0,
                            .help = "How strongly small values are favoured; near 0 the intervals are equal.",
                            .minimum = 1e-3,
                            .maximum = 65535}},
            .source = "ITU-T G.711",
        };
        return info;
    }

    Result<GroupFit> fit(const GroupData& data, const QuantSpec& spec, Effort effort,
                         const JobControl& job) const override {
        static TableCache<std::pair<int, double>> tables;
        const int bits = bitsFor(spec.levels);
        const double mu = real(spec, "mu");
        return fitScaledTable(data, spec, effort, tables.get({bits, mu}, [&] { return companded(bits, mu); }), job,
                              scaleToRange);
    }
};

} // namespace

const Scheme& muLawScheme() {
    static const MuLaw scheme;
    return scheme;
}

} // namespace quantoscope
