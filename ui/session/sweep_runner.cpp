#include "ui/session/sweep_runner.h"

#include <algorithm>
#include <chrono>
#include <span>

namespace quantoscope::ui {

namespace {

constexpr int kMostBits = 8;
constexpr int kSideBits = 1; // beside the codes: the limit is drawn as far as runs go

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
    std::size_t first = 0; // of them at the bits on screen
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
        if (bits == firstBits) first = missing.size();
    }
    const double limitBits = std::max(kMostBits, firstBits) + kSideBits;
    const RateBoundPtr limit = data->knownRateBound();
    if (missing.empty() && limit && !limit->wouldGrow(limitBits)) {
        m_job.cancel();
        if (changed) changed();
        return;
    }
    m_inbox = std::make_shared<Inbox>();
    m_job.submit(
        [data, missing = std::move(missing), first, limitBits, inbox = m_inbox](const JobControl& job) -> Result<bool> {
            const JobControl quiet{job.stop, {}};
            auto began = std::chrono::steady_clock::now();
            const auto arrived = [&](std::size_t, const Result<RunPtr>& result) {
                const auto now = std::chrono::steady_clock::now();
                const std::scoped_lock lock(inbox->mutex);
                inbox->seconds += std::chrono::duration<double>(now - began).count();
                began = now;
                if (result) inbox->runs.push_back(*result);
            };
            const std::span<const QuantSpec> specs(missing);
            // A tensor that stays in its file would be read anew for each: previews state how near they are.
            const Effort effort = data->resident() ? Effort::Exact : Effort::Preview;
            if (const Status done = sweep(data, specs.first(first), arrived, false, quiet, effort); !done)
                return done.error();
            // Without the limit there are no distances to it, but all else.
            if (data->rateBound(limitBits, quiet)) {
                const std::scoped_lock lock(inbox->mutex);
                inbox->limit = true;
            }
            began = std::chrono::steady_clock::now();
            if (const Status done = sweep(data, specs.subspan(first), arrived, false, quiet, effort); !done)
                return done.error();
            return true;
        });
}

void SweepRunner::collect() {
    if (!m_inbox) return;
    std::vector<RunPtr> arrived;
    bool limit = false;
    {
        const std::scoped_lock lock(m_inbox->mutex);
        arrived.swap(m_inbox->runs);
        m_seconds += std::exchange(m_inbox->seconds, 0.0);
        limit = std::exchange(m_inbox->limit, false);
    }
    std::erase_if(arrived, [this](const RunPtr& run) { return run->whole() != m_data; });
    if (arrived.empty() && !limit) return;
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
