#include "ui/plots/distribution_plot.h"

#include "ui/plots/marks.h"
#include "ui/plots/plot_text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr int kMaximumBins = 65536;
constexpr double kPadding = 0.02;    // of the data's span, on either side
constexpr double kLogBaseline = 0.5; // a count of one stands clear of the axis
constexpr int kWaitForEngine = 400;  // ms until a moved boundary is drawn where the engine has it, come what may

} // namespace

DistributionPlot::DistributionPlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Distribution"));
    setYTitle(tr("values per bin"));
    setEmptyText(tr("No data"));
    m_overrideTimeout.setSingleShot(true);
    m_overrideTimeout.setInterval(kWaitForEngine);
    connect(&m_overrideTimeout, &QTimer::timeout, this, [this] {
        if (m_dragged || m_nudging) return;
        m_override = {};
        applyOverride();
        invalidate();
    });
}

void DistributionPlot::setData(DistributionPtr data, const QString& valueName) {
    setXTitle(valueName);
    if (data == m_data) return;
    m_data = std::move(data);
    const bool empty = !m_data || m_data->empty();
    if (empty) m_data = nullptr;
    setEmptyText(empty ? tr("No data") : QString());
    if (m_levels && m_levels->data != m_data) setLevels(nullptr);
    invalidate();
}

void DistributionPlot::setLevels(PlottedLevelsPtr levels) {
    if (levels == m_levels) return;
    m_levels = std::move(levels);
    if (m_levels && m_levels->data != m_data) {
        m_data = m_levels->data;
        setEmptyText({});
    }
    applyOverride();
    if (m_selected >= binCount()) selectBin(-1, true);
    if (m_hovered >= binCount()) m_hovered = -1;
    if (m_active.index >= binCount()) m_active = {};
    updateCard();
    invalidate();
}

void DistributionPlot::setBins(int bins) {
    bins = std::clamp(bins, 1, kMaximumBins);
    if (bins == m_bins) return;
    m_bins = bins;
    invalidate();
}

void DistributionPlot::setLogCounts(bool log) { setLogY(log); }

void DistributionPlot::setEditable(bool boundaries, bool levels) {
    m_editBoundaries = boundaries;
    m_editLevels = levels;
    if ((m_active.kind == Handle::Kind::Boundary && !boundaries) || (m_active.kind == Handle::Kind::Level && !levels))
        m_active = {};
}

void DistributionPlot::setSelectedBin(int bin) { selectBin(bin, false); }

QPointF DistributionPlot::levelPosition(int index) const {
    const auto i = static_cast<std::size_t>(index);
    return {xToPixel(m_codebook.levels[i]), yPixel(heightOf(i))};
}

double DistributionPlot::boundaryPosition(int index) const {
    return xToPixel(m_codebook.thresholds[static_cast<std::size_t>(index)]);
}

// ---- what is drawn

ValueRange DistributionPlot::fullRange() const {
    double lower = m_data->minimum();
    double upper = m_data->maximum();
    // Levels a little beyond the data are shown with it; a format that reaches to 57,344 is not.
    if (!m_codebook.levels.empty()) {
        const double reach = (upper - lower) / 2;
        double low = m_codebook.levels.front();
        double high = m_codebook.levels.back();
        if (!m_codebook.thresholds.empty()) {
            low = std::min<double>(low, m_codebook.thresholds.front());
            high = std::max<double>(high, m_codebook.thresholds.back());
        }
        if (lower - low <= reach && high - upper <= reach) {
            lower = std::min(lower, low);
            upper = std::max(upper, high);
        }
    }
    return padded(showable(lower, upper), kPadding);
}

void DistributionPlot::rebuild() {
    if (!m_data) return;
    // The axis stands still while something on it is moved.
    if (!m_dragged && !m_nudging) {
        const ValueRange range = fullRange();
        if (range != fullXRange()) setFullRange(range, yRange());
    }
    rebuildHistogram();
    rebuildHeights();

    double highest = 1;
    for (const std::uint64_t count : m_histogram.counts) highest = std::max(highest, static_cast<double>(count));
    const ValueRange view = xRange();
    double marker = 0;
    for (std::size_t i = 0; i < m_heights.size(); ++i)
        if (m_codebook.levels[i] >= view.lower && m_codebook.levels[i] <= view.upper)
            marker = std::max(marker, m_heights[i]);
    // Ties can make a bin far denser than any bar: its marker then stands at the top.
    highest = std::max(highest, std::min(marker, highest * 1.25));
    if (isLogY())
        setYRange({kLogBaseline, std::pow(highest / kLogBaseline, 1.1) * kLogBaseline});
    else
        setYRange({0, highest * 1.1});
    if (!m_dragged && !m_nudging) setFullRange(fullXRange(), yRange());
}

