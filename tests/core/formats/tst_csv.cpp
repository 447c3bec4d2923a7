#include "tests/support/scratch_folder.h"
#include "tests/support/source_checks.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

using namespace quantoscope;
using test::complaintAbout;
using test::entriesOf;
using test::loadEntry;
using test::ScratchFolder;

namespace {

using Values = std::vector<float>;

QStringList leftOut(const std::filesystem::path& path) {
    QStringList list;
    const auto source = openFile(path);
    for (const std::string& reason : (*source)->leftOut()) list += QString::fromStdString(reason);
    return list;
}

} // namespace

class TestCsv : public QObject {
    Q_OBJECT

private slots:
    void makesATensorOfEachColumnAndAMatrixOfAll() {
        const ScratchFolder folder;
        const auto path = folder.write("a.csv", "x,name,n\n0.5,a,1\n1.5,b,2\n-2,c,3\n");
        QCOMPARE(entriesOf(path), "x F64 3, n I64 3, * F64 3 × 2");
        QCOMPARE(loadEntry(path, "x").values, (Values{0.5f, 1.5f, -2}));
        QCOMPARE(loadEntry(path, "n").values, (Values{1, 2, 3}));
        const Tensor all = loadEntry(path, "*");
        QCOMPARE(all.values, (Values{0.5f, 1, 1.5f, 2, -2, 3}));
        QCOMPARE(static_cast<int>(all.info.kind), static_cast<int>(TensorKind::Table));
        QCOMPARE(leftOut(path), QStringList{R"(column "name" holds text, such as "a")"});
    }

    void anOnlyColumnHasNoMatrix() {
        const ScratchFolder folder;
        QCOMPARE(entriesOf(folder.write("a.csv", "x\n1\n2\n")), "x I64 2");
    }

    void namesWhatHasNoName() {
        const ScratchFolder folder;
        QCOMPARE(entriesOf(folder.write("a.csv", "1,2\n3,4\n")), "column 1 I64 2, column 2 I64 2, * I64 2 × 2");
        QCOMPARE(entriesOf(folder.write("b.csv", ",x,x,*,x (2)\n0,1,2,3,4\n1,1,2,3,4\n")),
                 "column 1 I64 2, x I64 2, x (2) I64 2, * (2) I64 2, x (2) (2) I64 2, * I64 2 × 5");
    }

    void missingCellsAreDroppedAndCounted() {
        const ScratchFolder folder;
        const auto path = folder.write("a.csv", "x,y,z\n1,,5\n2,NA,6\nnull,3,7\n4,5,8\n-,n/a,9\n");
        QCOMPARE(entriesOf(path), "x I64 3, y I64 2, z I64 5, * I64 1 × 3");
        const Tensor x = loadEntry(path, "x"), y = loadEntry(path, "y"), all = loadEntry(path, "*");
        QCOMPARE(x.values, (Values{1, 2, 4}));
        QCOMPARE(x.missing, 2u);
        QCOMPARE(y.values, (Values{3, 5}));
        QCOMPARE(y.missing, 3u);
        QCOMPARE(all.values, (Values{4, 5, 8}));
        QCOMPARE(all.missing, 4u);
        QCOMPARE(loadEntry(path, "z").missing, 0u);
        Values slice(2);
        QVERIFY((*openFile(path))->read(0, 1, slice, {}));
        QCOMPARE(slice, (Values{2, 4}));
    }

    void columnsWithoutAnyValueAreLeftOut() {
        const ScratchFolder folder;
        const auto path = folder.write("a.csv", "x,y\n1,\n2,NA\n");
        QCOMPARE(entriesOf(path), "x I64 2");
        QCOMPARE(leftOut(path), QStringList{R"(column "y" holds no value)"});
    }

    void nanAndInfinityAreValues() {
        const ScratchFolder folder;
        const auto path = folder.write("a.csv", "x,y\nnan,1\ninf,2\n-INF,3\n");
        const Values values = loadEntry(path, "x").values;
        QVERIFY(std::isnan(values[0]) && values[1] > 0 && std::isinf(values[1]) && values[2] < 0);
        QCOMPARE(entriesOf(path), "x F64 3, y I64 3, * F64 3 × 2");
        QCOMPARE(loadEntry(path, "*").missing, 0u);
    }

    void saysHowFarFloat32IsFromTheText() {
        const ScratchFolder folder;
        const auto path = folder.write("a.csv", "x,y,z\n0.5,16777217,0.1\n");
        QCOMPARE(loadEntry(path, "x").conversionError, 0.0);
        QCOMPARE(loadEntry(path, "y").conversionError, 1.0);
        QCOMPARE(loadEntry(path, "z").conversionError, static_cast<double>(0.1f) - 0.1);
        QCOMPARE(loadEntry(path, "*").conversionError, 1.0);
    }

