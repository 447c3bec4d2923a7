// The loops that turn values into bins and codes into values, in vectors: for quantizer.cpp, codebook.cpp and
// tile_coder.cpp.
// What they compute is written in quantizer.h, and every set of instructions gives the same bits.
#pragma once

#include "core/quant/quantizer.h"
#include "core/quant/threshold_search.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <span>
#include <string_view>

namespace quantoscope {

/// What the loops need of scales of values side by side that have different ones: numbers[kind · apart + i] is that of
/// line or lane i.
struct ScaleNumber {
    enum Kind : std::size_t {
        Scale,
        Inverse, // none infinite
        Offset,
        Bias,  // as by biasOf
        First, // what the first level of a grid is rounded to: kRounder more than its bias
        Kinds
    };
};
struct ScaleArrays {
    const float* numbers = nullptr;
    std::size_t apart = 0;
};
/// How far apart they are for lines: always as far, so that one address serves for all.
inline constexpr std::size_t kLineNumbersApart = 528;
inline constexpr std::size_t kLine = 16; // numbers in a line of the cache; no vector is longer

/// Whose scales a piece has: those of one group; one for every four, two or one lines of values, four and two only of
/// codebooks that are grids or have kFew levels at most; or one for every value, that is, for every lane of a vector,
/// and then kLanePadding more of them.
inline constexpr std::size_t kFew = kMostInRegisters + 1;
enum class Scales { One, FourLines, TwoLines, Lines, Lanes };

/// Σ(x − Q(x))² in columns: a value's square is added to column (its place in its piece) mod 16; in the loops, of four
/// that follow each other in a column and row, or, where they are measured after encoding, two of the last three, first
/// their sum in float32. So it is the same whatever the vectors, and to 3e-7 of it (five roundings) where no square
/// overflows or underflows float32.
inline constexpr std::size_t kSquareColumns = 16;
struct SquareSums {
    double columns[kSquareColumns] = {};

    double total() const { return std::accumulate(std::begin(columns), std::end(columns), 0.0); }
};

/// What to fetch into the processor's caches meanwhile, at the pace at which a tile is worked through, or half of it:
/// rows of kFetchedColumns numbers, which begin `stride` apart. Or numbers side by side, of kFetchedParts parts of so
/// many whole lines in turn: within each of them a processor then reads ahead by itself, as far as its page goes. Any
/// address will do, and none.
inline constexpr std::size_t kFetchedColumns = 128, kFetchedParts = 4;
struct FetchAhead {
    const float* first = nullptr;
    std::size_t stride = 0;
    bool half = false;
    std::size_t part = 0; // numbers; 0: rows

    /// The rows that begin so many numbers later.
    FetchAhead from(std::size_t number) const {
        const auto address = reinterpret_cast<std::uintptr_t>(first) + number * sizeof(float);
        return {first ? reinterpret_cast<const float*>(address) : nullptr, stride, half};
    }
};

/// Packed codes that are read or written next, to be fetched like other memory: the first, and bits of each.
struct CodesAhead {
    const std::uint8_t* first = nullptr;
    std::size_t bits = 0;
};

/// Where the values of some pieces are and where their bins go; both have room for `room` numbers. Code: std::uint8_t
/// where no codebook has more than 256 levels, or std::uint32_t.
template<class Code>
struct EncodeTile {
    const float* values;
    Code* bins;
    std::size_t room;
    FetchAhead ahead = {};
    CodesAhead codesAhead = {};
};

enum class CodeKind { Bins, Packed }; // numbers of levels, or the format's own patterns

/// What the loops need of a codebook.
struct CodingBook {
    // To encode: thresholds as by fillThresholdTable; where there is no such table, a search.
    const float* table = nullptr;
    const ThresholdSearch* search = nullptr;
    std::span<const float> binLevels, codeLevels;
    bool grid = false; // of integers
    // Whether levels are those of a grid in their order and for which vectorLevels holds.
    bool wholeBins = false, wholeCodes = false;

    CodingBook() = default;
    /// Of codes that are bins. What it is made of must outlive it.
    explicit CodingBook(const Codebook& codebook);

