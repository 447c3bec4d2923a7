// PNG files made chunk by chunk, and JPEG files made by another program (tests/data/formats).
#include "tests/support/data.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/source_checks.h"

#include <QTest>

#include <cmath>

using namespace quantoscope;
using test::complaintAbout;
using test::entriesOf;
using test::loadEntry;
using test::ScratchFolder;

namespace {

using Values = std::vector<float>;

QByteArray big(std::uint32_t value) {
    QByteArray bytes(4, '\0');
    for (int i = 0; i < 4; ++i) bytes[i] = static_cast<char>(value >> (24 - 8 * i));
    return bytes;
}

QByteArray chunk(const QByteArray& type, const QByteArray& data) {
    std::uint32_t sum = ~0u;
    for (const char c : type + data) {
        sum ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) sum = sum >> 1 ^ (sum & 1 ? 0xedb88320u : 0);
    }
    return big(static_cast<std::uint32_t>(data.size())) + type + data + big(~sum);
}

/// `rows` are the filter byte and the samples of each row, `extra` the chunks between header and pixels.
QByteArray png(std::uint32_t width, std::uint32_t height, int bits, int colour, const QByteArray& rows,
               const QByteArray& extra = {}, int interlace = 0) {
    QByteArray header = big(width) + big(height);
    for (const int value : {bits, colour, 0, 0, interlace}) header += static_cast<char>(value);
    return QByteArray("\x89PNG\r\n\x1a\n") + chunk("IHDR", header) + extra + chunk("IDAT", qCompress(rows).mid(4)) +
           chunk("IEND", {});
}

} // namespace

