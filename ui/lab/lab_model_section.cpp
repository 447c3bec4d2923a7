#include "ui/lab/lab_model_section.h"

#include "ui/lab/field_grid.h"
#include "ui/lab/fold_button.h"
#include "ui/lab/layers_field.h"
#include "ui/plots/lab_training_curve_plot.h"
#include "ui/session/settings.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/real_spin.h"
#include "ui/widgets/text_label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace quantoscope::ui {

namespace {

enum MergeKey { kLayersKey = 21, kEpochsKey, kRateKey, kMomentumKey, kDecayKey, kBatchKey };

constexpr int kCurveHeight = 122;
constexpr int kMostEpochs = 10'000;
constexpr int kMostBatch = 4096;

QSpinBox* wholeNumber(int least, int most, QWidget* parent) {
    auto* spin = new QSpinBox(parent);
    spin->setRange(least, most);
    spin->setAlignment(Qt::AlignRight);
    spin->setKeyboardTracking(false);
    return spin;
}

RealSpin* realNumber(double least, double most, QWidget* parent) {
    auto* spin = new RealSpin(parent);
    spin->setRange(least, most);
    spin->setAlignment(Qt::AlignRight);
    return spin;
}

QString networkFilter() { return LabModelSection::tr("Networks (%1)").arg(QStringLiteral("*.safetensors")); }

} // namespace

LabModelSection::LabModelSection(LabSession& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_summary(new TextLabel(TextStyle::Note, {}, this)),
      m_fields(new FieldGrid(this)),
      m_more(new FieldGrid(this)),
      m_curve(new TrainingCurvePlot(this)),
      m_train(new QPushButton(this)),
      m_pause(new QPushButton(this)),
      m_stop(new QPushButton(tr("Stop"), this)),
      m_open(new QPushButton(tr("Open…"), this)),
      m_save(new QPushButton(tr("Save…"), this)) {
    auto* heading = new QHBoxLayout;
    heading->addWidget(new TextLabel(TextStyle::Heading, tr("Model"), this));
    heading->addStretch();
    heading->addWidget(m_summary);
    buildFields();
    buildTraining(m_more);
    m_curve->setFixedHeight(kCurveHeight);
    m_curve->setAccessibleName(tr("Training curve"));

    m_train->setToolTip(tr("Fit the network from new weights; methods start from it"));
    m_pause->setToolTip(tr("Hold the training and go on later"));
    m_stop->setToolTip(tr("End the training here and keep the network as it is"));
    m_open->setToolTip(tr("A trained network from a safetensors file, in place of one trained here"));
    m_open->setAccessibleName(tr("Open network"));
    m_save->setAccessibleName(tr("Save network"));
    m_save->setToolTip(tr("The trained network as safetensors, named as PyTorch does"));
    auto* trainRow = new QHBoxLayout;
    trainRow->setSpacing(8);
    for (QPushButton* button : {m_train, m_pause, m_stop}) trainRow->addWidget(button, 1);
    auto* fileRow = new QHBoxLayout;
    fileRow->setSpacing(8);
    for (QPushButton* button : {m_open, m_save}) fileRow->addWidget(button, 1);

    auto* fields = new QWidget(this);
    auto* above = panelSection(fields);
    above->addLayout(heading);
    above->addWidget(m_fields);
    above->addWidget(new FoldButton(tr("Training settings"), m_more, this));
    above->addWidget(m_more);
    auto* buttons = new QWidget(this);
    auto* below = panelSection(buttons);
    below->addLayout(trainRow);
    below->addLayout(fileRow);
    auto* layout = new QVBoxLayout(this); // the curve has margins of its own
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(fields);
    layout->addWidget(m_curve);
    layout->addWidget(buttons);

    connect(m_train, &QPushButton::clicked, &m_session, &LabSession::train);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (m_session.isPaused())
            m_session.resume();
        else
            m_session.pause();
    });
    connect(m_stop, &QPushButton::clicked, &m_session, &LabSession::stopTraining);
    connect(m_open, &QPushButton::clicked, this, &LabModelSection::chooseNetwork);
    connect(m_save, &QPushButton::clicked, this, &LabModelSection::saveNetwork);
    connect(&m_session, &LabSession::changed, this, &LabModelSection::update);
    update(LabAspect::Plan | LabAspect::Base | LabAspect::Curve | LabAspect::Busy);
}

