// What the loops fetch into the processor's caches beside their work, at its pace.
// For files that highway compiles once for each set of instructions; included by each of them within its own.
#include "core/base/prefetch.h"
#include "core/quant/code_kernels.h"
#include "core/quant/code_vectors-inl.h"

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

#if defined(QUANTOSCOPE_FETCH_AHEAD_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef QUANTOSCOPE_FETCH_AHEAD_INL
#else
#define QUANTOSCOPE_FETCH_AHEAD_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

/// Fetches what belongs to position i of a tile, of which n vectors are next: to whole lines, and these in one row.
template<std::size_t n>
HWY_INLINE void fetchAtPace(const FetchAhead& ahead, std::size_t i) {
    constexpr std::size_t lines = n * kLanes < kLine ? 1 : n * kLanes / kLine;
    static_assert(kFetchedColumns % (lines * kLine) == 0 && (kFetchedParts % lines == 0 || lines % kFetchedParts == 0));
    if (n * kLanes < kLine && i % kLine >= n * kLanes) return; // the line of other vectors
    i -= i % (lines * kLine);
    const auto fetchLines = [&](std::size_t first, const auto& placeOf) HWY_ATTR {
        for (std::size_t line = 0; line < lines; ++line) hwy::Prefetch(beyond(ahead.first, first + placeOf(line)));
    };
    if (ahead.part == 0) {
        fetchLines(i / kFetchedColumns * ahead.stride + i % kFetchedColumns,
                   [](std::size_t line) { return line * kLine; });
    } else {
        const std::size_t part = ahead.part;
        const auto inParts = [=](std::size_t line) {
            return line % kFetchedParts * part + line / kFetchedParts * kLine;
        };
        fetchLines(inParts(i / kLine), inParts);
    }
}

template<std::size_t n>
HWY_INLINE void fetch(const FetchAhead& ahead, std::size_t i) {
    if (!ahead.first) return;
    if (ahead.half)
        fetchAtPace<(n > 1 ? n / 2 : 1)>(ahead, i / 2);
    else
        fetchAtPace<n>(ahead, i);
}

/// The same for n vectors of a row of so many columns.
template<std::size_t n>
HWY_INLINE void fetchInRow(const FetchAhead& ahead, std::size_t row, std::size_t column, std::size_t columns) {
    if (!ahead.first) return;
    constexpr std::size_t lines = n * kLanes / kLine > 0 ? n * kLanes / kLine : 1;
    std::size_t number = row * ahead.stride + column;
    if (ahead.half) number = row / 2 * ahead.stride + row % 2 * columns / 2 + column / 2;
    const auto address = reinterpret_cast<std::uintptr_t>(ahead.first) + number * sizeof(float);
    for (std::size_t line = 0; line < (ahead.half ? (lines + 1) / 2 : lines); ++line)
        hwy::Prefetch(reinterpret_cast<const float*>(address + line * kLine * sizeof(float)));
}

/// What n vectors of numbers from number i of a tile on are packed in.
template<std::size_t n, class Code>
HWY_INLINE void fetchCodes(const CodesAhead& ahead, std::size_t i) {
    constexpr std::size_t line = kLine * sizeof(float); // bytes: the codes of so many numbers, or of more
    constexpr bool within = sizeof(Code) == 1 && n * kLanes <= line;
    if (!ahead.first || (n * kLanes < line && i % line >= n * kLanes)) return;
    const std::uint8_t* const codes = ahead.first + i * ahead.bits / 8;
    const std::size_t bytes = within ? 1 : n * kLanes * ahead.bits / 8;
    for (std::size_t byte = 0; byte < bytes; byte += line) hwy::Prefetch(codes + byte);
}

HWY_INLINE void fetchAll(const float* numbers, std::size_t count) {
    for (std::size_t i = 0; i < count; i += kLine) hwy::Prefetch(numbers + i);
}

/// What is fetched ahead for a row of a piece.
template<class Scale, class Code>
class Fetching {
public:
    HWY_INLINE Fetching(const FetchAhead& ahead, const CodesAhead& codesAhead, const CodePiece& piece, std::size_t row)
        : m_ahead(ahead),
          m_codesAhead(codesAhead),
          m_first(piece.first),
          m_row(row),
          m_rowFirst(piece.first + row * piece.stride),
          m_columns(piece.count) {}
    /// With n vectors from value i of the row on.
    template<std::size_t n>
    HWY_INLINE void at(std::size_t i) const {
        valuesAt<n>(i);
        codesAt<n>(i);
    }
    template<std::size_t n>
    HWY_INLINE void valuesAt(std::size_t i) const {
        if constexpr (Scale::kKind == Scales::Lanes)
            fetchInRow<n>(m_ahead, m_row, i, m_columns);
        else
            fetch<n>(m_ahead, m_first + i);
    }
    template<std::size_t n>
    HWY_INLINE void codesAt(std::size_t i) const {
        fetchCodes<n, Code>(m_codesAhead, m_rowFirst + i);
    }

private:
    FetchAhead m_ahead;
    CodesAhead m_codesAhead;
    std::size_t m_first, m_row, m_rowFirst, m_columns;
};

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#endif
