#include "ui/panels/matrix_page.h"

#include "ui/plots/matrix_plot.h"
#include "ui/widgets/plot_header.h"
#include "ui/widgets/text_label.h"

#include <QSignalBlocker>
#include <QSpinBox>

namespace quantoscope::ui {

namespace {
constexpr int kLargestGain = 1024;
} // namespace

MatrixPage::MatrixPage(Session& session, QWidget* parent)
    : RunPage(session, parent),
      m_plot(new MatrixPlot(this)),
      m_sliceLabel(new TextLabel(TextStyle::Note, tr("Slice"), this)),
      m_slice(new QSpinBox(this)),
      m_gain(new QSpinBox(this)),
      m_job(LatestJob<MatrixPicturePtr>::Superseded::Finish) {
    m_slice->setSpecialValueText(tr("all"));
    m_slice->setRange(-1, -1);
    m_slice->setFixedWidth(84);
    m_slice->setAccessibleName(tr("Slice"));
    m_slice->setToolTip(tr("Which slice along the leading axes; all of them below one another"));
    m_sliceLabel->setBuddy(m_slice);
    m_gain->setRange(1, kLargestGain);
    m_gain->setPrefix(QStringLiteral("× "));
    m_gain->setFixedWidth(84);
    m_gain->setAccessibleName(tr("Error gain"));
    m_gain->setToolTip(tr("How many times the error is amplified on the colour scale"));
    auto* gainLabel = new TextLabel(TextStyle::Note, tr("Error"), this);
    gainLabel->setBuddy(m_gain);
    header().addControl(m_sliceLabel);
    header().addControl(m_slice);
    header().addControl(gainLabel);
    header().addControl(m_gain);
    setNeedsValues();
    setPlot(m_plot);
    connect(m_slice, &QSpinBox::valueChanged, this, [this] { showRun(); });
    connect(m_gain, &QSpinBox::valueChanged, m_plot, &MatrixPlot::setErrorGain);
    m_job.delivered = [this](Result<MatrixPicturePtr> picture) {
        if (!picture) return;
        const QSignalBlocker quiet(m_slice);
        m_slice->setMaximum(static_cast<int>((*picture)->slices) - 1);
        const bool several = (*picture)->slices > 1;
        m_slice->setVisible(several);
        m_sliceLabel->setVisible(several);
        m_plot->setMatrix(std::move(*picture));
    };
}

PlotView* MatrixPage::plotView() const { return m_plot; }

void MatrixPage::showTensor() {
    const QSignalBlocker quiet(m_slice);
    m_slice->setRange(-1, -1);
    m_slice->setValue(-1);
    m_slice->setVisible(false);
    m_sliceLabel->setVisible(false);
}

void MatrixPage::showRun() {
    if (const RunPtr run = session().run()) {
        m_job.submit([run, slice = static_cast<std::int64_t>(m_slice->value())](const JobControl& job) {
            return prepareMatrix(run, slice, job);
        });
        return;
    }
    m_job.cancel();
    m_plot->setMatrix(nullptr);
}

} // namespace quantoscope::ui
