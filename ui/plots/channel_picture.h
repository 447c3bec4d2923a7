// What the channels view draws: for every index along one axis, how its values lie, how far its quantizer reaches, and
// how well it does.
#pragma once

#include "core/study/run.h"

#include <QString>

#include <memory>
#include <vector>

namespace quantoscope::ui {

struct ChannelFigures {
    std::uint64_t count = 0;
    float minimum = 0;
    float maximum = 0;
    double percentile1 = 0, percentile25 = 0, median = 0, percentile75 = 0, percentile99 = 0;
    double scaleLower =
        0; // smallest and largest level that its values can become; equal where that is not one pair (blocks)
    double scaleUpper = 0;
    double sqnrDb = 0; // NaN where undefined
};

struct ChannelPicture {
    int axis = 0;
    std::vector<ChannelFigures> channels;
    QString lookId;
    double sqnrDb = 0; // of the whole tensor
};
using ChannelPicturePtr = std::shared_ptr<const ChannelPicture>;

/// For a job: sorts by channel (shared with grouping by that channel), and quantizes every value where the run's groups
/// are not these channels. Errors: InvalidArgument (no such axis), Cancelled.
Result<ChannelPicturePtr> prepareChannels(const RunPtr& run, int axis, const JobControl& job = {});

} // namespace quantoscope::ui
