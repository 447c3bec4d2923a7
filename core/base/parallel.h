// Loops over blocks of fixed size on all cores. Blocks do not depend on the number of threads, so a caller that
// keeps one partial result a block and combines them in order gets the same bits from one thread and from many.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace quantoscope {

struct Block {
    std::size_t index; // 0, 1, 2, ...
    std::size_t begin; // first element
    std::size_t end;   // one past the last
};

inline std::size_t blockCount(std::size_t count, std::size_t blockSize) { return (count + blockSize - 1) / blockSize; }

/// Calls body once for every block of [0, count), in any order and from several threads; returns when all are done.
/// What a body throws is thrown again here, once every body that had begun has ended. While it waits the calling thread
/// takes on no work but these blocks, so it may hold what the bodies do not need.
void parallelBlocks(std::size_t count, std::size_t blockSize, const std::function<void(Block)>& body);

/// Runs both, at the same time where a thread is free.
void parallelInvoke(const std::function<void()>& first, const std::function<void()>& second);

/// How many threads parallel work may use now: the cores of the machine, or less inside a ThreadLimit.
int threadCount();

/// From now on the calling thread, and every thread that helps it in a parallel loop, gives way to threads that answer
/// a person: a window stays fluent while all cores work. Where the system cannot do that, nothing changes.
void giveWayToInteraction();

/// Limits parallel work of the whole process to so many threads while it lives; of several the smallest counts.
class ThreadLimit {
public:
    explicit ThreadLimit(int threads);
    ~ThreadLimit();
    ThreadLimit(const ThreadLimit&) = delete;
    ThreadLimit& operator=(const ThreadLimit&) = delete;

private:
    struct Control;
    std::unique_ptr<Control> m_control;
};

} // namespace quantoscope
