// The loops that turn the codes of pieces into values, or compare these with what they stand for.
// For files that highway compiles once for each set of instructions; included by each of them within its own.
#include "core/quant/code_kernels.h"
#include "core/quant/code_vectors-inl.h"
#include "core/quant/fetch_ahead-inl.h"
#include "core/quant/square_vectors-inl.h"

#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#if defined(QUANTOSCOPE_DECODE_LOOPS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef HWY_TARGET_TOGGLE
#undef QUANTOSCOPE_DECODE_LOOPS_INL
#else
#define QUANTOSCOPE_DECODE_LOOPS_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

constexpr std::size_t kLargestTable = 256;
constexpr std::size_t kStrip = 4; // lines side by side by lanes

template<class Scale>
class WholeLevels {
public:
    HWY_INLINE WholeLevels(std::span<const float>, float*) {}
    HWY_INLINE void use(const Scale&) {}
    template<class Here>
    HWY_INLINE Real at(const Here& here, Integer code, std::size_t v) const {
        return here.decoded(code, v);
    }
};

/// The codes of a codebook of so many levels: what lies behind a piece may be codes of a longer one, or none.
HWY_INLINE Integer withinLevels(Integer code, std::size_t levels) {
    const auto last = hn::Set(Words(), static_cast<std::uint32_t>(levels - 1));
    return hn::BitCast(Integers(), hn::Min(hn::BitCast(Words(), code), last));
}

template<class Scale>
class GatheredLevels {
public:
    HWY_INLINE GatheredLevels(std::span<const float> levels, float*)
        : m_levels(levels.data()), m_count(levels.size()) {}
    HWY_INLINE void use(const Scale&) {}
    template<class Here>
    HWY_INLINE Real at(const Here& here, Integer code, std::size_t v) const {
        const Real level = hn::GatherIndex(Reals(), m_levels, withinLevels(code, m_count));
        return here.decoded(level, v);
    }

private:
    const float* m_levels;
    std::size_t m_count;
};

/// The levels, followed by 0 up to as many as a table has.
HWY_INLINE const float* padded(std::span<const float> levels, float* room, std::size_t size) {
    if (size <= kLanes && levels.size() == size) return levels.data(); // longer ones are read again and again
    std::fill(std::copy(levels.begin(), levels.end(), room), room + size, 0.0f);
    return room;
}

template<class Scale>
class PaddedLevels {
public:
    HWY_INLINE PaddedLevels(std::span<const float> levels, float* room)
        : m_count(levels.size()), m_table(padded(levels, room, 16)) {}
    HWY_INLINE void use(const Scale& scale) { m_table.use(scale); }
    template<class Here>
    HWY_INLINE Real at(const Here& here, Integer code, std::size_t v) const {
        return m_table.at(here, withinLevels(code, m_count), v);
    }

private:
    std::size_t m_count;
    TableLevels<4, Scale> m_table;
};

/// Up to 2^bits of them, where kWideTables.
template<int bits, class Scale>
class LevelTable {
public:
    HWY_INLINE LevelTable(std::span<const float> levels, float* room)
        : m_count(levels.size()), m_table(padded(levels, room, std::size_t{1} << bits)) {}
    HWY_INLINE void use(const Scale&) {}
    template<class Here>
    HWY_INLINE Real at(const Here& here, Integer code, std::size_t v) const {
        const Real level = lookUp<bits>(m_table, withinLevels(code, m_count));
        return here.decoded(level, v);
    }

private:
    std::size_t m_count;
    const float* m_table;
};
template<int bits>
struct LevelTables {
    template<class Scale>
    using OfScale = LevelTable<bits, Scale>;
};

/// What becomes of a piece: a call gives how many of its values are done; the last few are not where they are too few
/// for a vector and have nothing behind them.
template<class Code>
struct Decoding {
    const DecodeTile<Code>& tile;

