// Packing against one bit after another.
#include "core/base/bit_pack.h"
#include "tests/support/datasets.h"
#include "tests/support/vector_targets.h"

#include <QTest>

#include <vector>

using namespace quantoscope;

/// Every test runs with each set of instructions that this processor and this build have.
class TestBitPack : public QObject {
    Q_OBJECT

private slots:
    void initTestCase_data() { test::addVectorTargets(); }
    void init() { test::useVectorTarget(); }
    void cleanup() { test::useEveryVectorTarget(); }

    void packsEveryWidth_data() {
        QTest::addColumn<int>("width");
        for (int width = 0; width <= 32; ++width) QTest::addRow("%d bits", width) << width;
    }
    void packsEveryWidth() {
        QFETCH(int, width);
        test::Random random(static_cast<std::uint64_t>(width) + 1);
        const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
        for (const std::size_t count : {0, 1, 2, 7, 8, 9, 15, 16, 31, 32, 33, 63, 64, 65, 127, 128, 129, 200, 1000}) {
            std::vector<std::uint32_t> codes(count);
            for (auto& code : codes) code = static_cast<std::uint32_t>(random.next() & mask);
            std::vector<std::uint8_t> bitwise(packedBytes(count, width));
            for (std::size_t bit = 0; bit < count * static_cast<std::size_t>(width); ++bit) {
                const std::uint32_t code = codes[bit / static_cast<std::size_t>(width)];
                if (code >> (bit % static_cast<std::size_t>(width)) & 1)
                    bitwise[bit / 8] = static_cast<std::uint8_t>(bitwise[bit / 8] | 1u << (bit % 8));
            }
            std::vector<std::uint8_t> packed(bitwise.size(), 0xff);
            packCodes(codes, width, 0, packed);
            QCOMPARE(packed, bitwise);
            for (std::size_t i = 0; i < count; ++i) QCOMPARE(unpackCode(packed, width, i), codes[i]);
            for (const std::size_t first : {std::size_t{0}, count / 3, count - count / 5}) {
                std::vector<std::uint32_t> read(count - first, 77);
                unpackCodes(packed, width, first, read);
                QCOMPARE(read,
                         std::vector<std::uint32_t>(codes.begin() + static_cast<std::ptrdiff_t>(first), codes.end()));
            }
            if (width > 8) continue;
            std::vector<std::uint8_t> bytes, read(count, 77);
            for (const std::uint32_t code : codes) bytes.push_back(static_cast<std::uint8_t>(code));
            std::fill(packed.begin(), packed.end(), std::uint8_t{0xff});
            packCodes(bytes, width, 0, packed);
            QCOMPARE(packed, bitwise);
            unpackCodes(packed, width, 0, read);
            QCOMPARE(read, bytes);
            std::vector<std::uint8_t> rest(count - count / 3, 77);
            unpackCodes(packed, width, count / 3, rest);
            QVERIFY(std::equal(rest.begin(), rest.end(), bytes.begin() + static_cast<std::ptrdiff_t>(count / 3)));
        }
    }

    void touchesNoByteButItsOwn_data() { packsEveryWidth_data(); }
    void touchesNoByteButItsOwn() {
        QFETCH(int, width);
        const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
        for (std::size_t count = 0; count < 300; ++count) {
            const std::vector<std::uint32_t> codes(count, static_cast<std::uint32_t>(mask));
            const std::size_t before = 3, bytes = packedBytes(count, width);
            std::vector<std::uint8_t> packed(before * static_cast<std::size_t>(width) + bytes + 70, 0x5a);
            packCodes(codes, width, 8 * before, packed);
            const std::size_t begin = before * static_cast<std::size_t>(width);
            for (std::size_t i = 0; i < packed.size(); ++i) {
                if (i < begin || i >= begin + bytes) QCOMPARE(packed[i], std::uint8_t{0x5a});
            }
            // And reads no byte beyond: the sanitizers watch.
            packed.resize(before * static_cast<std::size_t>(width) + bytes);
            packed.shrink_to_fit();
            std::vector<std::uint32_t> read(count);
            unpackCodes(packed, width, 8 * before, read);
            QCOMPARE(read, codes);
            if (width > 8) continue;
            const std::vector<std::uint8_t> codesInBytes(codes.begin(), codes.end());
            std::vector<std::uint8_t> again(packed.size() + 70, 0x5a), readInBytes(count);
            packCodes(codesInBytes, width, 8 * before, again);
            QVERIFY(std::equal(packed.begin() + static_cast<std::ptrdiff_t>(begin), packed.end(),
                               again.begin() + static_cast<std::ptrdiff_t>(begin)));
            for (std::size_t i = 0; i < again.size(); ++i)
                if (i < begin || i >= begin + bytes) QCOMPARE(again[i], std::uint8_t{0x5a});
            unpackCodes(packed, width, 8 * before, readInBytes);
            QCOMPARE(readInBytes, codesInBytes);
        }
    }

    void packsPiecesThatBeginOnBytes() {
        std::vector<std::uint32_t> codes(40);
        for (std::size_t i = 0; i < codes.size(); ++i) codes[i] = static_cast<std::uint32_t>(i * 5 % 32);
        std::vector<std::uint8_t> whole(packedBytes(40, 5)), pieces(packedBytes(40, 5));
        packCodes(codes, 5, 0, whole);
        packCodes(std::span(codes).subspan(24), 5, 24, pieces);
        packCodes(std::span(codes).first(24), 5, 0, pieces);
        QCOMPARE(pieces, whole);
    }
};

QTEST_APPLESS_MAIN(TestBitPack)
#include "tst_bit_pack.moc"
