// The heart: a histogram of the data with the quantizer over it. Levels are stems whose height is the mean density of
// their bin on the histogram's own axis (values of the bin / width of the bin × width of a histogram bin), so that the
// markers trace it; boundaries are dashed lines; what a range clips is tinted.
//
// Pointer: hover names a bin, a click selects it, a boundary or level under the pointer can be dragged as far as its
// neighbour. Zooming in refines the histogram (its bins halve, so that the view keeps at least the number asked for).
// Keys: Left and Right choose a bin, Home and End the first and last, Escape none. Tab goes on to the chosen bin's
// lower boundary, its level and its upper boundary, which Left and Right then nudge by a pixel (Shift: ten, Ctrl: a
// tenth).
#pragma once

#include "core/tensor/histogram.h"
#include "ui/plots/plot_widget.h"
#include "ui/plots/plotted_levels.h"

#include <QTimer>

#include <vector>

namespace quantoscope::ui {

class DistributionPlot : public PlotWidget {
    Q_OBJECT

public:
    explicit DistributionPlot(QWidget* parent = nullptr);

    /// The data alone; null for none. `valueName` is the title of the horizontal axis.
    void setData(DistributionPtr data, const QString& valueName);
    /// The quantizer over it, and its group's data; null for none.
    void setLevels(PlottedLevelsPtr levels);
    void setBins(int bins); // 1 to 65,536
    int bins() const { return m_bins; }
    void setLogCounts(bool log);
    bool logCounts() const { return isLogY(); }
    void setEditable(bool boundaries, bool levels);
    void setSelectedBin(int bin); // −1 for none; does not signal
    int selectedBin() const { return m_selected; }

    /// Width of a histogram bin at the present zoom.
    double binWidth() const { return m_histogram.binWidth(); }
    const Histogram& histogram() const { return m_histogram; }
    /// Where a level's marker and a boundary's line are, in pixels.
    QPointF levelPosition(int index) const;
    double boundaryPosition(int index) const;

signals:
    void binSelected(int bin);
    void binHovered(int bin);
    void binWidthChanged(double width);
    /// While dragging `finished` is false; the last one, at the release, true. Escape brings the old value back.
    void boundaryMoved(int index, double value, bool finished);
    void levelMoved(int index, double value, bool finished);

protected:
    void rebuild() override;
    void paintBackground(QPainter& painter) override;
    void paintData(QPainter& painter) override;
    void paintMarks(QPainter& painter) override;
    void paintLabels(QPainter& painter) override;
    void paintHover(QPainter& painter) override;
    void viewRangeChanged() override;
    void replotted() override { updateCard(); }
    void pointerMoved(const QPointF& position, Qt::KeyboardModifiers modifiers) override;
    void pointerPressed(const QPointF& position, Qt::KeyboardModifiers modifiers) override;
    void pointerReleased(const QPointF& position) override;
    void pointerLeft() override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool focusNextPrevChild(bool forwards) override;

private:
    struct Counted {
        DistributionPtr data;
        int bins = 0;
        ValueRange view; // where it is zoomed
        friend bool operator==(const Counted&, const Counted&) = default;
    };
    struct Handle {
        enum class Kind { None, Boundary, Level };
        Kind kind = Kind::None;
        int index = 0;
        friend bool operator==(const Handle&, const Handle&) = default;
        explicit operator bool() const { return kind != Kind::None; }
    };

    int binCount() const { return static_cast<int>(m_codebook.size()); }
    const Distribution* data() const { return m_data.get(); }
    ValueRange fullRange() const;
    void rebuildHistogram();
    void rebuildHeights();
    double heightOf(std::size_t bin) const;
    double yPixel(double count) const;
    double pixelGap(std::size_t level) const;
    QPolygonF outline() const;
    QRectF bandOf(int bin) const;
    void paintBoundaries(QPainter& painter, std::size_t begin, std::size_t end);

    Handle handleAt(const QPointF& position) const;
    double valueOf(Handle handle) const;
    ValueRange limitsOf(Handle handle) const;
    void move(Handle handle, double value, bool finished);
    void applyOverride();
    void finishNudge();
    void selectBin(int bin, bool signal);
    void setHovered(int bin);
    void updateCard();

    DistributionPtr m_data;
    PlottedLevelsPtr m_levels;
    Codebook m_codebook; // of m_levels, with the dragged boundary or level where the pointer has it
    BinErrors m_figures; // likewise
    std::vector<double> m_heights;
    Histogram m_histogram;
    Counted m_counted; // what m_histogram was counted from
    int m_bins = 128;
    int m_selected = -1;
    int m_hovered = -1;
    bool m_editBoundaries = true;
    bool m_editLevels = true;

    Handle m_active;   // what the keyboard moves
    Handle m_dragged;  // what the pointer has hold of
    Handle m_override; // what has been moved and has not come back from the engine yet
    double m_overrideValue = 0;
    double m_valueBefore = 0;
    double m_grip = 0; // from the pointer to the handle, in pixels
    bool m_moved = false;
    bool m_nudging = false;
    QTimer m_overrideTimeout;
};

} // namespace quantoscope::ui
