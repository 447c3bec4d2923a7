#include "core/measure/rate_bound.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>

namespace quantoscope {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr int kSlopesPerOctave = 5;    // lines whose slopes differ by 2^(1/5) leave less than 0.01 dB between them
constexpr double kCellWidth = 0.18;    // of the widest cell, times 1/√s, which is √(2D) at high rates
constexpr double kReach = 3.8;         // times 1/√s: further out a kernel is below 1e-6
constexpr double kGridLoss = 3e-4;     // nats: s·δ²/4
constexpr double kFinestGrid = 0x1p45; // grid steps in the range: beyond it doubles cannot tell them apart
constexpr double kStride = 10;         // grid points between the first reproduction values: half of √D
constexpr double kTolerance = 1.15e-3; // nats where s·D = ½: 0.01 dB
constexpr double kHopeless = 0.99;     // c below which a reproduction value is given up
constexpr double kLeastShare = 1e-200; // of a reproduction value
constexpr double kLeastStep = 0.1;     // of a share that momentum leaves
constexpr int kRounds = 16;            // of iterating and revising reproduction values; two to five are usual
constexpr std::size_t kDirect = 64;    // distinct values up to which moments are summed value by value

struct Cell {
    double share;    // of all values
    double mean;     // from the origin
    double variance; // about the mean
    double width;    // max|x − mean|
};

/// Moments of the values inside each cell of a grid, without the empty ones. None where there would be too many, or
/// where the groups of a coarse distribution are wider than the cells.
std::vector<Cell> cellsOf(const Distribution& data, double origin, double width, std::size_t most) {
    std::vector<Cell> cells;
    const auto values = data.values();
    const auto total = static_cast<double>(data.count());
    const auto place = [&](std::size_t i) { return values[i] - origin; };
    for (std::size_t begin = 0; begin < values.size();) {
        if (cells.size() == most) return {};
        const double cell = std::floor(place(begin) / width);
        const auto inside = [&](std::size_t i) { return std::floor(place(i) / width) <= cell; };
        std::size_t end = begin + 1, step = 1;
        while (end < values.size() && inside(end)) {
            step *= 2;
            end = std::min(values.size(), end + step);
        }
        std::size_t low = begin + 1;
        while (low < end) { // the first that is not inside
            const std::size_t middle = low + (end - low) / 2;
            if (inside(middle))
                low = middle + 1;
            else
                end = middle;
        }
        const IndexRange range{begin, end};
        const auto count = static_cast<double>(data.countOf(range));
        Cell made{count / total, place(begin), 0, 0};
        if (range.size() > kDirect || data.isCoarse()) {
            const DoubleDouble mean = data.preciseMeanOf(range);
            made.mean = (mean.high - origin) + mean.low;
            made.variance = data.squaredErrorAboutMean(range) / count;
        } else if (range.size() > 1) {
            double sum = 0, squares = 0;
            for (std::size_t i = begin; i < end; ++i)
                sum += static_cast<double>(data.countOf({i, i + 1})) * (place(i) - made.mean);
            made.mean += sum / count;
            for (std::size_t i = begin; i < end; ++i) {
                const double distance = place(i) - made.mean;
                squares += static_cast<double>(data.countOf({i, i + 1})) * distance * distance;
            }
            made.variance = squares / count;
        }
        if (data.isCoarse()) {
            made.width =
                std::max(data.highest(end - 1) - origin - made.mean, made.mean - (data.lowest(begin) - origin));
            if (made.width > width) return {};
        } else if (range.size() > 1) {
            made.width = std::max(place(end - 1) - made.mean, made.mean - place(begin));
        }
        cells.push_back(made);
        begin = end;
    }
    return cells;
}

/// One slope: the intercept of its line.
class Slope {
public:
    Slope(std::span<const Cell> cells, double slope, double signal);

    double intercept(const JobControl& job);

private:
    struct Band {
        std::int64_t low;        // first grid point within reach
        std::size_t start;       // where it is kept
        std::size_t size;        // grid points within reach
        std::size_t first = 0;   // the first candidate within reach
        std::size_t count = 0;   // candidates within reach
        std::size_t kernels = 0; // where their kernels begin
    };
    struct Candidate {
        std::size_t at; // kept grid point
        double share;   // q
    };

