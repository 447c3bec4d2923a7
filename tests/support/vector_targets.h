// Tests of vector code run once for every set of instructions that this processor and this build have.
#pragma once

#include <cstdint>
#include <vector>

namespace quantoscope::test {

/// By Highway's numbers.
std::vector<std::int64_t> vectorTargets();
/// For initTestCase_data: a row for each.
void addVectorTargets();
/// For init: from now on that of the row.
void useVectorTarget();
/// For cleanup: the best again.
void useEveryVectorTarget();

} // namespace quantoscope::test
