#include "ui/plots/channels_plot.h"

#include "ui/plots/marks.h"
#include "ui/plots/plot_text.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr double kWidestColumn = 24;

// Channels [first, last) whose columns begin in the same pixel.
struct Column {
    double left = 0;
    double width = 1;
    std::size_t first = 0;
    std::size_t last = 0;
};

} // namespace

// What the two panes share: columns, choosing, hovering.
class ChannelPane : public PlotWidget {
public:
    explicit ChannelPane(ChannelsPlot* whole) : m_whole(whole) { setWholeNumbers(Qt::Horizontal); }

protected:
    const ChannelPicture* picture() const { return m_whole->m_picture.get(); }
    int channelCount() const { return picture() ? static_cast<int>(picture()->channels.size()) : 0; }

    ValueRange channelRange() const { return {-0.75, channelCount() - 0.25}; }

    std::vector<Column> columns() const {
        std::vector<Column> result;
        const double pitch = xToPixel(1) - xToPixel(0);
        const double gap = pitch >= 6 ? std::min(8.0, pitch * 0.3) : 0;
        const ValueRange view = xRange();
        const auto first = static_cast<std::size_t>(std::max(0.0, std::floor(view.lower)));
        const auto end =
            static_cast<std::size_t>(std::clamp(std::ceil(view.upper) + 1, 0.0, static_cast<double>(channelCount())));
        for (std::size_t c = first; c < end; ++c) {
            const double middle = xToPixel(static_cast<double>(c));
            const double half = std::min((pitch - gap) / 2, kWidestColumn / 2);
            const double left = std::round(middle - half);
            if (!result.empty() && left <= result.back().left) {
                result.back().last = c + 1;
                continue;
            }
            // Where columns touch, each ends where the next begins.
            const double right = gap > 0 ? left + std::round(2 * half) : std::round(middle + half);
            result.push_back({left, std::max(1.0, right - left), c, c + 1});
        }
        return result;
    }

    void paintBackground(QPainter& painter) override {
        if (m_whole->m_selected < 0 || m_whole->m_selected >= channelCount()) return;
        painter.fillRect(band(m_whole->m_selected),
                         withAlpha(schemeLook(picture()->lookId).color, theme().isDark() ? 0.22 : 0.12));
    }
    void paintHover(QPainter& painter) override {
        if (m_whole->m_hovered >= 0 && m_whole->m_hovered < channelCount())
            painter.fillRect(band(m_whole->m_hovered), withAlpha(colors().text, 0.07));
    }
    QRectF band(int channel) const {
        const double left = std::round(xToPixel(channel - 0.5));
        return QRectF(left, plotArea().top(), std::max(2.0, std::round(xToPixel(channel + 0.5)) - left),
                      plotArea().height()) &
               plotArea();
    }

    int channelAt(const QPointF& position) const {
        if (!plotArea().contains(position)) return -1;
        const int channel = static_cast<int>(std::lround(pixelToX(position.x())));
        return channel >= 0 && channel < channelCount() ? channel : -1;
    }
    void pointerMoved(const QPointF& position, Qt::KeyboardModifiers) override { m_whole->hover(channelAt(position)); }
    void pointerLeft() override { m_whole->hover(-1); }
    void pointerPressed(const QPointF& position, Qt::KeyboardModifiers) override {
        if (const int channel = channelAt(position); channel >= 0) m_whole->choose(channel);
    }
    void keyPressEvent(QKeyEvent* event) override {
        const int last = channelCount() - 1;
        if (last < 0) return PlotWidget::keyPressEvent(event);
        const int now = m_whole->m_selected;
        switch (event->key()) {
        case Qt::Key_Left: m_whole->choose(now < 0 ? last : std::max(0, now - 1)); break;
        case Qt::Key_Right: m_whole->choose(std::min(last, now + 1)); break;
        case Qt::Key_Home: m_whole->choose(0); break;
        case Qt::Key_End: m_whole->choose(last); break;
        case Qt::Key_Escape: m_whole->choose(-1); break;
        default: PlotWidget::keyPressEvent(event);
        }
    }

    ChannelsPlot* m_whole;
};

class ChannelRangePane : public ChannelPane {
public:
    using ChannelPane::ChannelPane;

