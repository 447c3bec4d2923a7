#include "ui/session/sweep_runner.h"

#include <algorithm>
#include <chrono>

namespace quantoscope::ui {

namespace {

constexpr int kMostBits = 8;

/// The bits on screen first, then the others in order.
std::vector<int> bitOrder(int firstBits) {
    std::vector<int> order{firstBits};
    for (int bits = 1; bits <= kMostBits; ++bits)
        if (bits != firstBits) order.push_back(bits);
    return order;
}

} // namespace

SweepRunner::SweepRunner() : m_job(LatestJob<bool>::Superseded::Stop) {
    m_job.progressed = [this](double) { collect(); };
    m_job.delivered = [this](const Result<bool>&) {
        collect();
        if (changed) changed();
    };
}

void SweepRunner::start(const PreparedTensorPtr& data, const Grouping& grouping, const RangeSpec& range,
                        int firstBits) {
    if (data != m_data || !(grouping == m_grouping) || !(range == m_range)) clear();
    collect();
    m_data = data;
    m_grouping = grouping;
    m_range = range;
    m_leftOut.clear();

    std::vector<QuantSpec> missing;
    m_planned = 0;
    for (const int bits : bitOrder(firstBits)) {
        Comparison comparison = comparisonSpecs(bits, grouping, range);
        m_planned += comparison.specs.size();
        if (bits == firstBits) m_leftOut = std::move(comparison.leftOut);
        for (NamedSpec& named : comparison.specs) {
            const bool known =
                std::any_of(m_runs.begin(), m_runs.end(), [&](const RunPtr& run) { return run->spec() == named.spec; });
            if (!known) missing.push_back(std::move(named.spec));
        }
    }
    if (missing.empty()) {
        m_job.cancel();
        if (changed) changed();
        return;
    }
    m_inbox = std::make_shared<Inbox>();
    m_job.submit([data, missing = std::move(missing), inbox = m_inbox](const JobControl& job) -> Result<bool> {
        auto began = std::chrono::steady_clock::now();
        const Status done = sweep(
            data, missing,
            [&](std::size_t, const Result<RunPtr>& result) {
                const auto now = std::chrono::steady_clock::now();
                const std::scoped_lock lock(inbox->mutex);
                inbox->seconds += std::chrono::duration<double>(now - began).count();
                began = now;
                if (result) inbox->runs.push_back(*result);
            },
            false, JobControl{job.stop, {}});
        if (!done) return done.error();
        return true;
    });
}

void SweepRunner::collect() {
    if (!m_inbox) return;
    std::vector<RunPtr> arrived;
    {
        const std::scoped_lock lock(m_inbox->mutex);
        arrived.swap(m_inbox->runs);
        m_seconds += std::exchange(m_inbox->seconds, 0.0);
    }
    std::erase_if(arrived, [this](const RunPtr& run) { return run->data != m_data; });
    if (arrived.empty()) return;
    m_runs.insert(m_runs.end(), arrived.begin(), arrived.end());
    if (changed) changed();
}

void SweepRunner::stop() { m_job.cancel(); }

void SweepRunner::clear() {
    m_job.cancel();
    m_inbox.reset();
    m_data.reset();
    m_runs.clear();
    m_leftOut.clear();
    m_planned = 0;
    m_seconds = 0;
}

} // namespace quantoscope::ui
