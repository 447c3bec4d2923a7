// .npy by hand, and arrays made by NumPy itself (tests/data/formats).
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

QByteArray npy(const QByteArray& dictionary, const QByteArray& data, char version = 1) {
    const auto size = static_cast<std::uint32_t>(dictionary.size());
    const QByteArray length = version == 1 ? raw(static_cast<std::uint16_t>(size)) : raw(size);
    return QByteArray("\x93NUMPY") + version + '\0' + length + dictionary + data;
}

QByteArray dictionary(const char* descr, const char* shape, const char* fortran = "False") {
    return QByteArray("{'descr': '") + descr + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
}

using Values = std::vector<float>;

} // namespace

class TestNpy : public QObject {
    Q_OBJECT

private slots:
    void readsEveryNumberType_data() {
        QTest::addColumn<QByteArray>("descr");
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<DType>("dtype");
        QTest::newRow("bool") << QByteArray("|b1") << QByteArray("\1\0", 2) << DType::Bool;
        QTest::newRow("u1") << QByteArray("|u1") << QByteArray("\1\0", 2) << DType::U8;
        QTest::newRow("i1 with an order that means nothing") << QByteArray("<i1") << QByteArray("\1\0", 2) << DType::I8;
        QTest::newRow("u2") << QByteArray("<u2") << raw<std::uint16_t>(1, 0) << DType::U16;
        QTest::newRow("big-endian i2") << QByteArray(">i2") << QByteArray("\0\1\0\0", 4) << DType::I16;
        QTest::newRow("u4") << QByteArray("<u4") << raw<std::uint32_t>(1, 0) << DType::U32;
        QTest::newRow("i4 in the machine's order") << QByteArray("=i4") << raw<std::int32_t>(1, 0) << DType::I32;
        QTest::newRow("u8") << QByteArray("<u8") << raw<std::uint64_t>(1, 0) << DType::U64;
        QTest::newRow("i8") << QByteArray("<i8") << raw<std::int64_t>(1, 0) << DType::I64;
        QTest::newRow("f2") << QByteArray("<f2") << raw<std::uint16_t>(0x3c00, 0) << DType::F16;
        QTest::newRow("f4") << QByteArray("<f4") << raw<float>(1, 0) << DType::F32;
        QTest::newRow("f8") << QByteArray("<f8") << raw<double>(1, 0) << DType::F64;
        QTest::newRow("big-endian f8") << QByteArray(">f8") << QByteArray("\x3f\xf0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16)
                                       << DType::F64;
    }
    void readsEveryNumberType() {
        QFETCH(QByteArray, descr);
        QFETCH(QByteArray, data);
        const ScratchFolder folder;
        const auto path = folder.write("weights.npy", npy(dictionary(descr, "(2,)"), data));
        const Tensor tensor = loadEntry(path);
        QTEST(tensor.info.dtype, "dtype");
        QCOMPARE(tensor.info.name, std::string("weights"));
        QCOMPARE(tensor.info.shape, Shape{2});
        QCOMPARE(tensor.values, (Values{1, 0}));
    }

    void readsEveryVersionAndWayOfWriting_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Shape>("shape");
        const QByteArray data = raw<float>(1, 2, 3, 4, 5, 6);
        QTest::newRow("version 1") << npy(dictionary("<f4", "(2, 3)"), data) << Shape{2, 3};
        QTest::newRow("version 2") << npy(dictionary("<f4", "(2, 3)"), data, 2) << Shape{2, 3};
        QTest::newRow("version 3") << npy(dictionary("<f4", "(2, 3)"), data, 3) << Shape{2, 3};
        QTest::newRow("as Python 2 wrote it") << npy(dictionary("<f4", "(2L, 3L)"), data) << Shape{2, 3};
        QTest::newRow("other quotes, order and spaces")
            << npy("{ \"shape\":(6 ,) , 'fortran_order' :False,\"descr\":\"<f4\"}  \n", data) << Shape{6};
        QTest::newRow("a scalar") << npy(dictionary("<f4", "()"), raw<float>(1)) << Shape{};
        QTest::newRow("no values") << npy(dictionary("<f4", "(0, 5)"), {}) << Shape{0, 5};
        QTest::newRow("many extents of one")
            << npy(dictionary("<f4", "(1, 6, 1, 1)", "True"), data) << Shape{1, 6, 1, 1};
    }
    void readsEveryVersionAndWayOfWriting() {
        QFETCH(QByteArray, bytes);
        QFETCH(Shape, shape);
        const ScratchFolder folder;
        const Tensor tensor = loadEntry(folder.write("a.npy", bytes));
        QCOMPARE(tensor.info.shape, shape);
        for (std::size_t i = 0; i < tensor.values.size(); ++i) QCOMPARE(tensor.values[i], static_cast<float>(i + 1));
    }

