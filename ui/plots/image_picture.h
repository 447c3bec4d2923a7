// An image before and after quantization, with how near they are.
#pragma once

#include "core/study/run.h"

#include <QImage>
#include <QString>

#include <memory>

namespace quantoscope::ui {

struct ImagePicture {
    QImage before; // RGBA
    QImage after;
    double psnrDb = 0; // of the run: R = 255 for 8-bit images
    double ssim = 0;   // NaN where the image is smaller than a window
    QString lookId;
};
using ImagePicturePtr = std::shared_ptr<const ImagePicture>;

/// Whether a tensor is an image that can be shown: height × width (× 1 to 4 channels: grey, grey and alpha, RGB, RGBA).
bool showsAsImage(const TensorInfo& info);

/// For a job. Samples of 8 and 16 bits keep their scale; others are stretched from their minimum to their maximum.
/// Errors: InvalidArgument (not an image), Cancelled.
Result<ImagePicturePtr> prepareImage(const RunPtr& run, const JobControl& job = {});

} // namespace quantoscope::ui
