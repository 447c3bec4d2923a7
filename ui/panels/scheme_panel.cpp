#include "ui/panels/scheme_panel.h"

#include "core/schemes/scheme_registry.h"
#include "ui/panels/grouping_field.h"
#include "ui/panels/importance_field.h"
#include "ui/panels/range_field.h"
#include "ui/panels/result_panel.h"
#include "ui/session/possible_levels.h"
#include "ui/session/run_label.h"
#include "ui/session/settings.h"
#include "ui/theme/roles.h"
#include "ui/theme/scheme_look.h"
#include "ui/theme/theme.h"
#include "ui/widgets/bits_slider.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/divider.h"
#include "ui/widgets/levels_spin.h"
#include "ui/widgets/method_combo.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/text_label.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace quantoscope::ui {

namespace {

// One drag of one control is one step to undo.
enum MergeKey { kBitsKey = 1, kLevelsKey, kParametersKey, kRangeKey };

constexpr int kLabelColumn = 88;
constexpr int kCompactLabelColumn = 72;
constexpr int kUsualBits = 8;
constexpr int kMostBits = 16;
constexpr int kSpecInterval = 30; // milliseconds

std::vector<MethodItem> methodItems() {
    std::vector<MethodItem> items;
    for (const Family family : {Family::Dynamic, Family::Static})
        for (const Scheme* scheme : schemes()) {
            const SchemeInfo& info = scheme->info();
            if (info.family != family) continue;
            const bool dynamic = family == Family::Dynamic;
            items.push_back({QString::fromUtf8(info.id.data(), static_cast<qsizetype>(info.id.size())),
                             coreText(info.name), coreText(info.hint),
                             dynamic ? SchemePanel::tr("Dynamic") : SchemePanel::tr("Static"),
                             dynamic ? SchemePanel::tr("the data decides the intervals")
                                     : SchemePanel::tr("fixed before the data is seen")});
        }
    return items;
}

QWidget* section(QWidget* parent, QVBoxLayout*& layout, int top = 12, int bottom = 12) {
    auto* widget = new QWidget(parent);
    layout = new QVBoxLayout(widget);
    layout->setContentsMargins(16, top, 16, bottom);
    layout->setSpacing(8);
    return widget;
}

} // namespace

