// Samples out of arrays: x and y of an NPZ archive, or of any other file of named tensors.
#include "core/base/utf8.h"
#include "core/formats/file_source.h"
#include "core/formats/format_registry.h"
#include "core/study/lab_labels.h"
#include "core/study/lab_sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace quantoscope {

namespace {

struct Place {
    std::string file;
    std::string of(std::string_view array) const { return fmt::format("{}: array {}", file, inQuotes(array)); }
};

/// The array of this name, in lower or upper case.
Result<Tensor> loadArray(const TensorSource& source, const Place& place, char lower, const JobControl& job) {
    const std::string wanted(1, lower), upper(1, static_cast<char>(lower - 'a' + 'A'));
    const auto& entries = source.entries();
    for (const std::string& name : {wanted, upper})
        for (std::size_t i = 0; i < entries.size(); ++i)
            if (entries[i].name == name) return source.load(i, job);
    std::string names;
    for (std::size_t i = 0; i < entries.size() && i < 20; ++i)
        names.append(names.empty() ? "" : ", ").append(inQuotes(entries[i].name));
    for (const std::string& reason : source.leftOut()) names.append(names.empty() ? "" : "; ").append(reason);
    return Error{ErrorCode::NotFound, place.of(wanted),
                 "there is none; tables with a column of labels and arrays x and y can be learnt from, and this file "
                 "holds " +
                     (names.empty() ? "nothing" : names)};
}

/// What one sample is; `channelsFirst` where the values have to be brought into another order.
struct SampleLayout {
    Shape shape;
    bool channelsFirst = false;
};

Result<SampleLayout> layoutOf(const Shape& x) {
    const auto areChannels = [](std::int64_t extent) { return extent == 1 || extent == 3; };
    switch (x.size()) {
    case 1: return SampleLayout{{1}};
    case 2: return SampleLayout{{x[1]}};
    case 3: return SampleLayout{{x[1], x[2], 1}};
    case 4:
        if (areChannels(x[3])) return SampleLayout{{x[1], x[2], x[3]}};
        if (areChannels(x[1])) return SampleLayout{{x[2], x[3], x[1]}, true};
        return Error{
            ErrorCode::Unsupported,
            {},
            fmt::format("{} has neither last nor second an extent of 1 or 3, the channels of a picture", describe(x))};
    default:
        return Error{ErrorCode::Unsupported,
                     {},
                     fmt::format("{} is neither samples × features nor samples of pictures", describe(x))};
    }
}

/// From sample × channel × pixel to sample × pixel × channel.
std::vector<float> withChannelsLast(std::span<const float> values, std::size_t pixels, std::size_t channels) {
    std::vector<float> moved(values.size());
    const std::size_t size = pixels * channels;
    for (std::size_t begin = 0; begin < values.size(); begin += size)
        for (std::size_t channel = 0; channel < channels; ++channel)
            for (std::size_t pixel = 0; pixel < pixels; ++pixel)
                moved[begin + pixel * channels + channel] = values[begin + channel * pixels + pixel];
    return moved;
}

Status checkFinite(std::span<const float> values, std::size_t width, const std::string& place) {
    const auto odd = std::find_if(values.begin(), values.end(), [](float value) { return !std::isfinite(value); });
    if (odd == values.end()) return {};
    const auto position = static_cast<std::size_t>(odd - values.begin());
    return Error{ErrorCode::NonFinite,
                 fmt::format("{}, sample {}, value {}", place, position / width + 1, position % width + 1),
                 fmt::format("{} is no number to learn from", *odd)};
}

Status fillLabels(Tensor y, LabTask task, std::size_t samples, const Place& place, Dataset& data) {
    const auto refuse = [&](ErrorCode code, std::string detail) {
        return Error{code, place.of(y.info.name), std::move(detail)};
    };
    const Shape& shape = y.info.shape;
    if (shape.empty() || shape.size() > 2 || (shape.size() == 2 && shape[1] < 1))
        return refuse(ErrorCode::Unsupported,
                      fmt::format("{} is neither samples nor samples × outputs", describe(shape)));
    if (static_cast<std::size_t>(shape[0]) != samples)
        return refuse(ErrorCode::InvalidArgument, fmt::format("holds {} samples and x {}", shape[0], samples));
    const std::size_t outputs = y.values.size() / samples;
    if (Status status = checkFinite(y.values, outputs, place.of(y.info.name)); !status) return status;
    if (task == LabTask::Auto) task = isFloatingPoint(y.info.dtype) ? LabTask::Regression : LabTask::Classification;
    if (task == LabTask::Regression) {
        data.targets.assign(y.values.begin(), y.values.end());
        return {};
    }
    if (outputs != 1)
        return refuse(ErrorCode::InvalidArgument, fmt::format("holds {} numbers a sample; a class is one", outputs));
    if (y.conversionError > 0)
        return refuse(ErrorCode::InvalidArgument, "holds numbers that cannot be told apart as classes");
    const Status status = nameClasses(y.values, data);
    return status ? status : refuse(status.error().code, status.error().detail);
}

Phrase neitherInputsNorLabels(const TensorInfo& info) {
    return Phrase("Array {0} is neither x nor y.", inQuotes(info.name));
}

} // namespace

Result<LabData> loadLabArrays(const std::filesystem::path& path, const LabDataOptions& options, const JobControl& job) {
    const auto source = openFile(path, options.open, job);
    if (!source) return source.error();
    const Place place{toUtf8(path.native())};
    auto x = loadArray(**source, place, 'x', job);
    if (!x) return x.error();
    auto y = loadArray(**source, place, 'y', job);
    if (!y) return y.error();

    LabData loaded;
    Dataset& data = loaded.data;
    auto layout = layoutOf(x->info.shape);
    if (!layout) return Error{layout.error().code, place.of(x->info.name), layout.error().detail};
    if (x->values.empty())
        return Error{ErrorCode::Unsupported, place.of(x->info.name),
                     fmt::format("{} holds no value", describe(x->info.shape))};
    const auto samples = static_cast<std::size_t>(x->info.shape[0]);
    const std::size_t width = x->values.size() / samples;
    if (Status status = checkFinite(x->values, width, place.of(x->info.name)); !status) return status.error();
    data.sampleShape = std::move(layout->shape);
    if (layout->channelsFirst) {
        const auto channels = static_cast<std::size_t>(data.sampleShape[2]);
        data.inputs = withChannelsLast(x->values, width / channels, channels);
    } else {
        data.inputs.assign(x->values.begin(), x->values.end());
    }
    loaded.label = y->info.name;
    for (const TensorInfo& info : (*source)->entries())
        if (info.name != x->info.name && info.name != y->info.name)
            loaded.notes.push_back(neitherInputsNorLabels(info));
    for (const std::string& reason : (*source)->leftOut()) loaded.notes.push_back(Phrase::verbatim(reason + "."));
    if (Status status = fillLabels(std::move(*y), options.task, samples, place, data); !status) return status.error();
    return loaded;
}

} // namespace quantoscope
