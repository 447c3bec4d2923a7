#include "tests/support/vector_targets.h"

#include "core/base/vector_targets.h"

#include <QTest>

#include <hwy/targets.h>

namespace quantoscope::test {

std::vector<std::int64_t> vectorTargets() {
    std::vector<std::int64_t> targets = hwy::SupportedAndGeneratedTargets(); // the best first
#ifdef __SANITIZE_THREAD__
    targets.resize(1); // where threads meet does not depend on the instructions, and here tests take minutes
#endif
    return targets;
}

void addVectorTargets() {
    QTest::addColumn<qint64>("target");
    for (const std::int64_t target : vectorTargets()) QTest::newRow(hwy::TargetName(target)) << qint64{target};
}

void useVectorTarget() {
    QFETCH_GLOBAL(qint64, target);
    hwy::SetSupportedTargetsForTest(target);
}

void useEveryVectorTarget() { hwy::SetSupportedTargetsForTest(0); }

} // namespace quantoscope::test