SchemePanel::SchemePanel(Session& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_family(new TextLabel(TextStyle::Caption, {}, this)),
      m_method(new MethodCombo(this)),
      m_summary(new TextLabel(TextStyle::Note, {}, this)),
      m_bits(new BitsSlider(this)),
      m_levels(new LevelsSpin(this)),
      m_grouping(new GroupingField(this)),
      m_range(new RangeField(this)),
      m_importanceLabel(new TextLabel(TextStyle::Label, tr("Importance"), this)),
      m_importance(new ImportanceField(this)),
      m_parameters(new ParameterForm(this)),
      m_result(new ResultPanel(this)),
      m_pin(new QPushButton(tr("Pin to comparison"), this)) {
    m_method->setMethods(methodItems());
    m_method->setAccessibleName(tr("Scheme"));
    m_method->setToolTip(tr("How values become levels"));
    m_summary->setWordWrap(true);
    m_bits->setAccessibleName(tr("Bits"));
    m_bits->setToolTip(tr("Bits per code: 2^b levels (Ctrl+1 to Ctrl+8)"));
    m_levels->setAccessibleName(tr("Levels"));
    m_levels->setToolTip(tr("Number of levels; Page Up and Page Down double and halve it"));
    setPrimary(m_pin);
    m_pin->setToolTip(tr("Keep this run in the comparison (Ctrl+P)"));
    buildLayout();

    connect(m_method, &MethodCombo::methodChosen, this, &SchemePanel::chooseScheme);
    connect(m_bits, &BitsSlider::bitsChosen, this,
            [this](int bits) { chooseLevels(std::uint32_t{1} << std::clamp(bits, 0, kMostBits)); });
    connect(m_levels, &LevelsSpin::levelsChosen, this,
            [this](int levels) { chooseLevels(static_cast<std::uint32_t>(levels)); });
    connect(m_grouping, &GroupingField::groupingChosen, this, [this](const Grouping& grouping) {
        QuantSpec spec = m_session.spec();
        spec.grouping = grouping;
        change(spec, tr("change the grouping"));
    });
    connect(m_range, &RangeField::rangeChosen, this, [this](const RangeSpec& range) {
        QuantSpec spec = m_session.spec();
        spec.range = range;
        change(spec, tr("change the range"), kRangeKey);
    });
    connect(m_importance, &ImportanceField::importanceChosen, &m_session, &Session::setImportance);
    connect(m_importance, &ImportanceField::fileRequested, this, &SchemePanel::chooseImportanceFile);
    connect(m_parameters, &ParameterForm::changed, this, [this](const Parameters& values) {
        QuantSpec spec = m_session.spec();
        spec.parameters = values;
        change(nearestPossible(spec), tr("change a parameter"), kParametersKey);
    });
    connect(m_pin, &QPushButton::clicked, this,
            [this] { m_session.whenComplete([this] { m_session.pin(m_session.run()); }); });
    m_specDue.setSingleShot(true);
    m_specDue.setInterval(kSpecInterval);
    connect(&m_specDue, &QTimer::timeout, this, &SchemePanel::showSpec);
    connect(&m_session, &Session::changed, this, &SchemePanel::update);
    connect(&theme(), &Theme::changed, this, &SchemePanel::showSpec); // the slider has the scheme's colour
    update(Aspect::Spec | Aspect::Data | Aspect::Run | Aspect::Library);
}

void SchemePanel::buildLayout() {
    auto* content = new QWidget;
    auto* all = new QVBoxLayout(content);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);

    QVBoxLayout* scheme = nullptr;
    all->addWidget(section(content, scheme));
    auto* heading = new QHBoxLayout;
    heading->addWidget(new TextLabel(TextStyle::Heading, tr("Scheme"), content));
    heading->addStretch();
    heading->addWidget(m_family);
    scheme->addLayout(heading);
    scheme->addWidget(m_method);
    scheme->addWidget(m_summary);
    all->addWidget(new Divider(Qt::Horizontal, content));

    QVBoxLayout* resolution = nullptr;
    all->addWidget(section(content, resolution));
    auto* counts = new QHBoxLayout;
    counts->addWidget(new TextLabel(TextStyle::Label, tr("Bits"), content));
    counts->addStretch();
    counts->addWidget(new TextLabel(TextStyle::Label, tr("Levels"), content));
    m_levels->setFixedWidth(76);
    counts->addWidget(m_levels);
    resolution->addLayout(counts);
    resolution->addWidget(m_bits);
    all->addWidget(new Divider(Qt::Horizontal, content));

    QVBoxLayout* settings = nullptr;
    all->addWidget(section(content, settings));
    auto* grid = m_settings = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    const auto row = [&](int index, TextLabel* label, QWidget* field) {
        label->setBuddy(field);
        label->setFixedHeight(32);
        grid->addWidget(label, index, 0, Qt::AlignTop);
        grid->addWidget(field, index, 1);
    };
    row(0, new TextLabel(TextStyle::Label, tr("Grouping"), content), m_grouping);
    row(1, new TextLabel(TextStyle::Label, tr("Range"), content), m_range);
    row(2, m_importanceLabel, m_importance);
    settings->addLayout(grid);
    settings->addWidget(m_parameters);
    all->addWidget(new Divider(Qt::Horizontal, content));
    all->addWidget(m_result);
    all->addStretch();

    auto* scroll = new QScrollArea(this);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);

    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(16, 12, 16, 16);
    foot->addWidget(m_pin);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(scroll, 1);
    layout->addLayout(foot);
}

void SchemePanel::setCompact(bool compact) {
    m_compact = compact;
    const int labels = compact ? kCompactLabelColumn : kLabelColumn;
    m_settings->setColumnMinimumWidth(0, labels);
    m_parameters->setLabelWidth(labels);
    m_summary->setVisible(!compact);
    m_result->setCompact(compact);
}

void SchemePanel::update(Aspects aspects) {
    if (aspects & Aspect::Data) showData();
    if (aspects & Aspect::Data) showSpec();
    if (aspects & (Aspect::Library | Aspect::Current | Aspect::Importance)) showImportance();
    // A drag in the plot changes the spec many times a frame.
    if ((aspects & Aspect::Spec) && !m_specDue.isActive()) m_specDue.start();
    // The distance to the limit arrives with the sweep.
    if (aspects & (Aspect::Run | Aspect::Speed | Aspect::Spec | Aspect::Sweep))
        m_result->setRun(m_session.shown(), m_session.speed(), m_session.settled());
    m_pin->setEnabled(m_session.shown() != nullptr);
}

