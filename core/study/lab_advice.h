// What an advisor would say to the rows of the laboratory, and what that rests on.
#pragma once

#include "core/base/phrase.h"
#include "core/study/lab.h"

#include <cstddef>
#include <vector>

namespace quantoscope {

struct LabAdvice {
    Phrase headline; // "Take QAT int8: as accurate as FP32 here, 3.1 times as fast on large batches, a quarter of the
                     // size."
    std::vector<Phrase> reasons;    // fastest, most accurate, simplest, where the textbook is contradicted and why
    std::size_t choice = 0;         // index into the rows
    std::vector<std::size_t> front; // the rows that no other beats in accuracy, time and size at once
    /// All of it, a sentence after the other.
    Phrase text() const;
};

/// Rows as timeRows leaves them; at least one.
LabAdvice advise(const LabResult& result);

} // namespace quantoscope
