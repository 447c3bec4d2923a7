#include "ui/dialogs/import_dialog.h"

#include "core/formats/format_registry.h"
#include "ui/theme/roles.h"
#include "ui/widgets/column_fit.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/segmented_switch.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace quantoscope::ui {

namespace {

constexpr std::size_t kRows = 8;
constexpr std::size_t kColumns = 8;
constexpr std::size_t kReasons = 3;
constexpr int kDigits = 7; // of a float32

/// Without separators of thousands, which would pass for those of the file.
QString cellText(float value) {
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return withTrueMinus(locale.toString(static_cast<double>(value), 'g', kDigits));
}

QStandardItem* makeCell(const QString& text) {
    auto* item = new QStandardItem(text);
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

} // namespace

ImportDialog::ImportDialog(const QString& path, const OpenOptions& options, QWidget* parent)
    : QDialog(parent),
      m_path(path),
      m_separator(new QComboBox(this)),
      m_decimalMark(
          new SegmentedSwitch({tr("Detected"), tr("Point"), tr("Comma")}, SegmentedSwitch::Size::Header, this)),
      m_header(new SegmentedSwitch({tr("Detected"), tr("First row holds names"), tr("No header")},
                                   SegmentedSwitch::Size::Header, this)),
      m_pages(new QStackedWidget(this)),
      m_cells(new QStandardItemModel(this)),
      m_table(new QTableView(this)),
      m_problem(new QPlainTextEdit(this)),
      m_note(new TextLabel(TextStyle::Note, {}, this)),
      m_progress(new QProgressBar(this)),
      m_job(LatestJob<Preview>::Superseded::Stop) {
    setWindowTitle(tr("How to read %1").arg(QFileInfo(path).fileName()));
    m_separator->setAccessibleName(tr("Separator"));
    m_separator->addItem(tr("Detected"));
    const std::pair<char, QString> separators[] = {{',', tr("Comma (,)")},
                                                   {';', tr("Semicolon (;)")},
                                                   {'\t', tr("Tab")},
                                                   {' ', tr("Space")},
                                                   {'|', tr("Vertical bar (|)")}};
    for (const auto& [character, name] : separators) m_separator->addItem(name, static_cast<int>(character));
    if (options.separator) {
        // A session file may name any.
        const int character = static_cast<unsigned char>(*options.separator);
        if (m_separator->findData(character) < 0)
            m_separator->addItem(QString(QLatin1Char(*options.separator)), character);
        m_separator->setCurrentIndex(m_separator->findData(character));
    }
    m_decimalMark->setAccessibleName(tr("Decimal mark"));
    if (options.decimalMark) m_decimalMark->setCurrentIndex(*options.decimalMark == ',' ? 2 : 1);
    m_header->setAccessibleName(tr("Header"));
    if (options.header) m_header->setCurrentIndex(*options.header ? 1 : 2);

    setupTable(m_table);
    m_table->setModel(m_cells);
    m_table->setAccessibleName(tr("Preview"));
    m_table->setFrameShape(QFrame::StyledPanel);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setMinimumHeight(static_cast<int>(kRows) * m_table->verticalHeader()->defaultSectionSize() +
                              m_table->horizontalHeader()->minimumHeight() + 2 * m_table->frameWidth());
    new ColumnFit(m_table);
    m_problem->setReadOnly(true);
    m_problem->setAccessibleName(tr("Problem"));
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_problem);
    m_note->setWordWrap(true);
    m_progress->setRange(0, 1000);
    QSizePolicy keepsItsPlace = m_progress->sizePolicy();
    keepsItsPlace.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(keepsItsPlace);
    m_progress->setVisible(false);

