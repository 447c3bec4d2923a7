// The course of a training, small enough for a side panel: loss or accuracy by epoch, of the training part solid and of
// the test part dashed. Epochs may arrive one by one.
//
// Hover, or Left and Right, tell the figures of an epoch in place of title and legend.
#pragma once

#include "ui/plots/lab_text.h"

#include <span>
#include <vector>

namespace quantoscope::ui {

class TrainingCurvePlot : public PlotWidget {
    Q_OBJECT

public:
    enum class Quantity { Loss, Accuracy };

    explicit TrainingCurvePlot(QWidget* parent = nullptr);

    void setCurve(std::span<const EpochReport> curve);
    /// How many epochs the axis has room for; more where more have run.
    void setEpochs(int epochs);
    void setQuantity(Quantity quantity);
    Quantity quantity() const { return m_quantity; }
    void setScale(AccuracyScale scale);

    int epochCount() const { return static_cast<int>(m_curve.size()); }
    /// In pixels, of the training or the test part; not finite where the training diverged.
    QPointF pointPosition(int index, bool test) const;
    /// "epoch 12: training 0.083, test 0.114"; empty where none is hovered.
    QString readout() const;

protected:
    void rebuild() override;
    void paintData(QPainter& painter) override;
    void paintMarks(QPainter& painter) override;
    void paintLabels(QPainter& painter) override;
    void pointerMoved(const QPointF& position, Qt::KeyboardModifiers modifiers) override;
    void pointerLeft() override { setHovered(-1); }
    void keyPressEvent(QKeyEvent* event) override;

private:
    double valueOf(const EpochReport& report, bool test) const;
    QString title() const;
    void setHovered(int index);

    std::vector<EpochReport> m_curve;
    int m_epochs = 0;
    Quantity m_quantity = Quantity::Loss;
    AccuracyScale m_scale;
    int m_hovered = -1;
};

} // namespace quantoscope::ui
