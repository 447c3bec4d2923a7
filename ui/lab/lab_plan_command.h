// One step of undo in the laboratory: the plan before and after. Changes of one control that follow closely become one.
#pragma once

#include "ui/lab/lab_run.h"

#include <QElapsedTimer>
#include <QUndoCommand>

namespace quantoscope::ui {

class LabSession;

class LabPlanCommand : public QUndoCommand {
public:
    LabPlanCommand(LabSession& session, LabPlan before, LabPlan after, const QString& what, int mergeKey);

    void undo() override;
    void redo() override;
    int id() const override { return m_mergeKey == 0 ? -1 : m_mergeKey; }
    bool mergeWith(const QUndoCommand* other) override;

private:
    LabSession& m_session;
    LabPlan m_before;
    LabPlan m_after;
    int m_mergeKey;
    QElapsedTimer m_age;
};

} // namespace quantoscope::ui
