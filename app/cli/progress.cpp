#include "app/cli/progress.h"

#include "core/base/text_width.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <mutex>

namespace quantoscope::cli {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPatience{500}; // work that is done sooner shows no bar
constexpr std::chrono::milliseconds kFrame{80};
constexpr int kBarWidth = 30;

struct Line {
    std::mutex mutex;
    Clock::time_point begin = Clock::now(), last = begin;
    bool drawn = false;
};

Line& line() {
    static Line only;
    return only;
}

void draw(const std::string& label, double fraction) {
    Line& state = line();
    const std::unique_lock lock(state.mutex, std::try_to_lock);
    const Clock::time_point now = Clock::now();
    // Whoever finds another thread drawing has work to do instead.
    if (!lock || now - state.begin < kPatience || now - state.last < kFrame) return;
    state.last = now;
    state.drawn = true;
    const double part = std::clamp(fraction, 0.0, 1.0);
    const int full = static_cast<int>(part * kBarWidth);
    std::string bar;
    for (int i = 0; i < kBarWidth; ++i) bar += i < full ? "█" : "░";
    const std::string text = fmt::format("\r{} {} {:3.0f} %\033[K", padRight(label, 12), bar, 100 * part);
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
}

} // namespace

JobControl Progress::job(std::string label) const {
    JobControl control{m_stop, {}};
    static const bool terminal = ::isatty(STDERR_FILENO) == 1;
    if (terminal) control.report = [label = std::move(label)](double fraction) { draw(label, fraction); };
    return control;
}

void Progress::clearLine() {
    Line& state = line();
    const std::scoped_lock lock(state.mutex);
    if (!state.drawn) return;
    state.drawn = false;
    std::fputs("\r\033[K", stderr);
    std::fflush(stderr);
}

} // namespace quantoscope::cli
