#include "ui/plots/transfer_plot.h"

#include "ui/plots/marks.h"
#include "ui/plots/plot_text.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr double kDensityHeight = 0.22; // of the plot's
constexpr std::size_t kBins = 256;

} // namespace

TransferPlot::TransferPlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Transfer"));
    setYTitle(tr("Q(x)"));
    setEmptyText(tr("No result yet"));
    setZoomable(Qt::Horizontal | Qt::Vertical);
}

void TransferPlot::setLevels(PlottedLevelsPtr levels, const QString& valueName) {
    setXTitle(valueName);
    if (levels == m_levels) return;
    m_levels = std::move(levels);
    setEmptyText(m_levels ? QString() : tr("No result yet"));
    if (m_selected >= binCount()) m_selected = -1;
    if (m_hovered >= binCount()) m_hovered = -1;
    invalidate();
}

void TransferPlot::setSelectedBin(int bin) {
    if (bin >= binCount()) bin = -1;
    if (bin == m_selected) return;
    m_selected = bin;
    updateCard();
    refresh();
}

void TransferPlot::rebuild() {
    if (!m_levels) return;
    const Distribution& values = *m_levels->data;
    const ValueRange x = padded(showable(values.minimum(), values.maximum()), 0.02);
    const auto& levels = m_levels->codebook.levels;
    // Both axes show the same values, so that the identity is the diagonal; levels far outside are cut off.
    const double reach = x.size() / 2;
    const double low = std::max(x.lower - reach, std::min<double>(x.lower, levels.front()));
    const double high = std::min(x.upper + reach, std::max<double>(x.upper, levels.back()));
    setFullRange(x, low < x.lower || high > x.upper ? padded({low, high}, 0.03) : x);
    m_histogram = histogramOf(values, xRange().lower, xRange().upper, kBins);
}

QRectF TransferPlot::bandOf(int bin) const {
    if (bin < 0 || bin >= binCount()) return {};
    const QRectF area = plotArea();
    const auto i = static_cast<std::size_t>(bin);
    const auto& t = m_levels->codebook.thresholds;
    const double left = i == 0 ? area.left() : std::max(area.left(), std::round(xToPixel(t[i - 1])));
    const double right = i >= t.size() ? area.right() : std::min(area.right(), std::round(xToPixel(t[i])));
    if (right < area.left() || left > area.right()) return {};
    return {left, area.top(), std::max(1.0, right - left), area.height()};
}

void TransferPlot::paintBackground(QPainter& painter) {
    if (!m_levels) return;
    const QRectF area = plotArea();
    const auto tint = [&](double from, double to) {
        from = std::clamp(from, area.left(), area.right());
        to = std::clamp(to, area.left(), area.right());
        if (to > from) painter.fillRect(QRectF(from, area.top(), to - from, area.height()), colors().impossible);
    };
    if (m_levels->data->minimum() < m_levels->lower) tint(area.left(), xToPixel(m_levels->lower));
    if (m_levels->data->maximum() > m_levels->upper) tint(xToPixel(m_levels->upper), area.right());
    painter.fillRect(bandOf(m_selected), withAlpha(schemeLook(m_levels->lookId).color, theme().isDark() ? 0.22 : 0.12));
}

QPolygonF TransferPlot::staircase() const {
    const QRectF area = plotArea();
    const Codebook& book = m_levels->codebook;
    const auto& t = book.thresholds;
    const ValueRange view = xRange();
    std::size_t bin =
        static_cast<std::size_t>(std::upper_bound(t.begin(), t.end(), static_cast<float>(view.lower)) - t.begin());
    QPolygonF steps;
    double x = area.left();
    for (; bin < book.size(); ++bin) {
        const double right =
            bin < t.size() ? std::clamp(std::round(xToPixel(t[bin])), area.left(), area.right()) : area.right();
        const double y = std::round(yToPixel(book.levels[bin]));
        // Of the steps within one pixel the last one leads on: the line between is drawn all the same.
        if (right > x || steps.isEmpty() || bin + 1 == book.size()) {
            steps << QPointF(x, y) << QPointF(right, y);
            x = right;
        }
        if (right >= area.right()) break;
    }
    return steps;
}