    struct State {}; // from one piece to the next
    State begin() const { return {}; }
    void end(const State&) const {}
    CodeKind kind() const { return tile.kind; }
    const Code* codes() const { return tile.codes; }
    template<class Levels, class Scale>
    HWY_INLINE std::size_t operator()(const CodePiece& piece, const Levels& levels, const Scale& scale, State&) const {
        const Code* const from = tile.codes + piece.code;
        float* const out = tile.out + piece.first;
        // To write again to a line that was streamed, as where the next piece begins within it, waits for it to be
        // read: only lines that are all of this piece are.
        std::size_t begin = 0, end = piece.count;
        if (Scale::kKind == Scales::One && tile.streamed && end >= kLine) {
            begin = toLine(out);
            end -= (end - begin) % kLine;
            decodePart(levels, scale, from, 0, begin, out);
            decodePart(levels, scale, from + piece.count - kLine, kLine - (piece.count - end), kLine,
                       out + piece.count - kLine);
        }
        const bool streamed = tile.streamed && beginsLine(out + begin) && (end - begin) % kLine == 0;
        // What is streamed is not fetched.
        const auto decode = [=](const auto& here, std::size_t code, std::size_t to, auto n, const auto& fetchOut)
                                HWY_ATTR {
                                    Real y[n];
                                    for (std::size_t v = 0; v < n; ++v)
                                        y[v] = levels.at(here, loadCodes(from + code + v * kLanes), v);
                                    if (n * kLanes >= kLine && streamed && (to - begin) % kLine == 0) {
                                        for (std::size_t v = 0; v < n; ++v)
                                            hn::Stream(y[v], Reals(), out + to + v * kLanes);
                                    } else {
                                        fetchOut();
                                        for (std::size_t v = 0; v < n; ++v)
                                            hn::StoreU(y[v], Reals(), out + to + v * kLanes);
                                    }
                                };
        const FetchAhead ahead = tile.ahead;
        if constexpr (Scale::kKind == Scales::Lanes) {
            const std::size_t rows = piece.rows, stride = piece.stride, codeStride = piece.codeStride,
                              columns = piece.count;
            if (rows > 1) {
                forStrips<kStrip>(columns, [=](std::size_t column, auto n) HWY_ATTR {
                    const auto here = scale.template held<n>(column);
                    for (std::size_t row = 0; row < rows; ++row) {
                        decode(here, row * codeStride + column, row * stride + column, n,
                               [=]() HWY_ATTR { fetchInRow<n>(ahead, row, column, columns); });
                    }
                });
                return columns;
            }
        }
        const Fetching<Scale, Code> fetching(ahead, tile.codesAhead, piece, 0);
        const auto step = [=](std::size_t i, auto n) HWY_ATTR {
            fetching.template codesAt<n>(i);
            decode(scale.at(i), i, i, n, [=]() HWY_ATTR { fetching.template valuesAt<n>(i); });
        };
        return forVectors<4>(end, roomOf<Scale>(piece, tile.room), step, begin) ? piece.count : 0;
    }
    /// Of a line of codes the values [first, last).
    template<class Levels, class Scale>
    HWY_INLINE void decodePart(const Levels& levels, const Scale& scale, const Code* codes, std::size_t first,
                               std::size_t last, float* out) const {
        if (first == last) return;
        alignas(64) float line[kLine];
        for (std::size_t i = 0; i < kLine; i += kLanes)
            hn::Store(levels.at(scale.at(0), loadCodes(codes + i), 0), Reals(), line + i);
        std::copy(line + first, line + last, out + first);
    }
    void finish(const CodePiece& piece, std::size_t done, const float* decoded, State&) const {
        std::copy_n(decoded, piece.count - done, tile.out + piece.first + done);
    }
};

template<class Code>
struct Measuring {
    const MeasureTile<Code>& tile;
    SquareSums& sums;

