#include "core/quant/threshold_search.h"

#include "core/quant/code_kernels.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace quantoscope {

namespace {

constexpr std::size_t kMostBuckets = std::size_t{1} << 17;       // half a megabyte: a core's own cache holds it
constexpr std::size_t kInRegistersPadded = 32;                   // a vector from each of the first ones
constexpr std::size_t kValuesPerBucketed = 32;                   // thresholds of so many values each are worth buckets
constexpr float kNone = std::numeric_limits<float>::quiet_NaN(); // no value reaches it
constexpr std::size_t kEnough = 3;                               // thresholds of a bucket: two comparisons find the bin

std::int64_t keyOf(float distance, float knee) {
    const std::int32_t beyond =
        std::bit_cast<std::int32_t>(std::fabs(distance) + knee) - std::bit_cast<std::int32_t>(knee);
    return distance < 0 ? -1 - std::int64_t{beyond} : std::int64_t{beyond};
}

/// The most members of equal buckets, which ascend.
std::size_t largestBucket(std::span<const std::int32_t> bucketOf) {
    std::size_t most = 0, begin = 0;
    for (std::size_t i = 0; i < bucketOf.size(); ++i) {
        if (bucketOf[i] != bucketOf[begin]) begin = i;
        most = std::max(most, i + 1 - begin);
    }
    return most;
}

} // namespace

std::size_t thresholdTableSize(std::size_t thresholds) {
    if (thresholds <= kMostInRegisters) return kInRegistersPadded;
    return thresholds < kLargestThresholdTable && searchesTables() ? kLargestThresholdTable : 0;
}

void fillThresholdTable(std::span<const float> thresholds, float* table) {
    if (thresholds.size() <= kMostInRegisters) {
        std::fill(std::copy(thresholds.begin(), thresholds.end(), table), table + kInRegistersPadded, kNone);
        return;
    }
    const std::size_t size = std::bit_ceil(thresholds.size() + 1);
    fillThresholdTree(thresholds, {table, size});
    std::fill(table + size, table + kLargestThresholdTable, kNone); // steps are read in whole vectors
}

void fillThresholdTree(std::span<const float> thresholds, std::span<float> table) {
    float* next = table.data() + 1;
    for (std::size_t apart = table.size(); apart > 1; apart /= 2)
        for (std::size_t i = apart / 2 - 1; i < table.size() - 1; i += apart)
            *next++ = i < thresholds.size() ? thresholds[i] : kNone;
}

std::int32_t ThresholdSearch::Buckets::bucketOf(float u) const {
    const float held = std::min(u > lowest ? u : lowest, highest);
    const float distance = (held - centre) + 0.0f; // −0 would be on the other side of the centre
    const std::int32_t key =
        (std::bit_cast<std::int32_t>(std::fabs(distance) + knee) - std::bit_cast<std::int32_t>(knee)) >> shift;
    return (distance < 0 ? ~key : key) + bias;
}

void ThresholdSearch::prepare(const Codebook& codebook, std::size_t values) {
    m_codebook = &codebook;
    m_buckets.first.clear();
    const std::size_t count = codebook.thresholds.size();
    m_buckets.span = count;
    m_inTable = m_hasNodes = false;
    if (codebook.integerGrid) return;
    if (thresholdTableSize(count) > 0) {
        m_inTable = true;
        fillThresholdTable(codebook.thresholds, m_table.data());
    } else if (count <= kMostInNodes && values < kValuesPerBucketed * count) {
        m_hasNodes = true;
        fillNodes(codebook.thresholds, m_nodes.data());
    } else if (values >= 8 * count) {
        fillBuckets(std::min(std::bit_ceil((values >= 64 * count ? 8 : 4) * count), kMostBuckets));
    }
}

void ThresholdSearch::fillBuckets(std::size_t most) {
    const std::span<const float> all = thresholds();
    const auto finite = [](float t) { return std::isfinite(t); };
    const auto first = std::find_if(all.begin(), all.end(), finite);
    const auto last = std::find_if(all.rbegin(), all.rend(), finite);
    if (first == all.end() || *first == *last) return;

    Buckets tried;
    tried.lowest = *first;
    tried.highest = *last;
    const float middle = tried.lowest / 2 + tried.highest / 2, zero = std::clamp(0.0f, tried.lowest, tried.highest);
    const auto tryOut = [&](float centre, float bend) {
        tried.centre = centre;
        const float reach = std::max(tried.highest - centre, centre - tried.lowest);
        tried.knee = std::clamp(reach * bend, std::numeric_limits<float>::denorm_min(), 0x1p126f);
        tried.shift = 0;
        tried.bias = 0;
        const std::int64_t low = keyOf(tried.lowest - centre, tried.knee);
        const std::int64_t high = keyOf(tried.highest - centre, tried.knee);
        while (((high >> tried.shift) - (low >> tried.shift)) >= static_cast<std::int64_t>(most)) ++tried.shift;
        tried.bias = static_cast<std::int32_t>(-(low >> tried.shift));
        m_bucketOf.resize(all.size());
        std::transform(all.begin(), all.end(), m_bucketOf.begin(), [&](float t) { return tried.bucketOf(t); });
        tried.span = largestBucket(m_bucketOf);
    };
    // Evenly first, then more and more finely about zero, where the levels of small floats and of logarithms are.
    Buckets& best = m_buckets;
    for (const auto& [centre, bend] : {std::pair{middle, 2.0f}, std::pair{zero, 0x1p-3f}, std::pair{zero, 0x1p-6f},
                                       std::pair{zero, 0x1p-10f}, std::pair{zero, 0x1p-16f}}) {
        tryOut(centre, bend);
        if (tried.span < best.span) best = tried;
        if (best.span <= kEnough) break;
    }
    if (best.span == all.size()) return; // buckets that tell nothing apart
    std::transform(all.begin(), all.end(), m_bucketOf.begin(), [&](float t) { return best.bucketOf(t); });
    best.first.resize(static_cast<std::size_t>(best.bucketOf(best.highest)) + 1);
    const std::size_t latest = all.size() - best.span; // later, and the comparisons would go beyond the last threshold
    auto next = best.first.begin();
    for (std::size_t below = 0; below < all.size(); ++below) {
        // Buckets after that of the threshold before, up to this one's.
        const auto end = best.first.begin() + m_bucketOf[below] + 1;
        if (next < end) next = std::fill_n(next, end - next, static_cast<std::int32_t>(std::min(below, latest)));
    }
}

} // namespace quantoscope
