// A codebook made ready for finding the bins of many values: bin of u = number of thresholds ≤ u.
//
// Up to 15 thresholds fit into the registers of a processor with wide vectors and are searched there, and up to 255 in
// tables of several registers where instructions look numbers up in two at a time. Else few values take them in nodes,
// and many in buckets: a function of u that never falls as u rises, so that all thresholds of lower buckets are ≤ u,
// all of higher ones are > u, and only those of its own bucket remain to be compared. So the bin is exact whatever that
// function is; how few remain is a matter of speed alone. With d = u − centre, after u is held between the first and
// the last finite threshold:
//     bucket = ±((bits(|d| + knee) − bits(knee)) >> shift) + bias
// which is linear well below the knee and logarithmic above it, and costs no division.
#pragma once

#include "core/quant/codebook.h"
#include "core/quant/threshold_nodes.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace quantoscope {

inline constexpr std::size_t kMostInRegisters = 15; // thresholds
inline constexpr std::size_t kLargestThresholdTable = 256;

/// Numbers of the table of so many thresholds; 0 where a table is not the best search with the instructions here.
std::size_t thresholdTableSize(std::size_t thresholds);
/// Up to kMostInRegisters: the thresholds followed by NaN, which no value reaches. More: as by fillThresholdTree.
void fillThresholdTable(std::span<const float> thresholds, float* table);
/// From [1] on the middle one, from [2] on the two that halve what is on either side of it, from [4] on four, ..., so
/// that the comparisons so far say which is next; NaN where there is none. The table is of a power of two, more than
/// there are thresholds.
void fillThresholdTree(std::span<const float> thresholds, std::span<float> table);

class ThresholdSearch {
public:
    ThresholdSearch() = default;
    /// For about so many values: few are not worth buckets. The codebook must outlive this.
    ThresholdSearch(const Codebook& codebook, std::size_t values) { prepare(codebook, values); }
    /// The same again, in the memory that is there.
    void prepare(const Codebook& codebook, std::size_t values);

    const Codebook& codebook() const { return *m_codebook; }
    std::span<const float> thresholds() const { return m_codebook->thresholds; }
    /// Their table, where they have one; else null.
    const float* table() const { return m_inTable ? m_table.data() : nullptr; }

    /// Whether they are in nodes() (threshold_nodes.h): where they serve so few values that buckets are not worth
    /// while.
    bool inNodes() const { return m_hasNodes; }
    const float* nodes() const { return m_nodes.data(); }

    struct Buckets {
        float lowest = 0, highest = 0; // u is held between them
        float centre = 0, knee = 0;
        int shift = 0;
        std::int32_t bias = 0;
        std::vector<std::int32_t> first; // by bucket: the first threshold to compare with; none: compare with all
        std::size_t span = 0;            // how many from there on

        std::int32_t bucketOf(float u) const;
    };
    const Buckets& buckets() const { return m_buckets; }

private:
    void fillBuckets(std::size_t most);

    const Codebook* m_codebook = nullptr;
    Buckets m_buckets;
    bool m_inTable = false, m_hasNodes = false;
    alignas(64) std::array<float, kLargestThresholdTable> m_table; // lines of the cache
    std::array<float, kNodeNumbers> m_nodes;
    std::vector<std::int32_t> m_bucketOf; // scratch: of each threshold
};

} // namespace quantoscope
