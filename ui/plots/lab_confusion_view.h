// Truth against prediction: a cell for every pair of classes, rows truth, columns prediction, with the number of
// samples. Right answers are blue by their share of the row, errors vermilion by how many there are; many classes drop
// the numbers, very many share pixels, the most frequent error of them seen.
//
// Hover names a cell, a click or Enter chooses it; arrow keys go to the next.
#pragma once

#include "ui/plots/plot_view.h"
#include "ui/widgets/card.h"

#include <QPoint>
#include <QRectF>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace quantoscope::ui {

class ConfusionView : public PlotView {
    Q_OBJECT

public:
    explicit ConfusionView(QWidget* parent = nullptr);

    /// counts[truth · classes + prediction], as core's confusion() gives them; empty for none. `method` is said in the
    /// corner.
    void setCounts(std::vector<std::uint32_t> counts, QStringList classes, const QString& method = {});
    void setSelectedCell(int truth, int prediction); // −1, −1 for none; does not signal

    bool hasNumbers() const;
    QRectF cellRect(int truth, int prediction) const;
    /// x the prediction, y the truth.
    std::optional<QPoint> cellAt(const QPointF& position) const;
    QColor cellColor(int truth, int prediction) const;
    /// "truth 3, predicted 8: 4 of 36"
    QString cellText(int truth, int prediction) const;

    void paintTo(QCPPainter& painter, const QSize& size) override;
    void resetView() override {}

signals:
    void cellClicked(int truth, int prediction);
    void cellHovered(int truth, int prediction); // −1, −1 when none is

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Layout {
        QRectF matrix;
        double cell = 0;
        double labels = 0; // the width of the classes' names at the left
    };
    int classCount() const { return static_cast<int>(m_classes.size()); }
    std::uint32_t count(int truth, int prediction) const;
    Layout layoutFor(const QSize& size) const;
    void draw(QPainter& painter, const QSize& size) const;
    void drawCells(QPainter& painter, const Layout& layout) const;
    void drawNames(QPainter& painter, const Layout& layout) const;
    QImage picture(int pixels) const;
    void point(std::optional<QPoint> cell);

    std::vector<std::uint32_t> m_counts;
    std::vector<std::uint64_t> m_rowTotals;
    std::uint32_t m_mostErrors = 0; // in a cell
    QStringList m_classes;
    QString m_method;
    std::optional<QPoint> m_hovered, m_selected;
    Card* m_card;
};

} // namespace quantoscope::ui
