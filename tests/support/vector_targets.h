// Tests of vector code run once for every set of instructions that this processor and this build have.
#pragma once

namespace quantoscope::test {

/// For initTestCase_data: a row for each.
void addVectorTargets();
/// For init: from now on that of the row.
void useVectorTarget();
/// For cleanup: the best again.
void useEveryVectorTarget();

} // namespace quantoscope::test
