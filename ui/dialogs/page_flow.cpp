#include "ui/dialogs/page_flow.h"

#include <QPainter>

namespace quantoscope::ui {

PageFlow::PageFlow(const QSizeF& page, const QMarginsF& margins)
    : m_page(page), m_area(QRectF(QPointF(), page).marginsRemoved(margins)), m_y(m_area.top()) {}

QRectF PageFlow::room() const { return {m_area.left(), m_y, m_area.width(), m_area.bottom() - m_y}; }

void PageFlow::breakPage() {
    m_pages.emplace_back();
    m_y = m_area.top();
}

void PageFlow::keep(double height) {
    if (!fits(height) && !atTop()) breakPage();
}

QRectF PageFlow::take(double height) {
    keep(height);
    const QRectF strip(m_area.left(), m_y, m_area.width(), height);
    m_y += height;
    return strip;
}

void PageFlow::skip(double height) {
    if (!atTop()) m_y += height;
}

void PageFlow::paint(QPainter& painter, int page) const {
    for (const Paint& each : m_pages[static_cast<std::size_t>(page)]) {
        painter.save();
        each(painter);
        painter.restore();
    }
}

} // namespace quantoscope::ui
