#include "ui/widgets/property_list.h"

#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace quantoscope::ui {

PropertyList::PropertyList(Density density, QWidget* parent) : QWidget(parent), m_density(density) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PropertyList::setProperties(std::vector<Property> properties) {
    if (properties == m_properties) return;
    const bool resized = properties.size() != m_properties.size();
    m_properties = std::move(properties);
    QStringList spoken;
    for (const Property& property : m_properties) spoken << property.label + QStringLiteral(": ") + property.value;
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    if (resized) updateGeometry();
    update();
}

void PropertyList::setLimit(int rows) {
    if (rows == m_limit) return;
    m_limit = rows;
    updateGeometry();
    update();
}

int PropertyList::shown() const {
    const int count = static_cast<int>(m_properties.size());
    return m_limit < 0 ? count : qMin(count, m_limit);
}

QSize PropertyList::sizeHint() const { return {240, shown() * rowHeight()}; }

void PropertyList::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Palette& c = colors();
    const QFont label = typeface(type::table), value = typeface(type::table, weight::medium);
    for (int i = 0; i < shown(); ++i) {
        const QRect row(0, i * rowHeight(), width(), rowHeight());
        if (m_density == Density::Ruled) painter.fillRect(QRect(0, row.top(), width(), 1), i == 0 ? c.line : c.grid);
        const Property& property = m_properties[static_cast<std::size_t>(i)];
        painter.setFont(value);
        painter.setPen(isEnabled() ? c.text : c.text3);
        const int room = painter.fontMetrics().horizontalAdvance(property.value);
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignRight, property.value);
        painter.setFont(label);
        painter.setPen(isEnabled() ? c.text2 : c.text3);
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(property.label, Qt::ElideRight, width() - room - 8));
    }
}

bool PropertyList::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = help->pos().y() / rowHeight();
        const QString text = row >= 0 && row < shown() ? m_properties[static_cast<std::size_t>(row)].help : QString();
        QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace quantoscope::ui