void TransferPlot::paintData(QPainter& painter) {
    if (!m_levels) return;
    const QRectF area = plotArea();
    const double most = static_cast<double>(
        std::max<std::uint64_t>(1, *std::max_element(m_histogram.counts.begin(), m_histogram.counts.end())));
    QPolygonF density;
    density << area.bottomLeft();
    for (std::size_t i = 0; i < m_histogram.counts.size(); ++i) {
        const double y = std::round(area.bottom() -
                                    area.height() * kDensityHeight * static_cast<double>(m_histogram.counts[i]) / most);
        density << QPointF(std::round(xToPixel(m_histogram.edge(i))), y)
                << QPointF(std::round(xToPixel(m_histogram.edge(i + 1))), y);
    }
    density << area.bottomRight();
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors().histogramFill);
    painter.drawPolygon(density);

    const ValueRange x = xRange();
    painter.setRenderHint(QPainter::Antialiasing);
    QPen identity(colors().text3, 1);
    identity.setDashPattern({4, 4});
    painter.setPen(identity);
    painter.drawLine(QPointF(xToPixel(x.lower), yToPixel(x.lower)), QPointF(xToPixel(x.upper), yToPixel(x.upper)));
    painter.setRenderHint(QPainter::Antialiasing, false);

    const QColor scheme = schemeLook(m_levels->lookId).color;
    painter.setPen(QPen(scheme, 2, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(staircase());
    if (m_selected >= 0) {
        const QRectF band = bandOf(m_selected);
        const double y = std::round(yToPixel(m_levels->codebook.levels[static_cast<std::size_t>(m_selected)]));
        painter.setPen(QPen(scheme, 4, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QPointF(band.left(), y), QPointF(band.right(), y));
    }
}

void TransferPlot::paintMarks(QPainter& painter) {
    if (!m_levels) return;
    // Where the level itself lies: on the identity. Left out where steps are too short to tell marks apart.
    const auto& levels = m_levels->codebook.levels;
    const ValueRange view = xRange();
    const auto begin = std::lower_bound(levels.begin(), levels.end(), static_cast<float>(view.lower));
    const auto end = std::upper_bound(begin, levels.end(), static_cast<float>(view.upper));
    if (static_cast<double>(end - begin) * 12 > plotArea().width()) return;
    const SchemeLook look = schemeLook(m_levels->lookId);
    for (auto level = begin; level != end; ++level) paintMark(painter, {xToPixel(*level), yToPixel(*level)}, look, 7);
}

void TransferPlot::paintHover(QPainter& painter) {
    if (m_levels && m_hovered >= 0 && m_hovered != m_selected)
        painter.fillRect(bandOf(m_hovered),
                         withAlpha(schemeLook(m_levels->lookId).color, theme().isDark() ? 0.14 : 0.07));
}

int TransferPlot::binAt(const QPointF& position) const {
    if (!m_levels || !plotArea().contains(position)) return -1;
    return static_cast<int>(m_levels->codebook.binOf(static_cast<float>(pixelToX(position.x()))));
}

void TransferPlot::pointerMoved(const QPointF& position, Qt::KeyboardModifiers) { setHovered(binAt(position)); }

void TransferPlot::pointerPressed(const QPointF& position, Qt::KeyboardModifiers) {
    if (const int bin = binAt(position); bin >= 0) choose(bin);
}

void TransferPlot::keyPressEvent(QKeyEvent* event) {
    const int last = binCount() - 1;
    if (last < 0) return PlotWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Left: choose(m_selected < 0 ? last : std::max(0, m_selected - 1)); break;
    case Qt::Key_Right: choose(std::min(last, m_selected + 1)); break;
    case Qt::Key_Home: choose(0); break;
    case Qt::Key_End: choose(last); break;
    case Qt::Key_Escape: choose(-1); break;
    default: PlotWidget::keyPressEvent(event);
    }
}

void TransferPlot::choose(int bin) {
    if (bin == m_selected) return;
    setSelectedBin(bin);
    emit binSelected(bin);
}

void TransferPlot::setHovered(int bin) {
    if (bin == m_hovered) return;
    m_hovered = bin;
    updateCard();
    refreshHover();
    emit binHovered(bin);
}

void TransferPlot::updateCard() {
    const int bin = m_hovered >= 0 ? m_hovered : m_selected;
    if (!m_levels || bin < 0 || bin >= binCount()) return hideCard();
    const auto i = static_cast<std::size_t>(bin);
    const Distribution& values = *m_levels->data;
    const double span = static_cast<double>(values.maximum()) - static_cast<double>(values.minimum());
    const auto [low, high] = binEnds(m_levels->codebook, values, i);
    CardContent content;
    content.look = schemeLook(m_levels->lookId);
    content.title = tr("Code %1").arg(m_levels->codebook.codeOf(i));
    content.note = bitPattern(m_levels->codebook.codeOf(i), m_levels->codeBits);
    content.rows = {{tr("From"), valueText(low, span)},
                    {tr("To"), valueText(high, span)},
                    {tr("Becomes"), valueText(m_levels->codebook.levels[i], span)},
                    {tr("Width"), errorText(static_cast<double>(high) - static_cast<double>(low), span)}};
    showCard(content, bandOf(bin));
}

} // namespace quantoscope::ui
