#include "ui/plots/signal_view.h"

#include "ui/plots/marks.h"
#include "ui/plots/plot_text.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr double kSpectrumDepth = 120; // dB below the peak that are shown at most

// Names of lines with a stroke of their colour, at the right of the row of the axis title.
void paintLegend(QPainter& painter, const QRectF& area, const std::vector<std::pair<QString, QColor>>& entries) {
    double x = area.right();
    const QFontMetricsF metrics(painter.font());
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        x -= metrics.horizontalAdvance(entry->first);
        painter.setPen(colors().text2);
        painter.drawText(QRectF(x, 6, 300, 16), Qt::AlignLeft | Qt::AlignVCenter, entry->first);
        painter.fillRect(QRectF(x - 20, 13, 14, 2), entry->second);
        x -= 34;
    }
}

} // namespace

class WaveformPane : public PlotWidget {
public:
    explicit WaveformPane(bool residual) : m_isResidual(residual) {}

    void set(SignalPicturePtr picture) {
        m_picture = std::move(picture);
        m_hovered = -1;
        setEmptyText(m_picture && m_picture->original.size() > 0 ? QString() : SignalView::tr("No signal"));
        invalidate();
    }

protected:
    // Samples a unit of the axis.
    double rate() const { return m_picture->sampleRate > 0 ? m_picture->sampleRate : 1; }

    void rebuild() override {
        if (!m_picture || m_picture->original.size() == 0) return;
        const std::size_t n = m_picture->original.size();
        auto [low, high] = m_isResidual ? m_picture->residual.extremes(0, n) : m_picture->original.extremes(0, n);
        if (!m_isResidual) {
            const auto [a, b] = m_picture->quantized.extremes(0, n);
            low = std::min(low, a);
            high = std::max(high, b);
        } else {
            high = std::max(std::abs(low), std::abs(high)); // the residual is seen about zero
            low = -high;
        }
        setFullRange({0, std::max<double>(1, static_cast<double>(n - 1)) / rate()}, padded(showable(low, high), 0.05));
    }

