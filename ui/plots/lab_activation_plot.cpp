#include "ui/plots/lab_activation_plot.h"

#include "ui/plots/marks.h"
#include "ui/plots/plot_text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/lab_look.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace quantoscope::ui {

namespace {

constexpr double kLogBaseline = 0.5; // a count of one stands clear of the axis

} // namespace

ActivationHistogramPlot::ActivationHistogramPlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Activations"));
    setYTitle(tr("count"));
    setHistogram({});
}

void ActivationHistogramPlot::setHistogram(std::optional<ActivationHistogram> histogram, LabMethod method) {
    const bool same = m_histogram && histogram && m_histogram->place == histogram->place;
    m_histogram = std::move(histogram);
    if (m_histogram && (m_histogram->counts.empty() || !(m_histogram->upper >= m_histogram->lower)))
        m_histogram.reset();
    m_method = method;
    m_total = 0;
    m_outside = 0;
    setHovered(-1);
    if (!same) resetView();
    if (m_histogram) {
        for (std::size_t i = 0; i < m_histogram->counts.size(); ++i) {
            const auto count = static_cast<double>(m_histogram->counts[i]);
            m_total += m_histogram->counts[i];
            if (!hasRange()) continue;
            const double low = edge(i);
            const double width = edge(i + 1) - low;
            const double inside =
                std::min(low + width, m_histogram->rangeUpper) - std::max(low, m_histogram->rangeLower);
            if (width > 0) m_outside += count * (1 - std::clamp(inside / width, 0.0, 1.0));
        }
        setXTitle(m_histogram->place == "input"
                      ? tr("what enters the network")
                      : tr("values after %1").arg(QString::fromStdString(m_histogram->place)));
    }
    setEmptyText(m_histogram ? QString()
                             : tr("What flowed through the network in calibration, and the range of the codes: choose "
                                  "a static or QAT row to see it"));
    invalidate();
}

void ActivationHistogramPlot::setLogCounts(bool log) {
    setLogY(log);
    invalidate();
}

bool ActivationHistogramPlot::hasRange() const {
    return m_histogram && m_histogram->rangeUpper > m_histogram->rangeLower;
}

double ActivationHistogramPlot::shareOutside() const {
    return m_total == 0 ? 0 : m_outside / static_cast<double>(m_total);
}

double ActivationHistogramPlot::edge(std::size_t bin) const {
    const double share = static_cast<double>(bin) / static_cast<double>(m_histogram->counts.size());
    return m_histogram->lower + (m_histogram->upper - m_histogram->lower) * share;
}

double ActivationHistogramPlot::yPixel(double count) const {
    const QRectF area = plotArea();
    if (isLogY()) count = std::max(count, kLogBaseline);
    return std::clamp(yToPixel(count), area.top(), area.bottom());
}

void ActivationHistogramPlot::rebuild() {
    if (!m_histogram) return;
    double low = m_histogram->lower;
    double high = m_histogram->upper;
    if (hasRange()) {
        low = std::min(low, m_histogram->rangeLower);
        high = std::max(high, m_histogram->rangeUpper);
    }
    const double highest =
        std::max(1.0, static_cast<double>(*std::max_element(m_histogram->counts.begin(), m_histogram->counts.end())));
    setFullRange(padded(showable(low, high), 0.03),
                 isLogY() ? ValueRange{kLogBaseline, std::pow(highest / kLogBaseline, 1.1) * kLogBaseline}
                          : ValueRange{0, highest * 1.1});
}

QRectF ActivationHistogramPlot::clippedRect(bool upper) const {
    if (!hasRange()) return {};
    const QRectF area = plotArea();
    // Only where something is: beside data that fits there is nothing to clip.
    const bool clips =
        upper ? m_histogram->upper > m_histogram->rangeUpper : m_histogram->lower < m_histogram->rangeLower;
    if (!clips) return {};
    const double x = std::clamp(std::round(xToPixel(upper ? m_histogram->rangeUpper : m_histogram->rangeLower)),
                                area.left(), area.right());
    return upper ? QRectF(x, area.top(), area.right() - x, area.height())
                 : QRectF(area.left(), area.top(), x - area.left(), area.height());
}

QRectF ActivationHistogramPlot::binRect(int bin) const {
    if (!m_histogram || bin < 0 || bin >= static_cast<int>(m_histogram->counts.size())) return {};
    const auto i = static_cast<std::size_t>(bin);
    const double left = std::round(xToPixel(edge(i)));
    return {left, plotArea().top(), std::max(1.0, std::round(xToPixel(edge(i + 1))) - left), plotArea().height()};
}

void ActivationHistogramPlot::paintBackground(QPainter& painter) {
    for (const bool upper : {false, true})
        if (const QRectF clipped = clippedRect(upper); !clipped.isEmpty())
            painter.fillRect(clipped, colors().impossible);
}