    auto* form = new QFormLayout;
    form->setVerticalSpacing(12);
    form->addRow(tr("Separator"), m_separator);
    form->addRow(tr("Decimal mark"), m_decimalMark);
    form->addRow(tr("Header"), m_header);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_accept = buttons->addButton(tr("Read again"), QDialogButtonBox::AcceptRole);
    setPrimary(m_accept);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(16);
    layout->addLayout(form);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_note);
    layout->addWidget(m_progress);
    layout->addWidget(buttons);
    resize(640, sizeHint().height());

    connect(m_separator, &QComboBox::currentIndexChanged, this, &ImportDialog::requestPreview);
    connect(m_decimalMark, &SegmentedSwitch::currentChanged, this, &ImportDialog::requestPreview);
    connect(m_header, &SegmentedSwitch::currentChanged, this, &ImportDialog::requestPreview);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        emit chosen(this->options());
        accept();
    });
    m_job.progressed = [this](double fraction) {
        m_progress->setVisible(true);
        m_progress->setValue(static_cast<int>(fraction * 1000));
    };
    m_job.delivered = [this](const Result<Preview>& preview) { showPreview(preview); };
    requestPreview();
}

OpenOptions ImportDialog::options() const {
    OpenOptions options;
    if (const QVariant character = m_separator->currentData(); character.isValid())
        options.separator = static_cast<char>(character.toInt());
    if (const int mark = m_decimalMark->currentIndex(); mark > 0) options.decimalMark = mark == 1 ? '.' : ',';
    if (const int header = m_header->currentIndex(); header > 0) options.header = header == 1;
    return options;
}

QString ImportDialog::problem() const {
    return m_pages->currentWidget() == m_problem ? m_problem->toPlainText() : QString();
}

QString ImportDialog::note() const { return m_note->text(); }

void ImportDialog::requestPreview() {
    // The whole file: what is wrong anywhere in it is to be known before it is read again.
    m_job.submit([path = std::filesystem::path(m_path.toStdU16String()), options = options()](const JobControl& job) {
        return read(path, options, job);
    });
}

Result<ImportDialog::Preview> ImportDialog::read(const std::filesystem::path& path, const OpenOptions& options,
                                                 const JobControl& job) {
    const auto source = openFile(path, options, job);
    if (!source) return source.error();
    Preview preview;
    preview.leftOut = (*source)->leftOut();
    std::uint64_t rows = 0;
    const std::vector<TensorInfo>& entries = (*source)->entries();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::uint64_t length = entries[i].shape.empty() ? 0 : static_cast<std::uint64_t>(entries[i].shape[0]);
        if (entries[i].kind == TensorKind::Table) {
            preview.incomplete = length != rows;
            continue;
        }
        rows = std::max(rows, length);
        ++preview.columnCount;
        if (preview.columns.size() == kColumns) continue;
        Column column{entries[i].name, std::vector<float>(std::min<std::uint64_t>(length, kRows))};
        if (const Status status = (*source)->read(i, 0, column.values, job); !status) return status.error();
        preview.columns.push_back(std::move(column));
    }
    return preview;
}

void ImportDialog::showPreview(const Result<Preview>& preview) {
    m_progress->setVisible(false);
    m_accept->setEnabled(preview.has_value());
    m_note->clear();
    m_cells->clear();
    m_pages->setCurrentWidget(preview ? static_cast<QWidget*>(m_table) : m_problem);
    if (!preview) {
        m_problem->setPlainText(QString::fromStdString(preview.error().message()));
        return;
    }
    for (const Column& column : preview->columns) {
        QList<QStandardItem*> cells;
        for (const float value : column.values) cells << makeCell(cellText(value));
        m_cells->appendColumn(cells);
        const QString name = QString::fromStdString(column.name);
        QStandardItem* heading = makeCell(name);
        heading->setToolTip(name);
        m_cells->setHorizontalHeaderItem(m_cells->columnCount() - 1, heading);
    }

    QStringList notes;
    const auto text = [](std::size_t count) { return countText(static_cast<qint64>(count)); };
    if (preview->columnCount > preview->columns.size())
        notes << tr("The first %1 of %2 columns.").arg(text(preview->columns.size()), text(preview->columnCount));
    if (preview->incomplete) notes << tr("Cells without a number are left out; those below them move up.");
    QStringList reasons;
    for (const std::string& reason : preview->leftOut) {
        if (reasons.size() == static_cast<qsizetype>(kReasons)) {
            reasons << QStringLiteral("…");
            break;
        }
        reasons << QString::fromStdString(reason);
    }
    if (!reasons.isEmpty()) notes << tr("Not read: %1").arg(reasons.join(QStringLiteral("; ")));
    m_note->setText(notes.join(u' '));
}

} // namespace quantoscope::ui