void DistributionPlot::rebuildHistogram() {
    const Counted wanted{m_data, m_bins, isZoomed() ? xRange() : ValueRange{}};
    if (wanted == m_counted) return; // a drag moves levels, not data
    m_counted = wanted;
    const double before = binWidth();
    const double low = m_data->minimum();
    const double high = m_data->maximum();
    const auto bins = static_cast<std::size_t>(m_bins);
    if (!isZoomed() || !(high > low)) {
        m_histogram = histogramOf(*m_data, bins);
    } else {
        const ValueRange view = xRange();
        const double refined = std::exp2(std::floor(std::log2(std::max(1.0, (high - low) / view.size()))));
        const double width = (high - low) / (static_cast<double>(bins) * refined);
        const double first = std::max(0.0, std::floor((view.lower - low) / width));
        const double last = std::min(static_cast<double>(bins) * refined, std::ceil((view.upper - low) / width));
        const double count = std::max(1.0, last - first);
        m_histogram =
            histogramOf(*m_data, low + first * width, low + (first + count) * width, static_cast<std::size_t>(count));
    }
    if (binWidth() != before) emit binWidthChanged(binWidth());
}

void DistributionPlot::rebuildHeights() {
    m_heights.assign(m_codebook.size(), 0);
    const double width = binWidth();
    for (std::size_t i = 0; i < m_heights.size(); ++i) {
        const auto [low, high] = binEnds(m_codebook, *m_data, i);
        const auto count = static_cast<double>(m_figures.counts[i]);
        const double extent = static_cast<double>(high) - static_cast<double>(low);
        // A bin of one value has no density: all of it stands in one bar.
        m_heights[i] = count == 0   ? 0
                       : extent > 0 ? std::min(count / extent * width, static_cast<double>(m_data->count()))
                                    : count;
    }
}

double DistributionPlot::heightOf(std::size_t bin) const { return bin < m_heights.size() ? m_heights[bin] : 0; }

double DistributionPlot::yPixel(double count) const {
    const QRectF area = plotArea();
    if (isLogY()) count = std::max(count, kLogBaseline);
    // Whatever stands higher than the axis is marked at its top.
    return std::clamp(yToPixel(count), area.top() + 6, area.bottom());
}

void DistributionPlot::viewRangeChanged() { invalidate(); }

QRectF DistributionPlot::bandOf(int bin) const {
    if (bin < 0 || bin >= binCount()) return {};
    const QRectF area = plotArea();
    const auto i = static_cast<std::size_t>(bin);
    const double left =
        i == 0 ? area.left() : std::max(area.left(), std::round(xToPixel(m_codebook.thresholds[i - 1])));
    const double right = i + 1 >= m_codebook.size()
                             ? area.right()
                             : std::min(area.right(), std::round(xToPixel(m_codebook.thresholds[i])));
    if (right < area.left() || left > area.right()) return {};
    return {left, area.top(), std::max(1.0, right - left), area.height()};
}

QPolygonF DistributionPlot::outline() const {
    const QRectF area = plotArea();
    const double base = area.bottom();
    const double scale = (xToPixel(1) - xToPixel(0));
    const double origin = xToPixel(0);
    const std::size_t bins = m_histogram.counts.size();
    QPolygonF steps;
    steps.reserve(2 * static_cast<qsizetype>(bins) + 2);
    double x = std::round(origin + m_histogram.edge(0) * scale);
    steps << QPointF(x, base);
    std::uint64_t tallest = 0;
    for (std::size_t i = 0; i < bins; ++i) {
        // Bars narrower than a pixel share it: the tallest is seen.
        tallest = std::max(tallest, m_histogram.counts[i]);
        const double next = std::round(origin + m_histogram.edge(i + 1) * scale);
        if (next <= x && i + 1 < bins) continue;
        const double y = tallest == 0 ? base : std::round(yPixel(static_cast<double>(tallest)));
        steps << QPointF(x, y) << QPointF(std::max(next, x + 1), y);
        x = std::max(next, x + 1);
        tallest = 0;
    }
    steps << QPointF(x, base);
    return steps;
}