void SchemePanel::showData() {
    const PreparedTensorPtr& prepared = m_session.data();
    setEnabled(prepared != nullptr);
    if (!prepared) return;
    m_grouping->setShape(prepared->tensor().info.shape);
    m_range->setDataRange(prepared->minimum(), prepared->maximum());
}

void SchemePanel::showImportance() {
    std::vector<ImportanceChoice> choices;
    for (const auto& document : m_session.library().documents())
        for (int entry = 0; entry < static_cast<int>(document->source->entries().size()); ++entry)
            if (const TensorRef ref{document->id, entry}; m_session.mayBeImportance(ref))
                choices.push_back({ref, QString::fromStdString(m_session.library().info(ref)->name), document->name});
    m_importance->setChoices(choices, m_session.importance());
    const auto scheme = findScheme(m_session.spec().scheme);
    const bool weighs = scheme && (*scheme)->info().usesImportance;
    m_importance->setWeighs(weighs);
    // Where nothing is weighed and no scheme would, there is nothing to choose.
    const bool shown = weighs || m_session.importance().valid();
    m_importanceLabel->setVisible(shown);
    m_importance->setVisible(shown);
}

void SchemePanel::chooseImportanceFile() {
    const QString path = QFileDialog::getOpenFileName(this, tr("Choose the importance"), settings::lastFolder());
    if (path.isEmpty()) return;
    settings::setLastFolder(QFileInfo(path).absolutePath());
    m_session.setImportanceFile(path);
}

void SchemePanel::showSpec() {
    const QuantSpec& spec = m_session.spec();
    const auto found = findScheme(spec.scheme);
    if (!found) return;
    const Scheme& scheme = **found;
    const SchemeInfo& info = scheme.info();
    const QString look = runLabel(spec).look;
    m_family->setText(info.family == Family::Dynamic ? tr("dynamic") : tr("static"));
    m_method->setCurrentId(QString::fromStdString(spec.scheme));
    m_summary->setText(spec.byHand.empty()
                           ? coreText(info.summary)
                           : coreText(info.summary) + u' ' +
                                 tr("Groups with boundaries or levels of your own: %1.").arg(spec.byHand.size()));
    m_bits->setColor(schemeLook(look).color);
    const std::uint32_t levels = scheme.requestedLevels(spec).value_or(spec.levels);
    m_bits->setBitRange(1, levels > (1u << kUsualBits) ? kMostBits : kUsualBits);
    m_bits->setLevels(static_cast<int>(levels));
    m_levels->setLevels(static_cast<int>(levels));
    const bool fromParameters =
        info.control == LevelControl::FromParameters && !spec.parameters.empty() && levels != spec.levels;
    m_levels->setEnabled(info.control != LevelControl::Bits);
    m_levels->setToolTip(info.control == LevelControl::Bits
                             ? tr("This scheme has a whole number of bits")
                             : tr("Number of levels; Page Up and Page Down double and halve it"));
    m_bits->setEnabled(!fromParameters);
    m_grouping->setGrouping(spec.grouping);
    m_range->setRange(spec.range);
    m_range->setUsed(info.usesRange, info.family == Family::Dynamic ? tr("From the data") : tr("Not used"));
    m_parameters->setParameters(info.parameters);
    m_parameters->setValues(spec.parameters);
    m_parameters->setVisible(m_parameters->count() > 0);
    showImportance();
}

void SchemePanel::chooseScheme(const QString& id) {
    QuantSpec spec = m_session.spec();
    spec.scheme = id.toStdString();
    spec.parameters.clear();
    change(nearestPossible(spec), tr("choose %1").arg(runLabel(spec).name));
}

void SchemePanel::chooseLevels(std::uint32_t levels) {
    QuantSpec spec = m_session.spec();
    spec.levels = levels;
    // Edges or levels of the user's own are for one count only: another count starts from the scheme's usual ones.
    if (const auto scheme = findScheme(spec.scheme);
        scheme && (*scheme)->info().control == LevelControl::FromParameters) {
        spec.parameters.erase("edges");
        spec.parameters.erase("levels");
    }
    change(nearestPossible(spec), tr("change the number of levels"), kBitsKey);
}

void SchemePanel::change(const QuantSpec& spec, const QString& what, int mergeKey) {
    m_session.setSpec(spec.common(), what, mergeKey); // what holds for all groups ends what was set by hand
    showSpec();                                       // also where the spec stayed as it was: the controls show what is
}

} // namespace quantoscope::ui