    using State = SquareVectors;
    HWY_INLINE State begin() const { return State(sums); }
    HWY_INLINE void end(const State& columns) const { columns.store(sums); }
    CodeKind kind() const { return CodeKind::Bins; }
    const Code* codes() const { return tile.bins; }
    template<class Levels, class Scale>
    HWY_INLINE std::size_t operator()(const CodePiece& piece, const Levels& levels, const Scale& scale,
                                      State& columns) const {
        constexpr std::size_t row = kSquareColumns;
        const float* const values = tile.values + piece.first;
        const Code* const from = tile.bins + piece.code;
        if constexpr (Scale::kKind == Scales::Lanes) {
            if (piece.rows > 1) {
                forStrips<kStrip>(piece.count, [&](std::size_t column, auto n) HWY_ATTR {
                    measureStrip<n>(piece, values + column, from + column, column, levels,
                                    scale.template held<n>(column), columns);
                });
                return piece.count;
            }
        }
        const Fetching<Scale, Code> fetching(tile.ahead, {}, piece, 0);
        const auto square = [=](const auto& here, std::size_t begin, std::size_t v) HWY_ATTR {
            const std::size_t at = begin + v * kLanes;
            const Real y = levels.at(here, loadCodes(from + at), v),
                       error = hn::Sub(hn::LoadU(Reals(), values + at), y);
            return hn::Mul(error, error);
        };
        constexpr std::size_t next = row / kLanes; // vectors
        const std::size_t count = piece.count, room = roomOf<Scale>(piece, tile.room);
        std::size_t i = 0, done = 0;
        // Values are decoded a step before they are compared: a processor has only so much room for what waits.
        constexpr std::size_t four = 4 * next;
        Real y[four];
        const auto decodeFour = [&](std::size_t begin) HWY_ATTR {
            const auto& here = scale.at(begin);
            forVectorsOf<four>([&](auto v)
                                   HWY_ATTR { y[v] = levels.at(here, loadCodes(from + begin + v * kLanes), v); });
        };
        if (count >= 4 * row) {
            decodeFour(0);
            for (bool more = true; more; i += 4 * row) {
                Real squares[four];
                forVectorsOf<four>([&](auto v) HWY_ATTR {
                    const Real error = hn::Sub(hn::LoadU(Reals(), values + i + v * kLanes), y[v]);
                    squares[v] = hn::Mul(error, error);
                });
                fetching.template valuesAt<four>(i);
                more = i + 8 * row <= count;
                if (more) decodeFour(i + 4 * row);
                columns.add(squares);
            }
        }
        for (; i + 2 * row <= count; i += 2 * row) {
            const auto& here = scale.at(i);
            forParts([&](auto part)
                         HWY_ATTR { columns.add(part, hn::Add(square(here, i, part), square(here, i, part + next))); });
        }
        for (done = i; i < count; i += row) {
            const auto& here = scale.at(i);
            forParts([&](auto part) HWY_ATTR {
                const std::size_t at = i + part * kLanes;
                if (at >= count || at + kLanes > room) return;
                columns.add(part, hn::IfThenElseZero(hn::FirstN(Reals(), count - at), square(here, i, part)));
                done = std::min(at + kLanes, count);
            });
        }
        return done;
    }
    /// Of each row in turn, the squares that follow each other in a column together, a row decoded before it is its
    /// turn.
    template<std::size_t n, class Levels, class Here>
    HWY_INLINE void measureStrip(const CodePiece& piece, const float* values, const Code* from, std::size_t column,
                                 const Levels& levels, const Here& here, State& columns) const {
        Real y[n];
        const auto decodeRow = [&](std::size_t row) HWY_ATTR {
            forVectorsOf<n>([&](auto v) HWY_ATTR {
                y[v] = levels.at(here, loadCodes(from + row * piece.codeStride + v * kLanes), v);
            });
        };
        decodeRow(0);
        for (std::size_t row = 0; row < piece.rows; ++row) {
            Real squares[n];
            forVectorsOf<n>([&](auto v) HWY_ATTR {
                const Real error = hn::Sub(hn::LoadU(Reals(), values + row * piece.stride + v * kLanes), y[v]);
                squares[v] = hn::Mul(error, error);
            });
            fetchInRow<n>(tile.ahead, row, column, piece.count);
            if (row + 1 < piece.rows) decodeRow(row + 1);
            columns.add(squares);
        }
    }
    void finish(const CodePiece& piece, std::size_t done, const float* decoded, State& columns) const {
        columns.store(sums);
        for (std::size_t i = done; i < piece.count; ++i) {
            const float error = tile.values[piece.first + i] - decoded[i - done];
            sums.columns[i % kSquareColumns] += error * error;
        }
        columns = State(sums);
    }
};

