#include "app/cli/json_output.h"

#include "core/base/utf8.h"
#include "core/study/rate.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace quantoscope::cli {

namespace {

Json numbersJson(std::span<const float> values) {
    Json array = Json::array();
    for (const float value : values) array.push_back(numberJson(static_cast<double>(value)));
    return array;
}

bool plain(const Json& array) {
    return std::none_of(array.begin(), array.end(), [](const Json& item) { return item.is_structured(); });
}

void append(std::string& text, const Json& json, std::size_t depth) {
    const auto compact = [](const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); };
    if (!json.is_structured() || json.empty()) {
        text += compact(json);
        return;
    }
    const bool inLine = json.is_array() && plain(json);
    const std::string indent(2 * (depth + 1), ' ');
    text += json.is_array() ? "[" : "{";
    bool first = true;
    for (const auto& [key, value] : json.items()) {
        text += first ? (inLine ? "" : "\n") : (inLine ? ", " : ",\n");
        first = false;
        if (!inLine) text += indent;
        if (json.is_object()) text += compact(Json(key)) + ": ";
        append(text, value, depth + 1);
    }
    if (!inLine) text.append("\n").append(2 * depth, ' ');
    text += json.is_array() ? "]" : "}";
}

/// Of Σ w·(x − mean of the bin)² in float64, before the levels are rounded to float32.
Json certificateJson(const std::optional<OptimalityCertificate>& certificate) {
    if (!certificate) return nullptr;
    return {{"lambda", numberJson(certificate->penalty)},
            {"lowerBound", numberJson(certificate->lowerBound)},
            {"relativeGap", numberJson(certificate->relativeGap)},
            {"roundingBound", numberJson(certificate->roundingBound)}};
}

/// Levels of k-means have an RMSE at most rmseBound above the best; mse is off by at most mseBound.
Json coarseningJson(const std::optional<RunCoarsening>& coarsening) {
    if (!coarsening) return nullptr;
    return {{"groups", coarsening->values.groups},
            {"rmsSpread", numberJson(coarsening->values.rmsSpread)},
            {"widest", numberJson(coarsening->values.widest)},
            {"rmseBound", numberJson(2 * coarsening->values.rmsSpread)},
            {"mseBound", numberJson(coarsening->mseBound)}};
}

} // namespace

Json numberJson(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json tensorJson(const PreparedTensor& data) {
    const TensorInfo& info = data.tensor().info;
    return {{"name", toUtf8(info.name)},
            {"dtype", name(info.dtype)},
            {"shape", info.shape},
            {"count", data.valueCount()},
            {"nonFinite", data.nonFinite().total()}};
}

Json runJson(const RunResult& run, const std::string& scheme) {
    const ErrorMetrics& errors = run.errors;
    const ProductSpeed* const product = run.speed && run.speed->product ? &*run.speed->product : nullptr;
    return {{"scheme", scheme},
            {"bits", run.quantizer->bits},
            {"requestedLevels", run.quantizer->requestedLevels},
            {"levels", errors.occupied},
            {"grouping", formatGrouping(run.spec().grouping)},
            {"mse", numberJson(errors.mse)},
            {"rmse", numberJson(errors.rmse)},
            {"mae", numberJson(errors.mae)},
            {"maxError", numberJson(errors.maxError)},
            {"sqnrDb", numberJson(errors.sqnrDb)},
            {"psnrDb", numberJson(errors.psnrDb)},
            {"cosine", numberJson(errors.cosine)},
            {"codeEntropy", numberJson(errors.codeEntropy)},
            {"bitsPerValue", numberJson(run.storage.bitsPerValue)},
            {"entropyCodedBitsPerValue", numberJson(entropyCodedBits(run))},
            {"compressionRatio", numberJson(run.storage.compressionRatio)},
            {"boundDistanceDb", numberJson(boundDistanceDb(run))},
            {"fitSeconds", numberJson(run.fitSeconds)},
            {"encodeGBps", run.speed ? numberJson(run.speed->encodeGBps.median) : Json(nullptr)},
            {"decodeGBps", run.speed ? numberJson(run.speed->decodeGBps.median) : Json(nullptr)},
            {"matvecUs", product ? numberJson(product->codesMicroseconds.median) : Json(nullptr)},
            {"matvecFloatUs", product ? numberJson(product->floatMicroseconds.median) : Json(nullptr)},
            {"exact", run.exact},
            {"weightedMse", run.weightedMse ? numberJson(*run.weightedMse) : Json(nullptr)},
            {"certificate", certificateJson(run.quantizer->certificate)},
            {"coarsening", coarseningJson(run.coarsening)}};
}

Result<Json> codebookJson(const RunResult& run, const JobControl& job) {
    const std::size_t groups = run.quantizer->groupCount();
    Json list = Json::array();
    JobControl quiet = job;
    quiet.report = nullptr;
    for (std::size_t group = 0; group < groups; ++group) {
        if (group % 1024 == 0) job.progress(static_cast<double>(group) / static_cast<double>(groups));
        const auto levels = groupLevels(run, group, quiet);
        if (!levels) return levels.error();
        list.push_back({{"levels", numbersJson(levels->codebook.levels)},
                        {"thresholds", numbersJson(levels->codebook.thresholds)},
                        {"counts", levels->bins.counts}});
    }
    if (groups == 1) return Json(std::move(list.front()));
    return list;
}

std::string jsonText(const Json& json) {
    std::string text;
    append(text, json, 0);
    return text += '\n';
}

} // namespace quantoscope::cli
