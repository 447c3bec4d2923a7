#include "core/tensor/value_cells.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>

namespace quantoscope {

namespace {

constexpr std::uint32_t kSign = std::uint32_t{1} << 31;
constexpr int kMantissaBits = 23, kExponentBias = 127;
constexpr std::size_t kTile = 256; // values
constexpr int kHalvings = 48;      // of the interval in which the room a group takes is sought

std::uint32_t keyOf(float x) {
    const auto bits = std::bit_cast<std::uint32_t>(x + 0.0f); // −0 as +0
    // All bits flipped, or the sign alone, without a branch that random signs would mislead.
    return bits ^ (static_cast<std::uint32_t>(static_cast<std::int32_t>(bits) >> 31) | kSign);
}

float valueOf(std::uint32_t key) {
    return std::bit_cast<float>(key ^ ((key & kSign) != 0 ? kSign : ~std::uint32_t{0}));
}

/// Of the values around one.
double spacingAt(std::uint32_t key) {
    const auto exponent = static_cast<int>((std::bit_cast<std::uint32_t>(valueOf(key)) & ~kSign) >> kMantissaBits);
    return std::ldexp(1.0, std::max(exponent, 1) - kExponentBias - kMantissaBits);
}

bool isFinite(float x) { return std::fabs(x) <= std::numeric_limits<float>::max(); }

void prefetch([[maybe_unused]] const void* at) {
#ifdef __GNUC__
    __builtin_prefetch(at, 1);
#endif
}

/// x·0 is NaN for every x that is not finite.
bool allFinite(std::span<const float> values) {
    float poison = 0;
    for (const float x : values) poison += x * 0.0f;
    return poison == 0.0f;
}

/// What the division of the cells is decided by.
struct Share {
    std::size_t cell;
    double room;     // of all groups, were they divisible
    int least, most; // bits by which the cell may be split
};

int bitsFor(const Share& share, double groups) {
    const double wanted = share.room * groups;
    const int bits = wanted > 1 ? std::ilogb(wanted) : 0;
    return std::clamp(bits, share.least, share.most);
}

double groupsOf(const std::vector<Share>& shares, double groups) {
    double total = 0;
    for (const Share& share : shares) total += std::ldexp(1.0, bitsFor(share, groups));
    return total;
}

} // namespace

ValueCells::ValueCells(int bits) : m_bits(bits), m_cells(std::size_t{1} << bits) {}

void ValueCells::add(std::span<const float> values) {
    for (std::size_t begin = 0; begin < values.size(); begin += kTile) {
        const auto tile = values.subspan(begin, std::min(kTile, values.size() - begin));
        if (allFinite(tile)) {
            addFinite(tile);
            continue;
        }
        for (const float x : tile) {
            if (isFinite(x))
                addFinite(std::span(&x, 1));
            else
                ++(std::isnan(x) ? m_nonFinite.nan
                   : x > 0       ? m_nonFinite.positiveInfinity
                                 : m_nonFinite.negativeInfinity);
        }
    }
}

void ValueCells::addFinite(std::span<const float> values) {
    const int lowBits = 32 - m_bits;
    const std::uint32_t mask = (std::uint32_t{1} << lowBits) - 1;
    float low = m_any ? m_minimum : values.front(), high = m_any ? m_maximum : values.front();
    for (const float x : values) low = std::min(low, x), high = std::max(high, x);
    for (const float x : values) {
        Cell& cell = m_cells[keyOf(x) >> lowBits];
        ++cell.count;
        cell.lowBits |= std::bit_cast<std::uint32_t>(x) & mask;
    }
    m_any = true;
    m_minimum = low + 0.0f;
    m_maximum = high + 0.0f;
}

void ValueCells::add(float value, std::uint64_t times) {
    if (times == 0) return;
    addFinite(std::span(&value, 1));
    m_cells[keyOf(value) >> (32 - m_bits)].count += times - 1;
}

void ValueCells::add(const ValueCells& other) {
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        m_cells[i].count += other.m_cells[i].count;
        m_cells[i].lowBits |= other.m_cells[i].lowBits;
    }
    m_nonFinite.nan += other.m_nonFinite.nan;
    m_nonFinite.positiveInfinity += other.m_nonFinite.positiveInfinity;
    m_nonFinite.negativeInfinity += other.m_nonFinite.negativeInfinity;
    if (!other.m_any) return;
    m_minimum = m_any ? std::min(m_minimum, other.m_minimum) : other.m_minimum;
    m_maximum = m_any ? std::max(m_maximum, other.m_maximum) : other.m_maximum;
    m_any = true;
}

std::uint64_t ValueCells::count() const {
    return std::accumulate(m_cells.begin(), m_cells.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const Cell& cell) { return sum + cell.count; });
}