/// The values from number `done` of a piece on, which are fewer than a vector has. All is set up again, so that what
/// the loops use need not have an address and stays in registers.
template<class Scale, template<class> class Levels, class Code, class Scales>
HWY_NOINLINE void decodeAside(const Code* from, CodeKind kind, const CodePiece& piece, std::size_t done,
                              const Scales& scales, float* out) {
    Code codes[kLanes] = {};
    std::copy_n(from + piece.code + done, piece.count - done, codes);
    const Scale scale(scales, piece.book->firstWhole(kind));
    alignas(64) float room[kLargestTable];
    Levels<Scale> levels(piece.book->levels(kind), room);
    levels.use(scale);
    hn::StoreU(levels.at(scale.at(done), loadCodes(codes), 0), Reals(), out);
}

/// The pieces up to one with other levels, or all.
template<class Scale, template<class> class Levels, class Work>
const CodePiece* doAlike(const Work& work, const CodePiece* piece, const CodePiece* end) {
    const CodingBook* const known = piece->book;
    const std::span<const float> ownLevels = known->levels(work.kind());
    alignas(64) float room[kLargestTable]; // not a member: levels are copied for the loop
    Levels<Scale> levels(ownLevels, room);
    if (piece + 1 < end && piece[1].book != known) {
        const std::span<const float> next = piece[1].book->levels(work.kind());
        fetchAll(next.data(), next.size());
    }
    const float firstWhole = known->firstWhole(work.kind());
    auto state = work.begin();
    for (; piece < end && piece->book == known && piece->kind == Scale::kKind; ++piece) {
        const auto& scales = scalesOf<Scale>(*piece);
        const Scale scale(scales, firstWhole);
        levels.use(scale);
        const std::size_t done = work(*piece, levels, scale, state);
        if (done == piece->count) continue;
        float decoded[kLanes];
        decodeAside<Scale, Levels>(work.codes(), work.kind(), *piece, done, scales, decoded);
        work.finish(*piece, done, decoded, state);
    }
    work.end(state);
    return piece;
}

template<class Scale, class Work>
const CodePiece* doInTables(const Work& work, const CodePiece* piece, const CodePiece* end) {
    using Code = std::remove_cvref_t<decltype(*work.codes())>;
    const std::size_t levels = piece->book->levels(work.kind()).size();
    if constexpr (kLanes >= 8) {
        if (kFewLevels<Scale> || levels <= 16) return doAlike<Scale, PaddedLevels>(work, piece, end);
    }
    if constexpr (kWideTables && sizeof(Code) == 1 && !kFewLevels<Scale>) {
        if (levels <= 32) return doAlike<Scale, LevelTables<5>::template OfScale>(work, piece, end);
        if (levels <= 64) return doAlike<Scale, LevelTables<6>::template OfScale>(work, piece, end);
        if (levels <= 128) return doAlike<Scale, LevelTables<7>::template OfScale>(work, piece, end);
        if (levels <= 256) return doAlike<Scale, LevelTables<8>::template OfScale>(work, piece, end);
    }
    return doAlike<Scale, GatheredLevels>(work, piece, end);
}

template<class Scale, class Work>
const CodePiece* doScaled(const Work& work, const CodePiece* piece, const CodePiece* end) {
    while (piece < end && piece->kind == Scale::kKind) {
        if (piece->book->whole(work.kind()))
            piece = doAlike<Scale, WholeLevels>(work, piece, end);
        else
            piece = doInTables<Scale>(work, piece, end);
    }
    return piece;
}

template<class Work>
void doAll(const Work& work, const CodePiece* pieces, std::size_t count) {
    const CodePiece* const end = pieces + count;
    while (pieces < end) {
        withScales<std::remove_cvref_t<decltype(*work.codes())>>(
            pieces->kind, [&](auto kind) { pieces = doScaled<typename decltype(kind)::Scale>(work, pieces, end); });
    }
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#endif
