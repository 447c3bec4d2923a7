// Tables read row by row: where the text begins, when reading ends, and what is no text.
#include "core/formats/csv_reader.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

using namespace quantoscope;
using test::ScratchFolder;

namespace {

/// Keeps the rows as "a|b", and asks for no more after so many.
class RowKeeper final : public CsvSink {
public:
    explicit RowKeeper(int most = 1 << 30, bool complain = false) : m_most(most), m_complain(complain) {}

    void cell(std::string_view text) override {
        if (!m_row.isEmpty()) m_row += '|';
        m_row += QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }
    bool endRow(std::uint64_t line) override {
        rows.append(m_row);
        m_row.clear();
        m_line = line;
        return rows.size() < m_most;
    }
    std::optional<Error> failure() const override {
        if (!m_complain || rows.size() < m_most) return std::nullopt;
        return Error{ErrorCode::TooLarge, "line " + std::to_string(m_line), "enough"};
    }

    QStringList rows;

private:
    int m_most;
    bool m_complain;
    std::uint64_t m_line = 0;
    QString m_row;
};

Status read(const std::filesystem::path& path, CsvSink& sink, const OpenOptions& options = {},
            const JobControl& job = {}) {
    const InputFile file = InputFile::open(path).value();
    const auto layout = detectLayout(file, options);
    if (!layout) return layout.error();
    return readRows(file, *layout, sink, job);
}

} // namespace

class TestCsvReader : public QObject {
    Q_OBJECT

private slots:
    void givesTextAndNumbersAlike() {
        const ScratchFolder folder;
        const auto path = folder.write("a.csv", "\xef\xbb\xbfspecies;x\r\n\"a; \"\"b\"\"\";1,5\r\n\r\n;2\r\n");
        RowKeeper keeper;
        QVERIFY(read(path, keeper));
        QCOMPARE(keeper.rows, (QStringList{"species|x", "a; \"b\"|1,5", "2"}));
        const InputFile file = InputFile::open(path).value();
        const CsvLayout layout = detectLayout(file, {}).value();
        QCOMPARE(layout.begin, std::uint64_t{3});
        QCOMPARE(layout.dialect.separator, ';');
        QCOMPARE(layout.dialect.decimalMark, ',');
        QVERIFY(layout.dialect.header);
    }

    void endsWhenTheSinkHasEnough() {
        const ScratchFolder folder;
        QByteArray text;
        for (int i = 0; i < 400'000; ++i) text += "1,2,3\n";
        text += '\0'; // never reached
        const auto path = folder.write("a.csv", text);
        RowKeeper few(3);
        QVERIFY(read(path, few));
        QCOMPARE(few.rows.size(), 3);
        RowKeeper complaining(3, true);
        const Status status = read(path, complaining);
        QCOMPARE(status.error().code, ErrorCode::TooLarge);
        QCOMPARE(status.error().message(), path.native() + ": line 3: enough");
        RowKeeper all;
        QCOMPARE(read(path, all).error().code, ErrorCode::Malformed);
    }

    void refusesWhatIsNoText_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("place");
        QTest::newRow("16-bit characters") << QByteArray("\xff\xfe"
                                                         "1\0,\0",
                                                         6)
                                           << ErrorCode::Unsupported << "byte 0";
        QTest::newRow("a zero byte") << QByteArray("1,2\n3,\0\n", 8) << ErrorCode::Malformed << "byte 6";
        QTest::newRow("an open quotation") << QByteArray("1,2\n\"3,4\n") << ErrorCode::Malformed << "line 2";
    }
    void refusesWhatIsNoText() {
        QFETCH(QByteArray, text);
        QFETCH(QString, place);
        const ScratchFolder folder;
        RowKeeper keeper;
        const Status status = read(folder.write("a.csv", text), keeper);
        QVERIFY(!status);
        QTEST(status.error().code, "code");
        QVERIFY(QString::fromStdString(status.error().where).endsWith("a.csv: " + place));
    }

    void refusesOptionsWithoutMeaning() {
        const ScratchFolder folder;
        const auto path = folder.write("a.csv", "1,2\n");
        RowKeeper keeper;
        QCOMPARE(read(path, keeper, {'"', {}, {}}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(read(path, keeper, {{}, ';', {}}).error().code, ErrorCode::InvalidArgument);
    }

    void stopsWhenTold() {
        const ScratchFolder folder;
        std::stop_source stop;
        stop.request_stop();
        RowKeeper keeper;
        const Status status = read(folder.write("a.csv", "1,2\n"), keeper, {}, {stop.get_token(), {}});
        QCOMPARE(status.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestCsvReader)
#include "tst_csv_reader.moc"