template<class Change>
void LabModelSection::change(const QString& what, int key, const Change& change) {
    LabPlan plan = m_session.plan();
    change(plan.spec);
    m_session.setPlan(plan, what, key);
}

void LabModelSection::buildFields() {
    m_layers = new LayersField(this);
    const QString help = m_layers->line()->toolTip();
    m_fields->add(tr("Layers"), m_layers, help);
    m_layers->read = [this](const std::string& hidden) -> LayersField::Reading {
        if (!m_session.data()) return {true, {}};
        const auto network = m_session.networkFor(hidden);
        if (network) return {true, QString::fromStdString(describe(*network))};
        return {false, coreText(network.error().message())};
    };
    connect(m_layers, &LayersField::layersChosen, this, [this](const std::string& hidden) {
        change(tr("change the layers"), kLayersKey, [&](LabSpec& spec) { spec.hidden = hidden; });
    });
    m_epochs = m_fields->add(tr("Epochs"), wholeNumber(1, kMostEpochs, this),
                             tr("How often training passes over all samples"));
    connect(m_epochs, &QSpinBox::valueChanged, this, [this](int epochs) {
        change(tr("change the epochs"), kEpochsKey, [epochs](LabSpec& spec) { spec.training.epochs = epochs; });
    });
}

void LabModelSection::buildTraining(FieldGrid* grid) {
    m_activation = grid->add(tr("Activation"), new QComboBox(this), tr("The function between layers"));
    m_activation->addItems({tr("None"), QStringLiteral("ReLU"), QStringLiteral("GELU"), tr("Tanh"), tr("Sigmoid")});
    connect(m_activation, &QComboBox::activated, this, [this](int index) {
        change(tr("change the activation"), 0,
               [index](LabSpec& spec) { spec.activation = static_cast<Activation>(index); });
    });
    m_optimizer = grid->add(tr("Optimizer"), new QComboBox(this),
                            tr("Adam with decoupled weight decay, or gradient descent with momentum"));
    m_optimizer->addItems({QStringLiteral("Adam"), QStringLiteral("SGD")});
    connect(m_optimizer, &QComboBox::activated, this, [this](int index) {
        change(tr("change the optimizer"), 0,
               [index](LabSpec& spec) { spec.training.optimizer = static_cast<Optimizer>(index); });
    });
    m_rate = grid->add(tr("Rate"), realNumber(1e-6, 10, this), tr("The learning rate: how far a step goes"));
    connect(m_rate, &RealSpin::valueChanged, this, [this](double rate) {
        change(tr("change the learning rate"), kRateKey, [rate](LabSpec& spec) { spec.training.learningRate = rate; });
    });
    m_momentum = grid->add(tr("Momentum"), realNumber(0, 0.999, this), tr("How much of the last step goes on, of SGD"));
    connect(m_momentum, &RealSpin::valueChanged, this, [this](double momentum) {
        change(tr("change the momentum"), kMomentumKey,
               [momentum](LabSpec& spec) { spec.training.momentum = momentum; });
    });
    m_decay = grid->add(tr("Decay"), realNumber(0, 1, this),
                        tr("Weight decay: a step takes off rate × decay of each weight"));
    connect(m_decay, &RealSpin::valueChanged, this, [this](double decay) {
        change(tr("change the weight decay"), kDecayKey, [decay](LabSpec& spec) { spec.training.weightDecay = decay; });
    });
    m_batch = grid->add(tr("Batch"), wholeNumber(1, kMostBatch, this), tr("Samples a step"));
    connect(m_batch, &QSpinBox::valueChanged, this, [this](int size) {
        change(tr("change the batch size"), kBatchKey, [size](LabSpec& spec) { spec.training.batchSize = size; });
    });
    m_cosine = grid->addBox(new QCheckBox(tr("Cosine schedule"), this),
                            tr("The rate falls to 0 along half a cosine; otherwise it stays"));
    connect(m_cosine, &QCheckBox::clicked, this, [this](bool on) {
        change(tr("change the schedule"), 0, [on](LabSpec& spec) { spec.training.cosine = on; });
    });
}

