// One step of undo: the tensor of importance before and after.
#pragma once

#include "ui/session/library.h"

#include <QUndoCommand>

namespace quantoscope::ui {

class Session;

class ImportanceCommand : public QUndoCommand {
public:
    /// Where a tensor is no longer open or of another shape than the one on screen, the step leads to none.
    ImportanceCommand(Session& session, const TensorRef& before, const TensorRef& after);

    void undo() override;
    void redo() override;

private:
    Session& m_session;
    TensorRef m_before;
    TensorRef m_after;
};

} // namespace quantoscope::ui