void DistributionPlot::paintBackground(QPainter& painter) {
    if (!m_data) return;
    const QRectF area = plotArea();
    if (m_levels) {
        const auto tint = [&](double from, double to) {
            from = std::clamp(from, area.left(), area.right());
            to = std::clamp(to, area.left(), area.right());
            if (to > from) painter.fillRect(QRectF(from, area.top(), to - from, area.height()), colors().impossible);
        };
        if (m_data->minimum() < m_levels->lower) tint(area.left(), xToPixel(m_levels->lower));
        if (m_data->maximum() > m_levels->upper) tint(xToPixel(m_levels->upper), area.right());
        if (m_selected >= 0)
            painter.fillRect(bandOf(m_selected),
                             withAlpha(schemeLook(m_levels->lookId).color, theme().isDark() ? 0.22 : 0.12));
    }
}

void DistributionPlot::paintBoundaries(QPainter& painter, std::size_t begin, std::size_t end) {
    const QRectF area = plotArea();
    const double scale = xToPixel(1) - xToPixel(0);
    const double origin = xToPixel(0);
    // Lines closer than this would be a grey wall: some are left out, and the rest fade.
    constexpr double kClosest = 5;
    QVector<QLineF> lines;
    double previous = -1e9;
    for (std::size_t i = begin; i < end; ++i) {
        const double x = std::round(origin + m_codebook.thresholds[i] * scale);
        if (x - previous < kClosest) continue;
        previous = x;
        lines << QLineF(x, area.top(), x, area.bottom());
    }
    const double spacing = area.width() / static_cast<double>(std::max<std::size_t>(1, end - begin));
    QPen pen(withAlpha(colors().histogramOutline, std::clamp(spacing / 12, 0.35, 1.0)), 1, Qt::SolidLine, Qt::FlatCap);
    pen.setDashPattern({4, 4});
    painter.setPen(pen);
    painter.drawLines(lines);
    if (m_selected < 0) return;
    pen.setColor(schemeLook(m_levels->lookId).color);
    painter.setPen(pen);
    for (const int i : {m_selected - 1, m_selected}) {
        if (i < 0 || i + 1 >= binCount()) continue;
        const double x = std::round(boundaryPosition(i));
        // The grey line below it shows between the dashes only if both start elsewhere: they do not.
        painter.drawLine(QLineF(x, area.top(), x, area.bottom()));
    }
}

void DistributionPlot::paintData(QPainter& painter) {
    if (!m_data) return;
    const QPolygonF steps = outline();
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors().histogramFill);
    painter.drawPolygon(steps);
    const QColor scheme = m_levels ? schemeLook(m_levels->lookId).color : QColor();
    if (m_levels && m_selected >= 0) {
        painter.save();
        painter.setClipRect(bandOf(m_selected), Qt::IntersectClip);
        painter.setBrush(withAlpha(scheme, theme().isDark() ? 0.55 : 0.38));
        painter.drawPolygon(steps);
        painter.restore();
    }
    painter.setBrush(Qt::NoBrush);
    const double barWidth = binWidth() * (xToPixel(1) - xToPixel(0));
    painter.setPen(QPen(withAlpha(colors().histogramOutline, std::clamp(barWidth / 3, 0.4, 1.0)), 1));
    painter.drawPolyline(steps);
    if (!m_levels) return;

    const ValueRange view = xRange();
    const auto& t = m_codebook.thresholds;
    const auto firstVisible = std::lower_bound(t.begin(), t.end(), static_cast<float>(view.lower));
    const auto lastVisible = std::upper_bound(firstVisible, t.end(), static_cast<float>(view.upper));
    paintBoundaries(painter, static_cast<std::size_t>(firstVisible - t.begin()),
                    static_cast<std::size_t>(lastVisible - t.begin()));

    // Where levels crowd, stems are thin and pale: together they tint the area under their markers.
    const double scale = xToPixel(1) - xToPixel(0);
    const double origin = xToPixel(0);
    const double base = plotArea().bottom();
    std::array<QVector<QRectF>, 3> stems; // two pixels, one, one and pale
    double pixel = -1e9;
    for (std::size_t i = 0; i < m_codebook.size(); ++i) {
        if (m_codebook.levels[i] < view.lower || m_codebook.levels[i] > view.upper || m_heights[i] == 0) continue;
        const double x = std::round(origin + m_codebook.levels[i] * scale);
        const double y = std::round(yPixel(m_heights[i]));
        const double gap = pixelGap(i);
        const std::size_t kind = gap >= 5 ? 0 : gap >= 3 ? 1 : 2;
        if (x == pixel && kind == 2) { // the tallest of those that share a pixel
            if (!stems[2].isEmpty() && y < stems[2].last().top()) stems[2].last().setTop(y);
            continue;
        }
        pixel = x;
        stems[kind] << QRectF(kind == 0 ? x - 1 : x, y, kind == 0 ? 2 : 1, base - y);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(withAlpha(scheme, 0.4));
    painter.drawRects(stems[2]);
    painter.setBrush(scheme);
    painter.drawRects(stems[0]);
    painter.drawRects(stems[1]);
}