    void turnsColumnsIntoRows() {
        const ScratchFolder folder;
        const auto path = folder.write("a.npy", npy(dictionary("<f4", "(2, 3)", "True"), raw<float>(0, 3, 1, 4, 2, 5)));
        QCOMPARE(loadEntry(path).values, (Values{0, 1, 2, 3, 4, 5}));
    }

    void slicesOfColumnsAreRightForEveryShape_data() {
        QTest::addColumn<Shape>("shape");
        QTest::newRow("short columns") << Shape{3, 500};
        QTest::newRow("columns longer than a run") << Shape{3000, 5};
        QTest::newRow("three dimensions") << Shape{7, 11, 13};
        QTest::newRow("long first of three") << Shape{1500, 3, 2};
        QTest::newRow("extents of one between") << Shape{4, 1, 3, 1, 5};
    }
    void slicesOfColumnsAreRightForEveryShape() {
        QFETCH(Shape, shape);
        const auto count = static_cast<std::size_t>(*elementCount(shape));
        // The value at a row-major position is the position.
        std::vector<float> columnMajor(count);
        for (std::size_t i = 0; i < count; ++i) {
            std::size_t rest = i, target = 0, stride = 1;
            std::vector<std::size_t> at(shape.size());
            for (std::size_t axis = shape.size(); axis-- > 0;) {
                at[axis] = rest % static_cast<std::size_t>(shape[axis]);
                rest /= static_cast<std::size_t>(shape[axis]);
            }
            for (std::size_t axis = 0; axis < shape.size(); ++axis) {
                target += at[axis] * stride;
                stride *= static_cast<std::size_t>(shape[axis]);
            }
            columnMajor[target] = static_cast<float>(i);
        }
        const QByteArray data(reinterpret_cast<const char*>(columnMajor.data()), static_cast<qsizetype>(4 * count));
        QByteArray text = "(";
        for (const auto extent : shape) text += QByteArray::number(static_cast<qlonglong>(extent)) + ", ";
        const ScratchFolder folder;
        const auto source = openFile(folder.write("a.npy", npy(dictionary("<f4", text + ")", "True"), data)));
        QVERIFY(source);
        for (const std::size_t length : {std::size_t{1}, std::size_t{9}, count / 2, count}) {
            for (std::size_t first = 0; first + length <= count; first += std::max<std::size_t>(1, count / 37)) {
                std::vector<float> slice(length);
                QVERIFY((*source)->read(0, first, slice, {}));
                for (std::size_t i = 0; i < length; ++i) QCOMPARE(slice[i], static_cast<float>(first + i));
            }
        }
    }

