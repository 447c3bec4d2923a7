#include "ui/plots/error_plot.h"

#include "ui/plots/marks.h"
#include "ui/plots/plot_text.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

class ErrorHistogramPane : public PlotWidget {
public:
    using PlotWidget::PlotWidget;
    void set(ErrorPicturePtr picture) {
        m_picture = std::move(picture);
        m_hovered = -1;
        setEmptyText(m_picture ? QString() : ErrorPlot::tr("No result yet"));
        invalidate();
    }

protected:
    void rebuild() override {
        if (!m_picture) return;
        const Histogram& h = m_picture->errors;
        const auto most =
            static_cast<double>(std::max<std::uint64_t>(1, *std::max_element(h.counts.begin(), h.counts.end())));
        const ValueRange y = isLogY() ? ValueRange{0.5, std::pow(most * 2, 1.1) / 2} : ValueRange{0, most * 1.1};
        setFullRange(padded({h.lower, h.upper}, 0.02), y);
    }

    void paintData(QPainter& painter) override {
        if (!m_picture) return;
        const QRectF area = plotArea();
        const QColor color = schemeLook(m_picture->lookId).color;
        const Histogram& h = m_picture->errors;
        QPolygonF steps;
        steps << QPointF(std::round(xToPixel(h.lower)), area.bottom());
        for (std::size_t i = 0; i < h.counts.size(); ++i) {
            const double y = h.counts[i] == 0 ? area.bottom() : std::round(yToPixel(static_cast<double>(h.counts[i])));
            steps << QPointF(std::round(xToPixel(h.edge(i))), y) << QPointF(std::round(xToPixel(h.edge(i + 1))), y);
        }
        steps << QPointF(std::round(xToPixel(h.upper)), area.bottom());
        painter.setPen(Qt::NoPen);
        painter.setBrush(withAlpha(color, theme().isDark() ? 0.4 : 0.28));
        painter.drawPolygon(steps);
        painter.setPen(QPen(color, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(steps);
        // ± RMS, and the mean.
        QPen dashes(colors().text3, 1, Qt::SolidLine, Qt::FlatCap);
        dashes.setDashPattern({4, 4});
        painter.setPen(dashes);
        for (const double e : {-m_picture->rmse, m_picture->rmse}) {
            const double x = std::round(xToPixel(e));
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()));
        }
    }

    void paintLabels(QPainter& painter) override {
        if (!m_picture || m_picture->rmse == 0) return;
        painter.setPen(colors().text2);
        const double x = xToPixel(m_picture->rmse);
        if (x < plotArea().right() - 24)
            painter.drawText(QRectF(x - 40, plotArea().top() - 18, 80, 16), Qt::AlignCenter, ErrorPlot::tr("+RMS"));
        const double left = xToPixel(-m_picture->rmse);
        if (left > plotArea().left() + 24)
            painter.drawText(QRectF(left - 40, plotArea().top() - 18, 80, 16), Qt::AlignCenter, ErrorPlot::tr("−RMS"));
    }

    void paintHover(QPainter& painter) override {
        if (m_hovered >= 0) painter.fillRect(band(), withAlpha(colors().text, 0.08));
    }

    QRectF band() const {
        const Histogram& h = m_picture->errors;
        const auto i = static_cast<std::size_t>(m_hovered);
        const double left = std::round(xToPixel(h.edge(i)));
        return QRectF(left, plotArea().top(), std::max(1.0, std::round(xToPixel(h.edge(i + 1))) - left),
                      plotArea().height()) &
               plotArea();
    }

    void pointerMoved(const QPointF& position, Qt::KeyboardModifiers) override {
        int bin = -1;
        if (m_picture && plotArea().contains(position)) {
            const double at = (pixelToX(position.x()) - m_picture->errors.lower) / m_picture->errors.binWidth();
            if (at >= 0 && at < static_cast<double>(m_picture->errors.counts.size())) bin = static_cast<int>(at);
        }
        hover(bin);
    }
    void pointerLeft() override { hover(-1); }