    void searchBy(const ThresholdSearch& of) {
        table = of.table();
        search = &of;
    }
    bool prepared() const { return grid || table || search; } // to encode
    std::span<const float> levels(CodeKind kind) const { return kind == CodeKind::Bins ? binLevels : codeLevels; }
    bool whole(CodeKind kind) const { return kind == CodeKind::Bins ? wholeBins : wholeCodes; }
    /// The level of code 0 where that of any other is so much more as the code is, else 0.
    float firstWhole(CodeKind kind) const { return whole(kind) ? levels(kind).front() : 0; }
};
/// Added, it leaves no bits behind the point of small numbers: they are rounded half to even, and their bits count.
inline constexpr float kRounder = 0x1.8p23f;
/// What is added before it is scaled, to a level, or to a code that is counted from the first level; exactly.
inline float biasOf(float firstWhole, const GroupScale& scale) { return firstWhole - static_cast<float>(scale.zero); }

/// Values [first, first + count) of a tile, of one group that is inVectors, or of several with one codebook, and then
/// `several` begins with the scale of the first value; with one for every line, only whole lines, and codes are bytes.
/// What lies behind a piece may be read, but for lanes, and what is written there is then undefined, so pieces side by
/// side are done in order. Cheapest where those of one codebook and kind follow each other. By lanes a piece may have
/// more rows, of whole lines then, which share their scales; what is fetched ahead are as many others.
struct CodePiece {
    std::size_t first, count;
    const CodingBook* book;
    GroupScale scale; // of the only or the first group
    ScaleArrays several = {};
    Scales kind = Scales::One;
    std::size_t code = first;                         // where its codes begin
    std::size_t rows = 1, stride = 0, codeStride = 0; // how far apart rows of values begin, and of codes
};

inline constexpr std::size_t kLanePadding = 64; // numbers; more than the longest vector that is used

/// Whether bins and values of an integer grid are whole float32 small enough to be rounded by adding: its levels are,
/// and a group's zero point too. Both together stay below 2^22, where adding 1.5 · 2^23 rounds to whole numbers.
inline constexpr float kMostOfVectorGrid = 0x1p21f;
inline bool vectorLevels(const Codebook& codebook) {
    return std::fabs(codebook.levels.front()) <= kMostOfVectorGrid &&
           std::fabs(codebook.levels.back()) <= kMostOfVectorGrid;
}
inline bool vectorZero(std::int32_t zero) { return std::fabs(static_cast<float>(zero)) <= kMostOfVectorGrid; }
inline bool vectorGrid(const Codebook& codebook, std::int32_t zero) {
    return vectorLevels(codebook) && vectorZero(zero);
}

/// Whether the loops take values of a group: numbers of a grid are as above, and the scale has an inverse.
inline constexpr float kMostWithoutInverse = 0x1p-128f;
inline bool inVectors(const CodingBook& book, const GroupScale& scale) {
    return scale.scale > kMostWithoutInverse && (!book.grid || (book.wholeBins && vectorZero(scale.zero)));
}

/// Puts what `count` groups have for codes of a kind into arrays, each so many times as one line or lane after the
/// other, where there is room for splitRoom of them; says whether these are all of one codebook, which is `book`, and
/// inVectors. Cheaper where more groups follow.
constexpr std::size_t splitRoom(std::size_t groups, std::size_t times) { return (groups + kLine) * times; }
bool splitScales(const GroupScales& groups, std::size_t first, std::size_t count, std::size_t times,
                 const CodingBook& book, CodeKind kind, float* numbers, std::size_t apart);

/// Whether up to 255 thresholds are best searched in tables with the instructions here.
bool searchesTables();

void encodePieces(const EncodeTile<std::uint8_t>& tile, std::span<const CodePiece> pieces);
void encodePieces(const EncodeTile<std::uint32_t>& tile, std::span<const CodePiece> pieces);
/// Of pieces with grids, and adds the squares of what decoding would change, but for those of values behind the whole
/// lines of a piece: see withoutLines.
void encodeAndMeasurePieces(const EncodeTile<std::uint8_t>& tile, std::span<const CodePiece> pieces, SquareSums& sums);
void encodeAndMeasurePieces(const EncodeTile<std::uint32_t>& tile, std::span<const CodePiece> pieces, SquareSums& sums);
/// What is left of a piece behind its whole lines.
CodePiece withoutLines(const CodePiece& piece);

/// Codes of a tile, and where their values go; both have room for `room` numbers.
template<class Code>
struct DecodeTile {
    const Code* codes;
    CodeKind kind;
    float* out;
    std::size_t room;
    FetchAhead ahead = {};
    CodesAhead codesAhead = {};
    bool streamed = false; // whole lines of a group, or of pieces that are nothing else, go past the caches if possible
};
void decodePieces(const DecodeTile<std::uint8_t>& tile, std::span<const CodePiece> pieces);
void decodePieces(const DecodeTile<std::uint32_t>& tile, std::span<const CodePiece> pieces);

/// Values of a tile and their bins; both have room for `room` numbers.
template<class Code>
struct MeasureTile {
    const float* values;
    const Code* bins;
    std::size_t room;
    FetchAhead ahead = {};
};
/// Adds the squares of what decoding would change. Apart from encoding where bins are searched: each value waits long
/// for its own, and what waits for the bin in turn would take the place of other values' searches in the processor.
void measurePieces(const MeasureTile<std::uint8_t>& tile, std::span<const CodePiece> pieces, SquareSums& sums);
void measurePieces(const MeasureTile<std::uint32_t>& tile, std::span<const CodePiece> pieces, SquareSums& sums);

/// codes[i] = table[codes[i]]
void mapCodes(std::span<const std::uint32_t> table, std::span<std::uint8_t> codes);
void mapCodes(std::span<const std::uint32_t> table, std::span<std::uint32_t> codes);
/// out[i] = y[i], but x[i] where that is not finite. `out` may be x or y.
void keepNonFinite(std::span<const float> x, const float* y, float* out);

/// What these loops run on here: "AVX-512", "AVX2", "SSE4", ...
std::string_view vectorInstructions();

} // namespace quantoscope