    void readsWhatNumPyWrote_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("entries");
        QTest::newRow("float32") << QByteArray("f4.npy") << "f4 F32 2 × 3";
        QTest::newRow("big-endian float64 in Fortran order")
            << QByteArray("f8_big_fortran.npy") << "f8_big_fortran F64 2 × 3";
        QTest::newRow("int64, version 3") << QByteArray("i8_version3.npy") << "i8_version3 I64 2 × 3";
        QTest::newRow("an archive") << QByteArray("stored.npz") << "a F32 2 × 3, b U8 6, dir/c F64 2 × 3";
        QTest::newRow("a packed archive") << QByteArray("packed.npz") << "a F32 2 × 3, b U8 6";
    }
    void readsWhatNumPyWrote() {
        QFETCH(QByteArray, file);
        QFETCH(QString, entries);
        const std::filesystem::path path = test::dataPath("formats/" + file.toStdString());
        QCOMPARE(entriesOf(path), entries);
        for (int i = 0; i < entries.count(','); ++i)
            QCOMPARE(loadEntry(path, static_cast<std::size_t>(i)).values, (Values{0, 1, 2, 3, 4, 5}));
    }

    void refusesWithReason_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const QByteArray& text, ErrorCode code, const char* reason) {
            QTest::newRow(name) << npy(text, raw<float>(1)) << code << QString(reason);
        };
        row("complex", dictionary("<c8", "(1,)"), ErrorCode::Unsupported, "byte 25: complex numbers (<c8)");
        row("objects", dictionary("|O", "(1,)"), ErrorCode::Unsupported, "Python objects are not supported");
        row("text", dictionary("<U4", "(1,)"), ErrorCode::Unsupported, "text (<U4) is not numbers");
        row("dates", dictionary("<M8[ns]", "(1,)"), ErrorCode::Unsupported, "dates and times");
        row("long double", dictionary("<f16", "(1,)"), ErrorCode::Unsupported, "of this size (<f16)");
        row("void", dictionary("|V2", "(1,)"), ErrorCode::Unsupported, "raw records (|V2)");
        row("an unknown letter", dictionary("<q4", "(1,)"), ErrorCode::Unsupported, "the dtype \"<q4\" is not known");
        row("records", "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", ErrorCode::Unsupported,
            "records with named fields");
        row("an empty dtype", dictionary("", "(1,)"), ErrorCode::Malformed, "descr is empty");
        row("a shape that is no tuple", dictionary("<f4", "[1]"), ErrorCode::Malformed, "shape is not a tuple");
        row("a negative extent", dictionary("<f4", "(-1,)"), ErrorCode::Malformed, "is not a number of 0 or more");
        row("an extent of 2^63", dictionary("<f4", "(9223372036854775808,)"), ErrorCode::Malformed,
            "does not fit 63 bits");
        row("a product that overflows", dictionary("<f4", "(4294967296, 4294967296)"), ErrorCode::TooLarge,
            "shape: the product");
        row("bytes that overflow", dictionary("<f4", "(4611686018427387904,)"), ErrorCode::TooLarge,
            "shape: the size in bytes");
        row("more values than bytes", dictionary("<f4", "(2,)"), ErrorCode::Truncated,
            "the shape 2 needs 8 bytes of data and the file has 4");
        row("more bytes than values", dictionary("<f4", "(0,)"), ErrorCode::Malformed, "4 bytes follow the array");
        row("many dimensions", dictionary("<f4", "(" + QByteArray("1,").repeated(65) + ")"), ErrorCode::Malformed,
            "more than 64 dimensions");
        row("neither True nor False", dictionary("<f4", "(1,)", "None"), ErrorCode::Malformed,
            "neither True nor False");
        row("a key twice", "{'descr': '<f4', 'descr': '<f4', }", ErrorCode::Malformed, "\"descr\" stands there twice");
        row("an unknown key", "{'descr': '<f4', 'x': 1, }", ErrorCode::Malformed, "unknown key \"x\"");
        row("a missing key", "{'descr': '<f4', 'shape': (1,), }", ErrorCode::Malformed, "is missing");
        row("no dictionary", "[]", ErrorCode::Malformed, "byte 10: the header is not a Python dictionary");
        row("an open string", "{'descr", ErrorCode::Malformed, "expected a key in quotation marks");
        row("text after it", dictionary("<f4", "(1,)") + "x", ErrorCode::Malformed, "text after the dictionary");
        row("nothing in it", "", ErrorCode::Malformed, "is not a Python dictionary");
        QTest::newRow("version 4") << npy(dictionary("<f4", "(1,)"), {}, 4) << ErrorCode::Unsupported
                                   << "byte 6: format version 4.0";
        QTest::newRow("a header of 4 GB") << QByteArray("\x93NUMPY\2\0", 8) + raw<std::uint32_t>(~0u)
                                          << ErrorCode::TooLarge << "byte 8: a header of 4294967295 bytes";
        QTest::newRow("a header beyond the file") << QByteArray("\x93NUMPY\1\0\xff\xff{", 11) << ErrorCode::Truncated
                                                  << "the header ends at byte 65545 and the file at 11";
        QTest::newRow("only the magic") << QByteArray("\x93NUMPY") << ErrorCode::Truncated << "byte 6: the version";
    }
    void refusesWithReason() {
        QFETCH(QByteArray, bytes);
        QFETCH(ErrorCode, code);
        QFETCH(QString, reason);
        const ScratchFolder folder;
        const auto complaint = complaintAbout(folder.write("a.npy", bytes));
        QVERIFY2(complaint.message.contains(reason), qPrintable(complaint.message));
        QVERIFY(complaint.message.contains("a.npy: "));
        QCOMPARE(complaint.code, code);
    }

    void writesTheBytesThatNumPyWrites() {
        const ScratchFolder folder;
        const Tensor tensor = makeTensor("f4", {2, 3}, {0, 1, 2, 3, 4, 5}, DType::F32);
        QVERIFY(formatForExtension("npy")->write(folder.path("f4.npy"), std::span(&tensor, 1), {}));
        QCOMPARE(ScratchFolder::bytesOf(folder.path("f4.npy")),
                 ScratchFolder::bytesOf(test::dataPath("formats/f4.npy")));
    }

    void refusesDTypesThatNumPyDoesNotKnow() {
        const ScratchFolder folder;
        const Tensor tensor = makeTensor("w", {1}, {1}, DType::BF16);
        const Status status = formatForExtension("npy")->write(folder.path("a.npy"), std::span(&tensor, 1), {});
        QCOMPARE(status.error().code, ErrorCode::Unsupported);
        QVERIFY(folder.names().isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestNpy)
#include "tst_npy.moc"
