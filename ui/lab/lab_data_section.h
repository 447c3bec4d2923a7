// The laboratory's data: where samples come from, what is to be predicted, how they are split and normalised.
#pragma once

#include "ui/lab/lab_session.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace quantoscope::ui {

class FieldGrid;
class TextLabel;

class LabDataSection : public QWidget {
    Q_OBJECT

public:
    explicit LabDataSection(LabSession& session, QWidget* parent = nullptr);

    /// Asks for a file and opens it.
    void chooseFile();
    void setLabelColumn(int pixels);

private:
    void update(LabAspects aspects);
    void showData();
    void showPlan();
    template<class Change>
    void change(const QString& what, int key, const Change& change);

    LabSession& m_session;
    TextLabel* m_summary;
    FieldGrid* m_fields;
    QComboBox* m_source;
    QComboBox* m_label;
    QComboBox* m_task;
    QDoubleSpinBox* m_testShare;
    QSpinBox* m_seed;
    QComboBox* m_normalisation;
    TextLabel* m_notes;
};

} // namespace quantoscope::ui
