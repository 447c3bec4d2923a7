// Computes the runs of the comparison and the trade-off in the background: every scheme at every number of bits, those
// at the bits on screen first, then the tensor's rate–distortion limit, then the others. Finished runs are kept, so
// that an interrupted sweep goes on where it stopped.
#pragma once

#include "core/study/sweep.h"
#include "ui/jobs/latest_job.h"

#include <functional>
#include <mutex>
#include <vector>

namespace quantoscope::ui {

class SweepRunner {
public:
    /// Called on the GUI thread when runs or the limit have arrived or the sweep has ended.
    std::function<void()> changed;

    SweepRunner();

    /// Runs what this tensor, grouping and range still lack. Results for another tensor, grouping or range are dropped.
    void start(const PreparedTensorPtr& data, const Grouping& grouping, const RangeSpec& range, int firstBits);
    /// Pauses: what has arrived stays.
    void stop();
    void clear();

    const std::vector<RunPtr>& runs() const { return m_runs; }
    const std::vector<LeftOut>& leftOut() const { return m_leftOut; }
    std::size_t planned() const { return m_planned; }
    bool busy() const { return m_job.busy(); }
    double seconds() const { return m_seconds; } // the runs so far took together

private:
    struct Inbox {
        std::mutex mutex;
        std::vector<RunPtr> runs;
        double seconds = 0;
        bool limit = false; // has come since
    };
    void collect();

    PreparedTensorPtr m_data;
    Grouping m_grouping;
    RangeSpec m_range;
    std::vector<RunPtr> m_runs;
    std::vector<LeftOut> m_leftOut;
    std::size_t m_planned = 0;
    double m_seconds = 0;
    std::shared_ptr<Inbox> m_inbox;
    LatestJob<bool> m_job;
};

} // namespace quantoscope::ui
