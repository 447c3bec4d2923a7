// A signal before and after quantization: the waveforms, the residual below on the same time, and the spectra of the
// three. Waveform and residual zoom together (wheel, or + and −); hover names the sample.
#pragma once

#include "ui/plots/pane_stack.h"
#include "ui/plots/signal_picture.h"

namespace quantoscope::ui {

class WaveformPane;
class SpectrumPane;

class SignalView : public PaneStack {
    Q_OBJECT

public:
    explicit SignalView(QWidget* parent = nullptr);

    /// Null for none. `valueName` is what the samples are called.
    void setSignal(SignalPicturePtr picture, const QString& valueName);
    ValueRange timeRange() const;

private:
    WaveformPane* m_waveform;
    WaveformPane* m_residual;
    SpectrumPane* m_spectrum;
};

} // namespace quantoscope::ui