    void updateCard() {
        const int channel = m_whole->m_hovered >= 0 ? m_whole->m_hovered : m_whole->m_selected;
        refreshHover();
        if (channel < 0 || channel >= channelCount()) return hideCard();
        const ChannelFigures& f = picture()->channels[static_cast<std::size_t>(channel)];
        const double span = static_cast<double>(f.maximum) - static_cast<double>(f.minimum);
        CardContent content;
        content.title = ChannelsPlot::tr("Channel %1").arg(channel);
        content.note = ChannelsPlot::tr("axis %1").arg(picture()->axis);
        content.rows = {{ChannelsPlot::tr("Minimum"), valueText(f.minimum, span)},
                        {ChannelsPlot::tr("1st to 99th percentile"),
                         valueText(f.percentile1, span) + QStringLiteral(" … ") + valueText(f.percentile99, span)},
                        {ChannelsPlot::tr("Median"), valueText(f.median, span)},
                        {ChannelsPlot::tr("Maximum"), valueText(f.maximum, span)}};
        if (f.scaleUpper > f.scaleLower)
            content.rows.push_back({ChannelsPlot::tr("Levels"), valueText(f.scaleLower, span) + QStringLiteral(" … ") +
                                                                    valueText(f.scaleUpper, span)});
        content.rows.push_back({ChannelsPlot::tr("SQNR"), decibelText(f.sqnrDb)});
        content.look = schemeLook(picture()->lookId);
        showCard(content, band(channel));
    }

protected:
    void replotted() override { updateCard(); }
    void rebuild() override {
        if (!picture()) return;
        double low = INFINITY;
        double high = -INFINITY;
        for (const ChannelFigures& f : picture()->channels) {
            if (f.count == 0) continue;
            low = std::min<double>(low, f.minimum);
            high = std::max<double>(high, f.maximum);
        }
        setFullRange(channelRange(), padded(showable(low, high), 0.06));
    }

    void paintData(QPainter& painter) override {
        if (!picture()) return;
        const QColor scheme = schemeLook(picture()->lookId).color;
        painter.setPen(Qt::NoPen);
        const double zero = std::round(yToPixel(0));
        painter.fillRect(QRectF(plotArea().left(), zero, plotArea().width(), 1), colors().line2);
        QVector<QRectF> reach, whiskers, wide, quartiles, medians;
        for (const Column& column : columns()) {
            double low = INFINITY, p1 = INFINITY, p25 = INFINITY, p75 = -INFINITY, p99 = -INFINITY, high = -INFINITY;
            double lower = INFINITY, upper = -INFINITY, median = 0;
            for (std::size_t c = column.first; c < column.last; ++c) {
                const ChannelFigures& f = picture()->channels[c];
                if (f.count == 0) continue;
                low = std::min<double>(low, f.minimum);
                high = std::max<double>(high, f.maximum);
                p1 = std::min(p1, f.percentile1);
                p25 = std::min(p25, f.percentile25);
                p75 = std::max(p75, f.percentile75);
                p99 = std::max(p99, f.percentile99);
                lower = std::min(lower, f.scaleLower);
                upper = std::max(upper, f.scaleUpper);
                median = f.median;
            }
            if (!(low <= high)) continue;
            const auto bar = [&](double from, double to, double share, double least) {
                const double width = std::max(least, std::round(column.width * share));
                const double top = std::round(yToPixel(to));
                return QRectF(column.left + std::floor((column.width - width) / 2), top, width,
                              std::max(1.0, std::round(yToPixel(from)) - top));
            };
            if (upper > lower) reach << bar(std::max(lower, yRange().lower), std::min(upper, yRange().upper), 1, 1);
            whiskers << bar(low, high, 0, 1);
            wide << bar(p1, p99, 0.34, 1);
            quartiles << bar(p25, p75, 0.7, 1);
            if (column.last - column.first == 1 && column.width >= 4)
                medians << QRectF(column.left, std::round(yToPixel(median)) - 1, column.width, 2);
        }
        const auto draw = [&](const QVector<QRectF>& rects, const QColor& color) {
            painter.setBrush(color);
            painter.drawRects(rects);
        };
        draw(reach, withAlpha(scheme, theme().isDark() ? 0.26 : 0.16));
        draw(whiskers, colors().histogramOutline);
        draw(wide, blended(colors().surface, colors().histogramOutline, 0.8));
        draw(quartiles, blended(colors().surface, colors().text2, 0.85));
        draw(medians, colors().text);
    }

    void paintLabels(QPainter& painter) override {
        if (!picture()) return;
        // What is what, at the right of the axis title.
        const QColor scheme = schemeLook(picture()->lookId).color;
        const std::pair<QString, QColor> entries[] = {
            {ChannelsPlot::tr("levels"), withAlpha(scheme, theme().isDark() ? 0.4 : 0.3)},
            {ChannelsPlot::tr("quartiles"), blended(colors().surface, colors().text2, 0.85)},
            {ChannelsPlot::tr("1–99 %"), blended(colors().surface, colors().histogramOutline, 0.8)},
        };
        double x = plotArea().right();
        const double y = 14;
        const QFontMetricsF metrics(painter.font());
        for (const auto& [text, color] : entries) {
            x -= metrics.horizontalAdvance(text);
            painter.setPen(colors().text2);
            painter.drawText(QRectF(x - 2, y - 8, 200, 16), Qt::AlignLeft | Qt::AlignVCenter, text);
            x -= 16;
            painter.fillRect(QRectF(x, y - 5, 10, 10), color);
            x -= 14;
        }
    }
};

