#include "ui/lab/lab_quantization_section.h"

#include "core/schemes/scheme_registry.h"
#include "ui/lab/field_grid.h"
#include "ui/lab/fold_button.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/text_label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QThread>
#include <QVBoxLayout>

#include <algorithm>

namespace quantoscope::ui {

namespace {

enum MergeKey { kWeightBitsKey = 41, kActivationBitsKey, kCalibrationKey, kQatKey, kBatchKey, kThreadsKey };

constexpr int kLeastBits = 2, kMostBits = 8;
constexpr int kMostCalibration = 100'000;
constexpr int kMostBatch = 65'536;
constexpr const char* kWeightSchemes[] = {"affine", "kmeans", "rank"};

QStringList weightSchemes() {
    QStringList names{LabQuantizationSection::tr("Integers")};
    for (const char* id : {kWeightSchemes[1], kWeightSchemes[2]})
        if (const auto scheme = findScheme(id)) names << coreText((*scheme)->info().name);
    return names;
}

QStringList observers() {
    QStringList names;
    for (const RangeObserver observer : rangeObservers()) names << coreText(label(observer));
    return names;
}

} // namespace

LabQuantizationSection::LabQuantizationSection(LabSession& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_fields(new FieldGrid(this)), m_more(new FieldGrid(this)) {
    buildUsual();
    buildMore();
    auto* layout = panelSection(this);
    layout->addWidget(new TextLabel(TextStyle::Heading, tr("Quantization"), this));
    layout->addWidget(m_fields);
    layout->addWidget(new FoldButton(tr("More settings"), m_more, this));
    layout->addWidget(m_more);
    connect(&m_session, &LabSession::changed, this, [this](LabAspects aspects) {
        if (aspects & LabAspect::Plan) showPlan();
    });
    showPlan();
}

QSpinBox* LabQuantizationSection::addSpin(FieldGrid* grid, const QString& label, int least, int most,
                                          const QString& help, int key, const std::function<void(LabPlan&, int)>& set) {
    auto* spin = new QSpinBox(this);
    spin->setRange(least, most);
    spin->setAlignment(Qt::AlignRight);
    spin->setKeyboardTracking(false);
    connect(spin, &QSpinBox::valueChanged, this, [this, set, key, what = tr("change %1").arg(label)](int value) {
        LabPlan plan = m_session.plan();
        set(plan, value);
        m_session.setPlan(plan, what, key);
    });
    return grid->add(label, spin, help);
}

QComboBox* LabQuantizationSection::addCombo(FieldGrid* grid, const QString& label, const QStringList& items,
                                            const QString& help, const std::function<void(LabPlan&, int)>& set) {
    auto* combo = new QComboBox(this);
    combo->addItems(items);
    connect(combo, &QComboBox::activated, this, [this, set, what = tr("change %1").arg(label)](int index) {
        LabPlan plan = m_session.plan();
        set(plan, index);
        m_session.setPlan(plan, what);
    });
    return grid->add(label, combo, help);
}

QCheckBox* LabQuantizationSection::addBox(const QString& text, const QString& help, bool LabSpec::*member) {
    auto* box = new QCheckBox(text, this);
    connect(box, &QCheckBox::clicked, this, [this, member, what = tr("change %1").arg(text)](bool on) {
        LabPlan plan = m_session.plan();
        plan.spec.*member = on;
        m_session.setPlan(plan, what);
    });
    return m_more->addBox(box, help);
}

void LabQuantizationSection::buildUsual() {
    m_weightBits = addSpin(m_fields, tr("Weight bits"), kLeastBits, kMostBits,
                           tr("Of all methods; at 8 bits integer kernels run, other widths are simulated"),
                           kWeightBitsKey, [](LabPlan& plan, int bits) { plan.weightBits = bits; });
    m_activationBits = addSpin(m_fields, tr("Input bits"), kLeastBits, kMostBits,
                               tr("Of activations, what flows between the layers; at 8 bits integer kernels run"),
                               kActivationBitsKey, [](LabPlan& plan, int bits) { plan.activationBits = bits; });
    m_calibration = addSpin(m_fields, tr("Calibration"), 1, kMostCalibration,
                            tr("Training samples from which ranges of activations are found"), kCalibrationKey,
                            [](LabPlan& plan, int n) { plan.spec.calibrationSamples = static_cast<std::size_t>(n); });
    m_calibration->setSuffix(tr(" samples"));
    m_observer = addCombo(
        m_fields, tr("Observer"), observers(),
        tr("How a range is found from what flowed: the extremes, the middle 99.9 %, the least "
           "squared error, the least divergence, PyTorch's histogram search"),
        [](LabPlan& plan, int index) { plan.spec.observer = rangeObservers()[static_cast<std::size_t>(index)]; });
    m_qatEpochs = addSpin(m_fields, tr("QAT epochs"), 1, 1000,
                          tr("Of quantization-aware training, and of FP32 that is trained on beside it"), kQatKey,
                          [](LabPlan& plan, int epochs) { plan.spec.qatEpochs = epochs; });
}

void LabQuantizationSection::buildMore() {
    m_granularity = addCombo(m_more, tr("Weights by"), {tr("Layer"), tr("Channel")},
                             tr("One scale for all weights of a layer, or one for each of its outputs"),
                             [](LabPlan& plan, int index) { plan.spec.perChannel = index == 1; });
    m_weightScheme = addCombo(m_more, tr("Weights as"), weightSchemes(),
                              tr("Integers, or a codebook that the weights decide; a codebook is simulated, and QAT "
                                 "keeps integers"),
                              [](LabPlan& plan, int index) { plan.spec.weightScheme = kWeightSchemes[index]; });
    m_symmetricWeights =
        addBox(tr("Symmetric weights"), tr("Codes about 0, without a zero point"), &LabSpec::symmetricWeights);
    m_symmetricActivations = addBox(tr("Symmetric activations"), tr("Signed codes about 0, without a zero point"),
                                    &LabSpec::symmetricActivations);
    m_biasCorrection =
        addBox(tr("Bias correction"),
               tr("Biases make up for what quantization takes off the mean of each output (Nagel et al. 2019)"),
               &LabSpec::biasCorrection);
    m_learnedSteps =
        addBox(tr("Learned steps"), tr("QAT trains the step sizes, too (Esser et al. 2020)"), &LabSpec::learnedSteps);
    m_batch = addSpin(m_more, tr("Large batch"), 2, kMostBatch, tr("Samples of the batch that is timed beside batch 1"),
                      kBatchKey, [](LabPlan& plan, int n) { plan.spec.batch = static_cast<std::size_t>(n); });
    m_threads =
        addSpin(m_more, tr("Threads"), 1, std::max(1, QThread::idealThreadCount()), tr("That times are measured with"),
                kThreadsKey, [](LabPlan& plan, int n) { plan.spec.threads = n; });
}

void LabQuantizationSection::setLabelColumn(int pixels) {
    m_fields->setLabelColumn(pixels);
    m_more->setLabelColumn(pixels);
}

void LabQuantizationSection::showPlan() {
    const LabPlan& plan = m_session.plan();
    const LabSpec& spec = plan.spec;
    const auto show = [](QSpinBox* spin, int value) {
        const QSignalBlocker quiet(spin);
        spin->setValue(value);
    };
    show(m_weightBits, plan.weightBits);
    show(m_activationBits, plan.activationBits);
    show(m_calibration, static_cast<int>(spec.calibrationSamples));
    show(m_qatEpochs, spec.qatEpochs);
    show(m_batch, static_cast<int>(spec.batch));
    show(m_threads, spec.threads);
    const auto all = rangeObservers();
    m_observer->setCurrentIndex(static_cast<int>(std::find(all.begin(), all.end(), spec.observer) - all.begin()));
    m_granularity->setCurrentIndex(spec.perChannel ? 1 : 0);
    const auto scheme = std::find(std::begin(kWeightSchemes), std::end(kWeightSchemes), spec.weightScheme);
    m_weightScheme->setCurrentIndex(static_cast<int>(scheme - std::begin(kWeightSchemes)));
    m_symmetricWeights->setChecked(spec.symmetricWeights);
    m_symmetricWeights->setEnabled(spec.weightScheme == kWeightSchemes[0]);
    m_symmetricActivations->setChecked(spec.symmetricActivations);
    m_biasCorrection->setChecked(spec.biasCorrection);
    m_learnedSteps->setChecked(spec.learnedSteps);
}

} // namespace quantoscope::ui
