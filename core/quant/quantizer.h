// A fitted quantizer: everything that turns a value into a code and a code into a value, without the codes themselves.
//
// For a value x of group g with codebook C:    u = (x − offset[g]) · fl32(1 / scale[g])
//     (where 1 / scale is beyond float32, scale < 2^-128:  u = (x − offset[g]) / scale[g])
//     threshold codebook:  bin = number of C.thresholds ≤ u
//     integer grid:        bin = clamp(rint(u) + zero[g], first level, last level) − first level
//     decoded value        y = offset[g] + scale[g] · (C.levels[bin] − zero[g])
// all in float32. Affine integers, small floats, NF4 and k-means differ only in their tables.
#pragma once

#include "core/quant/codebook.h"
#include "core/quant/group_scales.h"
#include "core/quant/grouping.h"
#include "core/quant/optimality.h"
#include "core/quant/quant_spec.h"

#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace quantoscope {

/// Values outside [lower, upper] are clipped.
struct ClipRange {
    float lower = -std::numeric_limits<float>::infinity();
    float upper = std::numeric_limits<float>::infinity();
};

struct Quantizer {
    QuantSpec spec;
    Shape shape;
    GroupLayout layout;
    int bits = 0;                                           // width of a packed code
    std::uint32_t requestedLevels = 0;                      // what the user asked for
    std::vector<std::shared_ptr<const Codebook>> codebooks; // each shared by the groups that use it
    GroupScales groups;                                     // one a group of the layout
    std::vector<ClipRange> clipRanges;                      // one a group
    std::vector<std::uint32_t> groupSideBits; // what each stores beside codes: scale, zero point, offset, fitted levels
    std::uint64_t sideBits = 0;               // of all groups
    bool exact = true; // false where a fit was approximated (a preview, or k-means on grouped points)
    std::optional<OptimalityCertificate> certificate; // of the only group, where its scheme gives one

    std::size_t groupCount() const { return groups.size(); }
    const Codebook& codebookOf(std::size_t group) const { return *codebooks[groups.codebooks()[group]]; }
};

using QuantizerPtr = std::shared_ptr<const Quantizer>;

/// The encoder of one group, set up once and called for many values. The codebook must outlive it. Bins never fall as
/// values rise.
class GroupEncoder {
public:
    GroupEncoder(const Codebook& codebook, const GroupScale& scale);
    GroupEncoder(const Quantizer& quantizer, std::size_t group)
        : GroupEncoder(quantizer.codebookOf(group), quantizer.groups[group]) {}

    /// The bin of a value. Infinities go to the end bins, NaN to the first.
    std::size_t bin(float value) const;
    /// The bins of as many values; several times faster than one by one.
    void bins(std::span<const float> values, std::span<std::uint32_t> out) const;
    /// And what they decode to.
    void binsAndValues(std::span<const float> values, std::span<std::uint32_t> bins, std::span<float> decoded) const;
    float decode(std::size_t bin) const { return m_scale.decode(m_codebook->levels[bin]); }

private:
    float scaled(float value) const {
        return m_divide ? (value - m_scale.offset) / m_scale.scale : (value - m_scale.offset) * m_inverse;
    }
    std::uint32_t gridBin(float u) const;

    const Codebook* m_codebook;
    GroupScale m_scale;
    float m_inverse;
    bool m_divide;                     // the inverse is infinite
    float m_lowest = 0, m_highest = 0; // of an integer grid: the levels that u is rounded and clamped to, less the zero
};

/// The codebook of a group in the units of the data: levels as they decode, thresholds such that `x < t` decides for
/// every finite float32 x just as the encoder does; infinity before a bin that none reaches. Bins are the encoder's,
/// one for one, also those that no value can reach.
Codebook valueCodebook(const Quantizer& quantizer, std::size_t group);
Codebook valueCodebook(const Codebook& codebook, const GroupScale& scale);

} // namespace quantoscope
