// Pages that fill from top to bottom. What is on them is put down first and painted afterwards, when their number is
// known. Lengths in pixels of 1/96 inch.
#pragma once

#include <QMarginsF>
#include <QRectF>
#include <QSizeF>

#include <functional>
#include <vector>

class QPainter;

namespace quantoscope::ui {

class PageFlow {
public:
    using Paint = std::function<void(QPainter&)>;

    PageFlow(const QSizeF& page, const QMarginsF& margins);

    const QSizeF& pageSize() const { return m_page; }
    /// What a page has between its margins.
    const QRectF& area() const { return m_area; }
    /// What is left of this page.
    QRectF room() const;

    bool fits(double height) const { return m_y + height <= m_area.bottom(); }
    void breakPage();
    /// A new page unless so much is left of this one, or nothing is on it yet.
    void keep(double height);
    /// The next strip of this height, on a new page where this one is full.
    QRectF take(double height);
    /// Space between two things; none at the top of a page.
    void skip(double height);

    /// On the current page.
    void draw(Paint paint) { m_pages.back().push_back(std::move(paint)); }

    int count() const { return static_cast<int>(m_pages.size()); }
    void paint(QPainter& painter, int page) const;

private:
    bool atTop() const { return m_y <= m_area.top(); }

    QSizeF m_page;
    QRectF m_area;
    double m_y;
    std::vector<std::vector<Paint>> m_pages{1};
};

} // namespace quantoscope::ui
