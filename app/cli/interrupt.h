// Ctrl-C asks the work to stop, and the work then leaves nothing half done behind. Signals are taken by a thread of
// their own, because a handler may do next to nothing.
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

namespace quantoscope::cli {

class Interrupt {
public:
    /// Before any other thread starts: threads inherit which signals are held back.
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    std::stop_token token() const { return m_stop.get_token(); }
    /// The signal that came (SIGINT, SIGTERM or SIGHUP), or 0.
    int signal() const { return m_signal; }

private:
    std::stop_source m_stop;
    std::atomic<int> m_signal = 0;
    std::jthread m_waiter;
};

} // namespace quantoscope::cli
