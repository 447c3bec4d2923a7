#include "core/measure/ssim.h"

#include "core/base/parallel.h"

#include <array>
#include <cmath>
#include <vector>

namespace quantoscope {

namespace {

constexpr double kSigma = 1.5;
constexpr std::size_t kMiddle = kSsimWindow / 2;
constexpr std::size_t kRowsAtOnce = 32;

std::array<double, kSsimWindow> gaussian() {
    std::array<double, kSsimWindow> weights{};
    double sum = 0;
    for (std::size_t i = 0; i < kSsimWindow; ++i) {
        const double d = static_cast<double>(i) - static_cast<double>(kMiddle);
        sum += weights[i] = std::exp(-d * d / (2 * kSigma * kSigma));
    }
    for (double& w : weights) w /= sum;
    return weights;
}

// Weighted means of x, y, x², y² and xy.
struct Moments {
    double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
};

} // namespace

Result<double> ssim(std::span<const float> first, std::span<const float> second, const ImageShape& shape, double range,
                    const JobControl& job) {
    if (shape.height < kSsimWindow || shape.width < kSsimWindow)
        return Error{ErrorCode::InvalidArgument, "ssim", "the image is smaller than a window of 11 × 11"};
    const std::size_t samples = shape.height * shape.width * shape.channels;
    if (first.size() != samples || second.size() != samples)
        return Error{ErrorCode::InvalidArgument, "ssim", "the images do not have the shape that is claimed"};
    if (!(range > 0)) return Error{ErrorCode::InvalidArgument, "ssim", "the range must be positive"};

    const auto weights = gaussian();
    const double c1 = 0.01 * range * 0.01 * range;
    const double c2 = 0.03 * range * 0.03 * range;
    const std::size_t rows = shape.height - kSsimWindow + 1;
    const std::size_t columns = shape.width - kSsimWindow + 1;
    const std::size_t stride = shape.width * shape.channels;
    std::vector<double> partial(blockCount(rows, kRowsAtOnce));
    parallelBlocks(rows, kRowsAtOnce, [&](Block block) {
        if (job.cancelled()) return;
        std::vector<Moments> column(shape.width);
        double sum = 0;
        for (std::size_t channel = 0; channel < shape.channels; ++channel) {
            for (std::size_t row = block.begin; row < block.end; ++row) {
                // The Gaussian is separable: down the columns first, then along the row.
                std::fill(column.begin(), column.end(), Moments{});
                for (std::size_t k = 0; k < kSsimWindow; ++k) {
                    const std::size_t offset = (row + k) * stride + channel;
                    for (std::size_t i = 0; i < shape.width; ++i) {
                        const double x = first[offset + i * shape.channels];
                        const double y = second[offset + i * shape.channels];
                        Moments& m = column[i];
                        m.x += weights[k] * x;
                        m.y += weights[k] * y;
                        m.xx += weights[k] * x * x;
                        m.yy += weights[k] * y * y;
                        m.xy += weights[k] * x * y;
                    }
                }
                for (std::size_t i = 0; i < columns; ++i) {
                    Moments m;
                    for (std::size_t k = 0; k < kSsimWindow; ++k) {
                        const Moments& c = column[i + k];
                        m.x += weights[k] * c.x;
                        m.y += weights[k] * c.y;
                        m.xx += weights[k] * c.xx;
                        m.yy += weights[k] * c.yy;
                        m.xy += weights[k] * c.xy;
                    }
                    const double varX = m.xx - m.x * m.x;
                    const double varY = m.yy - m.y * m.y;
                    const double cov = m.xy - m.x * m.y;
                    sum += (2 * m.x * m.y + c1) * (2 * cov + c2) / ((m.x * m.x + m.y * m.y + c1) * (varX + varY + c2));
                }
            }
        }
        partial[block.index] = sum;
    });
    if (job.cancelled()) return cancelled();
    double total = 0;
    for (const double part : partial) total += part;
    return total / static_cast<double>(rows * columns * shape.channels);
}

} // namespace quantoscope
