// The power spectral density of a signal: the average over half-overlapping segments of the periodogram of each, under
// a Hann window and with the segment's mean removed, in units² per Hz, one-sided, so that its integral over frequency
// is the variance. (Welch 1967, The use of fast Fourier transform for the estimation of power spectra)
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace quantoscope {

/// X[k] = Σ x[n]·exp(−2πi·kn/N) for k = 0 … N/2 of a real signal. N must be a power of two, 2 or more.
std::vector<std::complex<double>> realFourierTransform(std::span<const double> signal);

struct Spectrum {
    std::vector<double> frequency; // Hz, from 0 to half the sample rate
    std::vector<double> density;   // units² / Hz
    std::size_t segments = 0;      // how many were averaged
};

/// Segments of `segment` values (a power of two); for a shorter signal, of the largest power of two in it.
/// Non-finite values count as 0. Errors: InvalidArgument (fewer than 8 values, a segment that is no power of two or
/// below 8, a sample rate that is not positive), Cancelled.
Result<Spectrum> powerSpectrum(std::span<const float> signal, double sampleRate, std::size_t segment = 4096,
                               const JobControl& job = {});

} // namespace quantoscope
