// Work off the GUI thread of which only the newest request matters: at most one run in flight and one waiting. Results
// and progress arrive on the GUI thread. The work captures what it needs by value, never a widget and never `this`.
#pragma once

#include "core/base/job_control.h"
#include "core/base/parallel.h"
#include "core/base/result.h"

#include <QFutureWatcher>
#include <QThreadPool>
#include <QTimer>
#include <QtConcurrentRun>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace quantoscope::ui {

template<class T>
class LatestJob {
public:
    enum class Superseded {
        Finish, // a run that has started ends and delivers: always stopping it would starve the screen during a drag
        Stop,   // it is stopped, and the newest starts
    };
    using Work = std::function<Result<T>(const JobControl&)>;

    /// Called on the GUI thread with the outcome of a run that was not superseded (or, with Finish, of every run).
    std::function<void(Result<T>)> delivered;
    /// Called on the GUI thread a few times a second while a run reports progress.
    std::function<void(double)> progressed;

    explicit LatestJob(Superseded superseded) : m_superseded(superseded) {
        m_pool.setMaxThreadCount(1);
        m_poll.setInterval(60);
        QObject::connect(&m_poll, &QTimer::timeout, [this] {
            if (progressed) progressed(m_progress->load());
        });
        QObject::connect(&m_watcher, &QFutureWatcherBase::finished, [this] { finish(); });
    }

    ~LatestJob() {
        m_watcher.disconnect();
        m_stop.request_stop();
        m_pool.waitForDone();
    }

    LatestJob(const LatestJob&) = delete;
    LatestJob& operator=(const LatestJob&) = delete;

    void submit(Work work) {
        m_pending = std::move(work);
        if (!m_running)
            start();
        else if (m_superseded == Superseded::Stop)
            m_stop.request_stop();
    }

    /// Forgets the waiting request and stops the running one; nothing is delivered for either.
    void cancel() {
        m_pending.reset();
        m_stop.request_stop();
    }

    bool busy() const { return m_running; }

private:
    using Outcome = std::shared_ptr<Result<T>>;

    void start() {
        m_stop = std::stop_source();
        m_progress = std::make_shared<std::atomic<double>>(0.0);
        m_running = true;
        const JobControl job{m_stop.get_token(), [progress = m_progress](double fraction) { *progress = fraction; }};
        m_watcher.setFuture(QtConcurrent::run(&m_pool, [work = std::move(*m_pending), job]() -> Outcome {
            giveWayToInteraction();
            try {
                return std::make_shared<Result<T>>(work(job));
            } catch (const std::bad_alloc&) {
                return std::make_shared<Result<T>>(
                    Error{ErrorCode::TooLarge, {}, "there is not enough memory for this"});
            }
        }));
        m_pending.reset();
        m_poll.start();
    }

    void finish() {
        const Outcome outcome = m_watcher.result();
        const bool stopped = m_stop.stop_requested();
        m_running = false;
        m_poll.stop();
        if (m_pending) start();
        if (!stopped && delivered) delivered(std::move(*outcome));
    }

    Superseded m_superseded;
    QThreadPool m_pool;
    QTimer m_poll;
    std::optional<Work> m_pending;
    bool m_running = false;
    std::stop_source m_stop;
    std::shared_ptr<std::atomic<double>> m_progress;
    QFutureWatcher<Outcome> m_watcher;
};

} // namespace quantoscope::ui
