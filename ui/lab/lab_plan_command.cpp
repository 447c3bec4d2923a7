#include "ui/lab/lab_plan_command.h"

#include "ui/lab/lab_session.h"

namespace quantoscope::ui {

namespace {
constexpr qint64 kMergeWithin = 1000; // milliseconds between two changes of one control that count as one
}

LabPlanCommand::LabPlanCommand(LabSession& session, LabPlan before, LabPlan after, const QString& what, int mergeKey)
    : QUndoCommand(what),
      m_session(session),
      m_before(std::move(before)),
      m_after(std::move(after)),
      m_mergeKey(mergeKey) {
    m_age.start();
}

void LabPlanCommand::undo() { m_session.applyPlan(m_before); }
void LabPlanCommand::redo() { m_session.applyPlan(m_after); }

bool LabPlanCommand::mergeWith(const QUndoCommand* other) {
    const auto* next = static_cast<const LabPlanCommand*>(other);
    if (next->m_mergeKey != m_mergeKey || m_age.elapsed() - next->m_age.elapsed() > kMergeWithin) return false;
    m_after = next->m_after;
    m_age = next->m_age;
    setObsolete(m_before == m_after);
    return true;
}

} // namespace quantoscope::ui
