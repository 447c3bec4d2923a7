// What a run of a tensor larger than the memory budget says of how coarse it is.
#pragma once

#include "core/study/run.h"

#include <string>

namespace quantoscope {

/// One sentence without a full stop, in English; empty where nothing is coarse.
std::string coarseningText(const RunResult& run);

} // namespace quantoscope
