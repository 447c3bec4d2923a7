#include "core/base/byte_reader.h"

#include <QTest>

#include <array>

using namespace quantoscope;

class TestByteReader : public QObject {
    Q_OBJECT

private slots:
    void readsBothByteOrders() {
        constexpr std::array<std::byte, 7> bytes{std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4},
                                                 std::byte{5}, std::byte{6}, std::byte{7}};
        ByteReader reader(bytes);
        QCOMPARE(*reader.number<std::uint16_t>(ByteOrder::Little, "n"), std::uint16_t{0x0201});
        QCOMPARE(*reader.number<std::uint32_t>(ByteOrder::Big, "n"), 0x03040506u);
        QCOMPARE(reader.position(), 6u);
        QCOMPARE(reader.remaining(), 1u);
    }

    void neverReadsBeyondTheEnd() {
        constexpr std::array<std::byte, 3> bytes{};
        ByteReader reader(bytes);
        const auto number = reader.number<std::uint64_t>(ByteOrder::Little, "the length");
        QVERIFY(!number);
        QCOMPARE(number.error().code, ErrorCode::Truncated);
        QCOMPARE(number.error().message(), std::string("byte 0: the length needs 8 bytes and 3 are left"));
        QVERIFY(!reader.take(~0ull, "all"));
        QCOMPARE(reader.remaining(), 3u); // a failure takes nothing
        QVERIFY(reader.take(3, "all"));
    }

    void storesWhatItLoads() {
        std::array<std::byte, 8> bytes;
        for (const auto order : {ByteOrder::Little, ByteOrder::Big}) {
            storeNumber<std::uint64_t>(bytes.data(), 0x0123456789abcdefull, order);
            QCOMPARE(loadNumber<std::uint64_t>(bytes.data(), order), 0x0123456789abcdefull);
            QCOMPARE(bytes[0], order == ByteOrder::Big ? std::byte{0x01} : std::byte{0xef});
        }
    }
};

QTEST_APPLESS_MAIN(TestByteReader)
#include "tst_byte_reader.moc"
