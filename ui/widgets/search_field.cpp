#include "ui/widgets/search_field.h"

#include "ui/theme/icon.h"

#include <QAction>
#include <QKeyEvent>
#include <QPainter>

namespace quantoscope::ui {

SearchField::SearchField(const QString& placeholder, QWidget* parent)
    : QLineEdit(parent),
      m_clear(addAction(themedIcon(QStringLiteral("close"), IconTone::Quiet), QLineEdit::TrailingPosition)) {
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setTextMargins(26, 0, 0, 0);
    m_clear->setVisible(false);
    m_clear->setToolTip(tr("Clear"));
    connect(m_clear, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, this, [this](const QString& text) { m_clear->setVisible(!text.isEmpty()); });
}

void SearchField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) return clear();
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        emit leaveToResults();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const qreal x = layoutDirection() == Qt::RightToLeft ? width() - 10 - 15 : 10;
    paintIcon(painter, QStringLiteral("search"), QRectF(x, height() / 2.0 - 7.5, 15, 15),
              toneColor(isEnabled() ? IconTone::Normal : IconTone::Quiet));
}

} // namespace quantoscope::ui
