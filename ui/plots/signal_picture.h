// A signal before and after quantization: its samples with their extremes by blocks, so that any stretch of it can be
// drawn at once, and the spectra of both and of the residual.
#pragma once

#include "core/measure/spectrum.h"
#include "core/study/run.h"

#include <QString>

#include <memory>
#include <utility>
#include <vector>

namespace quantoscope::ui {

class Waveform {
public:
    static constexpr std::size_t kBlock = 64;

    Waveform() = default;
    explicit Waveform(std::vector<float> samples);

    std::size_t size() const { return m_samples.size(); }
    float operator[](std::size_t i) const { return m_samples[i]; }
    const std::vector<float>& samples() const { return m_samples; }
    /// The smallest and largest finite sample of [begin, end); lower above upper where there is none.
    std::pair<float, float> extremes(std::size_t begin, std::size_t end) const;

private:
    std::vector<float> m_samples;
    std::vector<std::pair<float, float>> m_blocks;
};

struct SignalPicture {
    Waveform original, quantized, residual;
    std::size_t channel = 0;
    std::size_t channels = 1;
    double sampleRate = 0; // Hz; 0 where unknown: then positions are samples
    double snrDb = 0;      // of this channel: 10·log10(Σx²/Σe²)
    double residualRms = 0;
    Spectrum originalSpectrum, quantizedSpectrum, residualSpectrum; // empty for fewer than 8 samples
    QString lookId;

    double positionOf(double sample) const { return sampleRate > 0 ? sample / sampleRate : sample; }
};
using SignalPicturePtr = std::shared_ptr<const SignalPicture>;

/// Frames, or frames × channels; any vector will do.
bool showsAsSignal(const TensorInfo& info);

/// For a job: O(n). Errors: InvalidArgument (not a signal, no such channel), Cancelled.
Result<SignalPicturePtr> prepareSignal(const RunPtr& run, std::size_t channel = 0, const JobControl& job = {});

} // namespace quantoscope::ui
