#include "tests/support/vector_targets.h"

#include <QTest>

#include <hwy/targets.h>

namespace quantoscope::test {

void addVectorTargets() {
    QTest::addColumn<qint64>("target");
    for (const std::int64_t target : hwy::SupportedAndGeneratedTargets())
        QTest::newRow(hwy::TargetName(target)) << qint64{target};
}

void useVectorTarget() {
    QFETCH_GLOBAL(qint64, target);
    hwy::SetSupportedTargetsForTest(target);
}

void useEveryVectorTarget() { hwy::SetSupportedTargetsForTest(0); }

} // namespace quantoscope::test
