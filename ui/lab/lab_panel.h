// The laboratory's side: data, model, quantization, and the button that runs all methods.
#pragma once

#include "ui/lab/lab_session.h"

#include <QWidget>

class QPushButton;

namespace quantoscope::ui {

class LabDataSection;
class LabModelSection;
class LabQuantizationSection;

class LabPanel : public QWidget {
    Q_OBJECT

public:
    explicit LabPanel(LabSession& session, QWidget* parent = nullptr);
    ~LabPanel() override;

    void setCompact(bool compact);
    void chooseData();
    QPushButton* runButton() const { return m_run; }

private:
    void showRun();

    LabSession& m_session;
    LabDataSection* m_data;
    LabModelSection* m_model;
    LabQuantizationSection* m_quantization;
    QPushButton* m_run;
};

} // namespace quantoscope::ui
