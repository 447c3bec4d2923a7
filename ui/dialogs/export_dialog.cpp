#include "ui/dialogs/export_dialog.h"

#include "core/base/sha256.h"
#include "core/study/table_writer.h"
#include "core/study/tables.h"
#include "ui/dialogs/pdf_report.h"
#include "ui/plots/paper_picture.h"
#include "ui/plots/plot_view.h"
#include "ui/session/run_label.h"
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

namespace quantoscope::ui {

namespace {

constexpr std::size_t kPreviewLines = 40;
constexpr QSize kReportPlot{960, 480};
constexpr QSize kPaperPlot{740, 390};

std::filesystem::path toPath(const QString& path) { return std::filesystem::path(path.toStdU16String()); }

QString fromView(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

} // namespace

ExportDialog::ExportDialog(Session& session, PlotView* plot, QWidget* parent)
    : QDialog(parent),
      m_session(session),
      m_plot(plot),
      m_run(session.run()),
      m_contents(new QListWidget(this)),
      m_formats(new QComboBox(this)),
      m_help(new TextLabel(TextStyle::Note, {}, this)),
      m_preview(new QStackedWidget(this)),
      m_text(new QPlainTextEdit(this)),
      m_picture(new QLabel(this)),
      m_hashJob(LatestJob<std::string>::Superseded::Finish),
      m_previewJob(LatestJob<std::string>::Superseded::Stop),
      m_writeJob(LatestJob<QString>::Superseded::Finish) {
    setWindowTitle(tr("Export"));
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
    m_export = buttons->addButton(tr("Export…"), QDialogButtonBox::ActionRole);
    setPrimary(m_export);
    auto* formatRow = new QHBoxLayout;
    auto* formatLabel = new TextLabel(TextStyle::Label, tr("Format"), this);
    formatLabel->setBuddy(m_formats);
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

    listContents();
    connect(m_contents, &QListWidget::currentRowChanged, this, &ExportDialog::showContent);
    connect(m_formats, &QComboBox::currentIndexChanged, this, &ExportDialog::showPreview);
    connect(m_export, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_previewJob.delivered = [this](Result<std::string> text) {
        m_text->setPlainText(text ? QString::fromStdString(*text) : QString::fromStdString(text.error().message()));
    };
    m_hashJob.delivered = [this](Result<std::string> sha256) {
        m_sha256 = sha256 ? *sha256 : std::string();
        m_help->setText(content().help);
        if (!m_reportPath.isEmpty()) writeReport(std::exchange(m_reportPath, {}));
    };
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

void ExportDialog::listContents() {
    const auto add = [this](Kind kind, ExportContent run, const QString& title, const QString& help) {
        Content item{kind, run, title, help, {}, {}};
        if (kind == Kind::Run) {
            for (const ExportFormat& format : exportFormats()) {
                if (format.content != run) continue;
                item.extensions.push_back(fromView(format.extension));
                item.labels.push_back(
                    QStringLiteral("%1 (.%2)").arg(coreText(format.label), fromView(format.extension)));
            }
        }
        m_items.push_back(std::move(item));
        m_contents->addItem(title);
    };
    add(Kind::Run, ExportContent::Levels, tr("Levels"), tr("The level table: boundaries, levels, counts and errors."));
    add(Kind::Run, ExportContent::Values, tr("Values"),
        tr("Every value with its code, its dequantized value and the error."));
    add(Kind::Run, ExportContent::Codes, tr("Codes and codebook"),
        tr("Codes, scales, zero points, offsets, codebook and dequantized values as arrays with the tensor's shape."));
    add(Kind::Run, ExportContent::Decoder, tr("C decoder"),
        tr("A header for C99 and C++ with the packed codes and a decoder."));
    add(Kind::Run, ExportContent::Comparison, tr("Comparison"),
        tr("The comparison table: every run at the bits on screen, and the pinned ones."));
    if (m_plot) {
        add(Kind::Plot, {}, tr("Plot on screen"),
            tr("The view as it is, at any size where the format is a vector format."));
        m_items.back().extensions = {QStringLiteral("svg"), QStringLiteral("pdf"), QStringLiteral("png")};
        m_items.back().labels = {tr("Vector picture (.svg)"), tr("Vector page (.pdf)"), tr("Picture (.png)")};
    }
    add(Kind::Report, {}, tr("Report"),
        tr("Settings, results, plot, tables and where the data came from, in one file."));
    m_items.back().extensions = {QStringLiteral("html"), QStringLiteral("pdf")};
    m_items.back().labels = {tr("Web page (.html)"), tr("Pages (.pdf)")};
}

const ExportDialog::Content& ExportDialog::content() const {
    return m_items[static_cast<std::size_t>(std::max(0, m_contents->currentRow()))];
}

QString ExportDialog::extension() const {
    return content().extensions[static_cast<std::size_t>(std::max(0, m_formats->currentIndex()))];
}

QString ExportDialog::previewText() const { return m_text->toPlainText(); }

void ExportDialog::showContent() {
    const QSignalBlocker quiet(m_formats);
    m_formats->clear();
    for (const QString& label : content().labels) m_formats->addItem(label);
    m_help->setText(content().help);
    showPreview();
}

std::vector<RunPtr> ExportDialog::comparedRuns() const {
    std::vector<RunPtr> runs = m_session.pins();
    const auto add = [&](const RunPtr& run) {
        const bool known = std::any_of(runs.begin(), runs.end(), [&](const RunPtr& other) {
            return other->data == run->data && other->spec() == run->spec();
        });
        if (!known) runs.push_back(run);
    };
    add(m_run);
    for (const RunPtr& run : m_session.sweep())
        if (bitsFor(run->spec().levels) == bitsFor(m_run->spec().levels)) add(run);
    return runs;
}

Report ExportDialog::report() const {
    Report report;
    const Tensor& tensor = m_run->data->tensor();
    report.title = Phrase::verbatim(
        tr("%1, %2").arg(QString::fromStdString(tensor.info.name), runLabel(m_run->spec()).name).toStdString());
    report.settings = settingsOf(*m_run);
    report.results = resultsOf(*m_run);
    report.provenance = provenanceOf(tensor, m_sha256.value_or(std::string()),
                                     QDateTime::currentDateTime().toString(Qt::ISODate).toStdString());
    report.tables.push_back(comparisonTable(comparedRuns()));
    if (auto levels = levelTable(*m_run, std::size_t{0})) {
        if (m_run->quantizer->groupCount() > 1) levels->title = "Levels of the first group";
        report.tables.push_back(std::move(*levels));
    }
    return report;
}

std::string ExportDialog::htmlReport() const {
    Report html = report();
    if (m_plot) {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        m_plot->image(kReportPlot).save(&buffer, "PNG");
        html.figures.push_back({m_plot->accessibleName().toStdString(), {}, "image/png", bytes.toStdString()});
    }
    return reportHtml(html);
}

void ExportDialog::hashFile() {
    if (m_sha256 || m_hashJob.busy()) return;
    const std::string& file = m_run->data->tensor().file;
    if (file.empty())
        m_sha256 = std::string();
    else
        m_hashJob.submit([file](const JobControl& job) { return sha256OfFile(std::filesystem::path(file), job); });
}

void ExportDialog::writeReport(const QString& path) {
    if (path.endsWith(QLatin1String(".pdf"))) {
        std::vector<PdfFigure> figures;
        if (m_plot) figures.push_back({m_plot->accessibleName(), {}, paperPicture(*m_plot, kPaperPlot), kPaperPlot});
        written(path, writePdfReport(path, report(), figures));
    } else {
        written(path, exportText(htmlReport(), toPath(path), Overwrite::Replace));
    }
}

void ExportDialog::written(const QString& path, const Status& status) {
    m_writeJob.delivered(status ? Result<QString>(path) : Result<QString>(status.error()));
}

void ExportDialog::showPreview() {
    const Content& item = content();
    m_preview->setCurrentWidget(item.kind == Kind::Plot ? static_cast<QWidget*>(m_picture) : m_text);
    if (item.kind == Kind::Plot) {
        const QImage image = m_plot->image(m_plot->size(), devicePixelRatioF());
        QPixmap pixmap = QPixmap::fromImage(image);
        const QSize room = m_preview->size().expandedTo({480, 320}) * devicePixelRatioF();
        pixmap = pixmap.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        pixmap.setDevicePixelRatio(devicePixelRatioF());
        m_picture->setPixmap(pixmap);
    } else if (item.kind == Kind::Report) {
        hashFile();
        QTextDocument document;
        document.setHtml(QString::fromStdString(htmlReport()));
        m_text->setPlainText(document.toPlainText());
    } else if (item.run == ExportContent::Comparison) {
        m_previewJob.submit([runs = comparedRuns(), wanted = extension().toStdString()](const JobControl&) {
            return Result<std::string>(
                tableText(comparisonTable(runs).head(kPreviewLines), *tableFormatForExtension(wanted)));
        });
    } else {
        m_previewJob.submit(
            [run = m_run, run_content = item.run, wanted = extension().toStdString()](const JobControl& job) {
                return previewExport(run, run_content, wanted, kPreviewLines, job);
            });
    }
}

void ExportDialog::chooseFile() {
    const QString name = QFileInfo(QString::fromStdString(m_run->data->tensor().info.name)).fileName();
    const QString suggested =
        QStringLiteral("%1/%2-%3.%4")
            .arg(settings::lastFolder(), name, QString::fromStdString(m_run->spec().scheme), extension());
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export to"), suggested, QStringLiteral("*.%1").arg(extension()));
    if (path.isEmpty()) return;
    settings::setLastFolder(QFileInfo(path).absolutePath());
    exportTo(path.endsWith(u'.' + extension()) ? path : path + u'.' + extension());
}

void ExportDialog::exportTo(const QString& path) {
    const Content& item = content();
    m_export->setEnabled(false);
    if (item.kind == Kind::Plot) {
        written(path, m_plot->exportTo(path));
        return;
    }
    if (item.kind == Kind::Report) {
        hashFile();
        if (m_sha256) {
            writeReport(path);
        } else {
            m_reportPath = path;
            m_help->setText(tr("Reading the file to name its contents by their SHA-256…"));
        }
        return;
    }
    m_writeJob.submit(
        [path, run = m_run, runs = comparedRuns(), run_content = item.run](const JobControl& job) -> Result<QString> {
            const Status done = run_content == ExportContent::Comparison
                                    ? exportTable(comparisonTable(runs), toPath(path), Overwrite::Replace, job)
                                    : exportRun(run, run_content, toPath(path), Overwrite::Replace, {}, job);
            if (!done) return done.error();
            return path;
        });
}

} // namespace quantoscope::ui
