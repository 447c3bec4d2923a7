// Numbers from the clipboard: a table as spreadsheets copy it, or a list of numbers however they are separated.
#pragma once

#include "core/base/result.h"
#include "core/tensor/tensor.h"

#include <QString>

#include <vector>

namespace quantoscope::ui {

/// Errors: Unsupported where there are no numbers.
Result<std::vector<Tensor>> pastedValues(const QString& text);

} // namespace quantoscope::ui
