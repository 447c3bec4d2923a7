#include "core/measure/spectrum.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace quantoscope {

namespace {

using Complex = std::complex<double>;
constexpr std::size_t kLeastSegment = 8;
constexpr std::size_t kSegmentsAtOnce = 16;

// Twiddle factors exp(−2πi·k/n) for k < n/2, and the transform of n values in place (radix 2, decimation in time).
class Fourier {
public:
    explicit Fourier(std::size_t n) : m_size(n), m_twiddle(n / 2) {
        for (std::size_t k = 0; k < n / 2; ++k)
            m_twiddle[k] = std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(n));
    }

    void operator()(std::vector<Complex>& x) const {
        for (std::size_t i = 1, j = 0; i < m_size; ++i) {
            std::size_t bit = m_size >> 1;
            for (; j & bit; bit >>= 1) j ^= bit;
            j ^= bit;
            if (i < j) std::swap(x[i], x[j]);
        }
        for (std::size_t length = 2; length <= m_size; length <<= 1) {
            const std::size_t half = length / 2;
            const std::size_t step = m_size / length;
            for (std::size_t begin = 0; begin < m_size; begin += length) {
                for (std::size_t k = 0; k < half; ++k) {
                    const Complex even = x[begin + k];
                    const Complex w = m_twiddle[k * step];
                    const Complex o = x[begin + k + half];
                    // Written out: operator* checks for infinities, which costs more than the product.
                    const Complex odd(o.real() * w.real() - o.imag() * w.imag(),
                                      o.real() * w.imag() + o.imag() * w.real());
                    x[begin + k] = even + odd;
                    x[begin + k + half] = even - odd;
                }
            }
        }
    }

private:
    std::size_t m_size;
    std::vector<Complex> m_twiddle;
};

// A real signal of N values is a complex one of N/2 (even values real, odd ones imaginary), whose transform is taken
// apart.
class RealFourier {
public:
    explicit RealFourier(std::size_t n) : m_half(n / 2), m_transform(n / 2), m_twiddle(n / 2 + 1), m_packed(n / 2) {
        for (std::size_t k = 0; k <= m_half; ++k)
            m_twiddle[k] = std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(n));
    }

    void operator()(std::span<const double> signal, std::vector<Complex>& out) {
        for (std::size_t i = 0; i < m_half; ++i) m_packed[i] = {signal[2 * i], signal[2 * i + 1]};
        m_transform(m_packed);
        out.resize(m_half + 1);
        for (std::size_t k = 0; k <= m_half; ++k) {
            const Complex a = m_packed[k % m_half];
            const Complex b = std::conj(m_packed[(m_half - k) % m_half]);
            const Complex even = 0.5 * (a + b);
            const Complex odd = Complex(0, -0.5) * (a - b);
            out[k] = even + m_twiddle[k] * odd;
        }
    }

private:
    std::size_t m_half;
    Fourier m_transform;
    std::vector<Complex> m_twiddle;
    std::vector<Complex> m_packed;
};

} // namespace

std::vector<Complex> realFourierTransform(std::span<const double> signal) {
    std::vector<Complex> out;
    RealFourier transform(signal.size());
    transform(signal, out);
    return out;
}

Result<Spectrum> powerSpectrum(std::span<const float> signal, double sampleRate, std::size_t segment,
                               const JobControl& job) {
    if (signal.size() < kLeastSegment)
        return Error{ErrorCode::InvalidArgument, "spectrum", "at least 8 values are needed"};
    if (!std::has_single_bit(segment) || segment < kLeastSegment)
        return Error{ErrorCode::InvalidArgument, "spectrum", "a segment is a power of two, 8 or more"};
    if (!(sampleRate > 0)) return Error{ErrorCode::InvalidArgument, "spectrum", "the sample rate must be positive"};
    segment = std::min(segment, std::bit_floor(signal.size()));
    const std::size_t hop = segment / 2;
    const std::size_t segments = (signal.size() - segment) / hop + 1;
    const std::size_t bins = segment / 2 + 1;

    std::vector<double> window(segment);
    double power = 0;
    for (std::size_t i = 0; i < segment; ++i) {
        window[i] = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(segment));
        power += window[i] * window[i];
    }
    std::vector<std::vector<double>> partial(blockCount(segments, kSegmentsAtOnce));
    parallelBlocks(segments, kSegmentsAtOnce, [&](Block block) {
        if (job.cancelled()) return;
        RealFourier transform(segment);
        std::vector<double> values(segment);
        std::vector<Complex> line;
        std::vector<double> sum(bins);
        for (std::size_t s = block.begin; s < block.end; ++s) {
            const auto part = signal.subspan(s * hop, segment);
            double mean = 0;
            for (std::size_t i = 0; i < segment; ++i) mean += values[i] = std::isfinite(part[i]) ? part[i] : 0.0;
            mean /= static_cast<double>(segment);
            for (std::size_t i = 0; i < segment; ++i) values[i] = (values[i] - mean) * window[i];
            transform(values, line);
            for (std::size_t k = 0; k < bins; ++k) sum[k] += std::norm(line[k]);
        }
        partial[block.index] = std::move(sum);
    });
    if (job.cancelled()) return cancelled();

    Spectrum result;
    result.segments = segments;
    result.frequency.resize(bins);
    result.density.resize(bins);
    for (std::size_t k = 0; k < bins; ++k) {
        double sum = 0;
        for (const auto& part : partial) sum += part[k];
        // Frequencies between the ends stand for their negative selves too.
        const double sides = k == 0 || k + 1 == bins ? 1 : 2;
        result.frequency[k] = sampleRate * static_cast<double>(k) / static_cast<double>(segment);
        result.density[k] = sides * sum / (static_cast<double>(segments) * power * sampleRate);
    }
    return result;
}

} // namespace quantoscope
