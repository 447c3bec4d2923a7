// Round numbers about a range, as an axis would show them: 18 to 97 becomes 0 to 100.
#pragma once

#include <cstddef>
#include <vector>

namespace quantoscope {

/// count ≥ 1 evenly spaced numbers from one round number at or below the range to another at or above it; the middle of
/// those two where one is asked for. A range of one value is seen from zero.
std::vector<double> roundNumbers(double lower, double upper, std::size_t count);

} // namespace quantoscope
