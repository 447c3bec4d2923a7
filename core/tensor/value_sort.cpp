#include "core/tensor/value_sort.h"

#include "core/base/parallel.h"

#include <hwy/contrib/sort/vqsort.h>
#include <hwy/targets.h>

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <mutex>
#include <numeric>
#include <vector>

namespace quantoscope {

namespace {

constexpr std::size_t kVectorSortFrom = 512;   // below, std::sort is faster than setting up the vector sort
constexpr std::size_t kBucketsFrom = 1 << 17;  // below, one thread is done before a second has begun
constexpr std::size_t kBucketValues = 1 << 20; // about as many as a bucket should hold: they fit the second-level cache
constexpr std::size_t kMaximumBuckets = 64;    // streams written at once: more would not fit the address cache
constexpr std::size_t kSamplesPerBucket = 64;  // keeps the largest bucket within a third above the mean
constexpr std::size_t kBlock = 1 << 16;
constexpr std::size_t kTile = 256;

/// AMD's Zen 4 has AVX-512, but its compressing stores, which the vector sort is made of, take over a hundred cycles
/// each: AVX2 is seven times faster there. Highway knows that processor from version 1.1 on. Before, its choice is the
/// whole program's, and so AVX2 is all that anything uses while one of these lives.
class SortInstructions {
public:
#if defined(__x86_64__) && !defined(HWY_AVX3_ZEN4)
    SortInstructions() {
        if (!concerned()) return;
        const std::scoped_lock lock(s_mutex);
        if (s_living++ == 0) disable(HWY_AVX3 | HWY_AVX3_DL);
    }
    ~SortInstructions() {
        if (!concerned()) return;
        const std::scoped_lock lock(s_mutex);
        if (--s_living == 0) disable(0);
    }
    SortInstructions(const SortInstructions&) = delete;
    SortInstructions& operator=(const SortInstructions&) = delete;

private:
    static bool concerned() {
        static const bool is = __builtin_cpu_is("amdfam19h");
        return is;
    }

    /// Chosen again at once: another thread that had to choose meanwhile might be late with what it saw before.
    static void disable(std::int64_t targets) {
        hwy::DisableTargets(targets);
        hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    }

    static inline std::mutex s_mutex;
    static inline int s_living = 0;
#else
    SortInstructions() {} // not trivial: a compiler would say that it is unused
#endif
};

template<class Key>
void sortAscending(std::span<Key> keys) {
    if (keys.size() < kVectorSortFrom) {
        std::sort(keys.begin(), keys.end());
        return;
    }
    const SortInstructions instructions;
    hwy::Sorter sorter;
    sorter(keys.data(), keys.size(), hwy::SortAscending());
}

/// The lowest value of every bucket but the first.
std::vector<float> splittersFor(std::span<const float> values, std::size_t buckets) {
    std::vector<float> sample(buckets * kSamplesPerBucket);
    // Positions by multiples of the golden ratio: evenly spread, and in step with no period of the data.
    std::uint64_t position = 0;
    for (float& value : sample) {
        position += 0x9e3779b97f4a7c15u;
        value = values[static_cast<std::size_t>(position % values.size())];
    }
    sortAscending(std::span(sample));
    std::vector<float> splitters;
    for (std::size_t b = 1; b < buckets; ++b) splitters.push_back(sample[b * kSamplesPerBucket]);
    return splitters;
}

/// The bucket of each value: how many splitters are not above it.
void findBuckets(std::span<const float> values, std::span<const float> splitters, std::uint8_t* buckets) {
    for (std::size_t begin = 0; begin < values.size(); begin += kTile) {
        const std::size_t count = std::min(kTile, values.size() - begin);
        std::array<std::int32_t, kTile> bucket{};
        for (const float splitter : splitters)
            for (std::size_t i = 0; i < count; ++i) bucket[i] += splitter <= values[begin + i];
        for (std::size_t i = 0; i < count; ++i) buckets[begin + i] = static_cast<std::uint8_t>(bucket[i]);
    }
}

} // namespace

Result<RawVector<float>> sortedCopy(std::span<const float> values, const JobControl& job) {
    if (job.cancelled()) return cancelled();
    RawVector<float> sorted(values.size());
    if (values.size() < kBucketsFrom) {
        std::transform(values.begin(), values.end(), sorted.begin(), [](float x) { return x + 0.0f; });
        sortAscending(std::span(sorted));
        return sorted;
    }

    const std::size_t wanted = std::max(values.size() / kBucketValues, static_cast<std::size_t>(2 * threadCount()));
    const std::size_t buckets = std::min(kMaximumBuckets, wanted);
    const std::vector<float> splitters = splittersFor(values, buckets);
    const std::size_t blocks = blockCount(values.size(), kBlock);
    RawVector<std::uint8_t> bucketOf(values.size());
    std::vector<std::vector<std::size_t>> places(blocks); // first counts, then where a block's next value goes
    parallelBlocks(values.size(), kBlock, [&](Block block) {
        if (job.cancelled()) return;
        std::vector<std::size_t>& counts = places[block.index];
        counts.resize(buckets);
        findBuckets(values.subspan(block.begin, block.end - block.begin), splitters, &bucketOf[block.begin]);
        for (std::size_t i = block.begin; i < block.end; ++i) ++counts[bucketOf[i]];
    });
    if (job.cancelled()) return cancelled();

    std::vector<std::size_t> begins;
    std::size_t place = 0;
    for (std::size_t b = 0; b < buckets; ++b) {
        begins.push_back(place);
        for (auto& block : places) place += std::exchange(block[b], place);
    }
    begins.push_back(place);
    parallelBlocks(values.size(), kBlock, [&](Block block) {
        if (job.cancelled()) return;
        std::vector<std::size_t>& next = places[block.index];
        for (std::size_t i = block.begin; i < block.end; ++i) sorted[next[bucketOf[i]]++] = values[i] + 0.0f;
    });
    parallelBlocks(buckets, 1, [&](Block block) {
        if (job.cancelled()) return;
        sortAscending(std::span(sorted).subspan(begins[block.index], begins[block.index + 1] - begins[block.index]));
    });
    if (job.cancelled()) return cancelled();
    return sorted;
}

Result<RawVector<std::size_t>> sortedOrder(std::span<const float> values, const JobControl& job) {
    if (job.cancelled()) return cancelled();
    RawVector<std::size_t> order(values.size());
    if (values.size() > std::numeric_limits<std::uint32_t>::max()) {
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
        return order;
    }
    // The float's bits in the order of the numbers above its position: one integer to sort by.
    RawVector<std::uint64_t> keys(values.size());
    parallelBlocks(values.size(), kBlock, [&](Block block) {
        for (std::size_t i = block.begin; i < block.end; ++i) {
            const auto bits = std::bit_cast<std::uint32_t>(values[i] + 0.0f);
            const std::uint32_t ordered = bits & 0x80000000u ? ~bits : bits | 0x80000000u;
            keys[i] = std::uint64_t{ordered} << 32 | i;
        }
    });
    sortAscending(std::span(keys));
    if (job.cancelled()) return cancelled();
    parallelBlocks(values.size(), kBlock, [&](Block block) {
        for (std::size_t i = block.begin; i < block.end; ++i) order[i] = keys[i] & 0xffffffffu;
    });
    return order;
}

} // namespace quantoscope
