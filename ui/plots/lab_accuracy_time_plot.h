// Accuracy against time: a disc for each method that has been timed, its area the bytes of the network, with the 95 %
// interval of its accuracy as a whisker. Towards the upper left is better. Rows without a time are counted below.
//
// Hover names a point, a click or Enter chooses its row; arrow keys go to the next point in time.
#pragma once

#include "ui/plots/lab_text.h"

#include <vector>

namespace quantoscope::ui {

class AccuracyTimePlot : public PlotWidget {
    Q_OBJECT

public:
    enum class Batch { Single, Large };

    explicit AccuracyTimePlot(QWidget* parent = nullptr);

    void setRows(std::vector<LabRowPtr> rows);
    /// Whose times are shown; `size` is that of the large batch.
    void setBatch(Batch batch, std::size_t size);
    Batch batch() const { return m_batch; }
    void setSelectedRow(int row); // −1 for none; does not signal
    int selectedRow() const { return m_selected; }
    int hoveredRow() const { return m_hovered; }

    /// In pixels; not finite where a row is not drawn.
    QPointF pointPosition(int row) const;
    double discDiameter(int row) const;
    /// Of the label as it was last drawn.
    QRectF labelRect(int row) const;
    /// What is left out and why: "3 simulated rows have no time"; empty where nothing is.
    QString footnote() const { return m_footnote; }

signals:
    void rowClicked(int row);
    void rowHovered(int row);

protected:
    void rebuild() override;
    void paintData(QPainter& painter) override;
    void paintMarks(QPainter& painter) override;
    void paintLabels(QPainter& painter) override;
    void paintHover(QPainter& painter) override;
    void replotted() override { updateCard(); }
    void pointerMoved(const QPointF& position, Qt::KeyboardModifiers modifiers) override;
    void pointerPressed(const QPointF& position, Qt::KeyboardModifiers modifiers) override;
    void pointerLeft() override { setHovered(-1); }
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Point {
        int row = 0;
        double microseconds = 0, accuracy = 0, low = 0, high = 0; // accuracies as shown
        QString label;
    };
    const LabRow& rowAt(int row) const { return *m_rows[static_cast<std::size_t>(row)]; }
    const std::optional<LabTime>& timeOf(const LabRow& row) const;
    const Point* pointOf(int row) const;
    int nearest(const QPointF& position) const;
    void collect();
    void setHovered(int row);
    void updateCard();

    std::vector<LabRowPtr> m_rows;
    std::vector<Point> m_points;
    std::vector<QRectF> m_labels; // as m_points
    AccuracyScale m_scale;
    Batch m_batch = Batch::Large;
    std::size_t m_batchSize = 256;
    std::uint64_t m_mostBytes = 1;
    QString m_footnote;
    int m_selected = -1;
    int m_hovered = -1;
};

} // namespace quantoscope::ui
