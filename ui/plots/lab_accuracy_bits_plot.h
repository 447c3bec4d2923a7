// Accuracy against bits of weights: a line for each method, dashed ones for its variants, float32 as a dashed
// horizontal. Points may arrive one by one.
//
// Hover names a point. Keys: Left and Right go along a line, Up and Down to the next line.
#pragma once

#include "ui/plots/lab_text.h"

#include <optional>
#include <vector>

namespace quantoscope::ui {

class AccuracyBitsPlot : public PlotWidget {
    Q_OBJECT

public:
    explicit AccuracyBitsPlot(QWidget* parent = nullptr);

    /// In any order; those of one method and variant are a line.
    void setPoints(std::vector<LabPoint> points);
    /// The accuracy in float32; empty where it is not known yet.
    void setReference(std::optional<double> accuracy);
    void setActivationBits(int bits);
    void setScale(AccuracyScale scale);

    int lineCount() const { return static_cast<int>(m_lines.size()); }
    QString lineLabel(int line) const { return m_lines[static_cast<std::size_t>(line)].label; }
    bool isDashed(int line) const { return m_lines[static_cast<std::size_t>(line)].look.dashed; }
    /// Indices of the points in ascending bits.
    const std::vector<std::size_t>& linePoints(int line) const {
        return m_lines[static_cast<std::size_t>(line)].points;
    }
    /// In pixels.
    QPointF pointPosition(int point) const;
    int hoveredPoint() const { return m_hovered; }
    /// Whether the lines are named in the plot, for want of room at their ends.
    bool hasLegendInside() const { return m_legendInside; }

signals:
    void pointHovered(int point);

protected:
    void rebuild() override;
    void paintData(QPainter& painter) override;
    void paintMarks(QPainter& painter) override;
    void paintLabels(QPainter& painter) override;
    void paintHover(QPainter& painter) override;
    void themeChanged() override { group(); }
    void replotted() override { updateCard(); }
    void pointerMoved(const QPointF& position, Qt::KeyboardModifiers modifiers) override;
    void pointerLeft() override { setHovered(-1); }
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Line {
        LabMethod method = LabMethod::Static;
        std::string variant;
        QString label;
        SchemeLook look;
        std::vector<std::size_t> points;
    };
    void group();
    void changed();
    QPolygonF polyline(const Line& line) const;
    std::vector<const Line*> ranked() const; // the best at its widest first
    void paintEndLabels(QPainter& painter);
    void paintLegend(QPainter& painter);
    int lineOf(int point) const;
    int nearest(const QPointF& position) const;
    void setHovered(int point);
    void updateCard();

    std::vector<LabPoint> m_points;
    std::vector<Line> m_lines;
    std::optional<double> m_reference;
    AccuracyScale m_scale;
    int m_activationBits = 8;
    int m_hovered = -1;
    bool m_legendInside = false;
};

} // namespace quantoscope::ui
