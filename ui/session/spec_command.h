// One step of undo: the spec before and after. Steps of one drag of one control become one.
#pragma once

#include "core/quant/quant_spec.h"

#include <QElapsedTimer>
#include <QUndoCommand>

namespace quantoscope::ui {

class Session;

class SpecCommand : public QUndoCommand {
public:
    SpecCommand(Session& session, QuantSpec before, QuantSpec after, const QString& what, int mergeKey);

    void undo() override;
    void redo() override;
    int id() const override { return m_mergeKey == 0 ? -1 : m_mergeKey; }
    bool mergeWith(const QUndoCommand* other) override;

private:
    Session& m_session;
    QuantSpec m_before;
    QuantSpec m_after;
    int m_mergeKey;
    QElapsedTimer m_age;
};

} // namespace quantoscope::ui
