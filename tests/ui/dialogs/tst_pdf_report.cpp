// ui/dialogs/pdf_report: whole files of as many A4 pages as it takes, with their fonts, light whatever the theme.
#include "core/study/tables.h"
#include "tests/support/data.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/source_checks.h"
#include "tests/ui/plots/plot_fixture.h"
#include "ui/dialogs/page_flow.h"
#include "ui/dialogs/pdf_report.h"
#include "ui/dialogs/pdf_table.h"
#include "ui/plots/distribution_plot.h"
#include "ui/plots/paper_picture.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QTest>

#include <fmt/format.h>

using namespace quantoscope;
using namespace quantoscope::ui;
using namespace quantoscope::test;

namespace {

QString textOf(const std::filesystem::path& path) { return QString::fromStdString(path.string()); }

RunPtr scores() {
    Tensor tensor = loadEntry(dataPath("../../resources/samples/scores.csv"));
    QuantSpec spec;
    spec.levels = 4;
    return *run(PreparedTensor::make(std::make_shared<const Tensor>(std::move(tensor))), spec);
}

Report reportOf(const RunPtr& run) {
    Report report;
    report.title = Phrase::verbatim("score, k-means");
    report.settings = settingsOf(*run);
    report.results = resultsOf(*run);
    report.provenance = provenanceOf(run->data->tensor(), std::string(64, 'f'), "2026-01-31");
    report.tables = {comparisonTable({run}), *levelTable(*run)};
    return report;
}

PdfFigure figureOf(const RunPtr& run, QSize size = {740, 390}) {
    DistributionPlot plot;
    plot.setLevels(levelsOf(run));
    return {"Distribution", "Levels on the histogram", paperPicture(plot, size), size};
}

Table tableOf(std::size_t rows, std::size_t columns) {
    Table table{"Numbers", {}, rows, {}};
    for (std::size_t c = 0; c < columns; ++c)
        table.columns.push_back({fmt::format("c{}", c), fmt::format("Column {}", c), ColumnKind::Integer});
    table.cell = [](std::size_t row, std::size_t column) {
        return Cell(static_cast<std::int64_t>(1000 * row + column));
    };
    return table;
}

int pageCount(const QByteArray& pdf) {
    static const QRegularExpression page("/Type /Page\\b");
    int count = 0;
    for (auto match = page.globalMatch(QString::fromLatin1(pdf)); match.hasNext(); match.next()) ++count;
    return count;
}

} // namespace

class TestPdfReport : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp); }

    void the_scores_are_a_pdf_with_fonts_and_vectors() {
        const ScratchFolder folder;
        const auto path = folder.path("report.pdf");
        const RunPtr run = scores();
        QVERIFY(writePdfReport(textOf(path), reportOf(run), {figureOf(run)}));
        const QByteArray pdf = ScratchFolder::bytesOf(path);
        QVERIFY(pdf.startsWith("%PDF-1."));
        QVERIFY(pdf.trimmed().endsWith("%%EOF"));
        QVERIFY(QRegularExpression("/FontName /[A-Z+]*InterTab-Regular").match(QString::fromLatin1(pdf)).hasMatch());
        QVERIFY(pdf.contains("InterTab-SemiBold"));
        QVERIFY(!pdf.contains("/Subtype /Image"));
        QCOMPARE(folder.names(), QStringList("report.pdf"));
    }

    void as_many_pages_as_it_takes_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("pages");
        QTest::newRow("no row is one page") << 0 << 8 << 1;
        QTest::newRow("a short table is one page") << 16 << 8 << 1;
        QTest::newRow("a table that goes over the page") << 40 << 8 << 2;
        QTest::newRow("as many rows as a report has") << 256 << 8 << 7;
        QTest::newRow("what is beyond is left out") << 100'000 << 8 << 7;
        QTest::newRow("columns go on below") << 40 << 20 << 3;
    }
    void as_many_pages_as_it_takes() {
        QFETCH(int, rows);
        QFETCH(int, columns);
        QFETCH(int, pages);
        const ScratchFolder folder;
        const auto path = folder.path("report.pdf");
        Report report = reportOf(scores());
        report.tables = {tableOf(static_cast<std::size_t>(rows), static_cast<std::size_t>(columns))};
        QVERIFY(writePdfReport(textOf(path), report, {}));
        QCOMPARE(pageCount(ScratchFolder::bytesOf(path)), pages);
    }

    void every_page_of_a_table_has_its_header() {
        PageFlow pages({794, 1123}, {60, 60, 60, 60});
        putTable(pages, tableOf(120, 5), 120);
        QCOMPARE(pages.count(), 3);
        constexpr int scale = 4;
        for (int page = 0; page < pages.count(); ++page) {
            QImage image(794 * scale, 1123 * scale, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            painter.scale(scale, scale);
            pages.paint(painter, page);
            painter.end();
            // Its rule is darker than those of rows.
            int rules = 0;
            for (int y = 1; y < image.height(); ++y)
                rules += image.pixelColor(61 * scale, y) == lightPalette().line2 &&
                         image.pixelColor(61 * scale, y - 1) != lightPalette().line2;
            QCOMPARE(rules, 1);
        }
    }

    void odd_contents_are_laid_out() {
        const ScratchFolder folder;
        const auto path = folder.path("report.pdf");
        Report report;
        QVERIFY(writePdfReport(textOf(path), report, {})); // nothing at all
        QCOMPARE(pageCount(ScratchFolder::bytesOf(path)), 1);
        report.title = Phrase::verbatim(std::string(3000, 'x') + "\xFF 양자화\n");
        report.summary = Phrase("Two sentences. On one line.");
        report.results = {{"SQNR", "– dB"}, {"MSE", ""}, {"Bits per value", "∞"}};
        report.settings = {{"Edges", std::string(100'000, '1')}};
        report.tables = {Table{"Empty", {}, 0, {}}, tableOf(3, 1)};
        QVERIFY(writePdfReport(textOf(path), report, {{{}, {}, QPicture(), {}}}));
        QVERIFY(pageCount(ScratchFolder::bytesOf(path)) > 1);
    }

    void pictures_for_paper_are_light_in_a_dark_window() {
        const RunPtr run = scores();
        const PdfFigure light = figureOf(run);
        theme().setPreference(Theme::Preference::Dark);
        DistributionPlot plot;
        plot.setLevels(levelsOf(run));
        const QPicture dark = paperPicture(plot, light.size);
        QVERIFY(theme().isDark());
        theme().setPreference(Theme::Preference::System);
        QCOMPARE(QByteArray(dark.data(), dark.size()), QByteArray(light.picture.data(), light.picture.size()));
    }

    void what_cannot_be_written_leaves_nothing() {
        const ScratchFolder folder;
        const Report report = reportOf(scores());
        for (const auto& path : {folder.path("missing") / "report.pdf", folder.path(".")}) {
            const Status status = writePdfReport(textOf(path), report, {});
            QVERIFY(!status);
            QCOMPARE(status.error().code, ErrorCode::WriteFailed);
            QCOMPARE(folder.names(), QStringList());
        }
    }
};

QTEST_MAIN(TestPdfReport)
#include "tst_pdf_report.moc"
