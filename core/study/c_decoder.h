// A run as a C header: the packed codes, the level table, what the groups add, and functions that decode them to the
// same floats. Valid as C99 and as C++ (11 and later), free of warnings, and without dependencies beyond the standard
// library.
//
// For a tensor named fc1.weight the header declares
//     #define fc1_weight_count …              how many values there are
//     uint32_t fc1_weight_code(size_t i)      the code of value i, as packed: value i takes bits [i·b, (i + 1)·b),
//     lowest bit first float    fc1_weight_decode(size_t i)    value i void     fc1_weight_decode_all(float* out)
// Products are rounded before they are added (no fused multiply-add whatever the compiler's options), so that the
// floats are ours.
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/study/tables.h"

#include <functional>
#include <string>
#include <string_view>

namespace quantoscope {

/// A name that C and C++ allow as the beginning of identifiers, made from any text: letters, digits and underscores.
std::string cIdentifier(std::string_view name);

/// `provenance` goes into the comment on top, a line each. Errors: the sink's own, Cancelled.
Status writeCDecoder(const DecodedRun& run, const std::vector<std::string>& provenance,
                     const std::function<Status(std::string_view)>& sink, const JobControl& job = {});

} // namespace quantoscope
