#include "core/study/lab_data.h"

#include "core/base/utf8.h"
#include "core/formats/format_registry.h"
#include "core/study/lab_sources.h"

namespace quantoscope {

Result<LabData> loadLabData(const std::filesystem::path& path, const LabDataOptions& options, const JobControl& job) {
    return withinMemory(toUtf8(path.native()), [&]() -> Result<LabData> {
        const auto format = detectFormat(path);
        if (!format) return format.error();
        auto loaded = (*format)->table ? loadLabTable(path, options, job) : loadLabArrays(path, options, job);
        if (!loaded) return loaded;
        loaded->file = path.native();
        loaded->data.name = toUtf8(path.filename().native());
        return loaded;
    });
}

Result<LabelColumns> labelColumns(const std::filesystem::path& path, const OpenOptions& options,
                                  const JobControl& job) {
    return withinMemory(toUtf8(path.native()), [&]() -> Result<LabelColumns> {
        const auto format = detectFormat(path);
        if (!format) return format.error();
        if (!(*format)->table) return LabelColumns{};
        return labelColumnsOfTable(path, options, job);
    });
}

Normalisation suggestedNormalisation(const Dataset& data) {
    return data.isPicture() ? Normalisation::Range : Normalisation::Standard;
}

} // namespace quantoscope
