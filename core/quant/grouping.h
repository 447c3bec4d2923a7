// Which values share a scale or a codebook: the whole tensor, a channel (an index along one axis), or a block of
// consecutive values along the last axis. A block never crosses a row; the last one of a row may be short.
#pragma once

#include "core/tensor/tensor.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quantoscope {

/// A block longer than a row stores a whole block a row: beyond this, counting its bits could overflow.
inline constexpr std::int64_t kMaximumBlockSize = 1 << 24;

struct Grouping {
    enum class Kind { Tensor, Channel, Block };
    Kind kind = Kind::Tensor;
    int axis = 0;                // of Channel; negative counts from the last
    std::int64_t blockSize = 64; // of Block; 1 to kMaximumBlockSize

    static Grouping tensor() { return {}; }
    static Grouping channel(int axis) { return {Kind::Channel, axis, 64}; }
    static Grouping block(std::int64_t size) { return {Kind::Block, 0, size}; }
    friend bool operator==(const Grouping& a, const Grouping& b) {
        return a.kind == b.kind && (a.kind != Kind::Channel || a.axis == b.axis) &&
               (a.kind != Kind::Block || a.blockSize == b.blockSize);
    }
};

/// "tensor", "channel:0", "channel:-1", "block:64". Errors: InvalidArgument.
Result<Grouping> parseGrouping(std::string_view text);
std::string formatGrouping(const Grouping& grouping);

/// Where each group of a shape lies. A run is a contiguous piece of one group; runs are numbered in the order of
/// memory.
class GroupLayout {
public:
    struct Run {
        std::size_t group;
        std::size_t begin;
        std::size_t end;
    };
    /// run(first), run(first + stride), ... : count of them make up a group.
    struct Runs {
        std::size_t first, stride, count;
    };

    GroupLayout() = default;
    /// Errors: InvalidArgument where the axis does not exist or the block size is out of bounds.
    static Result<GroupLayout> make(const Shape& shape, const Grouping& grouping);

    const Grouping& grouping() const { return m_grouping; }
    std::size_t valueCount() const { return m_count; }
    std::size_t groupCount() const { return m_groups; }
    std::size_t runCount() const { return m_runs; }
    Run run(std::size_t index) const;
    Runs runsOf(std::size_t group) const;
    /// The run that holds a position.
    std::size_t runAt(std::size_t position) const;
    std::size_t groupOf(std::size_t position) const;
    std::size_t groupSize(std::size_t group) const;
    /// How many values the codes of all groups take room for: a short last block is stored as a whole one.
    std::uint64_t storedValues() const;
    /// How many groups to gather at once so that no memory is read twice: several where they interleave.
    std::size_t groupsAtOnce() const;
    /// The finite values of groups first, first + 1, ..., each in the order of memory, into one vector a group.
    void gather(std::size_t first, std::span<const float> values, std::span<std::vector<float>> out) const;

    /// Calls body(group, first, last) for the pieces of [begin, end), in the order of memory.
    template<class Body>
    void forEachPiece(std::size_t begin, std::size_t end, const Body& body) const {
        if (begin >= end) return;
        std::size_t index = runAt(begin), rowEnd = (quotient(begin, m_inner) + 1) * m_inner;
        for (Run piece = run(index);; piece = next(piece, ++index, rowEnd)) {
            const std::size_t last = piece.end < end ? piece.end : end;
            body(piece.group, begin, last);
            if ((begin = last) == end) return;
        }
    }

    /// The same, but several whole runs of one size, whose groups follow each other too, are one stretch:
    /// body(group, first, last, runs), where group is that of the first.
    template<class Body>
    void forEachStretch(std::size_t begin, std::size_t end, const Body& body) const {
        if (begin >= end) return;
        std::size_t index = runAt(begin), rowEnd = (quotient(begin, m_inner) + 1) * m_inner;
        for (Run piece = run(index);;) {
            const std::size_t size = piece.end - piece.begin;
            const std::size_t alike = begin > piece.begin ? 0 : std::min(end, alikeUntil(piece, rowEnd)) - begin;
            const std::size_t runs = alike < 2 * size ? 1 : quotient(alike, size);
            const std::size_t last = runs > 1 ? begin + runs * size : std::min(piece.end, end);
            body(piece.group, begin, last, runs);
            if ((begin = last) == end) return;
            if (runs > 1) {
                index += runs - 1;
                piece = {piece.group + runs - 1, last - size, last};
                if (last > rowEnd) rowEnd = (quotient(last - 1, m_inner) + 1) * m_inner;
            }
            piece = next(piece, ++index, rowEnd);
        }
    }

private:
    /// Processors divide short numbers faster, some of them several times, and a tile has some to divide.
    static std::size_t quotient(std::size_t a, std::size_t b) {
        if (((a | b) >> 32) > 0) return a / b;
        return static_cast<std::uint32_t>(a) / static_cast<std::uint32_t>(b);
    }
    /// Where the last of the runs ends, from one on, that are as long and whose groups follow each other.
    std::size_t alikeUntil(const Run& run, std::size_t rowEnd) const {
        if (m_grouping.kind != Grouping::Kind::Block) return run.begin + (m_groups - run.group) * m_inner;
        return m_inner == m_rowBlocks * static_cast<std::size_t>(m_grouping.blockSize) ? m_count : rowEnd;
    }
    /// The run after one, and its index; rowEnd is where the row of the first one ends, for blocks. Counted, not
    /// divided: along the last axis every value is a run, and blocks may be short.
    Run next(const Run& piece, std::size_t index, std::size_t& rowEnd) const {
        if (m_grouping.kind == Grouping::Kind::Block) {
            if (piece.end == rowEnd) rowEnd += m_inner;
            const auto size = static_cast<std::size_t>(m_grouping.blockSize);
            return {index, piece.end, size < rowEnd - piece.end ? piece.end + size : rowEnd};
        }
        return {piece.group + 1 == m_groups ? 0 : piece.group + 1, piece.end, piece.end + m_inner};
    }

    Grouping m_grouping;
    std::size_t m_count = 0;
    std::size_t m_groups = 0;
    std::size_t m_runs = 0;
    std::size_t m_inner = 1;     // Channel: values a run. Block: values a row
    std::size_t m_rowBlocks = 1; // Block: blocks a row
};

} // namespace quantoscope
