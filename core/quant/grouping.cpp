#include "core/quant/grouping.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace quantoscope {

namespace {

template<class Integer>
bool parseWhole(std::string_view text, Integer& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
}

} // namespace

Result<Grouping> parseGrouping(std::string_view text) {
    if (text == "tensor") return Grouping::tensor();
    const std::size_t colon = text.find(':');
    const std::string_view kind = text.substr(0, colon);
    const std::string_view number = colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
    Grouping grouping;
    if (kind == "channel" && parseWhole(number, grouping.axis)) {
        grouping.kind = Grouping::Kind::Channel;
        return grouping;
    }
    if (kind == "block" && parseWhole(number, grouping.blockSize) && grouping.blockSize > 0 &&
        grouping.blockSize <= kMaximumBlockSize) {
        grouping.kind = Grouping::Kind::Block;
        return grouping;
    }
    return Error{ErrorCode::InvalidArgument, "grouping",
                 fmt::format("\"{}\" is none of tensor, channel:AXIS, block:SIZE (1 to {})", text, kMaximumBlockSize)};
}

std::string formatGrouping(const Grouping& grouping) {
    switch (grouping.kind) {
    case Grouping::Kind::Tensor: return "tensor";
    case Grouping::Kind::Channel: return fmt::format("channel:{}", grouping.axis);
    case Grouping::Kind::Block: return fmt::format("block:{}", grouping.blockSize);
    }
    return {};
}

Result<GroupLayout> GroupLayout::make(const Shape& shape, const Grouping& grouping) {
    const auto count = elementCount(shape);
    if (!count) return count.error();
    GroupLayout layout;
    layout.m_grouping = grouping;
    layout.m_count = static_cast<std::size_t>(*count);
    const int rank = static_cast<int>(shape.size());
    switch (grouping.kind) {
    case Grouping::Kind::Tensor:
        layout.m_groups = layout.m_runs = 1;
        layout.m_inner = layout.m_count;
        break;
    case Grouping::Kind::Channel: {
        const int axis = grouping.axis < 0 ? grouping.axis + rank : grouping.axis;
        if (axis < 0 || axis >= rank)
            return Error{ErrorCode::InvalidArgument, "grouping",
                         fmt::format("there is no axis {} in a tensor of shape {}", grouping.axis, describe(shape))};
        layout.m_grouping.axis = axis;
        layout.m_groups = static_cast<std::size_t>(shape[static_cast<std::size_t>(axis)]);
        layout.m_inner = 1;
        for (std::size_t i = static_cast<std::size_t>(axis) + 1; i < shape.size(); ++i)
            layout.m_inner *= static_cast<std::size_t>(shape[i]);
        layout.m_runs = layout.m_count == 0 ? 0 : layout.m_count / layout.m_inner;
        break;
    }
    case Grouping::Kind::Block: {
        if (grouping.blockSize < 1 || grouping.blockSize > kMaximumBlockSize)
            return Error{
                ErrorCode::InvalidArgument, "grouping",
                fmt::format("a block must hold 1 to {} values, not {}", kMaximumBlockSize, grouping.blockSize)};
        layout.m_inner = shape.empty() ? 1 : static_cast<std::size_t>(shape.back());
        const std::size_t rows = layout.m_inner == 0 ? 0 : layout.m_count / layout.m_inner;
        const auto size = static_cast<std::size_t>(grouping.blockSize);
        layout.m_rowBlocks = layout.m_inner / size + (layout.m_inner % size != 0);
        layout.m_groups = layout.m_runs = rows * layout.m_rowBlocks;
        break;
    }
    }
    return layout;
}

GroupLayout::Run GroupLayout::run(std::size_t index) const {
    if (m_grouping.kind == Grouping::Kind::Block) {
        const auto size = static_cast<std::size_t>(m_grouping.blockSize);
        const std::size_t row = quotient(index, m_rowBlocks), within = (index - row * m_rowBlocks) * size;
        return {index, row * m_inner + within, row * m_inner + std::min(m_inner, within + size)};
    }
    return {index % m_groups, index * m_inner, (index + 1) * m_inner};
}

GroupLayout::Runs GroupLayout::runsOf(std::size_t group) const {
    if (m_grouping.kind == Grouping::Kind::Block) return {group, 1, 1};
    return {group, m_groups, m_groups == 0 ? 0 : m_runs / m_groups};
}

std::size_t GroupLayout::runAt(std::size_t position) const {
    if (m_grouping.kind != Grouping::Kind::Block) return quotient(position, m_inner);
    const auto size = static_cast<std::size_t>(m_grouping.blockSize);
    const std::size_t row = quotient(position, m_inner);
    return row * m_rowBlocks + quotient(position - row * m_inner, size);
}

std::size_t GroupLayout::groupOf(std::size_t position) const {
    const std::size_t run = runAt(position);
    return m_grouping.kind == Grouping::Kind::Block ? run : run % m_groups;
}

std::size_t GroupLayout::groupSize(std::size_t group) const {
    if (m_grouping.kind == Grouping::Kind::Block) {
        const Run only = run(group);
        return only.end - only.begin;
    }
    return m_groups == 0 ? 0 : m_count / m_groups;
}

std::uint64_t GroupLayout::storedValues() const {
    if (m_grouping.kind != Grouping::Kind::Block) return m_count;
    return static_cast<std::uint64_t>(m_groups) * static_cast<std::uint64_t>(m_grouping.blockSize);
}

std::size_t GroupLayout::groupsAtOnce() const {
    constexpr std::size_t kValuesAtOnce = 16; // a line of the cache
    if (m_grouping.kind != Grouping::Kind::Channel || m_inner == 0) return 1;
    return std::max<std::size_t>(1, kValuesAtOnce / m_inner);
}

void GroupLayout::gather(std::size_t first, std::span<const float> values, std::span<std::vector<float>> out) const {
    std::vector<std::size_t> filled(out.size());
    for (std::size_t g = 0; g < out.size(); ++g) out[g].resize(groupSize(first + g));
    const Runs runs = runsOf(first);
    for (std::size_t r = 0; r < runs.count; ++r) {
        const std::size_t index = runs.first + r * runs.stride;
        Run piece = run(index);
        std::size_t rowEnd = m_inner == 0 ? 0 : piece.begin - piece.begin % m_inner + m_inner;
        for (std::size_t g = 0; g < out.size(); ++g, piece = next(piece, index + g, rowEnd)) {
            float* const to = out[g].data();
            std::size_t next = filled[g];
            // Every value is written, and kept where it is finite: that is faster than deciding.
            for (std::size_t i = piece.begin; i < piece.end; ++i) {
                to[next] = values[i];
                next += std::isfinite(values[i]);
            }
            filled[g] = next;
        }
    }
    for (std::size_t g = 0; g < out.size(); ++g) out[g].resize(filled[g]);
}

} // namespace quantoscope
