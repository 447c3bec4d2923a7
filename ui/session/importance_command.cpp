#include "ui/session/importance_command.h"

#include "ui/session/session.h"

namespace quantoscope::ui {

ImportanceCommand::ImportanceCommand(Session& session, const TensorRef& before, const TensorRef& after)
    : QUndoCommand(after.valid() ? Session::tr("weigh by importance") : Session::tr("weigh all values alike")),
      m_session(session),
      m_before(before),
      m_after(after) {}

void ImportanceCommand::undo() { m_session.applyImportance(m_before); }
void ImportanceCommand::redo() { m_session.applyImportance(m_after); }

} // namespace quantoscope::ui
