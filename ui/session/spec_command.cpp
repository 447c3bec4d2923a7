#include "ui/session/spec_command.h"

#include "ui/session/session.h"

namespace quantoscope::ui {

namespace {
constexpr qint64 kMergeWithin = 1000; // milliseconds between two changes of one control that count as one
}

SpecCommand::SpecCommand(Session& session, QuantSpec before, QuantSpec after, const QString& what, int mergeKey)
    : QUndoCommand(what),
      m_session(session),
      m_before(std::move(before)),
      m_after(std::move(after)),
      m_mergeKey(mergeKey) {
    m_age.start();
}

void SpecCommand::undo() { m_session.applySpec(m_before); }
void SpecCommand::redo() { m_session.applySpec(m_after); }

bool SpecCommand::mergeWith(const QUndoCommand* other) {
    const auto* next = static_cast<const SpecCommand*>(other);
    if (next->m_mergeKey != m_mergeKey || m_age.elapsed() - next->m_age.elapsed() > kMergeWithin) return false;
    m_after = next->m_after;
    m_age = next->m_age;
    setObsolete(m_before == m_after);
    return true;
}

} // namespace quantoscope::ui
