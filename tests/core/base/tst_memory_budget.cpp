// Sizes as people write them.
#include "core/base/memory_budget.h"

#include <QTest>

using namespace quantoscope;

class TestMemoryBudget : public QObject {
    Q_OBJECT

private slots:
    void sizesAreRead_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<quint64>("bytes");
        QTest::newRow("decimal") << "2GB" << quint64{2'000'000'000};
        QTest::newRow("with a space") << "500 MB" << quint64{500'000'000};
        QTest::newRow("lower case") << "64mb" << quint64{64'000'000};
        QTest::newRow("binary") << "1.5GiB" << (quint64{3} << 29);
        QTest::newRow("bytes") << "4194304" << (quint64{4} << 20);
        QTest::newRow("bytes by name") << "4194304 B" << (quint64{4} << 20);
    }
    void sizesAreRead() {
        QFETCH(QString, text);
        QFETCH(quint64, bytes);
        const auto size = parseByteSize(text.toStdString());
        QVERIFY(size);
        QCOMPARE(*size, std::uint64_t{bytes});
    }

    void whatIsNoSizeIsRefused() {
        for (const char* text : {"", "GB", "2 apples", "-1GB", "nan", "inf", "1e30GB", "100kB", "0"})
            QVERIFY2(!parseByteSize(text), text);
    }

    void sizesAreShown() {
        QCOMPARE(byteSizeText(2'000'000'000), std::string("2 GB"));
        QCOMPARE(byteSizeText(1'500'000'000), std::string("1.5 GB"));
        QCOMPARE(byteSizeText(64'000'000), std::string("64 MB"));
        QCOMPARE(byteSizeText(999'900'000), std::string("1 GB"));
        QCOMPARE(byteSizeText(12), std::string("12 bytes"));
    }

    void theDefaultIsHalfOfTheMachine() {
        QVERIFY(physicalMemory() > 0);
        QCOMPARE(defaultMemoryBudget(), std::max(physicalMemory() / 2, kLeastMemoryBudget));
        QVERIFY(fitsInto(64 * 1000, 1000) && !fitsInto(64 * 1000, 1001));
    }
};

QTEST_GUILESS_MAIN(TestMemoryBudget)
#include "tst_memory_budget.moc"