// To the nearer of the neighbours.
double DistributionPlot::pixelGap(std::size_t level) const {
    const double scale = xToPixel(1) - xToPixel(0);
    const auto& levels = m_codebook.levels;
    double gap = 1e9;
    if (level > 0) gap = std::min(gap, static_cast<double>(levels[level] - levels[level - 1]) * scale);
    if (level + 1 < levels.size()) gap = std::min(gap, static_cast<double>(levels[level + 1] - levels[level]) * scale);
    return gap;
}

void DistributionPlot::paintMarks(QPainter& painter) {
    if (!m_data || !m_levels) return;
    const ValueRange view = xRange();
    const double scale = xToPixel(1) - xToPixel(0);
    const double origin = xToPixel(0);
    const SchemeLook look = schemeLook(m_levels->lookId);
    const SchemeLook dot{look.color, MarkShape::Disc, false};
    QPointF previous(-1e9, -1e9);
    for (std::size_t i = 0; i < m_codebook.size(); ++i) {
        if (m_codebook.levels[i] < view.lower || m_codebook.levels[i] > view.upper) continue;
        const QPointF centre(origin + m_codebook.levels[i] * scale, yPixel(m_heights[i]));
        const QPointF gap = centre - previous;
        if (std::abs(gap.x()) < 1 && std::abs(gap.y()) < 1) continue;
        previous = centre;
        // Crowded levels: smaller marks, without a ring.
        const double diameter = std::clamp(pixelGap(i) * 0.75, 3.0, 9.0);
        paintMark(painter, centre, diameter >= 6 ? look : dot, diameter, diameter >= 6 ? 1.5 : 0);
    }
    if (m_active.kind == Handle::Kind::Level && m_active.index < binCount() && !isExporting())
        paintMark(painter, levelPosition(m_active.index), schemeLook(m_levels->lookId), 13, 2);
    if (m_active.kind == Handle::Kind::Boundary && m_active.index + 1 < binCount() && !isExporting()) {
        const double x = std::round(boundaryPosition(m_active.index));
        painter.fillRect(QRectF(x - 1, plotArea().top(), 2, plotArea().height()), look.color);
    }
}