ValueGroups::ValueGroups(const ValueCells& cells, std::size_t most)
    : m_lowBits(32 - cells.m_bits), m_cells(cells.m_cells.size()) {
    std::vector<Share> shares;
    std::vector<double> widths; // count^(1/3) · width^(2/3)
    double allWidths = 0, allCounts = 0, single = 0;
    for (std::size_t cell = 0; cell < m_cells.size(); ++cell) {
        const std::uint64_t count = cells.m_cells[cell].count;
        if (count == 0) continue;
        const std::uint32_t low = cells.m_cells[cell].lowBits;
        const int full = low == 0 ? 0 : m_lowBits - std::countr_zero(low);
        // Squares of places, at most count · 4^shift about their mean, are to fit 64 bits.
        const int room = (64 - static_cast<int>(std::bit_width(count))) / 2;
        shares.push_back({cell, static_cast<double>(count), std::min(full, std::max(0, m_lowBits - room)), full});
        const double spacing = spacingAt(static_cast<std::uint32_t>(cell) << m_lowBits);
        widths.push_back(std::cbrt(static_cast<double>(count)) * std::cbrt(spacing * spacing));
        allWidths += widths.back();
        allCounts += static_cast<double>(count);
        single += std::ldexp(1.0, full);
    }
    double groups = std::numeric_limits<double>::max();
    if (single > static_cast<double>(most)) {
        for (std::size_t i = 0; i < shares.size(); ++i) {
            Share& share = shares[i];
            // More than a few groups a value would stay empty.
            share.most = std::max(share.least, std::min(share.most, std::ilogb(share.room) + 2));
            share.room = 0.5 * (share.room / allCounts + widths[i] / allWidths);
        }
        double low = 0, high = 64; // log2 of the number of groups to divide
        for (int i = 0; i < kHalvings; ++i) {
            const double middle = (low + high) / 2;
            (groupsOf(shares, std::exp2(middle)) <= static_cast<double>(most) ? low : high) = middle;
        }
        groups = std::exp2(low);
    }
    for (const Share& share : shares) {
        const int bits = single > static_cast<double>(most) ? bitsFor(share, groups) : share.most;
        m_cells[share.cell] = {static_cast<std::uint32_t>(m_size), static_cast<std::uint8_t>(m_lowBits - bits)};
        m_size += std::size_t{1} << bits;
    }
    std::size_t next = 0;
    for (std::size_t cell = 0; cell < m_cells.size(); ++cell) {
        if (next < shares.size() && shares[next].cell == cell)
            ++next;
        else
            m_cells[cell] = {static_cast<std::uint32_t>(m_size), static_cast<std::uint8_t>(m_lowBits)};
    }
}

void ValueGroups::add(std::span<const float> values, std::span<Sums> sums) const {
    const std::uint32_t inCell = (std::uint32_t{1} << m_lowBits) - 1;
    struct Target {
        std::uint32_t group, place;
    };
    std::array<Target, kTile> targets;
    for (std::size_t begin = 0; begin < values.size(); begin += kTile) {
        const auto tile = values.subspan(begin, std::min(kTile, values.size() - begin));
        std::size_t count = 0;
        // First where to, then there: the table is larger than a cache, and so its lines are on their way in time.
        const bool finite = allFinite(tile);
        for (const float x : tile) {
            const std::uint32_t key = keyOf(x);
            const Cell cell = m_cells[key >> m_lowBits];
            const std::uint32_t low = key & inCell;
            const Target target{cell.first + (low >> cell.shift), low & ((std::uint32_t{1} << cell.shift) - 1)};
            targets[count] = target;
            count += finite || isFinite(x) ? 1 : 0;
            prefetch(&sums[target.group]);
        }
        for (std::size_t i = 0; i < count; ++i) {
            Sums& own = sums[targets[i].group];
            const std::uint32_t place = targets[i].place;
            ++own.count;
            own.places += place;
            own.squares += std::uint64_t{place} * place;
            own.lowest = std::min(own.lowest, place);
            own.highest = std::max(own.highest, place);
        }
    }
}

void ValueGroups::add(std::span<const Sums> from, std::span<Sums> to) {
    for (std::size_t i = 0; i < to.size(); ++i) {
        to[i].count += from[i].count;
        to[i].places += from[i].places;
        to[i].squares += from[i].squares;
        to[i].lowest = std::min(to[i].lowest, from[i].lowest);
        to[i].highest = std::max(to[i].highest, from[i].highest);
    }
}

std::vector<ValueGroup> ValueGroups::groups(std::span<const Sums> sums) const {
    std::vector<ValueGroup> result;
    result.reserve(static_cast<std::size_t>(
        std::count_if(sums.begin(), sums.end(), [](const Sums& own) { return own.count > 0; })));
    for (std::size_t cell = 0; cell < m_cells.size(); ++cell) {
        std::size_t next = m_cells[cell].first;
        if (next == m_size) continue;
        const int shift = m_cells[cell].shift;
        const auto begin = static_cast<std::uint32_t>(cell) << m_lowBits;
        const double spacing = spacingAt(begin);
        const std::size_t last = next + (std::size_t{1} << (m_lowBits - shift));
        for (std::uint32_t key = begin; next < last; ++next, key += std::uint32_t{1} << shift) {
            const Sums& own = sums[next];
            if (own.count == 0) continue;
            ValueGroup group{valueOf(key + own.lowest), valueOf(key + own.highest), own.count, {}, 0};
            if (own.lowest == own.highest) {
                group.mean = {static_cast<double>(group.lowest), 0};
            } else {
                // About the place next to the mean: what is left over is below one half, and the integers are exact.
                const std::uint64_t n = own.count, middle = own.places / n + (own.places % n >= n - n / 2 ? 1 : 0);
                const std::uint64_t about = own.squares - 2 * middle * own.places + middle * middle * n;
                const auto count = static_cast<double>(n);
                const double rest = static_cast<double>(static_cast<std::int64_t>(own.places - middle * n)) / count;
                const double base = valueOf(key + static_cast<std::uint32_t>(middle));
                group.mean = twoSum(base, spacing * rest);
                group.squares = std::max(0.0, static_cast<double>(about) - count * rest * rest) * spacing * spacing;
            }
            result.push_back(group);
        }
    }
    return result;
}

} // namespace quantoscope