void ActivationHistogramPlot::paintData(QPainter& painter) {
    if (!m_histogram) return;
    const QRectF area = plotArea();
    const double base = area.bottom();
    QPolygonF steps;
    double x = std::round(xToPixel(edge(0)));
    steps << QPointF(x, base);
    std::uint64_t tallest = 0;
    const std::size_t bins = m_histogram->counts.size();
    for (std::size_t i = 0; i < bins; ++i) {
        // Bars narrower than a pixel share it: the tallest is seen.
        tallest = std::max(tallest, m_histogram->counts[i]);
        const double next = std::round(xToPixel(edge(i + 1)));
        if (next <= x && i + 1 < bins) continue;
        const double y = tallest == 0 ? base : std::round(yPixel(static_cast<double>(tallest)));
        steps << QPointF(x, y) << QPointF(std::max(next, x + 1), y);
        x = std::max(next, x + 1);
        tallest = 0;
    }
    steps << QPointF(x, base);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors().histogramFill);
    painter.drawPolygon(steps);
    const QColor color = labLook(m_method).color;
    for (const bool upper : {false, true}) {
        const QRectF clipped = clippedRect(upper);
        if (clipped.isEmpty()) continue;
        painter.save();
        painter.setClipRect(clipped, Qt::IntersectClip);
        painter.setBrush(withAlpha(color, theme().isDark() ? 0.55 : 0.38));
        painter.drawPolygon(steps);
        painter.restore();
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors().histogramOutline, 1));
    painter.drawPolyline(steps);
    if (!hasRange()) return;
    QPen pen(color, 1, Qt::SolidLine, Qt::FlatCap);
    pen.setDashPattern({4, 4});
    painter.setPen(pen);
    for (const double value : {m_histogram->rangeLower, m_histogram->rangeUpper}) {
        const double at = std::round(xToPixel(value));
        painter.drawLine(QLineF(at, area.top(), at, area.bottom()));
    }
}

void ActivationHistogramPlot::paintLabels(QPainter& painter) {
    if (!m_histogram) return;
    const QRectF area = plotArea();
    painter.setFont(typeface(type::caption));
    painter.setPen(colors().text2);
    const double span = m_histogram->upper - m_histogram->lower;
    QString text = tr("codes have no range here");
    if (hasRange()) {
        text = tr("range %1 … %2")
                   .arg(valueText(m_histogram->rangeLower, 10 * span), valueText(m_histogram->rangeUpper, 10 * span));
        text += QStringLiteral(" · ") +
                (m_outside > 0 ? tr("about %1 outside").arg(percentText(shareOutside())) : tr("nothing outside"));
    }
    const double left = 16 + QFontMetricsF(painter.font()).horizontalAdvance(tr("count")) + 16;
    const QRectF place(left, 6, area.right() - left, 16);
    painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter,
                     QFontMetricsF(painter.font()).elidedText(text, Qt::ElideRight, place.width()));
}

void ActivationHistogramPlot::paintHover(QPainter& painter) {
    if (m_hovered >= 0)
        painter.fillRect(binRect(m_hovered) & plotArea(),
                         withAlpha(labLook(m_method).color, theme().isDark() ? 0.24 : 0.14));
}

void ActivationHistogramPlot::pointerMoved(const QPointF& position, Qt::KeyboardModifiers) {
    if (!m_histogram || !plotArea().contains(position)) return setHovered(-1);
    const double width = m_histogram->upper - m_histogram->lower;
    const double share = width > 0 ? (pixelToX(position.x()) - m_histogram->lower) / width : 0;
    const auto bin = static_cast<int>(std::floor(share * static_cast<double>(m_histogram->counts.size())));
    setHovered(bin >= 0 && bin < static_cast<int>(m_histogram->counts.size()) ? bin : -1);
}

void ActivationHistogramPlot::keyPressEvent(QKeyEvent* event) {
    if (!m_histogram) return PlotWidget::keyPressEvent(event);
    const int last = static_cast<int>(m_histogram->counts.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left: setHovered(m_hovered < 0 ? last : std::max(0, m_hovered - 1)); break;
    case Qt::Key_Right: setHovered(std::min(last, m_hovered + 1)); break;
    case Qt::Key_Home: setHovered(0); break;
    case Qt::Key_End: setHovered(last); break;
    case Qt::Key_Escape:
        if (m_hovered < 0) return PlotWidget::keyPressEvent(event);
        setHovered(-1);
        break;
    default: PlotWidget::keyPressEvent(event);
    }
}

void ActivationHistogramPlot::setHovered(int bin) {
    if (bin == m_hovered) return;
    m_hovered = bin;
    updateCard();
    refreshHover();
    emit binHovered(bin);
}

void ActivationHistogramPlot::updateCard() {
    if (!m_histogram || m_hovered < 0) return hideCard();
    const auto bin = static_cast<std::size_t>(m_hovered);
    const double span = m_histogram->upper - m_histogram->lower;
    const std::uint64_t count = m_histogram->counts[bin];
    CardContent content;
    content.title = QString::fromStdString(m_histogram->place);
    if (hasRange()) {
        const bool below = edge(bin + 1) <= m_histogram->rangeLower;
        const bool above = edge(bin) >= m_histogram->rangeUpper;
        content.look = labLook(m_method);
        content.note = below || above ? tr("clipped") : QString();
    }
    content.rows = {
        {tr("Interval"), valueText(edge(bin), span) + QStringLiteral(" … ") + valueText(edge(bin + 1), span)},
        {tr("Values"), countText(static_cast<qint64>(count))},
        {tr("Share"),
         percentText(static_cast<double>(count) / static_cast<double>(std::max<std::uint64_t>(1, m_total)))}};
    showCard(content, binRect(m_hovered));
}

} // namespace quantoscope::ui