void DistributionPlot::paintLabels(QPainter& painter) {
    if (!m_data || !m_levels) return;
    const QRectF area = plotArea();
    const QRectF row(0, area.top() - 18, 0, 16);
    QFont plain = typeface(type::caption);
    QFont strong = typeface(type::caption, weight::bold);
    painter.setFont(plain);
    painter.setPen(colors().text2);
    painter.drawText(QRectF(0, row.top(), area.left() - 7, row.height()), Qt::AlignRight | Qt::AlignVCenter,
                     tr("code"));
    const QFontMetricsF metrics(plain);

    const auto centreOf = [&](std::size_t i) {
        const auto [low, high] = binEnds(m_codebook, *m_data, i);
        const double left = std::clamp(xToPixel(low), area.left(), area.right());
        const double right = std::clamp(xToPixel(high), area.left(), area.right());
        return std::pair{(left + right) / 2, right - left};
    };
    QRectF taken;
    if (m_selected >= 0) {
        const auto selected = static_cast<std::size_t>(m_selected);
        const auto [centre, width] = centreOf(selected);
        const QRectF band = bandOf(m_selected);
        if (!band.isEmpty()) {
            const QString code = QString::number(m_codebook.codeOf(selected));
            taken = QRectF(centre - 40, row.top(), 80, row.height());
            painter.setFont(strong);
            painter.setPen(schemeLook(m_levels->lookId).color);
            painter.drawText(taken, Qt::AlignCenter, code);
            const double half = QFontMetricsF(strong).horizontalAdvance(code) / 2 + 4;
            taken = QRectF(centre - half, row.top(), 2 * half, row.height());
        }
    }
    painter.setFont(plain);
    painter.setPen(colors().text2);
    const ValueRange view = xRange();
    const auto& t = m_codebook.thresholds;
    const auto begin =
        static_cast<std::size_t>(std::lower_bound(t.begin(), t.end(), static_cast<float>(view.lower)) - t.begin());
    for (std::size_t i = begin; i < m_codebook.size(); ++i) {
        if (i > 0 && t[i - 1] > view.upper) break;
        const auto [centre, width] = centreOf(i);
        if (width < 9 || static_cast<int>(i) == m_selected) continue;
        const QString code = QString::number(m_codebook.codeOf(i));
        const double needed = metrics.horizontalAdvance(code);
        const QRectF place(centre - needed / 2, row.top(), needed, row.height());
        if (needed + 4 > width || place.intersects(taken)) continue;
        painter.drawText(place.adjusted(-2, 0, 2, 0), Qt::AlignCenter, code);
    }
}

void DistributionPlot::paintHover(QPainter& painter) {
    if (!m_levels || m_hovered < 0 || m_hovered == m_selected) return;
    painter.fillRect(bandOf(m_hovered), withAlpha(schemeLook(m_levels->lookId).color, theme().isDark() ? 0.14 : 0.07));
}

void DistributionPlot::updateCard() {
    const int bin = m_hovered >= 0 ? m_hovered : m_selected;
    if (!m_levels || bin < 0 || bin >= binCount()) {
        hideCard();
        return;
    }
    const auto i = static_cast<std::size_t>(bin);
    const double span = static_cast<double>(m_data->maximum()) - static_cast<double>(m_data->minimum());
    const auto [low, high] = binEnds(m_codebook, *m_data, i);
    const std::uint64_t count = m_figures.counts[i];
    const bool last = i + 1 == m_codebook.size();
    CardContent content;
    content.look = schemeLook(m_levels->lookId);
    content.title = tr("Code %1").arg(m_codebook.codeOf(i));
    content.note = bitPattern(m_codebook.codeOf(i), m_levels->codeBits);
    content.rows = {
        {tr("Interval"),
         u'[' + valueText(low, span) + QStringLiteral(", ") + valueText(high, span) + (last ? u']' : u')')},
        {tr("Level"), valueText(m_codebook.levels[i], span)},
        {tr("Values"), countText(static_cast<qint64>(count))},
        {tr("Share"), percentText(static_cast<double>(count) / static_cast<double>(m_data->count()))},
        {tr("RMS error"), count == 0
                              ? QStringLiteral("–")
                              : errorText(std::sqrt(m_figures.squaredErrors[i] / static_cast<double>(count)), span)},
    };
    showCard(content, bandOf(bin));
}

void DistributionPlot::selectBin(int bin, bool signal) {
    if (bin >= binCount()) bin = -1;
    if (bin == m_selected) return;
    m_selected = bin;
    if (m_active.kind == Handle::Kind::Level ? m_active.index != bin
                                             : m_active.index != bin && m_active.index != bin - 1)
        m_active = {};
    updateCard();
    refresh();
    if (signal) emit binSelected(bin);
}

void DistributionPlot::setHovered(int bin) {
    if (bin == m_hovered) return;
    m_hovered = bin;
    updateCard();
    refreshHover();
    emit binHovered(bin);
}

} // namespace quantoscope::ui