    void hover(int bin) {
        if (bin == m_hovered) return;
        m_hovered = bin;
        refreshHover();
        if (bin < 0) return hideCard();
        const Histogram& h = m_picture->errors;
        const auto i = static_cast<std::size_t>(bin);
        CardContent content;
        content.title = ErrorPlot::tr("Errors");
        content.rows = {
            {ErrorPlot::tr("From"), errorText(h.edge(i), h.upper)},
            {ErrorPlot::tr("To"), errorText(h.edge(i + 1), h.upper)},
            {ErrorPlot::tr("Values"), countText(static_cast<qint64>(h.counts[i]))},
            {ErrorPlot::tr("Share"), percentText(static_cast<double>(h.counts[i]) /
                                                 static_cast<double>(std::max<std::uint64_t>(1, m_picture->count)))}};
        showCard(content, band());
    }

private:
    ErrorPicturePtr m_picture;
    int m_hovered = -1;
};

class ErrorAgainstValuePane : public PlotWidget {
public:
    using PlotWidget::PlotWidget;
    void set(ErrorPicturePtr picture) {
        m_picture = std::move(picture);
        m_hovered = -1;
        setEmptyText(m_picture ? QString() : ErrorPlot::tr("No result yet"));
        invalidate();
    }

protected:
    void rebuild() override {
        if (!m_picture) return;
        const double top = m_picture->largest > 0 ? m_picture->largest : 1;
        setFullRange(padded(showable(m_picture->lowerX, m_picture->upperX), 0.02), {0, top * 1.1});
    }

    double columnX(std::size_t i) const {
        const double width = (m_picture->upperX - m_picture->lowerX) / static_cast<double>(m_picture->columns.size());
        return m_picture->lowerX + (static_cast<double>(i) + 0.5) * width;
    }

