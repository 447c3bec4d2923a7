#include "ui/session/session.h"

#include "core/schemes/scheme_registry.h"
#include "core/study/open_tensor.h"
#include "core/study/run_speed.h"
#include "ui/session/run_label.h"
#include "ui/session/spec_command.h"

#include <QLocale>

#include <algorithm>
#include <chrono>
#include <utility>

namespace quantoscope::ui {

namespace {

constexpr int kFrame = 12;  // milliseconds in which changes of controls are gathered
constexpr int kPause = 250; // milliseconds without a change before the sweep begins
constexpr std::size_t kSpeedLimit = std::size_t{1}
                                    << 22; // values up to which the speed is measured without being asked

Result<RunView> viewOf(const Result<RunPtr>& result, std::size_t group, const JobControl& job) {
    if (!result) return result.error();
    auto levels = prepareLevels(*result, (*result)->indexOf(group).value_or(0), job);
    if (!levels) return levels.error();
    return RunView{*result, *levels};
}

/// How a level follows from its bin once the boundaries are the user's own: as it does now.
std::string representativeOf(const QuantSpec& spec) {
    const auto scheme = findScheme(spec.scheme);
    if (!scheme) return "mean";
    for (const Parameter& parameter : (*scheme)->info().parameters)
        if (parameter.id == "representative")
            return std::get<std::string>(valueOf((*scheme)->info().parameters, spec.parameters, parameter.id));
    return "mean";
}

} // namespace

Session::Session(QObject* parent)
    : QObject(parent),
      m_loadJob(LatestJob<LoadedTensor>::Superseded::Stop),
      m_importanceJob(LatestJob<Weighed>::Superseded::Stop),
      m_previewJob(LatestJob<RunView>::Superseded::Finish),
      m_exactJob(LatestJob<RunView>::Superseded::Stop),
      m_speedJob(LatestJob<SpeedReport>::Superseded::Stop) {
    m_frame.setSingleShot(true);
    m_frame.setInterval(kFrame);
    m_frame.setTimerType(Qt::PreciseTimer);
    connect(&m_frame, &QTimer::timeout, this, &Session::requestRun);
    m_idle.setSingleShot(true);
    m_idle.setInterval(kPause);
    connect(&m_idle, &QTimer::timeout, this, &Session::requestSweep);

    m_loadJob.delivered = [this](Result<LoadedTensor> loaded) { takeData(std::move(loaded)); };
    m_loadJob.progressed = [this](double fraction) { setActivity(m_activity, fraction); };
    m_importanceJob.delivered = [this](Result<Weighed> weighed) { takeImportance(std::move(weighed)); };
    m_importanceJob.progressed = [this](double fraction) { setActivity(m_activity, fraction); };
    m_previewJob.delivered = [this](Result<RunView> view) { takePreview(std::move(view)); };
    m_exactJob.delivered = [this](Result<RunView> view) { takeExact(std::move(view)); };
    m_exactJob.progressed = [this](double fraction) { setActivity(m_activity, fraction); };
    m_speedJob.delivered = [this](Result<SpeedReport> report) {
        setActivity({});
        if (!report && report.error().code == ErrorCode::TooLarge)
            emit failed(tr("The speed could not be measured"), report.error());
        if (!report) return;
        m_speed = *report;
        emit changed(Aspect::Speed);
    };
    m_sweep.changed = [this] {
        const bool soon = m_data && m_data->resident() && m_data->valueCount() <= kSpeedLimit;
        if (!m_sweep.busy() && m_settled && soon && !m_speed) measureSpeedNow();
        emit changed(Aspect::Sweep | Aspect::Busy);
    };

    connect(&m_library, &Library::opened, this, [this](int id) {
        emit changed(Aspect::Library);
        if (!m_importanceFile.isEmpty() && m_library.find(id)->path == m_importanceFile)
            takeImportanceFile(id);
        else
            setCurrent(m_library.firstOf(id));
    });
    connect(&m_library, &Library::reloaded, this, [this](int id) {
        emit changed(Aspect::Library);
        if (m_current.document != id) {
            if (m_importance.document != id) return;
            m_weighedBy = {}; // its values may be others now
            return applyImportance(m_importance);
        }
        if (!m_library.info(m_current)) m_current = m_library.firstOf(id);
        load();
    });
    connect(&m_library, &Library::closed, this, [this](int id) {
        emit changed(Aspect::Library);
        if (m_current.document != id) {
            if (m_importance.document == id) applyImportance({});
            return;
        }
        const auto& documents = m_library.documents();
        setCurrent(documents.empty() ? TensorRef{} : m_library.firstOf(documents.back()->id));
    });
    connect(&m_library, &Library::histogramsChanged, this, [this] { emit changed(Aspect::Library); });
    connect(&m_library, &Library::failed, this, [this](const QString& path, const Error& error) {
        if (path == m_importanceFile) m_importanceFile.clear();
        emit failed(tr("%1 could not be opened").arg(path.section(u'/', -1)), error);
    });
}

Session::~Session() = default;

void Session::setCurrent(const TensorRef& ref) {
    if (ref == m_current) return;
    m_current = ref;
    m_policy = NonFinitePolicy::Stop;
    load();
}

void Session::setMemoryBudget(std::uint64_t bytes) {
    if (bytes == m_memoryBudget) return;
    m_memoryBudget = bytes;
    // Only a tensor that another way serves now is read again.
    const bool other =
        m_data && (m_data->resident() ? !fitsInto(bytes, m_data->valueCount()) : bytes != m_data->budget());
    if (other) load();
}

void Session::setNonFinitePolicy(NonFinitePolicy policy) {
    if (policy == m_policy) return;
    m_policy = policy;
    load();
}

void Session::load() {
    m_loadJob.cancel();
    m_previewJob.cancel();
    m_exactJob.cancel();
    m_speedJob.cancel();
    m_sweep.clear();
    m_data.reset();
    m_distribution.reset();
    m_run.reset();
    forgetImportance();
    m_view = {};
    m_whenComplete = nullptr;
    m_settled = false;
    m_speed.reset();
    m_selectedBin = -1;
    m_selectedGroup = 0;
    const Document* document = m_library.find(m_current.document);
    if (document) {
        const TensorInfo* info = m_library.info(m_current);
        setActivity(tr("Reading %1").arg(QString::fromStdString(info->name)));
        m_loadJob.submit([source = document->source, entry = static_cast<std::size_t>(m_current.entry),
                          policy = m_policy, budget = m_memoryBudget](const JobControl& job) -> Result<LoadedTensor> {
            auto prepared = openTensor(source, entry, policy, budget, job);
            if (!prepared) return prepared.error();
            // Sorted here, so that the first picture is exact already.
            auto distribution = (*prepared)->distribution(job);
            if (!distribution) return distribution.error();
            const double kurtosis = (*distribution)->excessKurtosis();
            return LoadedTensor{std::move(*prepared), std::move(*distribution), kurtosis};
        });
    } else {
        setActivity({});
    }
    emit changed(Aspect::Current | Aspect::Data | Aspect::Run | Aspect::Selection | Aspect::Sweep | Aspect::Speed);
}

void Session::takeData(Result<LoadedTensor> loaded) {
    setActivity({});
    if (!loaded) {
        emit failed(tr("The tensor could not be read"), loaded.error());
        return;
    }
    m_data = m_unweighed = std::move(loaded->data);
    m_distribution = std::move(loaded->distribution);
    m_excessKurtosis = loaded->excessKurtosis;
    fitGroupingToShape();
    emit changed(Aspect::Data | Aspect::Spec);
    if (m_importance.valid())
        applyImportance(m_importance);
    else
        requestRun();
}

void Session::fitGroupingToShape() {
    const auto layout = GroupLayout::make(m_data->tensor().info.shape, m_spec.grouping);
    if (!layout) m_spec.grouping = Grouping::tensor();
    // What was set by hand was set for the groups of the tensor before.
    if (!m_spec.byHand.empty() && (!layout || m_spec.byHand.rbegin()->first >= layout->groupCount()))
        m_spec.byHand.clear();
}

void Session::setSpec(const QuantSpec& spec, const QString& what, int mergeKey) {
    if (spec == m_spec) return;
    m_undo.push(new SpecCommand(*this, m_spec, spec, what, mergeKey));
}

void Session::replaceSpec(const QuantSpec& spec) {
    m_undo.clear();
    applySpec(spec);
}

void Session::applySpec(const QuantSpec& spec) {
    if (spec == m_spec) return;
    const bool regrouped = !(spec.grouping == m_spec.grouping);
    m_spec = spec;
    m_settled = false;
    m_whenComplete = nullptr;
    if (regrouped) m_selectedGroup = 0;
    m_exactJob.cancel();
    m_speedJob.cancel();
    m_sweep.stop();
    m_idle.stop();
    emit changed(Aspect::Spec);
    if (!m_frame.isActive()) m_frame.start();
}

void Session::requestRun() {
    if (!m_data || m_data->blocked() || m_data->finiteCount() == 0) return;
    m_settled = false;
    m_previewJob.submit([data = m_data, spec = m_spec, group = m_selectedGroup, known = m_run,
                         sample = m_view.run ? m_view.run->sample : nullptr](const JobControl& job) {
        return viewOf(preview(data, spec, group, job, known, sample), group, job);
    });
}

void Session::takePreview(Result<RunView> view) {
    if (m_previewJob.busy() || m_frame.isActive()) { // a newer request runs: this one is a frame on the way
        if (view) showView(std::move(*view), false);
        return;
    }
    if (!view) {
        takeExact(std::move(view));
        return;
    }
    const bool exact = view->run->exact;
    showView(std::move(*view), exact);
    if (exact) return;
    setActivity(tr("Computing the exact result"));
    m_exactJob.submit([data = m_data, spec = m_spec, group = m_selectedGroup, known = m_run](const JobControl& job) {
        return viewOf(quantoscope::run(data, spec, Effort::Exact, job, known), group, job);
    });
}

void Session::takeExact(Result<RunView> view) {
    setActivity({});
    if (view)
        showView(std::move(*view), true);
    else if (view.error().code != ErrorCode::Cancelled)
        emit failed(view.error().code == ErrorCode::TooLarge && m_view.run && m_view.run->sampled()
                        ? tr("Only a sample of the groups can be shown")
                        : tr("This quantization is not possible"),
                    view.error());
}

void Session::showView(RunView view, bool settled) {
    if (view.run->whole() != m_data) return;
    const bool sameCodes = m_view.levels && view.levels->codebook.size() == m_view.levels->codebook.size();
    m_view = std::move(view);
    if (!m_view.run->sample) m_run = m_view.run;
    m_settled = settled;
    m_speed.reset();
    const int bins = static_cast<int>(m_view.levels->codebook.size());
    Aspects aspects = Aspect::Run | Aspect::Speed;
    if (m_selectedBin >= bins || (!sameCodes && m_selectedBin >= 0)) {
        m_selectedBin = std::min(m_selectedBin, bins - 1);
        aspects |= Aspect::Selection;
    }
    if (settled) {
        setActivity({});
        m_idle.start();
    }
    emit changed(aspects);
    if (m_whenComplete && complete()) std::exchange(m_whenComplete, nullptr)();
}

void Session::whenComplete(std::function<void()> action) {
    if (complete()) return action();
    if (!m_view.run) return;
    m_whenComplete = std::move(action);
    if (m_activity.isEmpty() && !m_frame.isActive()) requestRun(); // it was cancelled
}

void Session::requestSweep() {
    if (!m_data || !m_settled || m_sweepHeld) return;
    m_sweep.start(m_data, m_spec.grouping, m_spec.range, std::max(1, bitsFor(m_spec.levels)));
    emit changed(Aspect::Sweep | Aspect::Busy);
}

void Session::holdSweep(bool held) {
    if (held == m_sweepHeld) return;
    m_sweepHeld = held;
    if (held)
        m_sweep.stop();
    else
        m_idle.start();
}

void Session::measureSpeedNow() {
    whenComplete([this] {
        setActivity(tr("Measuring speed"));
        m_speedJob.submit([run = m_run](const JobControl& job) { return measureSpeed(*run, job); });
    });
}

void Session::setSelectedBin(int bin) {
    if (bin == m_selectedBin) return;
    m_selectedBin = bin;
    emit changed(Aspect::Selection);
}

void Session::setSelectedGroup(std::size_t group) {
    if (group == m_selectedGroup || !m_view.run || group >= m_view.run->groupCount()) return;
    m_selectedGroup = group;
    emit changed(Aspect::Selection);
    requestRun();
}

void Session::moveBoundary(int index, double value, int dragKey) {
    if (!m_view.levels) return;
    const Codebook& codebook = m_view.levels->codebook;
    if (index < 0 || static_cast<std::size_t>(index) >= codebook.thresholds.size()) return;
    const Distribution& data = *m_view.levels->data;
    std::vector<double> edges;
    edges.push_back(std::min(data.minimum(), codebook.levels.front()));
    edges.insert(edges.end(), codebook.thresholds.begin(), codebook.thresholds.end());
    edges.push_back(std::max(data.maximum(), codebook.levels.back()));
    edges[static_cast<std::size_t>(index) + 1] = value;
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    const auto levels = static_cast<std::uint32_t>(edges.size() - 1);
    setByHand({"fixed", {{"edges", std::move(edges)}, {"representative", representativeOf(ownSpec())}}}, levels,
              tr("move a boundary"), dragKey);
}

void Session::moveLevel(int index, double value, int dragKey) {
    if (!m_view.levels) return;
    const Codebook& codebook = m_view.levels->codebook;
    if (index < 0 || static_cast<std::size_t>(index) >= codebook.levels.size()) return;
    std::vector<double> levels(codebook.levels.begin(), codebook.levels.end());
    levels[static_cast<std::size_t>(index)] = value;
    const auto count = static_cast<std::uint32_t>(levels.size());
    setByHand({"levels", {{"levels", std::move(levels)}}}, count, tr("move a level"), dragKey);
}

QuantSpec Session::ownSpec() const { return m_spec.ofGroup(m_selectedGroup); }

void Session::setByHand(GroupChoice choice, std::uint32_t levels, const QString& what, int dragKey) {
    QuantSpec spec = m_spec;
    if (m_view.run->groupCount() > 1) {
        spec.byHand[m_selectedGroup] = std::move(choice);
    } else {
        spec = spec.common();
        spec.scheme = std::move(choice.scheme);
        spec.parameters = std::move(choice.parameters);
        spec.levels = levels;
    }
    setSpec(spec, what, dragKey);
}

void Session::pin(const RunPtr& run) {
    if (!run) return;
    const auto same = [&](const RunPtr& other) { return other->data == run->data && other->spec() == run->spec(); };
    if (std::any_of(m_pins.begin(), m_pins.end(), same)) return;
    m_pins.push_back(run);
    emit changed(Aspect::Pins);
}

void Session::unpin(const RunPtr& run) {
    if (std::erase(m_pins, run) > 0) emit changed(Aspect::Pins);
}

void Session::setPins(std::vector<RunPtr> pins) {
    m_pins = std::move(pins);
    emit changed(Aspect::Pins);
}

void Session::clearPins() {
    if (m_pins.empty()) return;
    m_pins.clear();
    emit changed(Aspect::Pins);
}

void Session::show(const RunPtr& run) {
    if (run) setSpec(run->spec(), tr("show %1").arg(runLabel(run->spec()).name));
}

void Session::setActivity(const QString& activity, double progress) {
    if (activity == m_activity && progress == m_progress) return;
    m_activity = activity;
    m_progress = progress;
    emit changed(Aspect::Busy);
}

void Session::cancel() {
    m_loadJob.cancel();
    m_importanceJob.cancel();
    m_exactJob.cancel();
    m_speedJob.cancel();
    m_sweep.stop();
    m_idle.stop();
    setActivity({});
    if (m_unweighed) dropWantedImportance();
    emit changed(Aspect::Sweep | Aspect::Busy);
}

} // namespace quantoscope::ui
