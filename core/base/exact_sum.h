// A sum without any rounding: partial sums of ascending magnitude that do not overlap. (Shewchuk 1997.)
#pragma once

#include "core/base/double_double.h"

#include <cstddef>
#include <vector>

namespace quantoscope {

class ExactSum {
public:
    void add(double term) {
        std::size_t kept = 0;
        for (const double part : m_parts) {
            const DoubleDouble sum = twoSum(term, part);
            if (sum.low != 0) m_parts[kept++] = sum.low;
            term = sum.high;
        }
        m_parts.resize(kept);
        m_parts.push_back(term);
    }
    /// To about 100 bits.
    DoubleDouble value() const {
        DoubleDouble sum;
        for (const double part : m_parts) sum = sum + DoubleDouble{part, 0};
        return sum;
    }

private:
    std::vector<double> m_parts;
};

} // namespace quantoscope
