#include "app/cli/input.h"

#include "core/base/utf8.h"
#include "core/formats/format_registry.h"
#include "core/study/open_tensor.h"
#include "core/study/table_writer.h"
#include "core/study/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <new>
#include <span>
#include <utility>

namespace quantoscope::cli {

namespace {

constexpr std::size_t kNamesShown = 40;
constexpr std::string_view kWhole = "*";

bool isWhole(const TensorInfo& entry) { return entry.name == kWhole && entry.kind == TensorKind::Table; }

std::string names(const std::vector<TensorInfo>& entries) {
    std::string list;
    std::size_t shown = 0;
    for (const TensorInfo& entry : entries) {
        if (shown++ == kNamesShown) return list + fmt::format(", … ({} in all)", entries.size());
        list.append(list.empty() ? "" : ", ").append(entry.name);
    }
    return list;
}

Outcome<std::size_t> findEntry(const std::vector<TensorInfo>& entries, const InputName& input,
                               const TensorSource& source) {
    const auto single = [&]() -> Outcome<std::size_t> {
        const auto plain = [](const TensorInfo& entry) { return !isWhole(entry); };
        const auto count = std::count_if(entries.begin(), entries.end(), plain);
        if (count == 1)
            return static_cast<std::size_t>(std::find_if(entries.begin(), entries.end(), plain) - entries.begin());
        if (count > 1) return usage(fmt::format("{}: which of these? Add ::NAME ({})", input.file, names(entries)));
        std::string why = "it holds no numeric tensor or column";
        for (const std::string& reason : source.leftOut()) why.append("; ").append(reason);
        return fail(ExitCode::Refused, {ErrorCode::NotFound, input.file, why});
    };
    if (input.tensor.empty()) return single();
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const TensorInfo& entry) { return entry.name == input.tensor; });
    if (found != entries.end()) return static_cast<std::size_t>(found - entries.begin());
    // A table of one column is its own matrix.
    if (input.tensor == kWhole && entries.size() == 1) return single();
    return usage(fmt::format("{}: there is no \"{}\"; it holds: {}", input.file, input.tensor, names(entries)));
}

Error nonFiniteError(const std::string& file, const PreparedTensor& data) {
    const std::string counts =
        fmt::format("{} of {} values are not", countText(data.nonFinite().total()), countText(data.valueCount()));
    const std::string wayOut = "--non-finite drop or clamp goes on without";
    if (!data.resident())
        return {ErrorCode::NonFinite, fmt::format("{}: {}", file, data.tensor().info.name),
                fmt::format("not all values are finite ({}); {}", counts, wayOut)};
    const std::span<const float> values = data.tensor().values;
    const auto first = std::find_if(values.begin(), values.end(), [](float x) { return !std::isfinite(x); });
    return {ErrorCode::NonFinite,
            fmt::format("{}: {}: value {}", file, data.tensor().info.name, first - values.begin()),
            fmt::format("{} is not finite ({}); {}", numberText(*first), counts, wayOut)};
}

} // namespace

InputName parseInput(const std::string& argument) {
    const std::size_t first = argument.find("::");
    std::error_code error;
    if (first == std::string::npos || std::filesystem::exists(argument, error)) return {argument, {}};
    // Files and tensors may both have "::" in their names: what exists decides.
    for (std::size_t at = first; at != std::string::npos; at = argument.find("::", at + 1))
        if (std::filesystem::exists(argument.substr(0, at), error))
            return {argument.substr(0, at), argument.substr(at + 2)};
    return {argument.substr(0, first), argument.substr(first + 2)};
}

Outcome<PreparedTensorPtr> loadInput(const std::string& argument, NonFinitePolicy policy, std::uint64_t budget,
                                     const Progress& progress) {
    const InputName input = parseInput(argument);
    const std::string file = toUtf8(input.file);
    const JobControl job = progress.job("Reading");
    auto source = openFile(input.file, {}, job);
    if (!source) return fail(ExitCode::Refused, source.error());
    const auto index = findEntry((*source)->entries(), input, **source);
    if (!index) return tl::unexpected(index.error());
    try {
        auto opened = openTensor(std::move(*source), *index, policy, budget, job);
        if (!opened) return fail(ExitCode::Refused, opened.error());
        PreparedTensorPtr data = std::move(*opened);
        const std::string& name = data->tensor().info.name;
        if (data->valueCount() == 0)
            return fail(ExitCode::Refused, {ErrorCode::InvalidArgument, file + ": " + name, "it has no values"});
        if (data->blocked()) return fail(ExitCode::Refused, nonFiniteError(file, *data));
        if (data->finiteCount() == 0)
            return fail(ExitCode::Refused, {ErrorCode::NonFinite, file + ": " + name, "it has no finite value"});
        return data;
    } catch (const std::bad_alloc&) {
        return fail(ExitCode::Refused, {ErrorCode::TooLarge, file, "its values do not fit into memory"});
    }
}

Outcome<PreparedTensorPtr> weighByImportance(const PreparedTensorPtr& data, const std::string& argument,
                                             std::uint64_t budget, const Progress& progress) {
    if (argument.empty()) return data;
    const auto importance = loadInput(argument, NonFinitePolicy::Stop, budget, progress);
    if (!importance) return tl::unexpected(importance.error());
    for (const PreparedTensorPtr& each : {data, *importance})
        if (const Status held = each->needsValues("weighing by importance"); !held)
            return fail(ExitCode::Refused, held.error());
    auto weighed = PreparedTensor::withImportance(data, (*importance)->tensorPtr());
    if (!weighed) return fail(ExitCode::Refused, weighed.error());
    return *weighed;
}

void sayWhatChanged(const std::string& argument, const Tensor& tensor) {
    const std::string file = toUtf8(parseInput(argument).file);
    if (tensor.missing > 0)
        say(fmt::format("{}: {}: {} cells held no number and were dropped", file, tensor.info.name,
                        countText(tensor.missing)));
    if (tensor.conversionError > 0)
        say(fmt::format("{}: {}: float32 does not hold every value exactly; the largest difference is {}", file,
                        tensor.info.name, figureText(tensor.conversionError, ColumnKind::Real)));
}

Outcome<NonFinitePolicy> parsePolicy(const std::string& text) {
    if (text == "stop") return NonFinitePolicy::Stop;
    if (text == "drop") return NonFinitePolicy::Drop;
    if (text == "clamp") return NonFinitePolicy::Clamp;
    return usage(fmt::format("--non-finite: \"{}\" is none of stop, drop, clamp", text));
}

} // namespace quantoscope::cli