    void readsEveryWayOfWritingATable_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("LF") << QByteArray("x,y\n1.5,2\n3,4\n");
        QTest::newRow("CRLF") << QByteArray("x,y\r\n1.5,2\r\n3,4\r\n");
        QTest::newRow("CR") << QByteArray("x,y\r1.5,2\r3,4\r");
        QTest::newRow("no line break at the end") << QByteArray("x,y\n1.5,2\n3,4");
        QTest::newRow("empty lines") << QByteArray("\n\nx,y\n\n1.5,2\n\n\n3,4\n\n");
        QTest::newRow("a byte order mark") << QByteArray("\xef\xbb\xbfx,y\n1.5,2\n3,4\n");
        QTest::newRow("quotes") << QByteArray("\"x\",\"y\"\n\"1.5\",\"2\"\n\"3\",\"4\"\n");
        QTest::newRow("spaces") << QByteArray("x , y\n 1.5,  2\n3 ,4 \n");
        QTest::newRow("semicolons and decimal commas") << QByteArray("x;y\n1,5;2\n3;4\n");
        QTest::newRow("tabs") << QByteArray("x\ty\n1.5\t2\n3\t4\n");
        QTest::newRow("bars") << QByteArray("x|y\n1.5|2\n3|4\n");
    }
    void readsEveryWayOfWritingATable() {
        QFETCH(QByteArray, text);
        const ScratchFolder folder;
        const auto path = folder.write("a.csv", text);
        QCOMPARE(entriesOf(path), "x F64 2, y I64 2, * F64 2 × 2");
        QCOMPARE(loadEntry(path, "*").values, (Values{1.5f, 2, 3, 4}));
    }

    void quotedNamesMayHoldAnything() {
        const ScratchFolder folder;
        const auto path = folder.write("a.csv", "\"a \"\"b\"\", c\nd\",y\n1,2\n3,4\n");
        QCOMPARE(loadEntry(path).info.name, std::string("a \"b\", c\nd"));
        QCOMPARE(loadEntry(folder.write("b.csv", "Gr\xf6\xdf"
                                                 "e\n1\n"))
                     .info.name,
                 std::string("Größe"));
    }

    void aTableOfManyColumnsIsDetectedToo() {
        QByteArray names, numbers;
        for (int i = 0; i < 20'000; ++i) {
            names += (i > 0 ? ";" : "") + QByteArray("expression of gene ") + QByteArray::number(i);
            numbers += (i > 0 ? ";" : "") + QByteArray::number(i) + ",5";
        }
        const ScratchFolder folder;
        const auto path = folder.write("a.csv", names + "\n" + numbers + "\n" + numbers + "\n");
        const auto source = openFile(path);
        QVERIFY(source);
        QCOMPARE((*source)->entries().size(), 20'001u);
        QCOMPARE((*source)->entries()[19'999].name, std::string("expression of gene 19999"));
        QCOMPARE(loadEntry(path, std::size_t{7}).values, (Values{7.5f, 7.5f}));
    }

    void theUserKnowsBetter() {
        const ScratchFolder folder;
        const auto path = folder.write("a.csv", "1,2\n3,4\n");
        QCOMPARE(entriesOf(path, {.header = true}), "1 I64 1, 2 I64 1, * I64 1 × 2");
        QCOMPARE(entriesOf(path, {.decimalMark = ','}), "column 1 F64 2");
        QCOMPARE(loadEntry(path, std::size_t{0}, {.decimalMark = ','}).values, (Values{1.2f, 3.4f}));
        QCOMPARE(entriesOf(folder.write("b.csv", "1 2\n3 4\n"), {.separator = ' '}),
                 "column 1 I64 2, column 2 I64 2, * I64 2 × 2");
        QCOMPARE(complaintAbout(path, {.separator = '"'}).code, ErrorCode::InvalidArgument);
        QCOMPARE(complaintAbout(path, {.decimalMark = ';'}).code, ErrorCode::InvalidArgument);
    }

    void tablesAreReadUnderAnyName() {
        const ScratchFolder folder;
        for (const char* name : {"a.csv", "a.txt", "a.tsv", "a.dat", "a.log", "a"})
            QCOMPARE(entriesOf(folder.write(name, "x,y\n1,2\n")), "x I64 1, y I64 1, * I64 1 × 2");
        const auto prose = complaintAbout(folder.write("a.md", "# Title\n\nSome words, and more.\n"));
        QCOMPARE(prose.code, ErrorCode::Unsupported);
        QVERIFY2(prose.message.contains("none of the formats that can be read: safetensors"),
                 qPrintable(prose.message));
    }

    void refusesWithReason_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const QByteArray& text, ErrorCode code, const char* reason) {
            QTest::newRow(name) << text << code << QString(reason);
        };
        row("a short row", "a,b\n1,2\n3\n", ErrorCode::Malformed, "a.csv: line 3: 1 cells, and the first row has 2");
        row("a long row after empty lines and quoted line breaks", "a,b\r\n\r\n\"x\ny\",2\r\n3,4,5\r\n",
            ErrorCode::Malformed, "a.csv: line 5: 3 cells, and the first row has 2");
        row("no numbers", "a,b\nx,y\n", ErrorCode::Unsupported,
            "no column of numbers: column \"column 1\" holds text, such as \"a\"");
        row("a header and no rows", "a,b\n", ErrorCode::Unsupported, "a header and no rows");
        row("empty lines", "\n\n\n", ErrorCode::Unsupported, "there are no rows in it");
        row("only empty cells", ",\n,\n", ErrorCode::Unsupported,
            "no column of numbers: column \"column 1\" holds no value");
        row("an open quotation mark", "a,b\n1,2\n\"3,4\n5,6\n", ErrorCode::Malformed,
            "a.csv: line 3: a quotation mark is opened here and never closed");
        row("a quotation mark inside a cell", "a,b\n1,2\n3,4\"5\n", ErrorCode::Malformed,
            "a.csv: line 3: a quotation mark stands inside a cell");
        row("a zero byte beyond the beginning",
            QByteArray("a\n") + QByteArray("1\n").repeated(5000) + QByteArray("\0\n", 2), ErrorCode::Malformed,
            "a.csv: byte 10002: a zero byte");
        row("UTF-16",
            QByteArray("\xff\xfe"
                       "a\0\n\0"
                       "1\0",
                       8),
            ErrorCode::Unsupported, "UTF-16 text is not supported");
        row("too many columns", QByteArray("1,").repeated(200'000) + "1\n", ErrorCode::TooLarge,
            "200001 columns; at most 100000");
    }
    void refusesWithReason() {
        QFETCH(QByteArray, text);
        QFETCH(ErrorCode, code);
        QFETCH(QString, reason);
        const ScratchFolder folder;
        const auto complaint = complaintAbout(folder.write("a.csv", text));
        QVERIFY2(complaint.message.contains(reason), qPrintable(complaint.message));
        QCOMPARE(complaint.code, code);
    }

    void aCellLargerThanARunIsRead() {
        const ScratchFolder folder;
        const auto path = folder.write("a.csv", "x,y\n1,\"" + QByteArray(3'000'000, 'z') + "\"\n2,b\n");
        QCOMPARE(loadEntry(path, "x").values, (Values{1, 2}));
        QVERIFY(leftOut(path).first().size() < 200);
    }

    void openingCanBeCancelled() {
        const ScratchFolder folder;
        const auto path = folder.write("a.csv", "x\n" + QByteArray("1\n").repeated(2'000'000));
        std::stop_source stop;
        double last = 0;
        const JobControl job{stop.get_token(), [&](double fraction) {
                                 last = fraction;
                                 stop.request_stop();
                             }};
        QCOMPARE(openFile(path, {}, job).error().code, ErrorCode::Cancelled);
        QVERIFY(last > 0 && last < 1);
    }

    void everyFloatSurvivesTheText() {
        std::mt19937 random(7);
        Values values{0.0f, -0.0f, 0x1p-149f, std::numeric_limits<float>::max(), 0.1f, 1e10f, 16777216.0f};
        while (values.size() < 20'000) {
            const float value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
            if (std::isfinite(value)) values.push_back(value);
        }
        const ScratchFolder folder;
        const Tensor tensor = makeTensor("x", values);
        for (const char* name : {"a.csv", "a.tsv"}) {
            const auto path = folder.path(name);
            QVERIFY(formatForExtension(std::string_view(name).substr(2))->write(path, std::span(&tensor, 1), {}));
            const Tensor back = loadEntry(path);
            for (std::size_t i = 0; i < values.size(); ++i)
                QCOMPARE(std::bit_cast<std::uint32_t>(back.values[i]), std::bit_cast<std::uint32_t>(values[i]));
        }
    }

    void writesATableThatPeopleCanRead() {
        const ScratchFolder folder;
        const std::vector<Tensor> tensors{makeTensor("x, \"y\"", {0.1f, 2, std::numeric_limits<float>::quiet_NaN()}),
                                          makeTensor("code", {3}, {0, 255, 1e10f}, DType::I64),
                                          makeTensor("m", {3, 2}, {1, 2, 3, 4, 5, 6}, DType::U8)};
        QVERIFY(formatForExtension("csv")->write(folder.path("a.csv"), tensors, {}));
        QCOMPARE(ScratchFolder::bytesOf(folder.path("a.csv")), "\"x, \"\"y\"\"\",code,m 1,m 2\n"
                                                               "0.1,0,1,2\n2.0,255,3,4\nnan,10000000000,5,6\n");
        const std::vector<Tensor> uneven{makeTensor("a", {1, 2}), makeTensor("b", {1})};
        QCOMPARE(formatForExtension("csv")->write(folder.path("b.csv"), uneven, {}).error().code,
                 ErrorCode::InvalidArgument);
    }
};

QTEST_APPLESS_MAIN(TestCsv)
#include "tst_csv.moc"