    void paintWave(QPainter& painter, const Waveform& wave, const QColor& color, double width, bool dots) const {
        const QRectF area = plotArea();
        const ValueRange view = xRange();
        const double perPixel = view.size() * rate() / std::max(1.0, area.width());
        painter.setBrush(Qt::NoBrush);
        if (perPixel < 2) {
            QPolygonF line;
            const auto first = static_cast<std::size_t>(std::max(0.0, std::floor(view.lower * rate()) - 1));
            const auto last =
                std::min(wave.size(), static_cast<std::size_t>(std::max(0.0, std::ceil(view.upper * rate()) + 2)));
            const auto flush = [&] {
                painter.setRenderHint(QPainter::Antialiasing);
                painter.setPen(QPen(color, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
                painter.drawPolyline(line);
                if (dots && perPixel < 0.12) {
                    painter.setPen(Qt::NoPen);
                    painter.setBrush(color);
                    for (const QPointF& point : line) painter.drawEllipse(point, 3, 3);
                    painter.setBrush(Qt::NoBrush);
                }
                painter.setRenderHint(QPainter::Antialiasing, false);
                line.clear();
            };
            for (std::size_t i = first; i < last; ++i) {
                if (std::isfinite(wave[i]))
                    line << QPointF(xToPixel(static_cast<double>(i) / rate()), yToPixel(wave[i]));
                else
                    flush();
            }
            flush();
            return;
        }
        // From the smallest to the largest sample of every pixel, and on to the next.
        QVector<QLineF> lines;
        double before = std::nan("");
        for (int x = 0; x <= static_cast<int>(area.width()); ++x) {
            const double from = std::max(0.0, std::floor(view.lower * rate() + x * perPixel));
            const double to = std::floor(view.lower * rate() + (x + 1) * perPixel);
            if (to <= from || from >= static_cast<double>(wave.size())) continue;
            const auto [low, high] = wave.extremes(static_cast<std::size_t>(from), static_cast<std::size_t>(to));
            if (!(low <= high)) continue;
            double top = yToPixel(high);
            double bottom = yToPixel(low);
            const double last = yToPixel(wave[std::min(wave.size(), static_cast<std::size_t>(to)) - 1]);
            if (std::isfinite(before)) {
                top = std::min(top, before);
                bottom = std::max(bottom, before);
            }
            before = last;
            lines << QLineF(area.left() + x, std::round(top), area.left() + x, std::round(bottom) + 0.5);
        }
        painter.setPen(QPen(color, 1));
        painter.drawLines(lines);
    }

    void paintData(QPainter& painter) override {
        if (!m_picture || m_picture->original.size() == 0) return;
        const QColor scheme = schemeLook(m_picture->lookId).color;
        if (m_isResidual) {
            painter.fillRect(QRectF(plotArea().left(), std::round(yToPixel(0)), plotArea().width(), 1), colors().line2);
            paintWave(painter, m_picture->residual, scheme, 1.5, true);
        } else {
            paintWave(painter, m_picture->original, colors().histogramOutline, 1.5, true);
            paintWave(painter, m_picture->quantized, withAlpha(scheme, 0.85), 1.5, true);
        }
    }

    void paintLabels(QPainter& painter) override {
        if (!m_picture) return;
        const QColor scheme = schemeLook(m_picture->lookId).color;
        if (m_isResidual) {
            painter.setPen(colors().text2);
            painter.drawText(QRectF(plotArea().left(), 6, plotArea().width(), 16), Qt::AlignRight | Qt::AlignVCenter,
                             SignalView::tr("SNR %1").arg(decibelText(m_picture->snrDb)));
        } else {
            paintLegend(
                painter, plotArea(),
                {{SignalView::tr("original"), colors().histogramOutline}, {SignalView::tr("quantized"), scheme}});
        }
    }

    void pointerMoved(const QPointF& position, Qt::KeyboardModifiers) override {
        qint64 sample = -1;
        if (m_picture && plotArea().contains(position)) {
            sample = std::llround(pixelToX(position.x()) * rate());
            if (sample < 0 || sample >= static_cast<qint64>(m_picture->original.size())) sample = -1;
        }
        hover(sample);
    }
    void pointerLeft() override { hover(-1); }

    void hover(qint64 sample) {
        if (sample == m_hovered) return;
        m_hovered = sample;
        refreshHover();
        if (sample < 0) return hideCard();
        const auto i = static_cast<std::size_t>(sample);
        const auto [low, high] = m_picture->original.extremes(0, m_picture->original.size());
        const double span = static_cast<double>(high) - static_cast<double>(low);
        CardContent content;
        content.look = schemeLook(m_picture->lookId);
        content.title = SignalView::tr("Sample %1").arg(countText(sample));
        if (m_picture->sampleRate > 0)
            content.note =
                SignalView::tr("%1 s").arg(numberText(m_picture->positionOf(static_cast<double>(sample)), 4));
        content.rows = {{SignalView::tr("Original"), valueText(m_picture->original[i], span)},
                        {SignalView::tr("Quantized"), valueText(m_picture->quantized[i], span)},
                        {SignalView::tr("Error"), valueText(m_picture->residual[i], span)}};
        const double x = xToPixel(static_cast<double>(sample) / rate());
        showCard(content, QRectF(x - 10, plotArea().top(), 20, plotArea().height()));
    }

    void paintHover(QPainter& painter) override {
        if (m_hovered < 0) return;
        painter.fillRect(QRectF(std::round(xToPixel(static_cast<double>(m_hovered) / rate())), plotArea().top(), 1,
                                plotArea().height()),
                         colors().text3);
    }

private:
    SignalPicturePtr m_picture;
    bool m_isResidual;
    qint64 m_hovered = -1;
};

class SpectrumPane : public PlotWidget {
public:
    void set(SignalPicturePtr picture) {
        m_picture = std::move(picture);
        setEmptyText(m_picture && !m_picture->originalSpectrum.frequency.empty()
                         ? QString()
                         : SignalView::tr("Too short for a spectrum"));
        invalidate();
    }

protected:
    static double decibels(double density) { return 10 * std::log10(std::max(density, 1e-300)); }

    void rebuild() override {
        if (!m_picture || m_picture->originalSpectrum.frequency.empty()) return;
        double high = -INFINITY;
        double low = INFINITY;
        for (const Spectrum* spectrum :
             {&m_picture->originalSpectrum, &m_picture->quantizedSpectrum, &m_picture->residualSpectrum}) {
            // The first bin holds what is left of the mean, which was removed.
            for (std::size_t k = 1; k < spectrum->density.size(); ++k) {
                if (spectrum->density[k] <= 0) continue;
                high = std::max(high, decibels(spectrum->density[k]));
                low = std::min(low, decibels(spectrum->density[k]));
            }
        }
        if (!(low < high)) {
            low = -1;
            high = 0;
        }
        low = std::max(low, high - kSpectrumDepth);
        setFullRange({0, m_picture->originalSpectrum.frequency.back()}, padded({low, high}, 0.05));
    }

    void paintData(QPainter& painter) override {
        if (!m_picture) return;
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        for (const auto& [spectrum, color] : entries()) {
            QPolygonF line;
            double pixel = -1e9;
            for (std::size_t k = 1; k < spectrum->density.size(); ++k) {
                const QPointF at(xToPixel(spectrum->frequency[k]),
                                 std::clamp(yToPixel(decibels(spectrum->density[k])), -1e4, 1e4));
                // The highest of those that share half a pixel.
                if (at.x() - pixel < 0.5 && !line.isEmpty()) {
                    line.last().setY(std::min(line.last().y(), at.y()));
                    continue;
                }
                pixel = at.x();
                line << at;
            }
            painter.setPen(QPen(color, 1.25, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
            painter.drawPolyline(line);
        }
    }

    void paintLabels(QPainter& painter) override {
        if (!m_picture) return;
        const auto all = entries();
        paintLegend(painter, plotArea(),
                    {{SignalView::tr("original"), all[0].second},
                     {SignalView::tr("quantized"), all[1].second},
                     {SignalView::tr("residual"), all[2].second}});
    }

private:
    std::vector<std::pair<const Spectrum*, QColor>> entries() const {
        const QColor scheme = schemeLook(m_picture->lookId).color;
        return {{&m_picture->originalSpectrum, colors().histogramOutline},
                {&m_picture->quantizedSpectrum, scheme},
                {&m_picture->residualSpectrum, colors().text}};
    }

    SignalPicturePtr m_picture;
};

SignalView::SignalView(QWidget* parent)
    : PaneStack(0, parent),
      m_waveform(new WaveformPane(false)),
      m_residual(new WaveformPane(true)),
      m_spectrum(new SpectrumPane) {
    setAccessibleName(tr("Signal before and after"));
    m_waveform->setAccessibleName(tr("Waveforms"));
    m_residual->setAccessibleName(tr("Residual"));
    m_spectrum->setAccessibleName(tr("Spectra"));
    m_waveform->setXTicksVisible(false);
    m_waveform->setPlotMargins({56, 32, 16, 8});
    m_residual->setPlotMargins({56, 32, 16, 48});
    m_spectrum->setPlotMargins({56, 32, 16, 48});
    m_residual->setYTitle(tr("residual"));
    m_spectrum->setYTitle(tr("power density, dB"));
    for (PlotWidget* pane : {static_cast<PlotWidget*>(m_waveform), static_cast<PlotWidget*>(m_residual),
                             static_cast<PlotWidget*>(m_spectrum)}) {
        pane->setTickSpacing(72, 32);
        pane->setMinimumHeight(96);
    }
    addPane(m_waveform, 4);
    addPane(m_residual, 3);
    addPane(m_spectrum, 4);
    connect(m_waveform, &PlotWidget::xRangeChanged, m_residual,
            [this](const ValueRange& x) { m_residual->showXRange(x); });
    connect(m_residual, &PlotWidget::xRangeChanged, m_waveform,
            [this](const ValueRange& x) { m_waveform->showXRange(x); });
    setSignal(nullptr, {});
}

void SignalView::setSignal(SignalPicturePtr picture, const QString& valueName) {
    const bool seconds = picture && picture->sampleRate > 0;
    m_waveform->setYTitle(valueName);
    m_residual->setXTitle(seconds ? tr("time, s") : tr("sample"));
    m_spectrum->setXTitle(seconds ? tr("frequency, Hz") : tr("frequency, cycles per sample"));
    m_waveform->set(picture);
    m_residual->set(picture);
    m_spectrum->set(std::move(picture));
}

ValueRange SignalView::timeRange() const { return m_waveform->xRange(); }

} // namespace quantoscope::ui
