#include "ui/plots/matrix_picture.h"

#include "core/base/parallel.h"
#include "core/quant/quantized_tensor.h"

#include <algorithm>
#include <cmath>

namespace quantoscope::ui {

Result<MatrixPicturePtr> prepareMatrix(const RunPtr& run, std::int64_t slice, const JobControl& job) {
    const Shape& shape = run->data->tensor().info.shape;
    if (const Status held = run->data->needsValues("this picture"); !held) return held.error();
    const auto values = run->data->values();
    auto picture = std::make_shared<MatrixPicture>();
    picture->run = run;
    if (shape.size() < 2) {
        picture->columns = std::max<std::size_t>(
            1, static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(values.size())))));
        picture->wrapped = true;
    } else {
        picture->columns = static_cast<std::size_t>(shape.back());
        for (std::size_t i = 0; i + 2 < shape.size(); ++i) picture->slices *= shape[i];
    }
    if (slice < -1 || slice >= picture->slices)
        return Error{ErrorCode::InvalidArgument, "matrix", "there is no such slice"};
    picture->slice = slice;
    picture->count = slice < 0 ? values.size() : values.size() / static_cast<std::size_t>(picture->slices);
    picture->offset = slice < 0 ? 0 : picture->count * static_cast<std::size_t>(slice);
    picture->rows = picture->columns == 0 ? 0 : (picture->count + picture->columns - 1) / picture->columns;
    picture->limit = std::max(std::abs(run->data->minimum()), std::abs(run->data->maximum()));

    std::vector<float> decoded(values.size());
    if (const Status status = quantize(*run->quantizer, values, decoded, job); !status) return status.error();
    if (slice < 0)
        picture->quantized = std::move(decoded);
    else
        picture->quantized.assign(decoded.begin() + static_cast<std::ptrdiff_t>(picture->offset),
                                  decoded.begin() + static_cast<std::ptrdiff_t>(picture->offset + picture->count));

    picture->overviewRows = std::min(picture->rows, kOverviewSide);
    picture->overviewColumns = std::min(picture->columns, kOverviewSide);
    const std::size_t cells = picture->overviewRows * picture->overviewColumns;
    const float nan = std::nanf("");
    picture->overviewOriginal.assign(cells, nan);
    picture->overviewQuantized.assign(cells, nan);
    picture->overviewError.assign(cells, nan);
    const auto original = picture->original();
    parallelBlocks(picture->overviewRows, 8, [&](Block block) {
        if (job.cancelled()) return;
        for (std::size_t r = block.begin; r < block.end; ++r) {
            const std::size_t top = r * picture->rows / picture->overviewRows;
            const std::size_t bottom = (r + 1) * picture->rows / picture->overviewRows;
            for (std::size_t c = 0; c < picture->overviewColumns; ++c) {
                const std::size_t left = c * picture->columns / picture->overviewColumns;
                const std::size_t right = (c + 1) * picture->columns / picture->overviewColumns;
                double sumX = 0, sumY = 0;
                float error = 0;
                std::size_t n = 0;
                for (std::size_t row = top; row < bottom; ++row) {
                    for (std::size_t i = row * picture->columns + left;
                         i < std::min(row * picture->columns + right, picture->count); ++i) {
                        const float x = original[i];
                        const float y = picture->quantized[i];
                        if (!std::isfinite(x) || !std::isfinite(y)) continue;
                        sumX += x;
                        sumY += y;
                        if (std::abs(x - y) > std::abs(error)) error = x - y;
                        ++n;
                    }
                }
                if (n == 0) continue;
                const std::size_t cell = r * picture->overviewColumns + c;
                picture->overviewOriginal[cell] = static_cast<float>(sumX / static_cast<double>(n));
                picture->overviewQuantized[cell] = static_cast<float>(sumY / static_cast<double>(n));
                picture->overviewError[cell] = error;
            }
        }
    });
    if (job.cancelled()) return cancelled();
    return MatrixPicturePtr(std::move(picture));
}

} // namespace quantoscope::ui
