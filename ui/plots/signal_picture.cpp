#include "ui/plots/signal_picture.h"

#include "core/quant/quantized_tensor.h"
#include "ui/plots/marks.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace quantoscope::ui {

namespace {

constexpr std::pair<float, float> kNone{std::numeric_limits<float>::infinity(),
                                        -std::numeric_limits<float>::infinity()};

void widen(std::pair<float, float>& range, float value) {
    if (!std::isfinite(value)) return;
    range.first = std::min(range.first, value);
    range.second = std::max(range.second, value);
}

} // namespace

Waveform::Waveform(std::vector<float> samples) : m_samples(std::move(samples)) {
    m_blocks.assign((m_samples.size() + kBlock - 1) / kBlock, kNone);
    for (std::size_t i = 0; i < m_samples.size(); ++i) widen(m_blocks[i / kBlock], m_samples[i]);
}

std::pair<float, float> Waveform::extremes(std::size_t begin, std::size_t end) const {
    end = std::min(end, m_samples.size());
    std::pair<float, float> range = kNone;
    std::size_t i = begin;
    while (i < end) {
        if (i % kBlock == 0 && i + kBlock <= end) {
            const auto& block = m_blocks[i / kBlock];
            range.first = std::min(range.first, block.first);
            range.second = std::max(range.second, block.second);
            i += kBlock;
        } else {
            widen(range, m_samples[i++]);
        }
    }
    return range;
}

bool showsAsSignal(const TensorInfo& info) {
    return info.shape.size() == 1 || (info.kind == TensorKind::Signal && info.shape.size() == 2);
}

Result<SignalPicturePtr> prepareSignal(const RunPtr& run, std::size_t channel, const JobControl& job) {
    const TensorInfo& info = run->data->tensor().info;
    if (!showsAsSignal(info)) return Error{ErrorCode::InvalidArgument, info.name, "this is not a signal"};
    auto picture = std::make_shared<SignalPicture>();
    picture->channels = info.shape.size() == 2 ? static_cast<std::size_t>(info.shape[1]) : 1;
    if (channel >= picture->channels) return Error{ErrorCode::InvalidArgument, info.name, "there is no such channel"};
    picture->channel = channel;
    picture->sampleRate = info.sampleRate;
    picture->lookId = lookIdOf(run->spec());

    if (const Status held = run->data->needsValues("this picture"); !held) return held.error();
    const auto values = run->data->values();
    std::vector<float> decoded(values.size());
    if (const Status status = quantize(*run->quantizer, values, decoded, job); !status) return status.error();
    const std::size_t frames = values.size() / picture->channels;
    std::vector<float> x(frames), y(frames), e(frames);
    double signal = 0, noise = 0;
    for (std::size_t i = 0; i < frames; ++i) {
        x[i] = values[i * picture->channels + channel];
        y[i] = decoded[i * picture->channels + channel];
        e[i] = x[i] - y[i];
        if (!std::isfinite(e[i])) continue;
        signal += static_cast<double>(x[i]) * static_cast<double>(x[i]);
        noise += static_cast<double>(e[i]) * static_cast<double>(e[i]);
    }
    if (job.cancelled()) return cancelled();
    picture->snrDb = signal == 0 ? std::nan("") : noise == 0 ? INFINITY : 10 * std::log10(signal / noise);
    picture->residualRms = std::sqrt(noise / static_cast<double>(std::max<std::size_t>(1, frames)));
    const double rate = info.sampleRate > 0 ? info.sampleRate : 1;
    for (const auto& [samples, spectrum] :
         {std::pair(&x, &picture->originalSpectrum), std::pair(&y, &picture->quantizedSpectrum),
          std::pair(&e, &picture->residualSpectrum)}) {
        if (frames < 8) break;
        auto computed = powerSpectrum(*samples, rate, 4096, job);
        if (!computed) return computed.error();
        *spectrum = std::move(*computed);
    }
    picture->original = Waveform(std::move(x));
    picture->quantized = Waveform(std::move(y));
    picture->residual = Waveform(std::move(e));
    return SignalPicturePtr(std::move(picture));
}

} // namespace quantoscope::ui
