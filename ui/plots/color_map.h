// A diverging colour scale for values about zero: blue below, orange above, neutral at zero. Even steps of value are
// even steps of lightness in OKLab (Ottosson 2020), the same to both sides, and blue and orange stay apart for
// colour-blind eyes.
#pragma once

#include <QRgb>

#include <array>

namespace quantoscope::ui {

class DivergingMap {
public:
    static constexpr int kSteps = 255; // to either side of the neutral middle

    explicit DivergingMap(bool dark);
    /// t in [−1, 1], cut off outside; transparent for NaN.
    QRgb operator()(float t) const {
        if (!(t == t)) return 0;
        const int step = static_cast<int>((t < -1 ? -1.0f : t > 1 ? 1.0f : t) * kSteps + (t < 0 ? -0.5f : 0.5f));
        const int entry = step + kSteps;
        return m_table[static_cast<std::size_t>(entry)];
    }

private:
    std::array<QRgb, 2 * kSteps + 1> m_table;
};

const DivergingMap& divergingMap(bool dark);

} // namespace quantoscope::ui
