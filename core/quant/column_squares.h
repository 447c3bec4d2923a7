// Columns that have a codebook each, of levels that fit one vector: squares of a panel are turned on their side in
// registers, coded, and their bins put together as they are packed.
#pragma once

#include "core/quant/column_tables.h"

namespace quantoscope {

/// As of encodeColumns, for tables of up to ColumnTables::kMostInOneVector bits, whose thresholds ascend, followed by
/// NaN. Bins are of ColumnTables::binBits bits.
void encodeSquares(const ColumnPanel& panel, const ColumnTables& thresholds, const float* values, std::uint8_t* bins);
/// As of measureColumns, but line of rows by line of rows, of each all columns, those of a word from the last to the
/// first.
void measureSquares(const ColumnPanel& panel, const ColumnTables& levels, const float* values, const std::uint8_t* bins,
                    SquareSums& sums);
/// Both at once.
void encodeAndMeasureSquares(const ColumnPanel& panel, const ColumnTables& thresholds, const ColumnTables& levels,
                             const float* values, std::uint8_t* bins, SquareSums& sums);
/// As of decodeColumns.
void decodeSquares(const ColumnPanel& panel, const ColumnTables& levels, const std::uint8_t* codes, float* out);

} // namespace quantoscope
