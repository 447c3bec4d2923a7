// The painting half of the sensitivity plot: axis, rows of bars with their figures, legend.
#include "ui/plots/lab_sensitivity_plot.h"
#include "ui/plots/plot_text.h"
#include "ui/plots/plot_ticker.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <cmath>

namespace quantoscope::ui {

void SensitivityPlot::draw(QPainter& painter, const QSize& size, const Layout& layout, int offset) const {
    painter.fillRect(QRect(QPoint(), size), colors().surface);
    const bool onScreen = painter.device() == this;
    if (m_layers.empty()) {
        painter.setPen(colors().text3);
        painter.setFont(typeface(type::control));
        painter.drawText(QRectF(QPointF(), size).adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("What each layer loses when it alone is quantized: run the methods to see it"));
        return;
    }
    painter.setFont(typeface(type::caption));
    painter.setPen(colors().text2);
    painter.drawText(QRectF(kMargin, 6, size.width() - 2 * kMargin, 16), Qt::AlignLeft | Qt::AlignVCenter,
                     m_scale.lossAxisTitle());

    PlotTicker ticker;
    ticker.setSpacing(56);
    ticker.setAxisLength(layout.area.width());
    QVector<double> ticks;
    QVector<QString> labels;
    ticker.generate({layout.lower, layout.upper}, QLocale(), u'f', 0, ticks, nullptr, &labels);
    const double axis = std::round(layout.area.bottom());
    for (qsizetype i = 0; i < ticks.size(); ++i) {
        const double x = std::round(layout.x(ticks[i]));
        if (x < layout.area.left() - 1 || x > layout.area.right() + 1) continue;
        painter.fillRect(QRectF(x, layout.area.top(), 1, axis - layout.area.top()),
                         ticks[i] == 0 ? colors().line2 : colors().grid);
        painter.fillRect(QRectF(x, axis, 1, 4), colors().line2);
        painter.drawText(QRectF(x - 30, axis + 7, 60, 16), Qt::AlignCenter, labels[i]);
    }

    painter.save();
    painter.setClipRect(QRectF(0, layout.area.top(), size.width(), layout.area.height()), Qt::IntersectClip);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const QRectF row(0, layout.area.top() + static_cast<double>(i) * layout.rowHeight - offset, layout.area.right(),
                         layout.rowHeight);
        if (row.bottom() < layout.area.top() || row.top() > layout.area.bottom()) continue;
        const int index = static_cast<int>(i);
        if (onScreen && (index == m_current || index == m_hovered)) {
            QColor band = colors().text;
            band.setAlphaF(index == m_current ? 0.07f : 0.04f);
            painter.fillRect(row.adjusted(4, 1, 0, -1), band);
            if (index == m_current) painter.fillRect(QRectF(4, row.top() + 1, 3, row.height() - 2), colors().ink);
        }
        drawLayer(painter, layout, row, m_layers[i]);
    }
    painter.restore();
    drawLegend(painter, size);
}

void SensitivityPlot::drawLayer(QPainter& painter, const Layout& layout, const QRectF& row, const Layer& layer) const {
    const QFont strong = typeface(type::caption, weight::semiBold), plain = typeface(type::caption);
    const QRectF text(kMargin, row.center().y() - 15, layout.labelWidth, 30);
    painter.setFont(strong);
    painter.setPen(colors().text);
    painter.drawText(QRectF(text.left(), text.top(), text.width() + 2, 15), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(strong).elidedText(layer.name, Qt::ElideMiddle, text.width()));
    painter.setFont(plain);
    painter.setPen(colors().text2);
    painter.drawText(QRectF(text.left(), text.top() + 15, text.width() + 2, 15), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(plain).elidedText(layer.shape, Qt::ElideMiddle, text.width()));
    for (const Bar& bar : layer.bars) {
        const double shown = std::isfinite(bar.lost) ? bar.lost : 0;
        const QRectF rect = barIn(layout, row, rankOf(bar.bits), shown);
        painter.fillRect(rect, tint(bar.bits));
        painter.setPen(colors().text);
        painter.drawText(QRectF(rect.right() + 5, rect.center().y() - 8, 60, 16), Qt::AlignLeft | Qt::AlignVCenter,
                         numberText(m_scale.shown(bar.lost), m_scale.isPercent() ? 1 : 3));
    }
}

void SensitivityPlot::drawLegend(QPainter& painter, const QSize& size) const {
    painter.setFont(typeface(type::caption));
    const QFontMetricsF metrics(painter.font());
    const double y = size.height() - 14;
    double x = kMargin;
    const auto text = [&](const QString& words) {
        painter.setPen(colors().text2);
        painter.drawText(QRectF(x, y - 8, size.width() - x, 16), Qt::AlignLeft | Qt::AlignVCenter, words);
        x += metrics.horizontalAdvance(words);
    };
    text(tr("one layer at"));
    x += 8;
    for (const int bits : m_bits) {
        painter.fillRect(QRectF(x, y - 4.5, 9, 9), tint(bits));
        x += 13;
        text(bits == m_bits.back() ? tr("%1 bits").arg(bits) : QString::number(bits));
        x += 9;
    }
    // What gives way first where it is narrow.
    const QString rest = tr("the rest in FP32");
    if (x + metrics.horizontalAdvance(rest) <= size.width() - 8) text(rest);
}

} // namespace quantoscope::ui
