// How long the GUI thread is busy at a stretch while the bits slider and a boundary are dragged over ten million
// values: the time between two moments at which the event loop could take the next event. Wanted: 16 ms at the 99th
// percentile, 50 ms at worst. The yardstick is the same loop with the same stream of events on an idle window.

#include "core/study/generated.h"
#include "ui/main_window.h"
#include "ui/panels/distribution_page.h"
#include "ui/panels/explore_page.h"
#include "ui/panels/scheme_panel.h"
#include "ui/plots/distribution_plot.h"
#include "ui/theme/theme.h"
#include "ui/widgets/bits_slider.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QMouseEvent>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <vector>

using namespace quantoscope;
using namespace quantoscope::ui;

namespace {

constexpr std::uint64_t kValues = 10'000'000;
constexpr int kEvents = 600;
constexpr int kEventInterval = 8; // milliseconds: a mouse that reports 125 times a second

/// A heartbeat on the GUI thread: a timer that asks for every millisecond. What lies between two beats is how long the
/// event loop could take no other event.
class StallMeter {
public:
    StallMeter() {
        m_beat.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_beat, &QTimer::timeout, [this] {
            if (m_since.isValid()) m_gaps.push_back(static_cast<double>(m_since.nsecsElapsed()) / 1e6);
            m_since.start();
        });
        m_beat.start(1);
    }

    std::vector<double> take() {
        m_since.invalidate();
        return std::exchange(m_gaps, {});
    }

private:
    QTimer m_beat;
    QElapsedTimer m_since;
    std::vector<double> m_gaps;
};

void waitUntil(const std::function<bool()>& done) {
    QEventLoop loop;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (done()) loop.quit();
    });
    poll.start(20);
    loop.exec();
}

void post(QWidget* widget, QEvent::Type type, const QPointF& position, Qt::MouseButton button,
          Qt::MouseButtons buttons) {
    QCoreApplication::postEvent(
        widget, new QMouseEvent(type, position, widget->mapToGlobal(position), button, buttons, Qt::NoModifier));
}

/// Presses at path(0), moves along it, releases at path(1).
void drag(QWidget* widget, const std::function<QPointF(double)>& path) {
    post(widget, QEvent::MouseMove, path(0), Qt::NoButton, Qt::NoButton);
    post(widget, QEvent::MouseButtonPress, path(0), Qt::LeftButton, Qt::LeftButton);
    QEventLoop loop;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    int sent = 0;
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        const QPointF at = path(static_cast<double>(++sent) / kEvents);
        if (sent < kEvents) {
            post(widget, QEvent::MouseMove, at, Qt::NoButton, Qt::LeftButton);
            return;
        }
        post(widget, QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::NoButton);
        timer.stop();
        loop.quit();
    });
    timer.start(kEventInterval);
    loop.exec();
}

struct Stalls {
    double median, p99, worst;
};

Stalls summarize(std::vector<double> stalls) {
    std::sort(stalls.begin(), stalls.end());
    const auto at = [&](double q) {
        return stalls[static_cast<std::size_t>(q * static_cast<double>(stalls.size() - 1))];
    };
    return {at(0.5), at(0.99), stalls.back()};
}

void report(const char* what, const Stalls& stalls) {
    std::printf("%-28s median %6.2f ms   p99 %6.2f ms (wanted 16)   worst %6.2f ms (wanted 50)\n", what, stalls.median,
                stalls.p99, stalls.worst);
}

} // namespace

int main(int argc, char** argv) {
    QStandardPaths::setTestModeEnabled(true);
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    applyTheme(application);
    MainWindow window;
    window.show();
    Session& session = window.session();
    StallMeter meter;

    auto tensor = generate("normal", kValues, 1);
    session.library().add(QStringLiteral("normal"), {tensorOf("normal", {2500, 4000}, std::move(tensor->values))});
    waitUntil([&] { return session.settled() && session.sweepRunning(); });

    auto* slider = window.findChild<BitsSlider*>();
    const auto dragBits = [&] {
        meter.take();
        drag(slider, [&](double t) { return slider->stop(1 + 7 * (0.5 - 0.5 * std::cos(t * 12))); });
        return summarize(meter.take());
    };
    const auto group = [&](const Grouping& grouping) {
        QuantSpec spec = session.spec();
        spec.grouping = grouping;
        session.setSpec(spec, QStringLiteral("group"));
        waitUntil([&] { return session.settled(); });
    };
    const Stalls bits = dragBits();
    group(Grouping::channel(0));
    const Stalls channels = dragBits();
    group(Grouping::block(64));
    const Stalls blocks = dragBits();
    group(Grouping::tensor());

    waitUntil([&] { return session.settled(); });
    auto* plot = window.findChild<DistributionPlot*>();
    const int boundary = static_cast<int>(session.levels()->codebook.thresholds.size()) / 2;
    const QPointF from(plot->boundaryPosition(boundary), plot->height() / 2.0);
    meter.take();
    drag(plot, [&](double t) { return from + QPointF(20 * std::sin(t * 20), 0); });
    const Stalls boundaries = summarize(meter.take());

    waitUntil([&] { return session.settled() && !session.sweepRunning(); });
    meter.take();
    drag(&window, [&](double t) { return QPointF(700 + 100 * t, 5); });
    const Stalls idle = summarize(meter.take());

    std::printf("%llu values, %d events every %d ms\n", static_cast<unsigned long long>(kValues), kEvents,
                kEventInterval);
    report("bits slider", bits);
    report("bits slider, by channel", channels);
    report("bits slider, in blocks", blocks);
    report("boundary", boundaries);
    report("yardstick: idle window", idle);
    return 0;
}