    void paintData(QPainter& painter) override {
        if (!m_picture) return;
        const QColor color = schemeLook(m_picture->lookId).color;
        const bool all = m_picture->points.size() == m_picture->count;
        if (!all) {
            // Not every value is drawn: the area below the largest says where the others are.
            painter.setPen(Qt::NoPen);
            painter.setBrush(withAlpha(color, theme().isDark() ? 0.25 : 0.15));
            QVector<QRectF> bars;
            const double width = std::max(1.0, std::ceil((xToPixel(columnX(1)) - xToPixel(columnX(0)))));
            for (std::size_t i = 0; i < m_picture->columns.size(); ++i) {
                if (m_picture->columns[i].count == 0) continue;
                const double y = std::round(yToPixel(m_picture->columns[i].largest));
                bars << QRectF(std::round(xToPixel(columnX(i)) - width / 2), y, width, plotArea().bottom() - y);
            }
            painter.drawRects(bars);
        }
        // One dot a pixel: what lies below another is not drawn.
        const QRect area = plotArea().toRect();
        std::vector<bool> taken(static_cast<std::size_t>(area.width() + 1) *
                                static_cast<std::size_t>(area.height() + 1));
        QVector<QRectF> dots;
        const double size = m_picture->points.size() < 500 ? 4 : m_picture->points.size() < 3000 ? 3 : 2;
        for (const auto& [x, e] : m_picture->points) {
            const QPoint at(static_cast<int>(std::lround(xToPixel(x))), static_cast<int>(std::lround(yToPixel(e))));
            if (!area.contains(at)) continue;
            const auto cell =
                static_cast<std::size_t>(at.y() - area.top()) * static_cast<std::size_t>(area.width() + 1) +
                static_cast<std::size_t>(at.x() - area.left());
            if (taken[cell]) continue;
            taken[cell] = true;
            dots << QRectF(at.x() - size / 2, at.y() - size / 2, size, size);
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(withAlpha(color, 0.45));
        painter.drawRects(dots);

        QPolygonF line;
        for (std::size_t i = 0; i < m_picture->columns.size(); ++i) {
            const auto& column = m_picture->columns[i];
            if (column.count >= 4)
                line << QPointF(xToPixel(columnX(i)),
                                yToPixel(std::sqrt(column.squares / static_cast<double>(column.count))));
        }
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colors().surface, 3.5));
        painter.drawPolyline(line);
        painter.setPen(QPen(colors().text, 1.5));
        painter.drawPolyline(line);
    }

    void paintLabels(QPainter& painter) override {
        if (!m_picture) return;
        const QRectF row(plotArea().left(), 6, plotArea().width(), 16);
        const QString label = ErrorPlot::tr("RMS by column");
        const double width = QFontMetricsF(painter.font()).horizontalAdvance(label);
        painter.setPen(colors().text2);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, label);
        painter.setPen(QPen(colors().text, 1.5));
        painter.drawLine(QPointF(row.right() - width - 22, row.center().y()),
                         QPointF(row.right() - width - 6, row.center().y()));
    }

    void pointerMoved(const QPointF& position, Qt::KeyboardModifiers) override {
        int column = -1;
        if (m_picture && plotArea().contains(position) && m_picture->upperX > m_picture->lowerX) {
            const double at = (pixelToX(position.x()) - m_picture->lowerX) / (m_picture->upperX - m_picture->lowerX);
            if (at >= 0 && at <= 1)
                column = std::min(static_cast<int>(at * static_cast<double>(m_picture->columns.size())),
                                  static_cast<int>(m_picture->columns.size()) - 1);
        }
        hover(column);
    }
    void pointerLeft() override { hover(-1); }

    void hover(int column) {
        if (column == m_hovered) return;
        m_hovered = column;
        refreshHover();
        if (column < 0) return hideCard();
        const auto i = static_cast<std::size_t>(column);
        const auto& c = m_picture->columns[i];
        const double span = m_picture->upperX - m_picture->lowerX;
        CardContent content;
        content.title = ErrorPlot::tr("At %1").arg(valueText(columnX(i), span));
        content.rows = {
            {ErrorPlot::tr("Values"), countText(static_cast<qint64>(c.count))},
            {ErrorPlot::tr("Largest error"), c.count == 0 ? QStringLiteral("–") : errorText(c.largest, span)},
            {ErrorPlot::tr("RMS error"), c.count == 0
                                             ? QStringLiteral("–")
                                             : errorText(std::sqrt(c.squares / static_cast<double>(c.count)), span)}};
        const double x = xToPixel(columnX(i));
        showCard(content, QRectF(x - 8, plotArea().top(), 16, plotArea().height()));
    }

    void paintHover(QPainter& painter) override {
        if (m_hovered < 0) return;
        const double x = std::round(xToPixel(columnX(static_cast<std::size_t>(m_hovered))));
        painter.fillRect(QRectF(x, plotArea().top(), 1, plotArea().height()), colors().text3);
    }

private:
    ErrorPicturePtr m_picture;
    int m_hovered = -1;
};

ErrorPlot::ErrorPlot(QWidget* parent)
    : PaneStack(760, parent), m_histogram(new ErrorHistogramPane), m_against(new ErrorAgainstValuePane) {
    setAccessibleName(tr("Error"));
    m_histogram->setAccessibleName(tr("Histogram of the error"));
    m_histogram->setYTitle(tr("values per bin"));
    m_histogram->setXTitle(tr("error, x − Q(x)"));
    m_against->setAccessibleName(tr("Error against value"));
    m_against->setYTitle(tr("|x − Q(x)|"));
    addPane(m_histogram);
    addPane(m_against);
    setErrors(nullptr, {});
}

void ErrorPlot::setErrors(ErrorPicturePtr picture, const QString& valueName) {
    m_histogram->set(picture);
    m_against->set(std::move(picture));
    m_against->setXTitle(valueName);
}

void ErrorPlot::setLogCounts(bool log) { m_histogram->setLogY(log); }

} // namespace quantoscope::ui
