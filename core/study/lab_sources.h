// The two kinds of files that the laboratory learns from; lab_data.h says what is read.
#pragma once

#include "core/study/lab_data.h"

namespace quantoscope {

/// A table in text. Its label is found, its rows are read.
Result<LabData> loadLabTable(const std::filesystem::path& path, const LabDataOptions& options, const JobControl& job);
Result<LabelColumns> labelColumnsOfTable(const std::filesystem::path& path, const OpenOptions& options,
                                         const JobControl& job);

/// Arrays x and y.
Result<LabData> loadLabArrays(const std::filesystem::path& path, const LabDataOptions& options, const JobControl& job);

} // namespace quantoscope
