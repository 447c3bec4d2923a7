// How the laboratory quantizes and measures: widths, ranges, weights, quantization-aware training, batch and threads.
#pragma once

#include "ui/lab/lab_session.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace quantoscope::ui {

class FieldGrid;

class LabQuantizationSection : public QWidget {
    Q_OBJECT

public:
    explicit LabQuantizationSection(LabSession& session, QWidget* parent = nullptr);

    void setLabelColumn(int pixels);

private:
    void buildUsual();
    void buildMore();
    void showPlan();
    QSpinBox* addSpin(FieldGrid* grid, const QString& label, int least, int most, const QString& help, int key,
                      const std::function<void(LabPlan&, int)>& set);
    QComboBox* addCombo(FieldGrid* grid, const QString& label, const QStringList& items, const QString& help,
                        const std::function<void(LabPlan&, int)>& set);
    QCheckBox* addBox(const QString& text, const QString& help, bool LabSpec::*member);

    LabSession& m_session;
    FieldGrid* m_fields;
    FieldGrid* m_more;
    QSpinBox* m_weightBits;
    QSpinBox* m_activationBits;
    QSpinBox* m_calibration;
    QComboBox* m_observer;
    QSpinBox* m_qatEpochs;
    QComboBox* m_granularity;
    QComboBox* m_weightScheme;
    QCheckBox* m_symmetricWeights;
    QCheckBox* m_symmetricActivations;
    QCheckBox* m_biasCorrection;
    QCheckBox* m_learnedSteps;
    QSpinBox* m_batch;
    QSpinBox* m_threads;
};

} // namespace quantoscope::ui
