#include "core/quant/group_data.h"

#include <algorithm>
#include <cmath>

namespace quantoscope {

GroupData::GroupData(DistributionPtr distribution) : m_distribution(std::move(distribution)) {
    m_count = m_distribution->count();
    if (m_count == 0) return;
    m_minimum = m_distribution->minimum();
    m_maximum = m_distribution->maximum();
}

GroupData::GroupData(std::span<const float> values) : m_values(values), m_count(values.size()) {
    if (values.empty()) return;
    float low = values[0], high = values[0];
    for (const float value : values) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    m_minimum = low;
    m_maximum = high;
}

float GroupData::absoluteMaximum() const { return std::max(std::fabs(m_minimum), std::fabs(m_maximum)); }

const Distribution& GroupData::distribution() const {
    m_looked = true;
    if (!m_distribution) m_distribution = Distribution::build(m_values).value();
    return *m_distribution;
}

} // namespace quantoscope
