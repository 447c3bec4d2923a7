// The values of one group as a scheme sees them while it fits: extremes at once, the sorted distribution on first use.
#pragma once

#include "core/tensor/distribution.h"

#include <span>

namespace quantoscope {

/// Finite values only. Not to be shared between threads.
class GroupData {
public:
    /// A group that is sorted already.
    explicit GroupData(DistributionPtr distribution);
    /// A small group, sorted only if the scheme asks. The values must outlive this.
    explicit GroupData(std::span<const float> values);

    /// The same values weighted by their importance.
    void setWeighted(DistributionPtr weighted) { m_weighted = std::move(weighted); }

    bool empty() const { return m_count == 0; }
    std::uint64_t count() const { return m_count; }
    float minimum() const { return m_minimum; } // 0 for an empty group
    float maximum() const { return m_maximum; }
    float absoluteMaximum() const;
    const Distribution& distribution() const;
    /// Whether a scheme has looked at more than the extremes of values that are known by groups only: its answer is
    /// then that of the groups.
    bool lookedAtGroups() const { return m_looked && m_distribution->isCoarse(); }
    /// Weighted by importance, where the values have one.
    const Distribution& weightedDistribution() const { return m_weighted ? *m_weighted : distribution(); }

private:
    std::span<const float> m_values;
    mutable DistributionPtr m_distribution;
    DistributionPtr m_weighted;
    mutable bool m_looked = false;
    std::uint64_t m_count = 0;
    float m_minimum = 0;
    float m_maximum = 0;
};

} // namespace quantoscope
