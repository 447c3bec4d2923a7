#include "core/schemes/normal_quantile.h"

#include <cmath>
#include <numbers>

namespace quantoscope {

double upperNormalQuantile(double p) {
    // Newton's iteration on the tail 1 − Φ(x) = erfc(x/√2)/2 = 1 − p. Φ is concave above zero, so from zero it rises to
    // the root and never beyond it.
    const double tail = 1 - p;
    double x = 0;
    for (int i = 0; i < 100; ++i) {
        const double density = std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi);
        const double step = (std::erfc(x / std::numbers::sqrt2) / 2 - tail) / density;
        if (!(std::fabs(step) > 1e-16 * (1 + x))) break;
        x += step;
    }
    return x;
}

} // namespace quantoscope
