// Additive powers of two: a sign and a sum of few powers of two, nearly even near the end of the range and fine near
// zero (Li, Dong, Wang 2020, arXiv 1909.13144). b − 1 bits of magnitude are n = ⌊(b − 1)/2⌋ terms of two bits, and one
// of one bit where b − 1 is odd. A term of two bits is 0 or one of three powers, the term of one bit 0 or one power.
// The powers 2^−1, 2^−2, ... are dealt out in turn: one to each of the n terms, again one to each, then one to the
// small term, then the third to each. No power is dealt twice, so all 2^(b−1) sums differ.
#include "core/schemes/scaled_table.h"
#include "core/schemes/scheme_registry.h"
#include "core/schemes/table_cache.h"

#include <cmath>

namespace quantoscope {

namespace {

Codebook additivePowers(int bits) {
    const int terms = (bits - 1) / 2;
    const bool smallTerm = (bits - 1) % 2 != 0;
    std::vector<float> magnitudes{0};
    const auto addTerm = [&](const std::vector<int>& exponents) {
        const std::size_t before = magnitudes.size();
        for (const int exponent : exponents)
            for (std::size_t i = 0; i < before; ++i) magnitudes.push_back(magnitudes[i] + std::ldexp(1.0f, -exponent));
    };
    for (int term = 1; term <= terms; ++term) addTerm({term, terms + term, 2 * terms + term + (smallTerm ? 1 : 0)});
    if (smallTerm) addTerm({2 * terms + 1});

    std::vector<float> levels = magnitudes;
    for (const float magnitude : magnitudes) levels.push_back(-magnitude);
    return nearestLevelCodebook(std::move(levels)).value();
}

class Apot final : public Scheme {
public:
    const SchemeInfo& info() const override {
        static const SchemeInfo info{
            .id = "apot",
            .name = "Sums of powers",
            .hint = "APoT",
            .summary = "Zero and sums of a few powers of two, of both signs: fine near zero without leaving gaps far "
                       "from it.",
            .family = Family::Static,
            .control = LevelControl::Bits,
            .minimumBits = 2,
            .usesRange = true,
            .source = "Li, Dong, Wang 2020, arXiv 1909.13144",
        };
        return info;
    }

    Result<GroupFit> fit(const GroupData& data, const QuantSpec& spec, Effort effort,
                         const JobControl& job) const override {
        static TableCache<int> tables;
        const int bits = bitsFor(spec.levels);
        return fitScaledTable(data, spec, effort, tables.get(bits, [&] { return additivePowers(bits); }), job);
    }
};

} // namespace

const Scheme& apotScheme() {
    static const Apot scheme;
    return scheme;
}

} // namespace quantoscope
