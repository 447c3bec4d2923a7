// The laboratory's network: its layers, how it is trained, the curve of its training, and its file.
#pragma once

#include "ui/lab/lab_session.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QPushButton;
class QSpinBox;

namespace quantoscope::ui {

class FieldGrid;
class LayersField;
class RealSpin;
class TextLabel;
class TrainingCurvePlot;

class LabModelSection : public QWidget {
    Q_OBJECT

public:
    explicit LabModelSection(LabSession& session, QWidget* parent = nullptr);

    void setLabelColumn(int pixels);
    void chooseNetwork();
    void saveNetwork();

private:
    void buildFields();
    void buildTraining(FieldGrid* grid);
    void update(LabAspects aspects);
    void showPlan();
    void showTraining();
    template<class Change>
    void change(const QString& what, int key, const Change& change);

    LabSession& m_session;
    TextLabel* m_summary;
    FieldGrid* m_fields;
    FieldGrid* m_more;
    LayersField* m_layers;
    QSpinBox* m_epochs;
    QComboBox* m_activation;
    QComboBox* m_optimizer;
    RealSpin* m_rate;
    RealSpin* m_momentum;
    RealSpin* m_decay;
    QSpinBox* m_batch;
    QCheckBox* m_cosine;
    TrainingCurvePlot* m_curve;
    QPushButton* m_train;
    QPushButton* m_pause;
    QPushButton* m_stop;
    QPushButton* m_open;
    QPushButton* m_save;
};

} // namespace quantoscope::ui
