// A laboratory that is done in a moment: two clouds of points in a table, a network of eight units, few epochs.
#pragma once

#include "ui/lab/lab_session.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace quantoscope::test {

/// A table of `rows` points in two clouds, labelled "left" and "right"; empty where it could not be written.
inline QString writeClouds(const QTemporaryDir& folder, int rows = 120) {
    const QString path = folder.filePath(QStringLiteral("clouds.csv"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write("length,width,size,side\n");
    std::uint32_t state = 7;
    const auto next = [&state] { // a linear congruential generator: the same points everywhere
        state = state * 1664525u + 1013904223u;
        return static_cast<double>(state >> 8) / (1 << 24) - 0.5;
    };
    for (int i = 0; i < rows; ++i) {
        const double centre = i % 2 == 0 ? -1 : 1;
        file.write(QStringLiteral("%1,%2,%3,%4\n")
                       .arg(centre + next() * 2.4)
                       .arg(centre * 0.5 + next() * 2)
                       .arg(1 + next())
                       .arg(i % 2 == 0 ? QStringLiteral("left") : QStringLiteral("right"))
                       .toUtf8());
    }
    return path;
}

inline ui::LabPlan quickPlan(const ui::LabSession& session) {
    ui::LabPlan plan = session.plan();
    plan.spec.hidden = std::string("8");
    plan.spec.training.epochs = 2;
    plan.spec.qatEpochs = 1;
    plan.spec.calibrationSamples = 32;
    plan.spec.batch = 16;
    return plan;
}

/// Opens the clouds with a quick plan.
inline bool openClouds(ui::LabSession& session, const QTemporaryDir& folder) {
    session.openData(writeClouds(folder));
    if (!QTest::qWaitFor([&] { return session.data() != nullptr && !session.isBusy(); }, 20'000)) return false;
    session.setPlan(quickPlan(session), QStringLiteral("be quick"));
    return true;
}

inline bool waitUntilIdle(const ui::LabSession& session) {
    return QTest::qWaitFor([&] { return !session.isBusy(); }, 120'000);
}

} // namespace quantoscope::test
