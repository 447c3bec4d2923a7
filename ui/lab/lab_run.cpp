#include "ui/lab/lab_run.h"

#include <chrono>
#include <thread>

namespace quantoscope::ui {

namespace {

using namespace std::chrono_literals;

// How long the parts take, roughly and beside each other.
constexpr double kTrainingShare = 3, kRowShare = 1, kTrainedRowShare = 3, kTimingShare = 3, kBitsShare = 9,
                 kLayersShare = 1;

double shareOf(const LabRowSpec& row) {
    return row.method == LabMethod::Qat || row.method == LabMethod::FloatTrained ? kTrainedRowShare : kRowShare;
}

/// One part after the other of a whole.
class Steps {
public:
    Steps(JobControl job, double total) : m_job(std::move(job)), m_total(total) {}

    /// The next part, as a job of its own.
    JobControl next(double share) {
        const double from = m_done;
        m_done += share;
        return {m_job.stop, [job = m_job, from, share, total = m_total](double fraction) {
                    job.progress((from + share * fraction) / total);
                }};
    }

private:
    JobControl m_job;
    double m_total;
    double m_done = 0;
};

void enter(LabInbox& inbox, LabStage stage, const LabRowSpec& at = {}) {
    const std::scoped_lock lock(inbox.mutex);
    inbox.stage = stage;
    inbox.at = at;
}

Result<LabBasePtr> makeBase(const LabRequest& request, LabInbox& inbox, const JobControl& job) {
    if (request.recalibrate) {
        auto made = baseFrom(request.base->trained, request.data->data, request.plan.spec, job);
        if (!made) return made;
        LabBase base = **made;
        base.curve = request.curve;
        base.seconds = request.base->seconds;
        return std::make_shared<const LabBase>(std::move(base));
    }
    TrainingHooks hooks;
    hooks.control = request.control.get();
    hooks.epochDone = [&inbox](const EpochReport& report) {
        const std::scoped_lock lock(inbox.mutex);
        inbox.curve.push_back(report);
    };
    return trainBase(request.data->data, request.plan.spec, hooks, job);
}

/// Times want the machine for themselves.
bool waitForQuiet(LabInbox& inbox, const JobControl& job) {
    enter(inbox, LabStage::Waiting);
    while (!inbox.quiet) {
        if (job.cancelled()) return false;
        std::this_thread::sleep_for(10ms);
    }
    return !job.cancelled();
}

} // namespace

bool trainsTheSame(const LabSpec& a, const LabSpec& b) {
    return a.split == b.split && a.hidden == b.hidden && a.activation == b.activation && a.training == b.training;
}

Result<bool> runLab(const LabRequest& request, LabInbox& inbox, const JobControl& job) {
    const LabSpec& spec = request.plan.spec;
    const std::vector<LabRowSpec> rowSpecs = request.rows ? request.plan.rows() : std::vector<LabRowSpec>{};
    const bool train = !request.base || request.recalibrate;
    double total = train ? kTrainingShare : 0;
    for (const LabRowSpec& row : rowSpecs) total += shareOf(row);
    if (request.rows) total += kTimingShare + kBitsShare + kLayersShare;
    Steps steps(job, total);

    LabBasePtr base = request.base;
    if (train) {
        enter(inbox, LabStage::Training);
        auto made = makeBase(request, inbox, steps.next(kTrainingShare));
        if (!made) return made.error();
        base = std::move(*made);
        const std::scoped_lock lock(inbox.mutex);
        inbox.base = base;
    }
    if (!request.rows) return true;

    std::vector<LabRow> rows;
    for (const LabRowSpec& rowSpec : rowSpecs) {
        enter(inbox, LabStage::Evaluating, rowSpec);
        TrainingHooks hooks;
        hooks.control = request.control.get();
        auto row = evaluateRow(*base, spec, rowSpec, hooks, steps.next(shareOf(rowSpec)));
        if (job.cancelled()) return cancelled();
        const std::scoped_lock lock(inbox.mutex);
        if (!row) {
            inbox.failures.emplace_back(rowSpec, row.error());
            continue;
        }
        inbox.rows.push_back(std::make_shared<const LabRow>(*row));
        rows.push_back(std::move(*row));
    }

    if (!waitForQuiet(inbox, job)) return cancelled();
    enter(inbox, LabStage::Timing);
    auto machine = timeRows(*base, spec, rows, steps.next(kTimingShare));
    if (!machine) return machine.error();
    {
        const std::scoped_lock lock(inbox.mutex);
        for (LabRow& row : rows) inbox.timed.push_back(std::make_shared<const LabRow>(std::move(row)));
        inbox.machine = std::move(*machine);
    }

    enter(inbox, LabStage::Bits);
    const auto points = accuracyByBits(
        *base, spec, request.plan.activationBits,
        [&inbox](const LabPoint& point) {
            const std::scoped_lock lock(inbox.mutex);
            inbox.points.push_back(point);
        },
        steps.next(kBitsShare));
    if (!points) return points.error();

    enter(inbox, LabStage::Layers);
    auto sensitivities = layerSensitivity(*base, spec, steps.next(kLayersShare));
    if (!sensitivities) return sensitivities.error();
    const std::scoped_lock lock(inbox.mutex);
    inbox.sensitivities = std::move(*sensitivities);
    return true;
}

} // namespace quantoscope::ui
