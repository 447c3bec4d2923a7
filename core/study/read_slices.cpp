#include "core/study/read_slices.h"

#include "core/base/parallel.h"
#include "core/formats/tensor_source.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <vector>

namespace quantoscope {

namespace {

constexpr std::uint64_t kMostValues = std::uint64_t{1} << 18; // of a slice: read at full speed, and still in the cache
constexpr std::uint64_t kLeastValues = std::uint64_t{1} << 12;
// What is made of a slice takes some times its own size, in every lane: all of it a small part of the budget.
constexpr std::uint64_t kSlicePart = 1024; // bytes of budget a value of a slice

std::uint64_t sliceOf(const PreparedTensor& data, std::uint64_t unit) {
    const std::uint64_t wanted = std::clamp(data.budget() / kSlicePart, kLeastValues, kMostValues);
    return std::max(unit, wanted / unit * unit);
}

} // namespace

std::size_t laneCount(const PreparedTensor& data) {
    if (!data.readsAnywhere()) return 1;
    return std::clamp<std::size_t>(static_cast<std::size_t>(threadCount()), 1, kMostLanes);
}

Status readSlices(const PreparedTensor& data, std::size_t parts, std::uint64_t unit, const JobControl& job,
                  const std::function<void(const ValueSlice&)>& body) {
    const std::uint64_t count = data.valueCount(), slice = sliceOf(data, unit);
    const std::uint64_t units = (count + unit - 1) / unit, partValues = (units + parts - 1) / parts * unit;
    std::atomic<std::size_t> next{0};
    std::atomic<std::uint64_t> done{0};
    std::atomic<bool> failed{false};
    std::mutex mutex;
    std::optional<Error> error;
    const JobControl quiet{job.stop, {}};
    parallelBlocks(laneCount(data), 1, [&](Block lane) {
        std::vector<float> buffer(static_cast<std::size_t>(std::min(slice, count)));
        for (std::size_t part = next++; part < parts; part = next++) {
            const std::uint64_t begin = std::min(count, part * partValues), end = std::min(count, begin + partValues);
            for (std::uint64_t first = begin; first < end; first += slice) {
                if (failed || job.cancelled()) return;
                const auto values = std::span(buffer).first(static_cast<std::size_t>(std::min(slice, end - first)));
                if (const Status status = data.read(first, values, quiet); !status) {
                    const std::scoped_lock lock(mutex);
                    error = status.error();
                    failed = true;
                    return;
                }
                body({lane.index, part, first, values});
                job.progress(static_cast<double>(done += values.size()) / static_cast<double>(count));
            }
        }
    });
    if (job.cancelled()) return cancelled();
    if (error) return *error;
    return {};
}

} // namespace quantoscope
