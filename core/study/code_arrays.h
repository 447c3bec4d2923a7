// A run as plain arrays: what .npz and .safetensors exports hold, and what the C decoder is made from.
//
// The value at position i, of group g, is   y = offset[g] + scale[g] · (codebook[k][codes[i]] − zero_point[g])   in
// float32, k = codebook_index[g], except where kept[i] is set: there y is the original value, which was left out of
// quantization. Groups by channel: g = the index along `axis`. By block: each row of the last axis begins a new block
// of `block_size` values, and blocks are counted through the rows.
//
//     codes           the tensor's shape, U8, U16 or U32: the smallest that holds `bits` bits; not packed
//     dequantized     the tensor's shape, F32
//     codebook        codebooks × codes, F32: the level of every code, NaN where a code stands for nothing
//     scale, offset   a value a group, F32; zero_point, codebook_index  a value a group, I32
//     bits            one value, I32: the width that the codes take when packed
//     axis            one value, I32, where the groups are channels; block_size  likewise, where they are blocks
//     kept            the tensor's shape, BOOL; only where there are such values
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/study/tables.h"
#include "core/tensor/tensor.h"

#include <cstdint>
#include <string>
#include <vector>

namespace quantoscope {

/// Levels by code instead of by bin.
struct CodeTable {
    std::size_t codes = 0;     // a table's length: 1 + the largest code of all codebooks
    std::vector<float> levels; // codebooks × codes, NaN where a code stands for nothing
    int bits = 0;              // that every code fits into
};
CodeTable codeTableOf(const Quantizer& quantizer);

/// Errors: Cancelled, TooLarge (not enough memory).
Result<std::vector<Tensor>> codeArrays(const DecodedRun& run, const JobControl& job = {});

/// value, code, dequantizedValue, error as arrays of one dimension each; error in float32, the code of a value left out
/// 0. Errors: Cancelled, TooLarge.
Result<std::vector<Tensor>> valueArrays(const DecodedRun& run, const JobControl& job = {});

/// "codes  256 × 64  U8", a line each: what a preview of such a file shows.
std::string describeArrays(const std::vector<Tensor>& arrays);

} // namespace quantoscope
