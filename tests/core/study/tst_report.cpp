// core/study/report: one file, everything in it, nothing from outside, and no way for a name to become markup.
#include "core/study/generated.h"
#include "core/study/report.h"
#include "core/study/tables.h"

#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest>

#include <algorithm>

using namespace quantoscope;

namespace {

RunPtr sampleRun(std::string name) {
    Tensor tensor = *generate("normal", 500, 1);
    tensor.info.name = std::move(name);
    tensor.file = "/data/<b>&\"weights\".npz";
    QuantSpec spec;
    spec.levels = 4;
    return *run(PreparedTensor::make(std::make_shared<const Tensor>(std::move(tensor))), spec);
}

Report sample(const RunPtr& run) {
    Report report;
    report.title = Phrase::verbatim(run->data->tensor().info.name);
    report.summary = Phrase("k-means at {0} bits.", 2);
    report.settings = settingsOf(*run);
    report.results = resultsOf(*run);
    report.provenance = provenanceOf(run->data->tensor(), std::string(64, 'f'), "2026-01-31");
    report.figures = {
        {"Distribution", "Levels on the histogram", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"},
        {"Picture", "", "image/png", std::string("\x89PNG\0\x01", 6)}};
    report.tables = {*levelTable(*run), comparisonTable({run})};
    return report;
}

/// HTML of the strict kind that is XML as well, but for the doctype and the elements that are never closed.
QString asXml(const std::string& html) {
    QString text = QString::fromStdString(html);
    text.remove("<!DOCTYPE html>");
    text.replace(QRegularExpression("<(meta|img)([^>]*)>"), "<\\1\\2/>");
    return text;
}

} // namespace

class ReportTest : public QObject {
    Q_OBJECT
private slots:
    void theDocumentIsWellFormed() {
        for (const char* name : {"fc1.weight", "<script>alert(1)</script>", "\" onload=\"x", "&amp;", "양자화 \xFF"}) {
            QXmlStreamReader reader(asXml(reportHtml(sample(sampleRun(name)))));
            QMap<QString, int> elements;
            while (!reader.atEnd())
                if (reader.readNext() == QXmlStreamReader::StartElement) ++elements[reader.name().toString()];
            QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
            QCOMPARE(elements["script"], 0);
            QCOMPARE(elements["table"], 2);
            QCOMPARE(elements["img"], 2);
            QCOMPARE(elements["tr"], 4 + 1 + 2);
        }
    }

    void nothingComesFromOutside() {
        const QString html = QString::fromStdString(reportHtml(sample(sampleRun("w"))));
        QVERIFY(html.contains("default-src 'none'"));
        QVERIFY(!html.contains("http://") && !html.contains("https://") && !html.contains("<link"));
        const QRegularExpression source("src=\"([^\"]{5})");
        auto matches = source.globalMatch(html);
        QVERIFY(matches.hasNext());
        while (matches.hasNext()) QCOMPARE(matches.next().captured(1), QString("data:"));
    }

    void figuresComeBackFromTheirBase64() {
        const QString html = QString::fromStdString(reportHtml(sample(sampleRun("w"))));
        const QRegularExpression data("data:image/(svg\\+xml|png);base64,([A-Za-z0-9+/=]*)\"");
        auto matches = data.globalMatch(html);
        QCOMPARE(QByteArray::fromBase64(matches.next().captured(2).toLatin1()),
                 QByteArray("<svg xmlns='http://www.w3.org/2000/svg'/>"));
        QCOMPARE(QByteArray::fromBase64(matches.next().captured(2).toLatin1()), QByteArray("\x89PNG\0\x01", 6));
    }

    void everySettingAndFigureIsNamed() {
        const RunPtr run = sampleRun("w");
        const QString html = QString::fromStdString(reportHtml(sample(run)));
        for (const char* expected :
             {"k-means", "Grouping", "tensor", "SQNR", "Bits per value", "SHA-256", "ffffffff", "2026-01-31",
              "Quantoscope " QUANTOSCOPE_VERSION, "/data/&lt;b&gt;&amp;&quot;weights&quot;.npz", "500 (all)"})
            QVERIFY2(html.contains(expected), expected);
    }

    void longTablesAreCut() {
        Report report;
        report.tables = {
            Table{"Long", {{"row", "Row", ColumnKind::Integer}}, kReportRows + 5, [](std::size_t row, std::size_t) {
                      return Cell(static_cast<std::int64_t>(row));
                  }}};
        const QString html = QString::fromStdString(reportHtml(report));
        QCOMPARE(html.count("<tr>"), static_cast<qsizetype>(kReportRows) + 1);
    }

    void theHeadlinesAreResults() {
        const ReportFacts results = resultsOf(*sampleRun("w"));
        for (const std::string_view name : kHeadlines)
            QVERIFY(std::any_of(results.begin(), results.end(), [&](const auto& fact) { return fact.first == name; }));
    }

    void whatIsEmptyIsLeftOut() {
        Report empty;
        empty.title = Phrase("Empty");
        const QString html = QString::fromStdString(reportHtml(empty));
        QVERIFY(!html.contains("<section>") && !html.contains("<p>"));
        QXmlStreamReader reader(asXml(html.toStdString()));
        while (!reader.atEnd()) reader.readNext();
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    }
};

QTEST_APPLESS_MAIN(ReportTest)
#include "tst_report.moc"
