// FILE, FILE::NAME and FILE::* on the command line.
#pragma once

#include "app/cli/outcome.h"
#include "app/cli/progress.h"
#include "core/study/prepared_tensor.h"

#include <cstdint>
#include <string>

namespace quantoscope::cli {

struct InputName {
    std::string file;
    std::string tensor; // empty where none was named
};

/// Splits at the last "::", unless the whole is the name of a file that exists.
InputName parseInput(const std::string& argument);

/// Opens the file, finds the tensor (the only one, where none is named) and makes it ready: read into memory, or left
/// in its file where it would take more than `budget` bytes. Failures: Usage (no such tensor, or none named among
/// several: with the names there are), Refused.
Outcome<PreparedTensorPtr> loadInput(const std::string& argument, NonFinitePolicy policy, std::uint64_t budget,
                                     const Progress& progress);

/// The data with the importance that another tensor gives it; as it is where no argument was given. Failures: as
/// loadInput; Refused (another shape, a negative number).
Outcome<PreparedTensorPtr> weighByImportance(const PreparedTensorPtr& data, const std::string& argument,
                                             std::uint64_t budget, const Progress& progress);

/// Says on standard error what reading dropped or rounded.
void sayWhatChanged(const std::string& argument, const Tensor& tensor);

/// "stop", "drop" or "clamp". Failures: Usage.
Outcome<NonFinitePolicy> parsePolicy(const std::string& text);

} // namespace quantoscope::cli
