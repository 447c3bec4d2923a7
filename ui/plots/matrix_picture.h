// A tensor as a matrix, before and after quantization. Two dimensions are rows × columns; of more, a slice along the
// leading ones, or all of them flattened to rows × last axis; one dimension is wrapped into rows.
#pragma once

#include "core/study/run.h"

#include <QString>

#include <memory>
#include <span>
#include <vector>

namespace quantoscope::ui {

struct MatrixPicture {
    RunPtr run;
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::size_t offset = 0; // of the slice in the tensor
    std::size_t count = 0;  // values of the slice; the last row of a wrapped vector may be short
    bool wrapped = false;
    std::int64_t slices = 1;      // how many there are; 1 for up to two dimensions
    std::int64_t slice = -1;      // the one shown; −1 is all of them below one another
    std::vector<float> quantized; // of the slice
    float limit = 0;              // the largest |x| of the tensor: the colour scale's end, the same for every slice

    // Everything at a glance, no more than kOverviewSide to a side: means of the cells that fall together; of the
    // error, the largest with its sign, so that a single bad value is seen.
    std::size_t overviewRows = 0;
    std::size_t overviewColumns = 0;
    std::vector<float> overviewOriginal, overviewQuantized, overviewError;

    std::span<const float> original() const { return run->data->values().subspan(offset, count); }
};
using MatrixPicturePtr = std::shared_ptr<const MatrixPicture>;

inline constexpr std::size_t kOverviewSide = 1024;

/// For a job: quantizes every value. Errors: InvalidArgument (no such slice), Cancelled.
Result<MatrixPicturePtr> prepareMatrix(const RunPtr& run, std::int64_t slice = -1, const JobControl& job = {});

} // namespace quantoscope::ui
