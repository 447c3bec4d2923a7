// Bits accounted to the bit.
#include "core/measure/storage_cost.h"

#include <QTest>

using namespace quantoscope;

namespace {

Quantizer quantizerOf(const Shape& shape, const Grouping& grouping, int bits, std::uint64_t sideBits) {
    Quantizer quantizer;
    quantizer.shape = shape;
    quantizer.layout = GroupLayout::make(shape, grouping).value();
    quantizer.bits = bits;
    quantizer.sideBits = sideBits;
    return quantizer;
}

} // namespace

class TestStorageCost : public QObject {
    Q_OBJECT

private slots:
    void countsEverything() {
        const StorageCost cost = storageCost(quantizerOf({100, 10}, Grouping::tensor(), 3, 32), 2, DType::F32);
        QCOMPARE(cost.codeBits, std::uint64_t{3000});
        QCOMPARE(cost.sideBits, std::uint64_t{32});
        QCOMPARE(cost.exceptionBits, std::uint64_t{2 * 96});
        QCOMPARE(cost.totalBits(), std::uint64_t{3224});
        QCOMPARE(cost.bitsPerValue, 3.224);
        QCOMPARE(cost.compressionRatio, 32 / 3.224);
    }

    void aShortLastBlockIsAWholeOne() {
        // Rows of 10 in blocks of 4: three blocks a row.
        const StorageCost cost = storageCost(quantizerOf({5, 10}, Grouping::block(4), 4, 15 * 32), 0, DType::BF16);
        QCOMPARE(cost.codeBits, std::uint64_t{5 * 12 * 4});
        QCOMPARE(cost.bitsPerValue, (240 + 480) / 50.0);
        QCOMPARE(cost.compressionRatio, 16 / (720 / 50.0));
    }

    void nothingCostsNothing() {
        const StorageCost cost = storageCost(quantizerOf({0}, Grouping::tensor(), 4, 0), 0, DType::F32);
        QCOMPARE(cost.totalBits(), std::uint64_t{0});
        QCOMPARE(cost.bitsPerValue, 0.0);
    }

    void theLargestBlocksDoNotOverflow() {
        const Quantizer quantizer = quantizerOf({std::int64_t{1} << 34, 1}, Grouping::block(kMaximumBlockSize), 16, 0);
        QCOMPARE(storageCost(quantizer, 0, DType::F32).codeBits, std::uint64_t{1} << 62);
    }
};

QTEST_APPLESS_MAIN(TestStorageCost)
#include "tst_storage_cost.moc"
