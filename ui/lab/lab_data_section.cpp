#include "ui/lab/lab_data_section.h"

#include "ui/lab/field_grid.h"
#include "ui/session/settings.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>

namespace quantoscope::ui {

namespace {

enum MergeKey { kShareKey = 11, kSeedKey };

constexpr int kLeastTest = 5, kMostTest = 80; // per cent

QString fileOf(const LabData& data) { return QString::fromStdString(data.file); }

QString sizeText(const Dataset& data) {
    const QString count = countText(static_cast<qint64>(data.count()));
    if (!data.isPicture())
        return LabDataSection::tr("%1 samples, %2 features")
            .arg(count, countText(static_cast<qint64>(data.featureCount())));
    const QString size = QStringLiteral("%1 × %2").arg(data.sampleShape[0]).arg(data.sampleShape[1]);
    return LabDataSection::tr("%1 images, %2").arg(count, size);
}

} // namespace

LabDataSection::LabDataSection(LabSession& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_summary(new TextLabel(TextStyle::Note, {}, this)),
      m_fields(new FieldGrid(this)),
      m_notes(new TextLabel(TextStyle::Caption, {}, this)) {
    auto* heading = new QHBoxLayout;
    heading->addWidget(new TextLabel(TextStyle::Heading, tr("Data"), this));
    heading->addStretch();
    heading->addWidget(m_summary);
    auto* layout = panelSection(this);
    layout->addLayout(heading);
    layout->addWidget(m_fields);
    layout->addWidget(m_notes);
    m_notes->setWordWrap(true);

    m_source = m_fields->add(tr("Source"), new QComboBox(this),
                             tr("Samples to learn from: a table (CSV, TSV) with a column of labels, or arrays x and y "
                                "(NPZ, safetensors)"));
    m_label = m_fields->add(tr("Label"), new QComboBox(this), tr("The column that is to be predicted"));
    m_task = m_fields->add(tr("Task"), new QComboBox(this),
                           tr("Whether labels are classes to tell apart or numbers to come near to"));
    m_task->addItems({tr("Automatic"), tr("Classes"), tr("Numbers")});
    m_testShare = m_fields->add(tr("Test share"), new QDoubleSpinBox(this),
                                tr("Share of the samples that training never sees and accuracy is measured on"));
    m_testShare->setRange(kLeastTest, kMostTest);
    m_testShare->setDecimals(0);
    m_testShare->setSingleStep(5);
    m_testShare->setSuffix(tr(" %"));
    m_testShare->setAlignment(Qt::AlignRight);
    m_seed = m_fields->add(tr("Seed"), new QSpinBox(this),
                           tr("Of the split, the first weights and the order of samples: the same seed, the same "
                              "results"));
    m_seed->setRange(0, 999'999);
    m_seed->setAlignment(Qt::AlignRight);
    m_normalisation = m_fields->add(tr("Scale"), new QComboBox(this),
                                    tr("How inputs are normalised, by the training part alone: all together to 0 … 1, "
                                       "or each feature to mean 0 and deviation 1"));
    m_normalisation->addItems({tr("As they are"), tr("0 … 1"), tr("Standard")});
    for (QAbstractSpinBox* spin : {static_cast<QAbstractSpinBox*>(m_testShare), static_cast<QAbstractSpinBox*>(m_seed)})
        spin->setKeyboardTracking(false);

    connect(m_source, &QComboBox::activated, this, [this](int index) {
        if (index == 0)
            m_session.useDigits();
        else if (index == m_source->count() - 1)
            chooseFile();
        showData(); // until other data has arrived
    });
    const auto reopen = [this] {
        m_session.openData(fileOf(*m_session.data()), m_label->currentText(),
                           static_cast<LabTask>(m_task->currentIndex()));
    };
    connect(m_label, &QComboBox::activated, this, reopen);
    connect(m_task, &QComboBox::activated, this, reopen);
    connect(m_testShare, &QDoubleSpinBox::valueChanged, this, [this](double share) {
        change(tr("change the test share"), kShareKey, [share](LabSpec& spec) { spec.split.testShare = share / 100; });
    });
    connect(m_seed, &QSpinBox::valueChanged, this, [this](int seed) {
        change(tr("change the seed"), kSeedKey, [seed](LabSpec& spec) {
            spec.split.seed = static_cast<std::uint64_t>(seed);
            spec.training.seed = static_cast<std::uint64_t>(seed);
        });
    });
    connect(m_normalisation, &QComboBox::activated, this, [this](int index) {
        change(tr("change the scale"), 0,
               [index](LabSpec& spec) { spec.split.normalisation = static_cast<Normalisation>(index); });
    });
    connect(&m_session, &LabSession::changed, this, &LabDataSection::update);
    update(LabAspect::Data | LabAspect::Plan);
}

template<class Change>
void LabDataSection::change(const QString& what, int key, const Change& change) {
    LabPlan plan = m_session.plan();
    change(plan.spec);
    m_session.setPlan(plan, what, key);
}

void LabDataSection::chooseFile() {
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Open data to learn from"), settings::lastFolder(),
        tr("Tables and arrays (%1)").arg(QStringLiteral("*.csv *.tsv *.txt *.npz *.safetensors")) +
            QStringLiteral(";;") + tr("All files (*)"));
    if (path.isEmpty()) return;
    settings::setLastFolder(QFileInfo(path).absolutePath());
    m_session.openData(path);
}

void LabDataSection::setLabelColumn(int pixels) { m_fields->setLabelColumn(pixels); }

void LabDataSection::update(LabAspects aspects) {
    if (aspects & LabAspect::Data) showData();
    if (aspects & LabAspect::Plan) showPlan();
}

void LabDataSection::showData() {
    const LabDataPtr& loaded = m_session.data();
    m_source->clear();
    m_source->addItem(tr("Handwritten digits"));
    const bool file = loaded && !m_session.hasDigits();
    if (file) m_source->addItem(QFileInfo(fileOf(*loaded)).fileName());
    m_source->addItem(tr("Open file…"));
    m_source->setCurrentIndex(file ? 1 : 0);
    m_summary->setText(loaded ? sizeText(loaded->data) : QString());

    const auto& columns = m_session.columns();
    m_label->clear();
    for (const LabelColumn& column : columns) m_label->addItem(QString::fromStdString(column.name));
    if (loaded) m_label->setCurrentText(QString::fromStdString(loaded->label));
    m_task->setCurrentIndex(static_cast<int>(m_session.task()));
    m_fields->setFieldVisible(m_label, file && !columns.empty());
    m_fields->setFieldVisible(m_task, file);

    QStringList notes;
    if (loaded)
        for (const Phrase& note : loaded->notes) notes << coreText(note);
    m_notes->setText(notes.join(u' '));
    m_notes->setVisible(!notes.isEmpty());
}

void LabDataSection::showPlan() {
    const SplitSpec& split = m_session.plan().spec.split;
    const QSignalBlocker quietShare(m_testShare), quietSeed(m_seed);
    m_testShare->setValue(split.testShare * 100);
    m_seed->setValue(static_cast<int>(split.seed));
    m_normalisation->setCurrentIndex(static_cast<int>(split.normalisation));
}

} // namespace quantoscope::ui
