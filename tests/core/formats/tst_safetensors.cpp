#include "core/formats/safetensors.h"
#include "tests/support/data.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/source_checks.h"

#include <QTest>

using namespace quantoscope;
using test::complaintAbout;
using test::entriesOf;
using test::loadEntry;
using test::raw;
using test::ScratchFolder;

namespace {

/// A file with this header and so many bytes 0, 1, 2, ... of data.
QByteArray fileOf(const QByteArray& header, int dataBytes) {
    QByteArray bytes = raw<std::uint64_t>(static_cast<std::uint64_t>(header.size())) + header;
    for (int i = 0; i < dataBytes; ++i) bytes += static_cast<char>(i);
    return bytes;
}

} // namespace

class TestSafetensors : public QObject {
    Q_OBJECT

private slots:
    void readsEveryDType() {
        const ScratchFolder folder;
        const QByteArray header = R"({"__metadata__":{"format":"pt"},)"
                                  R"("a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},)"
                                  R"("b":{"dtype":"I64","shape":[1],"data_offsets":[8,16]},)"
                                  R"("c":{"dtype":"U64","shape":[1],"data_offsets":[16,24]},)"
                                  R"("d":{"dtype":"F32","shape":[],"data_offsets":[24,28]},)"
                                  R"("e":{"dtype":"I32","shape":[1,1],"data_offsets":[28,32]},)"
                                  R"("f":{"dtype":"U32","shape":[1],"data_offsets":[32,36]},)"
                                  R"("g":{"dtype":"F16","shape":[2],"data_offsets":[36,40]},)"
                                  R"("h":{"dtype":"BF16","shape":[1],"data_offsets":[40,42]},)"
                                  R"("i":{"dtype":"I16","shape":[1],"data_offsets":[42,44]},)"
                                  R"("j":{"dtype":"U16","shape":[1],"data_offsets":[44,46]},)"
                                  R"("k":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[46,47]},)"
                                  R"("l":{"dtype":"F8_E5M2","shape":[1],"data_offsets":[47,48]},)"
                                  R"("m":{"dtype":"I8","shape":[1],"data_offsets":[48,49]},)"
                                  R"("n":{"dtype":"U8","shape":[1],"data_offsets":[49,50]},)"
                                  R"("o":{"dtype":"BOOL","shape":[1],"data_offsets":[50,51]},)"
                                  R"("p":{"dtype":"F32","shape":[0,3],"data_offsets":[51,51]}})";
        const QByteArray data = raw<double>(0.1) + raw<std::int64_t>(-5) + raw<std::uint64_t>(1) + raw<float>(2.5f) +
                                raw<std::int32_t>(-7) + raw<std::uint32_t>(8) + raw<std::uint16_t>(0x3c00, 0xc000) +
                                raw<std::uint16_t>(0x4040) + raw<std::int16_t>(-300) + raw<std::uint16_t>(60000) +
                                QByteArray("\x38\x3c\xff\xfe\x01", 5);
        const auto path = folder.write("all.safetensors", fileOf(header, 0) + data);
        const std::vector<std::vector<float>> expected{{0.1f}, {-5},    {1}, {2.5f}, {-7}, {8},   {1, -2}, {3},
                                                       {-300}, {60000}, {1}, {1},    {-1}, {254}, {1},     {}};
        for (std::size_t i = 0; i < expected.size(); ++i) QCOMPARE(loadEntry(path, i).values, expected[i]);
        QCOMPARE(loadEntry(path, "a").conversionError, static_cast<double>(0.1f) - 0.1);
        QCOMPARE(loadEntry(path, "b").conversionError, 0.0);
        QVERIFY(entriesOf(path).startsWith("a F64 1, b I64 1, c U64 1, d F32 scalar, e I32 1 × 1, f U32 1, g F16 2"));
    }

    void readsTheSample() {
        // Made by another program: the weights that ship as a sample.
        const auto path = std::filesystem::path(test::dataPath("formats/two.safetensors"));
        QCOMPARE(entriesOf(path), "weight F32 2 × 3, bias F16 3");
        QCOMPARE(loadEntry(path, "weight").values, (std::vector<float>{0, 1, 2, 3, 4, 5}));
        QCOMPARE(loadEntry(path, "bias").values, (std::vector<float>{0.5f, -1.5f, 65504}));
    }

    void opensAHugeFileByItsHeaderAlone() {
        const ScratchFolder folder;
        const QByteArray header = R"({"w":{"dtype":"F32","shape":[50000,50000],"data_offsets":[0,10000000000]}})";
        const auto path = folder.write("huge.safetensors", fileOf(header, 0));
        const auto begin = static_cast<std::uint64_t>(header.size()) + 8;
        std::filesystem::resize_file(path, begin + 10'000'000'000u); // sparse: it takes no room
        const auto source = openFile(path);
        QVERIFY2(source, source ? "" : source.error().message().c_str());
        std::vector<float> slice(3, 1.0f);
        QVERIFY((*source)->read(0, 2'499'999'997u, slice, {}));
        QCOMPARE(slice, (std::vector<float>{0, 0, 0}));
        QCOMPARE((*source)->read(0, 2'499'999'998u, slice, {}).error().code, ErrorCode::InvalidArgument);
    }

    void leavesOutWhatItCannotRead() {
        const ScratchFolder folder;
        const auto path =
            folder.write("a.safetensors", fileOf(R"({"z":{"dtype":"C64","shape":[1],"data_offsets":[0,8]},)"
                                                 R"("w":{"dtype":"U8","shape":[2],"data_offsets":[8,10]}})",
                                                 10));
        const auto source = openFile(path);
        QVERIFY(source);
        QCOMPARE(entriesOf(path), "w U8 2");
        QCOMPARE((*source)->leftOut(), std::vector<std::string>{R"("z" has the dtype "C64")"});
    }

    void ignoresWhatLaterVersionsMayAdd() {
        const ScratchFolder folder;
        const auto path = folder.write(
            "a.safetensors", fileOf(R"({"w":{"dtype":"U8","new":{"a":[1,{"b":null}],"dtype":-1.5},"shape":[2],)"
                                    R"("data_offsets":[0,2]}}   )",
                                    2));
        QCOMPARE(loadEntry(path).values, (std::vector<float>{0, 1}));
    }

    void refusesWhatContradictsTheFormat_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const QByteArray& header, int data, ErrorCode code, const char* reason) {
            QTest::newRow(name) << fileOf(header, data) << code << QString(reason);
        };
        QTest::newRow("seven bytes") << QByteArray(7, '\0') << ErrorCode::Truncated
                                     << "byte 0: the header length needs 8";
        QTest::newRow("no header") << QByteArray(8, '\0') << ErrorCode::Malformed
                                   << "byte 8: the header does not begin with {";
        QTest::newRow("a length of 1") << raw<std::uint64_t>(1) + "{}" << ErrorCode::Malformed
                                       << "byte 9: the header is not valid JSON here";
        QTest::newRow("the greatest length") << raw<std::uint64_t>(~0ull) + "{}" << ErrorCode::TooLarge
                                             << "byte 0: a header of 18446744073709551615 bytes";
        QTest::newRow("a length beyond the file")
            << raw<std::uint64_t>(3) + "{}" << ErrorCode::Truncated << "byte 0: a header of 3 bytes in a file of 10";
        row("text after the header", "{} x", 0, ErrorCode::Malformed, "byte 11: the header is not valid JSON");
        row("an array for a header", "[]", 0, ErrorCode::Malformed, "byte 8: the header does not begin with {");
        row("deep nesting", "{\"a\":" + QByteArray(100'000, '['), 0, ErrorCode::Malformed,
            "key \"a\": an array stands");
        row("a number for a tensor", R"({"a":1})", 0, ErrorCode::Malformed, "key \"a\": a number stands");
        row("metadata that is no text", R"({"__metadata__":{"a":1}})", 0, ErrorCode::Malformed, "a number stands");
        row("no dtype", R"({"a":{"shape":[1],"data_offsets":[0,1]}})", 1, ErrorCode::Malformed, "has no \"dtype\"");
        row("no shape", R"({"a":{"dtype":"U8","data_offsets":[0,1]}})", 1, ErrorCode::Malformed, "has no \"shape\"");
        row("no offsets", R"({"a":{"dtype":"U8","shape":[1]}})", 1, ErrorCode::Malformed, "has no \"data_offsets\"");
        row("a tensor twice",
            R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
            R"("a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})",
            1, ErrorCode::Malformed, "key \"a\": stands in the header twice");
        row("a key twice", R"({"a":{"dtype":"U8","dtype":"I8","shape":[1],"data_offsets":[0,1]}})", 1,
            ErrorCode::Malformed, "has \"dtype\" twice");
        row("one offset", R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0]}})", 1, ErrorCode::Malformed,
            "holds 1 numbers, not 2");
        row("three offsets", R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,2]}})", 1, ErrorCode::Malformed,
            "holds more than 2 numbers");
        row("a negative extent", R"({"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}})", 1, ErrorCode::Malformed,
            "a negative number stands");
        row("a fraction for an extent", R"({"a":{"dtype":"U8","shape":[1.0],"data_offsets":[0,1]}})", 1,
            ErrorCode::Malformed, "a fraction or exponent");
        row("an extent of 2^63", R"({"a":{"dtype":"U8","shape":[9223372036854775808],"data_offsets":[0,1]}})", 1,
            ErrorCode::Malformed, "does not fit 63 bits");
        row("a shape that overflows", R"({"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,1]}})", 1,
            ErrorCode::TooLarge, "the product of the extents does not fit 63 bits");
        row("a size that would overflow", R"({"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}})",
            0, ErrorCode::Malformed, "do not fill its 0 bytes");
        row("too many dimensions",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + QByteArray("1,").repeated(64) + "1],\"data_offsets\":[0,1]}}", 1,
            ErrorCode::Malformed, "more than 64 dimensions");
        row("a shape against the data", R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", 4,
            ErrorCode::Malformed, "2 values of F32 do not fill its 4 bytes");
        row("half a number", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,5]}})", 5, ErrorCode::Malformed,
            "1 values of F32 do not fill its 5 bytes");
        row("offsets backwards", R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}})", 1, ErrorCode::Malformed,
            "its data ends at 0 before it begins");
        row("data that ends before its tensor", R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})", 3,
            ErrorCode::Truncated, "its data ends at 4 and the file holds 3 bytes");
        row("offsets near the end of 64 bits",
            R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,18446744073709551615]}})", 1, ErrorCode::Truncated,
            "its data ends at 18446744073709551615");
        row("overlap",
            R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},)"
            R"("b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}})",
            3, ErrorCode::Malformed, "key \"b\": its data overlaps another's at 1");
        row("a hole",
            R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
            R"("b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}})",
            3, ErrorCode::Malformed, "data bytes 1 to 2 belong to no tensor");
        row("bytes at the end", R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})", 3, ErrorCode::Malformed,
            "the last 2 bytes belong to no tensor");
        row("only kinds that are unknown", R"({"a":{"dtype":"F4","shape":[2],"data_offsets":[0,1]}})", 1,
            ErrorCode::Unsupported, "\"a\" has the dtype \"F4\"");
        row("bytes that are no UTF-8", "{\"\xff\":{}}", 0, ErrorCode::Malformed, "not valid JSON");
    }
    void refusesWhatContradictsTheFormat() {
        QFETCH(QByteArray, bytes);
        QFETCH(ErrorCode, code);
        QFETCH(QString, reason);
        const ScratchFolder folder;
        const auto complaint = complaintAbout(folder.write("a.safetensors", bytes));
        QVERIFY2(complaint.message.contains(reason), qPrintable(complaint.message));
        QVERIFY(complaint.message.contains("a.safetensors: "));
        QCOMPARE(complaint.code, code);
    }

    void writesAlignedTensorsInTheirOrder() {
        const ScratchFolder folder;
        const std::vector<Tensor> tensors{makeTensor("codes", {3}, {1, 2, 3}, DType::U8),
                                          makeTensor("scale", {1}, {0.5f}, DType::F32)};
        const Format& format = *formatForExtension("safetensors");
        QVERIFY(format.write(folder.path("a"), tensors, {}));
        const QByteArray header = R"({"codes":{"dtype":"U8","shape":[3],"data_offsets":[4,7]},)"
                                  R"("scale":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
        const QByteArray padded = header + QByteArray((8 - header.size() % 8) % 8, ' ');
        QCOMPARE(ScratchFolder::bytesOf(folder.path("a")), fileOf(padded, 0) + raw<float>(0.5f) + "\1\2\3");
    }

    void metadataReadsBack() {
        const ScratchFolder folder;
        const Tensor tensor = makeTensor("w", {1}, {0.5f});
        const Metadata metadata{{"", ""}, {"format", "pt"}, {"이름", "ein \"Wert\"\n{}"}};
        QVERIFY(writeSafetensors(folder.path("a.safetensors"), std::span(&tensor, 1), metadata));
        const auto source = openFile(folder.path("a.safetensors"));
        QVERIFY(source);
        QCOMPARE((*source)->metadata(), metadata);
        QCOMPARE(entriesOf(folder.path("a.safetensors")), "w F32 1");
        const Status broken = writeSafetensors(folder.path("b"), std::span(&tensor, 1), {{"key", "\xff"}});
        QCOMPARE(broken.error().code, ErrorCode::InvalidArgument);
        QVERIFY(openFile(test::dataPath("formats/two.safetensors")).value()->metadata().empty());
    }

    void metadataIsNoPlaceForAnythingButText_data() {
        QTest::addColumn<QByteArray>("metadata");
        QTest::addColumn<QString>("reason");
        QTest::newRow("an object") << QByteArray(R"({"a":{}})") << "an object stands";
        QTest::newRow("an array") << QByteArray(R"({"a":[]})") << "an array stands";
        QTest::newRow("null") << QByteArray(R"({"a":null})") << "null stands";
        QTest::newRow("a key twice") << QByteArray(R"({"a":"1","a":"2"})") << "has \"a\" twice";
    }
    void metadataIsNoPlaceForAnythingButText() {
        QFETCH(QByteArray, metadata);
        QFETCH(QString, reason);
        const ScratchFolder folder;
        const auto complaint =
            complaintAbout(folder.write("a.safetensors", fileOf("{\"__metadata__\":" + metadata + '}', 0)));
        QCOMPARE(complaint.code, ErrorCode::Malformed);
        QVERIFY2(complaint.message.contains(reason), qPrintable(complaint.message));
    }

    void refusesNamesItCannotKeep() {
        const ScratchFolder folder;
        const Format& format = *formatForExtension("safetensors");
        const std::vector<Tensor> twice{makeTensor("a", {1}), makeTensor("a", {2})};
        QCOMPARE(format.write(folder.path("a"), twice, {}).error().code, ErrorCode::InvalidArgument);
        const Tensor metadata = makeTensor("__metadata__", {1});
        QCOMPARE(format.write(folder.path("a"), std::span(&metadata, 1), {}).error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_APPLESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
