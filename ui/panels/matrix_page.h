// The Matrix view: original, quantized and error as images; of more than two axes, a slice or all.
#pragma once

#include "ui/panels/run_page.h"
#include "ui/plots/matrix_picture.h"

class QLabel;
class QSpinBox;

namespace quantoscope::ui {

class MatrixPlot;

class MatrixPage : public RunPage {
    Q_OBJECT

public:
    explicit MatrixPage(Session& session, QWidget* parent = nullptr);
    PlotView* plotView() const override;

protected:
    void showTensor() override;
    void showRun() override;

private:
    MatrixPlot* m_plot;
    QLabel* m_sliceLabel;
    QSpinBox* m_slice;
    QSpinBox* m_gain;
    LatestJob<MatrixPicturePtr> m_job;
};

} // namespace quantoscope::ui