class ChannelQualityPane : public ChannelPane {
public:
    using ChannelPane::ChannelPane;

protected:
    void rebuild() override {
        if (!picture()) return;
        double low = 0;
        double high = 1;
        for (const ChannelFigures& f : picture()->channels) {
            if (!std::isfinite(f.sqnrDb)) continue;
            low = std::min(low, f.sqnrDb);
            high = std::max(high, f.sqnrDb);
        }
        setFullRange(channelRange(), {low < 0 ? low * 1.1 : 0, high * 1.1});
    }

    void paintData(QPainter& painter) override {
        if (!picture()) return;
        const QColor scheme = schemeLook(picture()->lookId).color;
        const double zero = std::round(yToPixel(0));
        QVector<QRectF> bars, spans;
        for (const Column& column : columns()) {
            // Of channels that share a pixel, the bar is the worst and the pale one above it the best.
            double worst = INFINITY;
            double best = -INFINITY;
            for (std::size_t c = column.first; c < column.last; ++c) {
                const double q = picture()->channels[c].sqnrDb;
                if (std::isnan(q)) continue;
                worst = std::min(worst, q);
                best = std::max(best, q);
            }
            if (!(worst <= best)) continue;
            const auto bar = [&](double value) {
                const double y = std::round(yToPixel(std::clamp(value, yRange().lower, yRange().upper)));
                return QRectF(column.left, std::min(y, zero), column.width, std::max(1.0, std::abs(zero - y)));
            };
            if (best > worst) spans << bar(best);
            bars << bar(worst);
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(withAlpha(scheme, 0.4));
        painter.drawRects(spans);
        painter.setBrush(scheme);
        painter.drawRects(bars);
        if (std::isfinite(picture()->sqnrDb)) {
            QPen pen(colors().text2, 1, Qt::SolidLine, Qt::FlatCap);
            pen.setDashPattern({4, 4});
            painter.setPen(pen);
            const double y = std::round(yToPixel(picture()->sqnrDb));
            painter.drawLine(QLineF(plotArea().left(), y, plotArea().right(), y));
        }
    }

    void paintLabels(QPainter& painter) override {
        if (!picture() || !std::isfinite(picture()->sqnrDb)) return;
        painter.setPen(colors().text2);
        painter.drawText(QRectF(plotArea().left(), 6, plotArea().width(), 16), Qt::AlignRight | Qt::AlignVCenter,
                         ChannelsPlot::tr("whole tensor %1").arg(decibelText(picture()->sqnrDb)));
    }
};

ChannelsPlot::ChannelsPlot(QWidget* parent)
    : PaneStack(0, parent), m_ranges(new ChannelRangePane(this)), m_quality(new ChannelQualityPane(this)) {
    setAccessibleName(tr("Channels"));
    m_ranges->setAccessibleName(tr("Ranges of the channels"));
    m_quality->setAccessibleName(tr("SQNR of the channels"));
    m_ranges->setXTicksVisible(false);
    m_ranges->setPlotMargins({56, 40, 16, 12});
    m_quality->setPlotMargins({56, 40, 16, 52});
    m_quality->setYTitle(tr("SQNR, dB"));
    m_quality->setTickSpacing(56, 32);
    addPane(m_ranges, 5);
    addPane(m_quality, 4);
    connect(m_ranges, &PlotWidget::xRangeChanged, m_quality, [this](const ValueRange& x) { m_quality->showXRange(x); });
    connect(m_quality, &PlotWidget::xRangeChanged, m_ranges, [this](const ValueRange& x) { m_ranges->showXRange(x); });
    setChannels(nullptr, {});
}

void ChannelsPlot::setChannels(ChannelPicturePtr picture, const QString& valueName) {
    m_picture = std::move(picture);
    const int count = m_picture ? static_cast<int>(m_picture->channels.size()) : 0;
    if (m_selected >= count) m_selected = -1;
    m_hovered = -1;
    m_ranges->setYTitle(valueName);
    if (m_picture) m_quality->setXTitle(tr("index along axis %1").arg(m_picture->axis));
    for (PlotWidget* pane : {static_cast<PlotWidget*>(m_ranges), static_cast<PlotWidget*>(m_quality)}) {
        pane->setEmptyText(m_picture ? QString() : pane == m_ranges ? tr("No channels") : QStringLiteral(" "));
        pane->invalidate();
    }
}

void ChannelsPlot::setSelectedChannel(int channel) {
    if (!m_picture || channel >= static_cast<int>(m_picture->channels.size())) channel = -1;
    if (channel == m_selected) return;
    m_selected = channel;
    m_ranges->updateCard();
    m_ranges->refresh();
    m_quality->refresh();
}

QPointF ChannelsPlot::channelPosition(int channel) const {
    return m_ranges->mapToParent(QPointF(m_ranges->xToPixel(channel), m_ranges->plotArea().center().y()));
}

void ChannelsPlot::choose(int channel) {
    if (channel == m_selected) return;
    setSelectedChannel(channel);
    emit channelSelected(channel);
}

void ChannelsPlot::hover(int channel) {
    if (channel == m_hovered) return;
    m_hovered = channel;
    m_ranges->updateCard();
    m_quality->refreshHover();
    emit channelHovered(channel);
}

} // namespace quantoscope::ui
