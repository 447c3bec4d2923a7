#include "core/quant/column_tables.h"

#include "core/base/vector_targets.h"

#include <cstddef>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/quant/column_tables.cpp"
// clang-format off
#include <hwy/foreach_target.h> // compiles this file once for each set of instructions; before highway.h
#include <hwy/highway.h>
#include "core/quant/square_vectors-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace quantoscope {
namespace HWY_NAMESPACE {

/// Of 2^bits numbers of every lane, the half that the lane is in.
template<std::size_t half, class Number, class InUpper>
HWY_INLINE void halve(const Number* numbers, InUpper inUpper, std::size_t count, Number* rest) {
    for (std::size_t i = 0; i < count; ++i) rest[i] = hn::IfThenElse(inUpper, numbers[half + i], numbers[i]);
}

/// Adds to a bin how many of 2^bits − 1 thresholds are ≤ u: halving them takes a choice each, and no table.
template<int bits>
HWY_INLINE void search(Real u, const Real* thresholds, Integer& bin) {
    constexpr std::size_t half = std::size_t{1} << (bits - 1);
    const auto inUpper = hn::Ge(u, thresholds[half - 1]);
    const Integer next = hn::Add(bin, hn::Set(Integers(), static_cast<std::int32_t>(half)));
    bin = hn::IfThenElse(hn::RebindMask(Integers(), inUpper), next, bin);
    if constexpr (bits > 1) {
        Real rest[half];
        halve<half>(thresholds, inUpper, half - 1, rest);
        search<bits - 1>(u, rest, bin);
    }
}

/// numbers[index mod 2^bits]
template<int bits>
HWY_INLINE Real chosen(const Real* numbers, Integer index) {
    constexpr std::size_t half = std::size_t{1} << (bits - 1);
    const auto bit = hn::TestBit(index, hn::Set(Integers(), static_cast<std::int32_t>(half)));
    Real rest[half];
    halve<half>(numbers, hn::RebindMask(Reals(), bit), half, rest);
    if constexpr (bits > 1)
        return chosen<bits - 1>(rest, index);
    else
        return rest[0];
}

/// The numbers of as many columns as a vector has lanes.
template<int bits>
struct Numbers {
    static constexpr std::size_t kCount = std::size_t{1} << bits;

    HWY_INLINE explicit Numbers(const float* first) {
        for (std::size_t i = 0; i < kCount; ++i) of[i] = hn::LoadU(Reals(), first + i * kLine);
    }

    Real of[kCount];
};

/// Calls body(numbers, column) for every kLanes columns of a panel, from `column` on.
template<int bits, class Body>
HWY_INLINE void forColumns(const ColumnPanel& panel, const ColumnTables& tables, const Body& body) {
    for (std::size_t strip = 0; strip < panel.width; strip += kLine) {
        const float* const numbers = tables.strip(panel.column + strip);
        for (std::size_t part = 0; part < kLine; part += kLanes) body(Numbers<bits>(numbers + part), strip + part);
    }
}

/// Calls step(row, n) for all rows, four of them or one, and fetches meanwhile, in parts of the panel that are
/// kFetchedColumns wide.
template<class Step>
HWY_INLINE void forRows(const ColumnPanel& panel, std::size_t column, const FetchAhead& ahead, const Step& step) {
    const std::size_t rows = panel.rows, inPart = column % kFetchedColumns, first = inPart * rows;
    const FetchAhead part = ahead.from(column - inPart);
    std::size_t row = 0;
    for (; row + 4 <= rows; row += 4) {
        fetch<4>(part, first + row * kLanes);
        step(row, Times<4>());
    }
    for (; row < rows; ++row) {
        fetch<1>(part, first + row * kLanes);
        step(row, Times<1>());
    }
}

// By value all that the loops use: a bin that is stored may be part of anything the compiler has only a reference to.

template<int bits>
struct EncodingColumns {
    const ColumnPanel& panel;
    const ColumnTables& thresholds;
    const float* values;
    std::uint8_t* bins;
    const FetchAhead& ahead;

    HWY_INLINE void operator()() const {
        forColumns<bits>(panel, thresholds, [&](const Numbers<bits>& numbers, std::size_t column) HWY_ATTR {
            const float* const from = values + column;
            std::uint8_t* const to = bins + column;
            const std::size_t stride = panel.stride, width = panel.width;
            forRows(panel, column, ahead, [=](std::size_t row, auto n) HWY_ATTR {
                Integer bin[n];
                for (std::size_t i = 0; i < n; ++i) {
                    bin[i] = hn::Zero(Integers());
                    search<bits>(hn::LoadU(Reals(), from + (row + i) * stride), numbers.of, bin[i]);
                }
                for (std::size_t i = 0; i < n; ++i) storeCodes(bin[i], to + (row + i) * width);
            });
        });
    }
};

template<int bits>
struct MeasuringColumns {
    const ColumnPanel& panel;
    const ColumnTables& levels;
    const float* values;
    const std::uint8_t* bins;
    SquareSums& sums;
    const FetchAhead& ahead;

