// Every block once, whatever the threads; exceptions come back; waiting threads take on no foreign work.
#include "core/base/parallel.h"

#include <QTest>

#include <atomic>
#include <mutex>
#include <new>
#include <stdexcept>
#include <vector>

using namespace quantoscope;

class TestParallel : public QObject {
    Q_OBJECT

private slots:
    void visitsEveryElementOnce_data() {
        QTest::addColumn<int>("threads");
        QTest::newRow("one thread") << 1;
        QTest::newRow("as many as there are") << 1000;
    }
    void visitsEveryElementOnce() {
        QFETCH(int, threads);
        const ThreadLimit limit(threads);
        for (const std::size_t count : {0, 1, 9, 10, 11, 1000}) {
            std::vector<std::atomic<int>> seen(count);
            std::vector<std::atomic<int>> blocks(blockCount(count, 10));
            parallelBlocks(count, 10, [&](Block block) {
                ++blocks[block.index];
                for (std::size_t i = block.begin; i < block.end; ++i) ++seen[i];
            });
            for (const auto& times : seen) QCOMPARE(times.load(), 1);
            for (const auto& times : blocks) QCOMPARE(times.load(), 1);
        }
    }

    void passesExceptionsOn() {
        for (const int threads : {1, 4}) {
            const ThreadLimit limit(threads);
            QVERIFY_EXCEPTION_THROWN(parallelBlocks(100, 1,
                                                    [](Block block) {
                                                        if (block.index == 50) throw std::bad_alloc();
                                                    }),
                                     std::bad_alloc);
            std::atomic<bool> other{false};
            QVERIFY_EXCEPTION_THROWN(parallelInvoke([] { throw std::runtime_error("first"); }, [&] { other = true; }),
                                     std::runtime_error);
            QVERIFY_EXCEPTION_THROWN(parallelInvoke([&] { other = true; }, [] { throw std::runtime_error("second"); }),
                                     std::runtime_error);
            QVERIFY(other);
            std::atomic<int> ran{0};
            parallelInvoke([&] { ++ran; }, [&] { ++ran; });
            QCOMPARE(ran.load(), 2);
        }
    }

    void mayHoldALockWhileItWaits() {
        // Each outer block holds the lock while its inner loop runs. A thread that, waiting for the inner loop, began
        // another outer block would wait for itself for ever.
        std::mutex mutex;
        std::atomic<int> inner{0};
        parallelBlocks(64, 1, [&](Block) {
            const std::scoped_lock lock(mutex);
            parallelBlocks(64, 1, [&](Block) { ++inner; });
        });
        QCOMPARE(inner.load(), 64 * 64);
    }

    void theSmallestLimitCounts() {
        const int all = threadCount();
        QVERIFY(all >= 1);
        {
            const ThreadLimit two(2);
            QVERIFY(threadCount() <= 2);
            {
                const ThreadLimit one(1);
                QCOMPARE(threadCount(), 1);
                const ThreadLimit none(0);
                QCOMPARE(threadCount(), 1);
            }
            QCOMPARE(threadCount(), std::min(2, all));
        }
        QCOMPARE(threadCount(), all);
    }
};

QTEST_APPLESS_MAIN(TestParallel)
#include "tst_parallel.moc"
