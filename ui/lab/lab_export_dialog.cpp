#include "ui/lab/lab_export_dialog.h"

#include "core/study/lab_export.h"
#include "core/study/lab_tables.h"
#include "core/study/table_writer.h"
#include "ui/dialogs/pdf_report.h"
#include "ui/plots/paper_picture.h"
#include "ui/plots/plot_view.h"
#include "ui/session/settings.h"
#include "ui/theme/roles.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/text_label.h"

#include <QBuffer>
#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTextDocument>
#include <QVBoxLayout>

#include <algorithm>

namespace quantoscope::ui {

namespace {

constexpr std::size_t kPreviewLines = 40;
constexpr QSize kReportPlot{720, 420};
constexpr QSize kPaperPlot{740, 390};

std::filesystem::path toPath(const QString& path) { return std::filesystem::path(path.toStdU16String()); }

QString fromView(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

} // namespace

LabExportDialog::LabExportDialog(LabSession& session, std::vector<PlotView*> plots, QWidget* parent)
    : QDialog(parent),
      m_session(session),
      m_result(session.result()),
      m_row(session.row(session.selectedRow())),
      m_plots(std::move(plots)),
      m_contents(new QListWidget(this)),
      m_formats(new QComboBox(this)),
      m_help(new TextLabel(TextStyle::Note, {}, this)),
      m_preview(new QStackedWidget(this)),
      m_text(new QPlainTextEdit(this)),
      m_picture(new QLabel(this)),
      m_writeJob(LatestJob<QString>::Superseded::Finish) {
    setWindowTitle(tr("Export from the model lab"));
    build();
    listContents();
    connect(m_contents, &QListWidget::currentRowChanged, this, &LabExportDialog::showContent);
    connect(m_formats, &QComboBox::currentIndexChanged, this, &LabExportDialog::showPreview);
    connect(m_export, &QPushButton::clicked, this, &LabExportDialog::chooseFile);
    m_writeJob.delivered = [this](Result<QString> path) {
        m_export->setEnabled(true);
        if (!path) {
            emit failed(tr("The export failed"), path.error());
            return;
        }
        emit exported(*path);
        accept();
    };
    m_contents->setCurrentRow(0);
}

void LabExportDialog::build() {
    m_contents->setAccessibleName(tr("What to export"));
    m_contents->setFixedWidth(200);
    m_contents->setFrameShape(QFrame::NoFrame);
    m_formats->setAccessibleName(tr("Format"));
    m_help->setWordWrap(true);
    m_text->setReadOnly(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setAccessibleName(tr("Preview"));
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setMinimumSize(320, 200);
    m_preview->addWidget(m_text);
    m_preview->addWidget(m_picture);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_export = buttons->addButton(tr("Export…"), QDialogButtonBox::ActionRole);
    m_export->setToolTip(tr("Choose a file and write it"));
    setPrimary(m_export);
    auto* formatLabel = new TextLabel(TextStyle::Label, tr("Format"), this);
    formatLabel->setBuddy(m_formats);
    auto* formatRow = new QHBoxLayout;
    formatRow->addWidget(formatLabel);
    formatRow->addWidget(m_formats, 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(12);
    right->addLayout(formatRow);
    right->addWidget(m_help);
    right->addWidget(m_preview, 1);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(16);
    middle->addWidget(m_contents);
    middle->addLayout(right, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(16);
    layout->addLayout(middle, 1);
    layout->addWidget(buttons);
    resize(820, 560);
}

void LabExportDialog::addTable(Table table, const QString& title, const QString& help) {
    if (table.rows == 0) return;
    Content item;
    item.table = std::move(table);
    item.title = title;
    item.help = help;
    for (const ExportFormat& format : exportFormats()) { // a table is a table
        if (format.content != ExportContent::Comparison) continue;
        item.extensions.push_back(fromView(format.extension));
        item.labels << QStringLiteral("%1 (.%2)").arg(coreText(format.label), fromView(format.extension));
    }
    m_items.push_back(std::move(item));
}

void LabExportDialog::listContents() {
    addTable(methodsTable(m_result), tr("Methods"),
             tr("The methods table: accuracy with its interval, times, size and energy of every row."));
    addTable(bitsTable(m_result), tr("Accuracy and bits"), tr("Accuracy at 2 to 8 bits, a row a point."));
    addTable(sensitivityTable(m_result), tr("Layer sensitivity"),
             tr("What quantizing one layer alone loses, a row a layer and width."));
    if (m_row && m_row->network) {
        Content item;
        item.kind = Kind::Network;
        item.title = tr("Quantized network");
        item.help = tr("%1 at %2 / %3 bits: codes, scales, zero points and biases.")
                        .arg(coreText(m_row->label))
                        .arg(m_row->spec.weightBits)
                        .arg(m_row->spec.activationBits);
        item.extensions = {QStringLiteral("safetensors")};
        item.labels = QStringList{QStringLiteral("safetensors (.safetensors)")};
        m_items.push_back(std::move(item));
    }
    for (PlotView* plot : m_plots) {
        Content item;
        item.kind = Kind::Plot;
        item.plot = plot;
        item.title = tr("Plot: %1").arg(plot->accessibleName());
        item.help = tr("The plot as it is on screen.");
        item.extensions = {QStringLiteral("svg"), QStringLiteral("pdf"), QStringLiteral("png")};
        item.labels = QStringList{tr("Vector picture (.svg)"), tr("Vector page (.pdf)"), tr("Picture (.png)")};
        m_items.push_back(std::move(item));
    }
    Content item;
    item.kind = Kind::Report;
    item.title = tr("Report");
    item.help = tr("Settings, advice, plots, tables and where the data came from, in one file.");
    item.extensions = {QStringLiteral("html"), QStringLiteral("pdf")};
    item.labels = QStringList{tr("Web page (.html)"), tr("Pages (.pdf)")};
    m_items.push_back(std::move(item));
    for (const Content& each : m_items) m_contents->addItem(each.title);
}

const LabExportDialog::Content& LabExportDialog::content() const {
    return m_items[static_cast<std::size_t>(std::max(0, m_contents->currentRow()))];
}

QString LabExportDialog::extension() const {
    return content().extensions[static_cast<std::size_t>(std::max(0, m_formats->currentIndex()))];
}

QString LabExportDialog::previewText() const { return m_text->toPlainText(); }

void LabExportDialog::showContent() {
    const QSignalBlocker quiet(m_formats);
    m_formats->clear();
    m_formats->addItems(content().labels);
    m_help->setText(content().help);
    showPreview();
}

Report LabExportDialog::report() const {
    return labReport(m_result, QDateTime::currentDateTime().toString(Qt::ISODate).toStdString());
}

std::string LabExportDialog::htmlReport() const {
    Report html = report();
    for (PlotView* plot : m_plots) {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        plot->image(kReportPlot).save(&buffer, "PNG");
        html.figures.push_back({plot->accessibleName().toStdString(), {}, "image/png", bytes.toStdString()});
    }
    return reportHtml(html);
}

Status LabExportDialog::writeReport(const QString& path) const {
    if (!path.endsWith(QLatin1String(".pdf"))) return exportText(htmlReport(), toPath(path), Overwrite::Replace);
    std::vector<PdfFigure> figures;
    for (PlotView* plot : m_plots)
        figures.push_back({plot->accessibleName(), {}, paperPicture(*plot, kPaperPlot), kPaperPlot});
    return writePdfReport(path, report(), figures);
}

void LabExportDialog::written(const QString& path, const Status& status) {
    m_writeJob.delivered(status ? Result<QString>(path) : Result<QString>(status.error()));
}

void LabExportDialog::showPreview() {
    const Content& item = content();
    m_preview->setCurrentWidget(item.kind == Kind::Plot ? static_cast<QWidget*>(m_picture) : m_text);
    switch (item.kind) {
    case Kind::Table:
        m_text->setPlainText(QString::fromStdString(
            tableText(item.table.head(kPreviewLines), *tableFormatForExtension(extension().toStdString()))));
        break;
    case Kind::Network: m_text->setPlainText(item.help); break;
    case Kind::Plot: {
        QPixmap pixmap = QPixmap::fromImage(item.plot->image(kReportPlot, devicePixelRatioF()));
        const QSize room = m_preview->size().expandedTo({480, 320}) * devicePixelRatioF();
        pixmap = pixmap.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        pixmap.setDevicePixelRatio(devicePixelRatioF());
        m_picture->setPixmap(pixmap);
        break;
    }
    case Kind::Report: {
        QTextDocument document;
        document.setHtml(QString::fromStdString(reportHtml(report())));
        m_text->setPlainText(document.toPlainText());
        break;
    }
    }
}

void LabExportDialog::chooseFile() {
    const QString suggested =
        QStringLiteral("%1/%2-lab.%3")
            .arg(settings::lastFolder(), QFileInfo(QString::fromStdString(m_result.dataset)).completeBaseName(),
                 extension());
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export to"), suggested, QStringLiteral("*.%1").arg(extension()));
    if (path.isEmpty()) return;
    settings::setLastFolder(QFileInfo(path).absolutePath());
    exportTo(path.endsWith(u'.' + extension()) ? path : path + u'.' + extension());
}

void LabExportDialog::exportTo(const QString& path) {
    const Content& item = content();
    m_export->setEnabled(false);
    if (item.kind == Kind::Plot) return written(path, item.plot->exportTo(path, kReportPlot));
    if (item.kind == Kind::Report) return written(path, writeReport(path));
    m_writeJob.submit([path, kind = item.kind, table = item.table,
                       row = m_row](const JobControl& job) -> Result<QString> {
        const Status done = kind == Kind::Table ? exportTable(table, toPath(path), Overwrite::Replace, job)
                                                : exportQuantizedNetwork(*row, toPath(path), Overwrite::Replace, job);
        if (!done) return done.error();
        return path;
    });
}

} // namespace quantoscope::ui