    HWY_INLINE void operator()() const {
        forColumns<bits>(panel, levels, [&](const Numbers<bits>& numbers, std::size_t column) HWY_ATTR {
            const float* const own = values + column;
            const std::uint8_t* const from = bins + column;
            const std::size_t stride = panel.stride, width = panel.width;
            const auto square = [=](std::size_t row) HWY_ATTR {
                const Real y = chosen<bits>(numbers.of, loadCodes(from + row * width)),
                           error = hn::Sub(hn::LoadU(Reals(), own + row * stride), y);
                return hn::Mul(error, error);
            };
            SquarePart squares(sums, column % kLine / kLanes);
            forRows(panel, column, ahead, [&](std::size_t row, auto n) HWY_ATTR {
                if constexpr (n == 1)
                    squares.add(square(row));
                else
                    squares.add(
                        hn::Add(hn::Add(square(row), square(row + 1)), hn::Add(square(row + 2), square(row + 3))));
            });
            squares.store(sums, column % kLine / kLanes);
        });
    }
};

template<int bits>
struct DecodingColumns {
    const ColumnPanel& panel;
    const ColumnTables& levels;
    const std::uint8_t* codes;
    float* out;
    const FetchAhead& ahead;

    HWY_INLINE void operator()() const {
        forColumns<bits>(panel, levels, [&](const Numbers<bits>& numbers, std::size_t column) HWY_ATTR {
            const std::uint8_t* const from = codes + column;
            float* const to = out + column;
            const std::size_t stride = panel.stride, width = panel.width;
            forRows(panel, column, ahead, [=](std::size_t row, auto n) HWY_ATTR {
                Real y[n];
                for (std::size_t i = 0; i < n; ++i)
                    y[i] = chosen<bits>(numbers.of, loadCodes(from + (row + i) * width));
                for (std::size_t i = 0; i < n; ++i) hn::StoreU(y[i], Reals(), to + (row + i) * stride);
            });
        });
    }
};

/// Work<bits>{arguments...}(), for the bits of the tables.
template<template<int> class Work, class... Arguments>
void forBits(int bits, Arguments&&... arguments) {
    static_assert(ColumnTables::kMostBits == 4);
    switch (bits) {
    case 1: return Work<1>{arguments...}();
    case 2: return Work<2>{arguments...}();
    case 3: return Work<3>{arguments...}();
    default: return Work<4>{arguments...}();
    }
}

void encodeInColumns(const ColumnPanel& panel, const ColumnTables& thresholds, const float* values, std::uint8_t* bins,
                     const FetchAhead& ahead) {
    forBits<EncodingColumns>(thresholds.bits(), panel, thresholds, values, bins, ahead);
}
void measureInColumns(const ColumnPanel& panel, const ColumnTables& levels, const float* values,
                      const std::uint8_t* bins, SquareSums& sums, const FetchAhead& ahead) {
    forBits<MeasuringColumns>(levels.bits(), panel, levels, values, bins, sums, ahead);
}
void decodeInColumns(const ColumnPanel& panel, const ColumnTables& levels, const std::uint8_t* codes, float* out,
                     const FetchAhead& ahead) {
    forBits<DecodingColumns>(levels.bits(), panel, levels, codes, out, ahead);
}

} // namespace HWY_NAMESPACE
} // namespace quantoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace quantoscope {

HWY_EXPORT(encodeInColumns);
HWY_EXPORT(measureInColumns);
HWY_EXPORT(decodeInColumns);

void encodeColumns(const ColumnPanel& panel, const ColumnTables& thresholds, const float* values, std::uint8_t* bins,
                   const FetchAhead& ahead) {
    HWY_DYNAMIC_DISPATCH(encodeInColumns)(panel, thresholds, values, bins, ahead);
}

void measureColumns(const ColumnPanel& panel, const ColumnTables& levels, const float* values, const std::uint8_t* bins,
                    SquareSums& sums, const FetchAhead& ahead) {
    HWY_DYNAMIC_DISPATCH(measureInColumns)(panel, levels, values, bins, sums, ahead);
}

void decodeColumns(const ColumnPanel& panel, const ColumnTables& levels, const std::uint8_t* codes, float* out,
                   const FetchAhead& ahead) {
    HWY_DYNAMIC_DISPATCH(decodeInColumns)(panel, levels, codes, out, ahead);
}

} // namespace quantoscope
#endif
