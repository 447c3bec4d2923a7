#include "core/study/lab_labels.h"

#include "core/base/utf8.h"
#include "core/study/lab_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace quantoscope {

namespace {

Error wrong(std::string detail) { return {ErrorCode::InvalidArgument, {}, std::move(detail)}; }

Status checkClasses(const std::vector<std::string>& classes) {
    if (classes.size() > kMostClasses) return wrong(fmt::format("holds more than {} classes", kMostClasses));
    if (classes.size() == 1)
        return wrong(
            fmt::format("every sample is of one class, {}: there is nothing to tell apart", inQuotes(classes[0])));
    return {};
}

/// Of so many distinct ones and one more, which says that there are more.
std::set<float> distinct(std::span<const float> numbers, std::size_t most) {
    std::set<float> found;
    for (const float number : numbers) {
        found.insert(number);
        if (found.size() > most) break;
    }
    return found;
}

} // namespace

Status nameClasses(std::span<const float> numbers, Dataset& data) {
    const auto fraction =
        std::find_if(numbers.begin(), numbers.end(), [](float number) { return number != std::trunc(number); });
    if (fraction != numbers.end())
        return wrong(fmt::format("holds {}, and classes are words or whole numbers", *fraction));
    std::map<float, std::int32_t> labels;
    for (const float number : distinct(numbers, kMostClasses)) {
        labels.emplace(number, static_cast<std::int32_t>(labels.size()));
        data.classes.push_back(fmt::format("{:.0f}", number == 0 ? 0.0f : number)); // no class "-0"
    }
    if (Status status = checkClasses(data.classes); !status) return status;
    data.labels.reserve(numbers.size());
    for (const float number : numbers) data.labels.push_back(labels.at(number));
    return {};
}

Status nameClasses(const std::vector<std::string>& words, std::span<const std::uint32_t> codes, Dataset& data) {
    std::map<std::string_view, std::int32_t> labels; // only of the words that a sample has
    for (const std::uint32_t code : codes) labels.emplace(words[code], 0);
    for (auto& [word, label] : labels) {
        label = static_cast<std::int32_t>(data.classes.size());
        data.classes.emplace_back(word);
    }
    if (Status status = checkClasses(data.classes); !status) return status;
    data.labels.reserve(codes.size());
    for (const std::uint32_t code : codes) data.labels.push_back(labels.at(words[code]));
    return {};
}

bool areFewWholeNumbers(std::span<const float> numbers, std::size_t most) {
    return std::all_of(numbers.begin(), numbers.end(), [](float number) { return number == std::trunc(number); }) &&
           distinct(numbers, most).size() <= most;
}

} // namespace quantoscope
