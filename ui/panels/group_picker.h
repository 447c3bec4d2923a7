// Which of several groups the views show: a number where the grouping makes more than one, nothing where it does not.
#pragma once

#include "ui/session/session.h"

#include <QWidget>

class QSpinBox;

namespace quantoscope::ui {

class TextLabel;

class GroupPicker : public QWidget {
    Q_OBJECT

public:
    explicit GroupPicker(Session& session, QWidget* parent = nullptr);

private:
    void update(Aspects aspects);

    Session& m_session;
    TextLabel* m_label;
    QSpinBox* m_group;
};

} // namespace quantoscope::ui
