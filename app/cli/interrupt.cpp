#include "app/cli/interrupt.h"

#include <pthread.h>
#include <signal.h>

namespace quantoscope::cli {

namespace {

sigset_t watched() {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        // What the caller chose to ignore (nohup, a job in the background) stays ignored.
        struct sigaction old = {};
        if (::sigaction(number, nullptr, &old) == 0 && old.sa_handler != SIG_IGN) sigaddset(&set, number);
    }
    sigaddset(&set, SIGUSR1); // ends the waiting
    return set;
}

} // namespace

Interrupt::Interrupt() {
    ::signal(SIGXFSZ, SIG_IGN); // a file beyond the limit is an error to report, and its beginning is taken away
    const sigset_t set = watched();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    m_waiter = std::jthread([this, set](const std::stop_token& end) {
        while (!end.stop_requested()) {
            int number = 0;
            if (::sigwait(&set, &number) != 0 || number == SIGUSR1) continue;
            m_signal = number;
            m_stop.request_stop();
        }
    });
}

Interrupt::~Interrupt() {
    m_waiter.request_stop();
    ::pthread_kill(m_waiter.native_handle(), SIGUSR1);
    m_waiter.join();
}

} // namespace quantoscope::cli
