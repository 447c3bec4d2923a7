// Ascending points on a line with a positive weight each, read a run at a time: the values of a distribution, groups of
// them, or either seen from the other end.
#pragma once

#include "core/tensor/distribution.h"

#include <cstddef>
#include <span>

namespace quantoscope {

class WeightedPoints {
public:
    virtual ~WeightedPoints() = default;

    virtual std::size_t size() const = 0;
    /// Points and weights [begin, end). Safe from several threads.
    virtual void read(std::size_t begin, std::size_t end, double* points, double* weights) const = 0;
};

/// Every distinct value, or the mean of every group, as often as it occurs. For distributions without weights.
class DistinctValues final : public WeightedPoints {
public:
    explicit DistinctValues(const Distribution& data) : m_data(data) {}
    std::size_t size() const override { return m_data.distinct(); }
    void read(std::size_t begin, std::size_t end, double* points, double* weights) const override;

private:
    const Distribution& m_data;
};

/// Points and weights of as many; both must outlive this.
class PointList final : public WeightedPoints {
public:
    PointList(std::span<const double> points, std::span<const double> weights) : m_points(points), m_weights(weights) {}
    std::size_t size() const override { return m_points.size(); }
    void read(std::size_t begin, std::size_t end, double* points, double* weights) const override;

private:
    std::span<const double> m_points, m_weights;
};

/// The same points from right to left, mirrored at zero so that they ascend.
class MirroredPoints final : public WeightedPoints {
public:
    explicit MirroredPoints(const WeightedPoints& points) : m_points(points) {}
    std::size_t size() const override { return m_points.size(); }
    void read(std::size_t begin, std::size_t end, double* points, double* weights) const override;

private:
    const WeightedPoints& m_points;
};

} // namespace quantoscope
