#include "ui/headless.h"

#include "core/study/tables.h"
#include "core/study/text_table.h"
#include "ui/main_window.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFileInfo>
#include <QTimer>

#include <cstdio>

namespace quantoscope::ui {

namespace {

constexpr int kPatience = 120'000; // milliseconds until a run that never settles is given up

/// Returns the reason where the comparison did not arrive.
QString waitForComparison(Session& session) {
    QEventLoop loop;
    QString failure;
    const auto finished = [&] {
        return session.settled() && !session.sweepRunning() && !session.sweep().empty() && session.activity().isEmpty();
    };
    QObject::connect(&session, &Session::changed, &loop, [&] {
        if (finished()) loop.quit();
    });
    QObject::connect(&session, &Session::failed, &loop, [&](const QString& title, const Error& error) {
        failure = QStringLiteral("%1: %2").arg(title, QString::fromStdString(error.message()));
        loop.quit();
    });
    QTimer::singleShot(kPatience, &loop, [&] {
        failure = QStringLiteral("the comparison did not finish");
        loop.quit();
    });
    if (!finished()) loop.exec();
    return failure;
}

/// The columns a terminal has room for.
std::string comparisonText(const Session& session) {
    std::vector<RunPtr> runs;
    for (const RunPtr& run : session.sweep())
        if (bitsFor(run->spec().levels) == bitsFor(session.spec().levels)) runs.push_back(run);
    std::sort(runs.begin(), runs.end(), [](const RunPtr& a, const RunPtr& b) { return a->errors.mse < b->errors.mse; });
    const Table table = comparisonTable(runs);
    return textTable(table.select(
        {"method", "grouping", "bitsPerValue", "levels", "mse", "sqnrDb", "maxError", "codeEntropy", "fitMs"}));
}

} // namespace

int renderHeadless(MainWindow& window, const QString& picture) {
    window.show();
    if (const QString failure = waitForComparison(window.session()); !failure.isEmpty()) {
        std::fprintf(stderr, "quantoscope: %s\n", qPrintable(failure));
        return 1;
    }
    QCoreApplication::processEvents(); // layouts and queued replots
    const QString path = QFileInfo(picture).absoluteFilePath();
    if (!QDir().mkpath(QFileInfo(path).absolutePath()) || !window.grab().save(path, "PNG")) {
        std::fprintf(stderr, "quantoscope: %s could not be written\n", qPrintable(path));
        return 1;
    }
    const TensorInfo& tensor = window.session().data()->tensor().info;
    std::printf("%s\n\n%s, %s\n\n%s", qPrintable(path), tensor.name.c_str(), describe(tensor.shape).c_str(),
                comparisonText(window.session()).c_str());
    return 0;
}

} // namespace quantoscope::ui
