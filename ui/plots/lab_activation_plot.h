// The values that flowed at one place of a network while it was calibrated, and the range that its codes cover: what
// lies outside is tinted, for it is clipped. Counts linear or logarithmic.
//
// Hover names a bin. Keys: Left and Right choose bins.
#pragma once

#include "ui/plots/lab_text.h"

#include <optional>

namespace quantoscope::ui {

class ActivationHistogramPlot : public PlotWidget {
    Q_OBJECT

public:
    explicit ActivationHistogramPlot(QWidget* parent = nullptr);

    /// Empty for none. The range has the colour of the method.
    void setHistogram(std::optional<ActivationHistogram> histogram, LabMethod method = LabMethod::Static);
    void setLogCounts(bool log);

    bool hasRange() const;
    /// The share of the values outside the range, bins that an edge cuts counted in proportion.
    double shareOutside() const;
    /// The tinted parts, in pixels; empty where there is none on that side.
    QRectF clippedRect(bool upper) const;
    QRectF binRect(int bin) const;
    int hoveredBin() const { return m_hovered; }

signals:
    void binHovered(int bin);

protected:
    void rebuild() override;
    void paintBackground(QPainter& painter) override;
    void paintData(QPainter& painter) override;
    void paintLabels(QPainter& painter) override;
    void paintHover(QPainter& painter) override;
    void replotted() override { updateCard(); }
    void pointerMoved(const QPointF& position, Qt::KeyboardModifiers modifiers) override;
    void pointerLeft() override { setHovered(-1); }
    void keyPressEvent(QKeyEvent* event) override;

private:
    double edge(std::size_t bin) const;
    double yPixel(double count) const;
    void setHovered(int bin);
    void updateCard();

    std::optional<ActivationHistogram> m_histogram;
    LabMethod m_method = LabMethod::Static;
    std::uint64_t m_total = 0;
    double m_outside = 0;
    int m_hovered = -1;
};

} // namespace quantoscope::ui
