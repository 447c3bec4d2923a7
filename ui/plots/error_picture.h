// What the error view draws, computed once for all values: the histogram of e = x − Q(x), and how |e| depends on x.
#pragma once

#include "core/study/run.h"
#include "core/tensor/histogram.h"

#include <QString>

#include <memory>
#include <utility>
#include <vector>

namespace quantoscope::ui {

struct ErrorPicture {
    Histogram errors;  // of e
    double lowerX = 0; // columns divide [lowerX, upperX] equally
    double upperX = 0;
    struct Column {
        std::uint64_t count = 0;
        double squares = 0; // Σe²
        float largest = 0;  // max |e|
    };
    std::vector<Column> columns;
    std::vector<std::pair<float, float>> points; // (x, |e|) of every value where there are few, of an even choice else
    std::uint64_t count = 0;
    double rmse = 0;
    double mean = 0; // of e
    float largest = 0;
    QString lookId;
};
using ErrorPicturePtr = std::shared_ptr<const ErrorPicture>;

inline constexpr std::size_t kErrorBins = 201; // odd: one of them is centred at zero
inline constexpr std::size_t kErrorColumns = 512;
inline constexpr std::size_t kErrorPoints = 20000;

/// For a job: quantizes every value, O(n). Errors: Cancelled.
Result<ErrorPicturePtr> prepareErrors(const RunPtr& run, const JobControl& job = {});

} // namespace quantoscope::ui
