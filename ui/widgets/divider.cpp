#include "ui/widgets/divider.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace quantoscope::ui {

Divider::Divider(Qt::Orientation orientation, QWidget* parent) : QWidget(parent) {
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
    connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Divider::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), colors().line); }

} // namespace quantoscope::ui