    void layGrid();
    /// The kept grid point nearest to the middle of a cell.
    std::size_t nearest(std::size_t b) const {
        return m_bands[b].start + static_cast<std::size_t>(std::llround(m_cells[b].mean / m_step) - m_bands[b].low);
    }
    void choose();
    void makeKernels();
    void evaluate();
    void improve(int steps, const JobControl& job);
    double check();
    void revise();

    std::vector<Cell> m_cells; // those that others are near to, or that hold several values
    double m_alone = 0;        // E ln λ over the others
    double m_slope;
    double m_strict; // how much smaller than at s·D = ½ tolerances are
    double m_reach;  // of a cell's kernel
    double m_step = 0;
    std::vector<Band> m_bands;
    std::vector<std::int64_t> m_points; // the grid points within reach of a cell, ascending, in steps
    std::vector<double> m_c;            // c at them
    std::vector<Candidate> m_candidates;
    std::vector<double> m_kernels;
    std::vector<double> m_shares; // of the candidates
    std::vector<double> m_sums;
    std::vector<double> m_lambda; // of the cells
    double m_excess = 0;          // E ln of what the check scaled by
};

Slope::Slope(std::span<const Cell> cells, double slope, double signal)
    : m_slope(slope),
      m_strict(std::clamp(2 * slope * signal, 1.0 / 64, 1.0)),
      m_reach((kReach + kCellWidth) / std::sqrt(slope)) {
    // A value that shares no y with any other is best reproduced as itself: λ = 1/p.
    for (std::size_t b = 0; b < cells.size(); ++b) {
        const bool alone = cells[b].width == 0 && (b == 0 || cells[b].mean - cells[b - 1].mean > 2 * m_reach) &&
                           (b + 1 == cells.size() || cells[b + 1].mean - cells[b].mean > 2 * m_reach);
        if (alone)
            m_alone -= cells[b].share * std::log(cells[b].share);
        else
            m_cells.push_back(cells[b]);
    }
}

void Slope::layGrid() {
    m_step = std::sqrt(4 * kGridLoss * m_strict / m_slope);
    m_bands.reserve(m_cells.size());
    for (const Cell& cell : m_cells) {
        const auto low = static_cast<std::int64_t>(std::ceil((cell.mean - m_reach) / m_step));
        const auto high = static_cast<std::int64_t>(std::floor((cell.mean + m_reach) / m_step));
        const std::int64_t known = m_points.empty() ? low : std::max(low, m_points.back() + 1);
        for (std::int64_t j = known; j <= high; ++j) m_points.push_back(j);
        const auto size = static_cast<std::size_t>(high - low + 1);
        m_bands.push_back({low, m_points.size() - size, size});
    }
    m_c.resize(m_points.size());
}

/// The first candidates: every few grid points, and the middle of cells that have no neighbour so near.
void Slope::choose() {
    const auto stride = static_cast<std::int64_t>(std::lround(kStride / std::sqrt(m_strict)));
    const double apart = static_cast<double>(stride) * m_step;
    std::vector<char> chosen(m_points.size());
    for (std::size_t i = 0; i < m_points.size(); ++i) chosen[i] = m_points[i] % stride == 0;
    for (std::size_t b = 0; b < m_cells.size(); ++b) {
        const bool alone = (b == 0 || m_cells[b].mean - m_cells[b - 1].mean > apart) &&
                           (b + 1 == m_cells.size() || m_cells[b + 1].mean - m_cells[b].mean > apart);
        if (alone) chosen[nearest(b)] = 1;
    }
    for (std::size_t i = 0; i < chosen.size(); ++i)
        if (chosen[i]) m_candidates.push_back({i, 0});
    // Each cell's share to the candidate next to it, and a little to all so that none is out of the race.
    for (Candidate& candidate : m_candidates) candidate.share = 1e-3 / static_cast<double>(m_candidates.size());
    for (std::size_t b = 0; b < m_cells.size(); ++b) {
        const std::size_t at = nearest(b);
        auto next = std::lower_bound(m_candidates.begin(), m_candidates.end(), at,
                                     [](const Candidate& candidate, std::size_t i) { return candidate.at < i; });
        const auto distance = [&](const auto& it) {
            return std::fabs(static_cast<double>(m_points[it->at]) * m_step - m_cells[b].mean);
        };
        if (next == m_candidates.end() || (next != m_candidates.begin() && distance(next - 1) < distance(next))) --next;
        next->share += m_cells[b].share;
    }
}

void Slope::makeKernels() {
    m_kernels.clear();
    std::size_t first = 0;
    for (std::size_t b = 0; b < m_cells.size(); ++b) {
        const Cell& cell = m_cells[b];
        Band& band = m_bands[b];
        while (m_candidates[first].at < band.start) ++first;
        band.first = first;
        band.kernels = m_kernels.size();
        for (std::size_t j = first; j < m_candidates.size() && m_candidates[j].at < band.start + band.size; ++j) {
            const double distance = cell.mean - static_cast<double>(m_points[m_candidates[j].at]) * m_step;
            const double exponent = m_slope * distance * distance;
            m_kernels.push_back(std::exp(-exponent) * (1 + 2 * m_slope * cell.variance * exponent));
        }
        band.count = m_kernels.size() - band.kernels;
    }
}

/// Σ a·b in four interleaved sums, which go into vectors.
double product(const double* a, const double* b, std::size_t n) {
    double sums[4] = {};
    std::size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (std::size_t k = 0; k < 4; ++k) sums[k] += a[i + k] * b[i + k];
    for (; i < n; ++i) sums[0] += a[i] * b[i];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/// λ of the shares at hand, and c at the candidates.
void Slope::evaluate() {
    m_sums.assign(m_candidates.size(), 0);
    for (std::size_t b = 0; b < m_cells.size(); ++b) {
        const Band& band = m_bands[b];
        const double* kernel = m_kernels.data() + band.kernels;
        double* sum = m_sums.data() + band.first;
        m_lambda[b] = 1 / product(m_shares.data() + band.first, kernel, band.count);
        const double weight = m_cells[b].share * m_lambda[b];
        for (std::size_t j = 0; j < band.count; ++j) sum[j] += weight * kernel[j];
    }
}

/// Steps of Blahut and Arimoto, each from a place further along the last one (Nesterov's momentum), and from the last
/// place itself where that points the wrong way (O'Donoghue, Candès 2015).
void Slope::improve(int steps, const JobControl& job) {
    m_shares.resize(m_candidates.size());
    for (std::size_t j = 0; j < m_shares.size(); ++j) m_shares[j] = m_candidates[j].share;
    std::vector<double> before = m_shares, now = m_shares;
    int age = 0;
    for (int step = 0; step < steps && !job.cancelled(); ++step) {
        evaluate();
        before.swap(now);
        double gain = 0;
        for (std::size_t j = 0; j < now.size(); ++j) {
            now[j] = std::max(m_shares[j] * m_sums[j], kLeastShare);
            gain += m_sums[j] * (now[j] - before[j]);
        }
        if (gain < 0) age = 0;
        const double momentum = age / (age + 3.0);
        ++age;
        for (std::size_t j = 0; j < now.size(); ++j)
            m_shares[j] = std::max(now[j] + momentum * (now[j] - before[j]), kLeastStep * now[j]);
    }
    m_shares = now;
    evaluate();
    for (std::size_t j = 0; j < m_shares.size(); ++j) m_candidates[j].share = m_shares[j];
}

/// c on the whole grid for the λ at hand, and the intercept that follows.
double Slope::check() {
    std::fill(m_c.begin(), m_c.end(), 0.0);
    const double s = m_slope;
    for (std::size_t b = 0; b < m_cells.size(); ++b) {
        const Cell& cell = m_cells[b];
        const Band& band = m_bands[b];
        const double weight = cell.share * m_lambda[b];
        // Two points: a with probability v/(a² + v), and −v/a.
        const double a = cell.width, v = cell.variance;
        const double far = a > 0 ? v / (a * a + v) : 0, near = 1 - far, back = a > 0 ? v / a : 0;
        const std::int64_t middle =
            std::clamp(std::llround(cell.mean / m_step) - band.low, 0LL, static_cast<long long>(band.size) - 1);
        double* c = m_c.data() + band.start;
        // Outwards from the mean, exp(−s·d²) and its factors by multiplication.
        const double shrink = std::exp(-2 * s * m_step * m_step);
        const double grow = std::exp(2 * s * m_step * a), fall = std::exp(-2 * s * m_step * back);
        for (const int direction : {1, -1}) {
            const std::int64_t begin = direction > 0 ? middle : middle - 1;
            const double y = static_cast<double>(band.low + begin) * m_step;
            const double distance = std::fabs(y - cell.mean);
            const double outwards = direction > 0 ? y - cell.mean : cell.mean - y; // may begin a little inwards
            double kernel = weight * std::exp(-s * distance * distance);
            double ratio = std::exp(-s * m_step * (2 * outwards + m_step));
            if (a == 0) {
                for (std::int64_t j = begin; j >= 0 && j < static_cast<std::int64_t>(band.size); j += direction) {
                    c[j] += kernel;
                    kernel *= ratio;
                    ratio *= shrink;
                }
                continue;
            }
            double high = far * std::exp(2 * s * distance * a), low = near * std::exp(-2 * s * distance * back);
            for (std::int64_t j = begin; j >= 0 && j < static_cast<std::int64_t>(band.size); j += direction) {
                c[j] += kernel * (high + low);
                kernel *= ratio;
                ratio *= shrink;
                high *= grow;
                low *= fall;
            }
        }
    }
    double result = m_alone, largest = 1; // 1: of a value alone
    m_excess = 0;
    for (std::size_t b = 0; b < m_cells.size(); ++b) {
        const Cell& cell = m_cells[b];
        const Band& band = m_bands[b];
        const auto c = m_c.begin() + static_cast<std::ptrdiff_t>(band.start);
        const double most = *std::max_element(c, c + static_cast<std::ptrdiff_t>(band.size));
        const double scale = std::max(most, 0.5) * std::exp(kGridLoss * m_strict);
        largest = std::max(largest, cell.share * m_lambda[b] / scale);
        m_excess += cell.share * std::log(scale);
        result += cell.share * (std::log(m_lambda[b]) + s * cell.variance);
    }
    // Cells out of reach of a y: on either side four at most in any interval of the greatest width, as others are not
    // much narrower. From d away each adds at most exp(−s·d² + 2s·d·width).
    const double width = kCellWidth, reach = kReach;
    const double rest = 8 * std::exp(-reach * (reach - 2 * width)) / (1 - std::exp(-2 * (reach - width) * width));
    return result - m_excess - std::log1p(largest * rest);
}

/// Candidates where c stays well below 1 go, and where it has a peak above 1 there is to be one.
void Slope::revise() {
    std::vector<char> chosen(m_points.size());
    for (const Candidate& candidate : m_candidates) chosen[candidate.at] = m_c[candidate.at] >= kHopeless;
    for (std::size_t i = 1; i + 1 < m_c.size(); ++i)
        if (m_c[i] > 1 + kTolerance * m_strict / 4 && m_c[i] >= m_c[i - 1] && m_c[i] > m_c[i + 1]) chosen[i] = 1;
    // Every cell needs one.
    std::size_t last = 0; // one past the last chosen so far
    for (std::size_t b = 0, i = 0; b < m_cells.size(); ++b) {
        for (const std::size_t end = m_bands[b].start + m_bands[b].size; i < end; ++i)
            if (chosen[i]) last = i + 1;
        if (last > m_bands[b].start) continue;
        chosen[nearest(b)] = 1;
        last = nearest(b) + 1;
    }
    std::vector<Candidate> all;
    const double little = 1e-2 / static_cast<double>(m_candidates.size());
    auto known = m_candidates.begin();
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const bool was = known != m_candidates.end() && known->at == i;
        if (chosen[i]) all.push_back({i, was ? known->share : little});
        known += was;
    }
    m_candidates = std::move(all);
}

double Slope::intercept(const JobControl& job) {
    layGrid();
    choose();
    m_lambda.resize(m_cells.size());
    double best = -kInfinity;
    if (m_cells.empty()) return check();
    for (int round = 0; round < kRounds; ++round) {
        makeKernels();
        improve(12 << std::min(round, 3), job);
        best = std::max(best, check());
        if (m_excess <= kTolerance * m_strict) break;
        revise();
    }
    return best;
}

double entropyNats(const Distribution& data) {
    double sum = 0; // Σ count·ln count
    for (std::size_t i = 0; i < data.distinct(); ++i) {
        const std::uint64_t count = data.countOf({i, i + 1});
        if (count > 1) sum += static_cast<double>(count) * std::log(static_cast<double>(count));
    }
    const auto total = static_cast<double>(data.count());
    return std::max(0.0, std::log(total) - sum / total);
}

} // namespace

