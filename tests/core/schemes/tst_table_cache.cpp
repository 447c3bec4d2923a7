// Tables that several threads and many fits share.
#include "core/schemes/table_cache.h"

#include <QTest>

#include <memory>
#include <thread>
#include <vector>

using namespace quantoscope;

namespace {

Codebook tableOf(int level) {
    Codebook table;
    table.levels = {static_cast<float>(level)};
    return table;
}

/// A cache that counts what it makes.
struct Counting {
    TableCache<int> tables;
    int made = 0;

    std::shared_ptr<const Codebook> get(int key) {
        return tables.get(key, [&] {
            ++made;
            return tableOf(key);
        });
    }
};

} // namespace

class TestTableCache : public QObject {
    Q_OBJECT

private slots:
    void makesATableOnce() {
        Counting cache;
        const auto five = cache.get(5), six = cache.get(6);
        QCOMPARE(five->levels, std::vector{5.0f});
        QCOMPARE(six->levels, std::vector{6.0f});
        QCOMPARE(cache.get(5).get(), five.get());
        QCOMPARE(cache.get(5).get(), five.get());
        QCOMPARE(cache.get(6).get(), six.get());
        QCOMPARE(cache.made, 2);
    }

    void eachCacheHasItsOwn() {
        std::shared_ptr<const Codebook> before;
        for (int level = 0; level < 3; ++level) {
            TableCache<int> cache; // at the same place as the last one, which is gone
            const auto table = cache.get(1, [&] { return tableOf(level); });
            QCOMPARE(table->levels, std::vector{static_cast<float>(level)});
            before = table;
        }
        QCOMPARE(before->levels, std::vector{2.0f}); // outlives its cache
    }

    void threadsShareOneTable() {
        TableCache<int> cache;
        constexpr std::size_t kThreads = 4, kTimes = 2000;
        std::vector<std::vector<const Codebook*>> got(kThreads);
        std::vector<std::shared_ptr<const Codebook>> held(kThreads);
        {
            std::vector<std::jthread> threads;
            for (std::size_t t = 0; t < kThreads; ++t)
                threads.emplace_back([&, t] {
                    held[t] = cache.get(0, [] { return tableOf(0); });
                    for (std::size_t i = 0; i < kTimes; ++i)
                        got[t].push_back(cache.get(0, [] { return tableOf(0); }).get());
                });
        }
        for (std::size_t t = 0; t < kThreads; ++t)
            for (const Codebook* table : got[t]) QCOMPARE(table, held[0].get());
    }

    void letsGoOfWhatNobodyUses() {
        Counting cache;
        const auto kept = cache.get(0);
        std::weak_ptr<const Codebook> unused = cache.get(1);
        for (int key = 2; key < 100; ++key) cache.get(key);
        QVERIFY(unused.expired());
        QCOMPARE(cache.made, 100);
        QCOMPARE(cache.get(0).get(), kept.get());
        QCOMPARE(cache.made, 100);
        cache.get(1);
        QCOMPARE(cache.made, 101);
    }
};

QTEST_APPLESS_MAIN(TestTableCache)
#include "tst_table_cache.moc"
