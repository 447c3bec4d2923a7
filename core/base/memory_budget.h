// How much memory the values of one tensor may take, and what it costs to hold, sort and fit them. Above the budget a
// tensor stays in its file (study/open_tensor.h).
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace quantoscope {

/// Bytes of memory of this machine; 0 where the system does not say.
std::uint64_t physicalMemory();

/// Half of the machine's memory: what is left serves the system, the window and the file cache. 4 GB where the system
/// does not say how much there is.
std::uint64_t defaultMemoryBudget();

/// Less would leave no room for the slices a file is read in.
inline constexpr std::uint64_t kLeastMemoryBudget = std::uint64_t{1} << 20;

/// What a tensor of so many values takes at most while it is held, sorted and fitted by the scheme that needs most
/// (k-means): 4 bytes a value for itself, 14 for its distribution, and the search of the optimum beside them.
inline constexpr std::uint64_t kResidentBytesPerValue = 64;
inline constexpr bool fitsInto(std::uint64_t budget, std::uint64_t values) {
    return values <= budget / kResidentBytesPerValue;
}

/// "2GB", "500 MB", "1.5 GiB", "4096": decimal units, binary ones with an i, bytes without; letters of either case.
/// Errors: InvalidArgument (not of that form, or less than kLeastMemoryBudget).
Result<std::uint64_t> parseByteSize(std::string_view text);

/// "2 GB", "1.5 GB", "64 MB": decimal units, three digits.
std::string byteSizeText(std::uint64_t bytes);

} // namespace quantoscope