Result<RateBoundPtr> rateBound(const Distribution& data, double mostBits, const JobControl& job) {
    auto bound = std::make_shared<RateBound>();
    bound->m_askedBits = mostBits;
    if (data.empty()) return RateBoundPtr(std::move(bound));
    const auto count = static_cast<double>(data.count());
    bound->m_variance = data.variance();
    bound->m_meanSquare = data.sumOfSquares() / count;
    const double entropy = entropyNats(data);
    bound->m_entropy = entropy / std::numbers::ln2;
    bound->m_closeBits = bound->m_entropy;
    if (data.distinct() < 2) return RateBoundPtr(std::move(bound));

    const double origin = data.mean();
    const double range = static_cast<double>(data.maximum()) - static_cast<double>(data.minimum());
    // Up to here one reproduction value, the mean, is best: c(y) ≤ 1 follows from Hoeffding's lemma.
    const double first = 2 / (range * range);
    std::vector<RateBound::Line>& lines = bound->m_lines;
    lines.push_back({first, first * bound->m_variance});
    const double target = std::min(mostBits * std::numbers::ln2, entropy);
    const double ratio = std::exp2(1.0 / kSlopesPerOctave);
    double slope = first;
    bool complete = false; // up to the values themselves
    while (!complete) {
        if (job.cancelled()) return cancelled();
        std::vector<RateBound::Line> next(kSlopesPerOctave);
        for (RateBound::Line& line : next) line.slope = slope *= ratio;
        if (range * std::sqrt(slope / (4 * kGridLoss)) > kFinestGrid) break;
        const double width = kCellWidth / std::sqrt(slope);
        const std::vector<Cell> cells = cellsOf(data, origin, width, kMaximumBoundCells);
        if (cells.empty()) break;
        parallelBlocks(next.size(), 1, [&](Block block) {
            RateBound::Line& line = next[block.index];
            line.intercept = Slope(cells, line.slope, bound->m_variance).intercept(job);
        });
        if (job.cancelled()) return cancelled();
        lines.insert(lines.end(), next.begin(), next.end());
        // Enough where the slopes have passed the one at the highest rate, or the values themselves are reached.
        const auto at = [&](const RateBound::Line& line) { return (line.intercept - target) / line.slope; };
        const auto best =
            std::max_element(lines.begin(), lines.end(), [&](const auto& a, const auto& b) { return at(a) < at(b); });
        if (best + 2 < lines.end() && at(*best) > 0) break;
        complete = lines.back().intercept >= entropy - 4 * kTolerance;
    }
    if (!complete)
        bound->m_closeBits = lines.size() < 2 ? 0 : RateBound::crossing(lines[lines.size() - 2], lines.back());
    return RateBoundPtr(std::move(bound));
}

double RateBound::crossing(const Line& a, const Line& b) {
    return (b.slope * a.intercept - a.slope * b.intercept) / (b.slope - a.slope) / std::numbers::ln2;
}

double RateBound::distortion(double bits) const {
    if (bits >= m_entropy || bits > m_closeBits) return 0;
    const double rate = std::max(0.0, bits) * std::numbers::ln2;
    double most = 0;
    for (const Line& line : m_lines) most = std::max(most, (line.intercept - rate) / line.slope);
    return std::min(most, m_variance);
}

double RateBound::sqnrDb(double bits) const {
    if (m_meanSquare == 0) return std::numeric_limits<double>::quiet_NaN();
    const double least = distortion(bits);
    return least == 0 ? kInfinity : 10 * std::log10(m_meanSquare / least);
}

std::vector<RateBound::Point> RateBound::curve(double bits, int perBit) const {
    std::vector<Point> points;
    const auto last = static_cast<int>(std::floor(bits * perBit));
    for (int i = 0; i <= last; ++i) {
        const double at = static_cast<double>(i) / perBit;
        const double value = sqnrDb(at);
        if (!std::isfinite(value)) break;
        points.push_back({at, value});
    }
    return points;
}

} // namespace quantoscope