void LabModelSection::setLabelColumn(int pixels) {
    m_fields->setLabelColumn(pixels);
    m_more->setLabelColumn(pixels);
}

void LabModelSection::chooseNetwork() {
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open network"), settings::lastFolder(), networkFilter());
    if (path.isEmpty()) return;
    settings::setLastFolder(QFileInfo(path).absolutePath());
    m_session.openNetwork(path);
}

void LabModelSection::saveNetwork() {
    QString path = QFileDialog::getSaveFileName(
        this, tr("Save network"), settings::lastFolder() + QStringLiteral("/network.safetensors"), networkFilter());
    if (path.isEmpty()) return;
    if (!path.endsWith(QLatin1String(".safetensors"))) path += QLatin1String(".safetensors");
    settings::setLastFolder(QFileInfo(path).absolutePath());
    m_session.saveNetwork(path);
}

void LabModelSection::update(LabAspects aspects) {
    if (aspects & (LabAspect::Plan | LabAspect::Data)) showPlan();
    if (aspects & (LabAspect::Curve | LabAspect::Base | LabAspect::Data)) {
        const LabDataPtr& loaded = m_session.data();
        m_curve->setScale(AccuracyScale(!loaded || loaded->data.isClassification()));
        m_curve->setEpochs(m_session.plan().spec.training.epochs);
        m_curve->setCurve(m_session.curve());
    }
    if (aspects & (LabAspect::Busy | LabAspect::Base | LabAspect::Plan | LabAspect::Data)) showTraining();
}

void LabModelSection::showPlan() {
    const LabSpec& spec = m_session.plan().spec;
    const TrainingSpec& training = spec.training;
    const QSignalBlocker quietEpochs(m_epochs), quietRate(m_rate), quietMomentum(m_momentum), quietDecay(m_decay),
        quietBatch(m_batch);
    m_layers->setLayers(spec.hidden);
    m_epochs->setValue(training.epochs);
    m_activation->setCurrentIndex(static_cast<int>(spec.activation));
    m_optimizer->setCurrentIndex(static_cast<int>(training.optimizer));
    m_rate->setValue(training.learningRate);
    m_momentum->setValue(training.momentum);
    m_momentum->setEnabled(training.optimizer == Optimizer::Sgd);
    m_decay->setValue(training.weightDecay);
    m_batch->setValue(training.batchSize);
    m_cosine->setChecked(training.cosine);
    m_summary->setText(m_session.network()
                           ? tr("%1 parameters").arg(countText(static_cast<qint64>(m_session.parameterCount())))
                           : QString());
}

void LabModelSection::showTraining() {
    const bool training = m_session.isTraining();
    m_train->setVisible(!training);
    m_train->setText(m_session.base() ? tr("Train again") : tr("Train"));
    m_train->setEnabled(!m_session.isBusy() && m_session.network());
    m_pause->setVisible(training);
    m_stop->setVisible(training);
    m_pause->setText(m_session.isPaused() ? tr("Resume") : tr("Pause"));
    m_open->setEnabled(!m_session.isBusy() && m_session.data());
    m_save->setEnabled(m_session.base() != nullptr);
}

} // namespace quantoscope::ui