class TestImages : public QObject {
    Q_OBJECT

private slots:
    void readsEveryKindOfPng_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("entry");
        QTest::addColumn<Values>("values");
        const auto text = [](const char* s, int n) { return QByteArray(s, n); };
        QTest::newRow("grey, 8 bits") << png(2, 1, 8, 0, text("\0\0\xff", 3)) << "pixels U8 1 × 2" << Values{0, 255};
        QTest::newRow("grey, 1 bit, becomes 0 and 255")
            << png(3, 1, 1, 0, text("\0\xa0", 2)) << "pixels U8 1 × 3" << Values{255, 0, 255};
        QTest::newRow("grey, 4 bits") << png(2, 1, 4, 0, text("\0\x1f", 2)) << "pixels U8 1 × 2" << Values{17, 255};
        QTest::newRow("grey, 16 bits") << png(2, 1, 16, 0, text("\0\x01\x02\xff\xff", 5)) << "pixels U16 1 × 2"
                                       << Values{258, 65535};
        QTest::newRow("grey and alpha") << png(1, 2, 8, 4, text("\0\1\2\0\3\4", 6)) << "pixels U8 2 × 1 × 2"
                                        << Values{1, 2, 3, 4};
        QTest::newRow("colour") << png(1, 1, 8, 2, text("\0\1\2\3", 4)) << "pixels U8 1 × 1 × 3" << Values{1, 2, 3};
        QTest::newRow("colour and alpha")
            << png(1, 1, 8, 6, text("\0\1\2\3\4", 5)) << "pixels U8 1 × 1 × 4" << Values{1, 2, 3, 4};
        QTest::newRow("colour and alpha, 16 bits")
            << png(1, 1, 16, 6, text("\0\0\1\0\2\0\3\1\0", 9)) << "pixels U16 1 × 1 × 4" << Values{1, 2, 3, 256};
        const QByteArray palette = chunk("PLTE", text("\1\2\3\xff\xfe\xfd", 6));
        QTest::newRow("a palette") << png(2, 1, 8, 3, text("\0\1\0", 3), palette) << "pixels U8 1 × 2 × 3"
                                   << Values{255, 254, 253, 1, 2, 3};
        QTest::newRow("a palette of one bit")
            << png(2, 1, 1, 3, text("\0\x80", 2), palette) << "pixels U8 1 × 2 × 3" << Values{255, 254, 253, 1, 2, 3};
        QTest::newRow("a palette with transparency")
            << png(2, 1, 8, 3, text("\0\1\0", 3), palette + chunk("tRNS", text("\x07", 1))) << "pixels U8 1 × 2 × 4"
            << Values{255, 254, 253, 255, 1, 2, 3, 7};
        QTest::newRow("grey with one transparent shade")
            << png(2, 1, 8, 0, text("\0\5\6", 3), chunk("tRNS", text("\0\5", 2))) << "pixels U8 1 × 2 × 2"
            << Values{5, 0, 6, 255};
        QTest::newRow("filtered by the sample before")
            << png(3, 1, 8, 0, text("\1\x0a\1\1", 4)) << "pixels U8 1 × 3" << Values{10, 11, 12};
        // 2 × 2 interlaced: pass 1 has the first pixel, pass 6 the second of the first row, pass 7 the second row.
        QTest::newRow("interlaced") << png(2, 2, 8, 0, text("\0\1\0\2\0\3\4", 7), {}, 1) << "pixels U8 2 × 2"
                                    << Values{1, 2, 3, 4};
    }
    void readsEveryKindOfPng() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, entry);
        QFETCH(Values, values);
        const ScratchFolder folder;
        const auto path = folder.write("a.png", bytes);
        QCOMPARE(entriesOf(path), entry);
        const Tensor tensor = loadEntry(path);
        QCOMPARE(tensor.values, values);
        QCOMPARE(static_cast<int>(tensor.info.kind), static_cast<int>(TensorKind::Image));
    }

    void refusesDamagedPng_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("reason");
        const QByteArray row("\0\0\xff", 3);
        QTest::newRow("more pixels than are read") << png(1u << 14, (1u << 13) + 1, 8, 0, row) << ErrorCode::TooLarge
                                                   << "16384 × 8193 pixels; at most 134217728 are read";
        QTest::newRow("the greatest extents")
            << png(0x7fffffffu, 0x7fffffffu, 8, 6, row) << ErrorCode::TooLarge << "2147483647 × 2147483647 pixels";
        QTest::newRow("more pixels than the file can hold") << png(10'000, 10'000, 8, 6, row) << ErrorCode::Malformed
                                                            << "10000 × 10000 pixels cannot be packed in a file of";
        QTest::newRow("no pixels") << png(0, 1, 8, 0, row) << ErrorCode::Malformed << "Invalid IHDR";
        QTest::newRow("a depth of 3 bits") << png(2, 1, 3, 0, row) << ErrorCode::Malformed << "Invalid IHDR";
        QTest::newRow("a palette without colours") << png(2, 1, 8, 3, row) << ErrorCode::Malformed << "before byte";
        QTest::newRow("too few pixels") << png(2, 2, 8, 0, row) << ErrorCode::Malformed << "before byte";
        QByteArray wrongSum = png(2, 1, 8, 0, row);
        wrongSum[31] = static_cast<char>(wrongSum[31] ^ 1);
        QTest::newRow("a wrong checksum") << wrongSum << ErrorCode::Malformed << "CRC error";
        QTest::newRow("the magic alone") << wrongSum.left(8) << ErrorCode::Truncated << "byte 8";
    }
    void refusesDamagedPng() {
        QFETCH(QByteArray, bytes);
        QFETCH(ErrorCode, code);
        QFETCH(QString, reason);
        const ScratchFolder folder;
        const auto complaint = complaintAbout(folder.write("a.png", bytes));
        QVERIFY2(complaint.message.contains(reason), qPrintable(complaint.message));
        QCOMPARE(complaint.code, code);
    }

    void readsJpegNearlyAsItWasDrawn() {
        // Both show the ramp g(y, x) = 5 (8 y + x); the coloured one g, 255 - g and g / 2.
        const Tensor grey = loadEntry(test::dataPath("formats/grey.jpg"));
        QCOMPARE(grey.info.shape, (Shape{6, 8}));
        const Tensor colour = loadEntry(test::dataPath("formats/colour_progressive.jpg"));
        QCOMPARE(colour.info.shape, (Shape{6, 8, 3}));
        for (std::size_t i = 0; i < 48; ++i) {
            const auto g = static_cast<float>(5 * i);
            QVERIFY(std::fabs(grey.values[i] - g) <= 3);
            const Values wanted{g, 255 - g, g / 2};
            for (std::size_t c = 0; c < 3; ++c) QVERIFY(std::fabs(colour.values[3 * i + c] - wanted[c]) <= 40);
        }
    }

    void refusesJpegInPrintingColours() {
        const auto complaint = complaintAbout(test::dataPath("formats/cmyk.jpg"));
        QCOMPARE(complaint.code, ErrorCode::Unsupported);
        QVERIFY(complaint.message.contains("CMYK"));
    }

    void refusesJpegThatClaimsTooMuch() {
        QByteArray bytes = ScratchFolder::bytesOf(test::dataPath("formats/grey.jpg"));
        const qsizetype frame = bytes.indexOf("\xff\xc0");
        QVERIFY(frame > 0);
        const ScratchFolder folder;
        bytes.replace(frame + 5, 4, QByteArray("\x20\0\x20\0", 4)); // 8192 × 8192
        const auto claims = complaintAbout(folder.write("a.jpg", bytes));
        QVERIFY2(claims.message.contains("8192 × 8192 pixels cannot be packed"), qPrintable(claims.message));
        bytes.replace(frame + 5, 4, QByteArray("\xff\xdc\xff\xdc", 4)); // 65500 × 65500
        QCOMPARE(complaintAbout(folder.write("a.jpg", bytes)).code, ErrorCode::TooLarge);
    }

    void refusesToWriteWhatIsNoImage() {
        const ScratchFolder folder;
        const Format& pngFormat = *formatForExtension("png");
        const Format& jpegFormat = *formatForExtension("jpg");
        const Tensor tall = makeTensor("p", {1, 1}, {256}, DType::U8);
        QCOMPARE(pngFormat.write(folder.path("a"), std::span(&tall, 1), {}).error().message(),
                 std::string("\"p\": value 0: 256 cannot be stored as U8"));
        const Tensor grey16 = makeTensor("p", {1, 1}, {256}, DType::U16);
        QCOMPARE(jpegFormat.write(folder.path("a"), std::span(&grey16, 1), {}).error().code, ErrorCode::Unsupported);
        QVERIFY(folder.names().isEmpty());
        QVERIFY(jpegFormat.lossy && !pngFormat.lossy);
    }
};

QTEST_APPLESS_MAIN(TestImages)
#include "tst_images.moc"
