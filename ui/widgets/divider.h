// A line of one pixel between two panels.
#pragma once

#include <QWidget>

namespace quantoscope::ui {

class Divider : public QWidget {
    Q_OBJECT

public:
    explicit Divider(Qt::Orientation orientation, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace quantoscope::ui
