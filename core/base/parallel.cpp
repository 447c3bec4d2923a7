#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

#ifdef QUANTOSCOPE_PARALLEL_TBB
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_invoke.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_scheduler_observer.h>
#endif

namespace quantoscope {

namespace {

Block blockAt(std::size_t index, std::size_t count, std::size_t blockSize) {
    return {index, index * blockSize, std::min(count, (index + 1) * blockSize)};
}

/// Of the calling thread alone: Linux keeps a nice value for each.
void lowerThreadPriority() {
#ifdef __linux__
    constexpr int background = 10;
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), background);
#endif
}

} // namespace

#ifdef QUANTOSCOPE_PARALLEL_TBB

using tbb::global_control;

namespace {

class BackgroundWorkers : public tbb::task_scheduler_observer {
public:
    BackgroundWorkers() { observe(true); }
    ~BackgroundWorkers() override { observe(false); }
    void on_scheduler_entry(bool isWorker) override {
        if (isWorker) lowerThreadPriority();
    }
};

} // namespace

void giveWayToInteraction() {
    static BackgroundWorkers workers;
    lowerThreadPriority();
}

int threadCount() {
    const auto allowed = global_control::active_value(global_control::max_allowed_parallelism);
    return std::max(1, std::min(static_cast<int>(allowed), tbb::info::default_concurrency()));
}

struct ThreadLimit::Control {
    global_control limit;
};

ThreadLimit::ThreadLimit(int threads)
    : m_control(
          new Control{{global_control::max_allowed_parallelism, static_cast<std::size_t>(std::max(1, threads))}}) {}

void parallelBlocks(std::size_t count, std::size_t blockSize, const std::function<void(Block)>& body) {
    const std::size_t blocks = blockCount(count, blockSize);
    if (blocks <= 1 || threadCount() == 1) {
        for (std::size_t i = 0; i < blocks; ++i) body(blockAt(i, count, blockSize));
        return;
    }
    // Isolated: a thread that waits here must not begin some other, outer task that waits in turn for this one.
    tbb::this_task_arena::isolate(
        [&] { tbb::parallel_for(std::size_t{0}, blocks, [&](std::size_t i) { body(blockAt(i, count, blockSize)); }); });
}

void parallelInvoke(const std::function<void()>& first, const std::function<void()>& second) {
    tbb::this_task_arena::isolate([&] { tbb::parallel_invoke(first, second); });
}

#else

void giveWayToInteraction() { lowerThreadPriority(); } // threads started by this one inherit it

namespace {

std::mutex limitsMutex;
std::multiset<int> limits;
std::atomic<int> invokeDepth{0};

} // namespace

int threadCount() {
    const std::scoped_lock lock(limitsMutex);
    const int cores = std::max(2, static_cast<int>(std::thread::hardware_concurrency()));
    return limits.empty() ? cores : std::min(*limits.begin(), cores);
}

struct ThreadLimit::Control {
    explicit Control(int threads) : own(threads) {
        const std::scoped_lock lock(limitsMutex);
        limits.insert(own);
    }
    ~Control() {
        const std::scoped_lock lock(limitsMutex);
        limits.erase(limits.find(own));
    }
    int own;
};

ThreadLimit::ThreadLimit(int threads) : m_control(std::make_unique<Control>(std::max(1, threads))) {}

void parallelBlocks(std::size_t count, std::size_t blockSize, const std::function<void(Block)>& body) {
    const std::size_t blocks = blockCount(count, blockSize);
    const auto workers = std::min<std::size_t>(static_cast<std::size_t>(threadCount()), blocks);
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex failureMutex;
    const auto work = [&] {
        try {
            for (std::size_t i = next++; i < blocks; i = next++) body(blockAt(i, count, blockSize));
        } catch (...) {
            const std::scoped_lock lock(failureMutex);
            if (!failure) failure = std::current_exception();
            next = blocks;
        }
    };
    std::vector<std::jthread> threads;
    for (std::size_t t = 1; t < workers; ++t) threads.emplace_back(work);
    work();
    threads.clear();
    if (failure) std::rethrow_exception(failure);
}

void parallelInvoke(const std::function<void()>& first, const std::function<void()>& second) {
    if (threadCount() == 1 || invokeDepth.load() > 4) {
        first();
        second();
        return;
    }
    std::exception_ptr failure, otherFailure;
    const auto guarded = [](const std::function<void()>& work, std::exception_ptr& caught) {
        try {
            work();
        } catch (...) {
            caught = std::current_exception();
        }
    };
    ++invokeDepth;
    {
        const std::jthread other([&] { guarded(second, otherFailure); });
        guarded(first, failure);
    }
    --invokeDepth;
    if (failure || otherFailure) std::rethrow_exception(failure ? failure : otherFailure);
}

#endif

ThreadLimit::~ThreadLimit() = default;

} // namespace quantoscope
