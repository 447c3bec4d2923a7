// Φ⁻¹, the quantile function of the standard normal distribution.
#pragma once

namespace quantoscope {

/// Φ⁻¹(p) for ½ ≤ p < 1, to about 1e-15.
double upperNormalQuantile(double p);

} // namespace quantoscope
