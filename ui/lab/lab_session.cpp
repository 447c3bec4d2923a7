#include "ui/lab/lab_session.h"

#include "core/study/digits.h"
#include "core/study/network_file.h"
#include "ui/lab/lab_plan_command.h"
#include "ui/widgets/core_text.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace quantoscope::ui {

namespace {

std::filesystem::path toPath(const QString& path) { return std::filesystem::path(path.toStdU16String()); }

std::size_t countParameters(const NetworkSpec& spec) {
    const auto shapes = outputShapes(spec);
    if (!shapes) return 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        const LayerSpec& layer = spec.layers[i];
        if (!layer.multiplies()) continue;
        const auto outputs = static_cast<std::size_t>(layer.outputs);
        count += outputs * (fanIn(spec, *shapes, i) + 1 + (layer.batchNorm ? 2 : 0));
    }
    return count;
}

Loss lossOf(const Dataset& data) { return data.isClassification() ? Loss::CrossEntropy : Loss::SquaredError; }

} // namespace

LabSession::LabSession(QObject* parent)
    : QObject(parent),
      m_network(Error{ErrorCode::NotFound, {}, "there is no data yet"}),
      m_job(LatestJob<bool>::Superseded::Stop),
      m_dataJob(LatestJob<Loaded>::Superseded::Stop),
      m_networkJob(LatestJob<LabBasePtr>::Superseded::Stop),
      m_writeJob(LatestJob<QString>::Superseded::Finish) {
    m_job.progressed = [this](double fraction) {
        if (!m_inbox) return; // cancelled, and about to end
        m_inbox->quiet = !othersBusy || !othersBusy();
        m_progress = fraction;
        collect();
        emit changed(LabAspect::Busy);
    };
    m_job.delivered = [this](const Result<bool>& done) {
        collect();
        finish();
        if (!done) emit failed(tr("The laboratory stopped"), done.error());
    };
    m_dataJob.delivered = [this](Result<Loaded> loaded) {
        m_reading = false;
        if (loaded)
            takeData(std::move(*loaded));
        else
            emit failed(tr("The data could not be read"), loaded.error());
        emit changed(LabAspect::Busy | LabAspect::Data);
    };
    m_networkJob.delivered = [this](Result<LabBasePtr> base) {
        m_reading = false;
        if (base) {
            LabPlan plan = m_plan;
            const NetworkSpec& spec = (*base)->trained.spec;
            plan.spec.hidden = hiddenText(spec);
            if (!spec.layers.empty() && spec.layers.front().activation != Activation::None)
                plan.spec.activation = spec.layers.front().activation;
            m_base = *base;
            m_baseData = m_data;
            m_baseSpec = plan.spec;
            m_baseFromFile = true;
            setPlan(plan, tr("open a network"));
            emit changed(LabAspect::Base | LabAspect::Curve);
        } else {
            emit failed(tr("The network could not be opened"), base.error());
        }
        emit changed(LabAspect::Busy);
    };
    m_writeJob.delivered = [this](Result<QString> path) {
        if (path)
            emit saved(*path);
        else
            emit failed(tr("The file could not be written"), path.error());
    };
}

LabSession::~LabSession() = default;

void LabSession::load(const std::function<Result<Loaded>(const JobControl&)>& work) {
    m_reading = true;
    m_dataJob.submit(work);
    emit changed(LabAspect::Busy);
}

void LabSession::useDigits() {
    load([](const JobControl&) -> Result<Loaded> {
        LabData data;
        data.data = digits();
        return Loaded{std::make_shared<const LabData>(std::move(data)), {}, LabTask::Auto};
    });
}

void LabSession::openData(const QString& path, const QString& label, LabTask task) {
    load([file = toPath(path), label = label.toStdString(), task](const JobControl& job) -> Result<Loaded> {
        auto columns = labelColumns(file, {}, job);
        if (!columns) return columns.error();
        LabDataOptions options;
        options.label = label;
        options.task = task;
        auto data = loadLabData(file, options, job);
        if (!data) return data.error();
        return Loaded{std::make_shared<const LabData>(std::move(*data)), std::move(columns->columns), task};
    });
}

void LabSession::takeData(Loaded loaded) {
    m_data = std::move(loaded.data);
    m_columns = std::move(loaded.columns);
    m_task = loaded.task;
    LabPlan plan = m_plan;
    plan.spec.split.normalisation = suggestedNormalisation(m_data->data);
    m_undo.clear(); // its steps were taken on other data
    m_plan = plan;
    refreshNetwork();
    emit changed(LabAspect::Data | LabAspect::Plan | LabAspect::Base | LabAspect::Rows);
}

void LabSession::setPlan(const LabPlan& plan, const QString& what, int mergeKey) {
    if (plan == m_plan) return;
    m_undo.push(new LabPlanCommand(*this, m_plan, plan, what, mergeKey));
}

void LabSession::applyPlan(const LabPlan& plan) {
    if (plan == m_plan) return;
    m_plan = plan;
    refreshNetwork();
    emit changed(LabAspect::Plan);
}

Result<NetworkSpec> LabSession::networkFor(const std::string& hidden) const {
    if (!m_data) return Error{ErrorCode::NotFound, {}, "there is no data yet"};
    const Dataset& data = m_data->data;
    return parseNetwork(hidden, data.sampleShape, data.outputCount(), m_plan.spec.activation, lossOf(data));
}

void LabSession::refreshNetwork() {
    m_network = networkFor(m_plan.spec.hidden);
    m_parameterCount = m_network ? countParameters(*m_network) : 0;
}

bool LabSession::isBaseCurrent() const {
    return m_base && m_baseData == m_data && trainsTheSame(m_baseSpec, m_plan.spec);
}

bool LabSession::isResultCurrent() const {
    return m_resultData == m_data && m_resultPlan == m_plan && m_result.base == m_base;
}

const std::vector<EpochReport>& LabSession::curve() const {
    static const std::vector<EpochReport> none;
    if (m_stage == LabStage::Training) return m_curve;
    return m_base ? m_base->curve : none;
}

LabRowPtr LabSession::row(int index) const {
    const auto& rows = result().rows;
    return index >= 0 && static_cast<std::size_t>(index) < rows.size() ? rows[static_cast<std::size_t>(index)]
                                                                       : nullptr;
}

int LabSession::indexOf(const std::optional<LabRowSpec>& spec) const {
    const auto& rows = result().rows;
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const LabRowPtr& each) { return spec && each->spec == *spec; });
    return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
}

void LabSession::setSelectedRow(int index) {
    const LabRowPtr chosen = row(index);
    if (!chosen || (m_selected && *m_selected == chosen->spec)) return;
    m_selected = chosen->spec;
    emit changed(LabAspect::Selection);
}

void LabSession::setComparedRow(int index) {
    const LabRowPtr chosen = row(index);
    if (!chosen || (m_compared && *m_compared == chosen->spec)) return;
    m_compared = chosen->spec;
    emit changed(LabAspect::Selection);
}

/// Where nothing is selected, or what was is no more: the advisor's choice beside FP32.
void LabSession::chooseRows() {
    const auto& rows = result().rows;
    if (rows.empty()) return;
    if (selectedRow() < 0) m_selected = rows[m_advice ? m_advice->choice : rows.size() - 1]->spec;
    if (comparedRow() < 0) m_compared = rows.front()->spec;
}

void LabSession::train() { start(false); }
void LabSession::run() { start(true); }

void LabSession::start(bool rows) {
    if (!m_data || !m_network || m_stage != LabStage::Idle) return;
    LabRequest request;
    request.data = m_data;
    request.plan = m_plan;
    request.rows = rows;
    request.control = std::make_shared<TrainingSwitch>();
    if (rows && m_base && m_baseData == m_data) {
        LabSpec unsplit = m_baseSpec;
        unsplit.split = m_plan.spec.split;
        // A network from a file is not trained anew only because the data is split in another way.
        const bool same = isBaseCurrent(), usable = same || (m_baseFromFile && trainsTheSame(unsplit, m_plan.spec));
        if (usable) {
            request.base = m_base;
            request.curve = m_base->curve;
            request.recalibrate = !same || m_baseSpec.calibrationSamples != m_plan.spec.calibrationSamples;
        }
    }
    m_request = request;
    m_control = request.control;
    m_inbox = std::make_shared<LabInbox>();
    m_runsRows = rows;
    m_curve.clear();
    m_progress = 0;
    m_stage = request.base && !request.recalibrate ? LabStage::Evaluating : LabStage::Training;
    m_partial.reset();
    if (rows) {
        m_partial = LabResult{};
        m_partial->spec = m_plan.spec;
        m_partial->dataset = m_data->data.name;
        m_partial->base = request.base;
    }
    m_job.submit([request = std::move(request), inbox = m_inbox](const JobControl& job) {
        return runLab(request, *inbox, job);
    });
    emit changed(LabAspect::Busy | LabAspect::Curve);
}

void LabSession::collect() {
    if (!m_inbox) return;
    LabInbox arrived;
    {
        const std::scoped_lock lock(m_inbox->mutex);
        arrived.curve.swap(m_inbox->curve);
        arrived.base = std::exchange(m_inbox->base, nullptr);
        arrived.rows.swap(m_inbox->rows);
        arrived.timed.swap(m_inbox->timed);
        arrived.machine = std::exchange(m_inbox->machine, std::nullopt);
        arrived.points.swap(m_inbox->points);
        arrived.sensitivities.swap(m_inbox->sensitivities);
        arrived.failures.swap(m_inbox->failures);
        m_stage = m_inbox->stage == LabStage::Idle ? m_stage : m_inbox->stage;
        m_at = m_inbox->at;
    }
    LabAspects aspects;
    if (!arrived.curve.empty()) {
        m_curve.insert(m_curve.end(), arrived.curve.begin(), arrived.curve.end());
        aspects |= LabAspect::Curve;
    }
    if (arrived.base) {
        if (!m_request.recalibrate) m_baseFromFile = false;
        m_base = arrived.base;
        m_baseData = m_request.data;
        m_baseSpec = m_request.plan.spec;
        if (m_partial) m_partial->base = m_base;
        aspects |= LabAspect::Base | LabAspect::Curve;
    }
    if (!arrived.rows.empty() && m_partial) {
        m_partial->rows.insert(m_partial->rows.end(), arrived.rows.begin(), arrived.rows.end());
        aspects |= LabAspect::Rows | LabAspect::Selection;
    }
    if (arrived.machine && m_partial) {
        takeTimes(arrived);
        aspects |= LabAspect::Rows | LabAspect::Points | LabAspect::Selection;
    }
    if (!arrived.points.empty() || !arrived.sensitivities.empty()) {
        m_result.points.insert(m_result.points.end(), arrived.points.begin(), arrived.points.end());
        if (!arrived.sensitivities.empty()) m_result.sensitivities = std::move(arrived.sensitivities);
        aspects |= LabAspect::Points;
    }
    for (const auto& [rowSpec, error] : arrived.failures)
        emit failed(tr("%1 could not be made").arg(coreText(label(rowSpec.method))), error);
    if (aspects) emit changed(aspects);
}

/// From here on these are the results, whatever happens to what still follows.
void LabSession::takeTimes(LabInbox& arrived) {
    m_partial->rows = std::move(arrived.timed);
    m_partial->machine = std::move(*arrived.machine);
    keepPartial();
    m_advice.reset();
    if (!m_result.rows.empty()) m_advice = advise(m_result);
    chooseRows();
}

void LabSession::keepPartial() {
    m_result = std::move(*m_partial);
    m_partial.reset();
    m_resultData = m_request.data;
    m_resultPlan = m_request.plan;
}

void LabSession::finish() {
    // Untimed rows are better than none, but not than the last results.
    if (m_partial && m_result.rows.empty() && !m_partial->rows.empty()) {
        keepPartial();
        chooseRows();
    }
    m_partial.reset();
    m_inbox.reset();
    m_control.reset();
    m_curve.clear();
    m_stage = LabStage::Idle;
    m_runsRows = false;
    m_progress = -1;
    emit changed(LabAspect::Busy | LabAspect::Curve | LabAspect::Rows | LabAspect::Points | LabAspect::Selection);
}

void LabSession::cancel() {
    if (m_reading) {
        m_dataJob.cancel();
        m_networkJob.cancel();
        m_reading = false;
        emit changed(LabAspect::Busy | LabAspect::Data);
    }
    if (m_stage == LabStage::Idle) return;
    collect();
    m_job.cancel();
    if (m_control) m_control->resume(); // a paused training has to hear of it
    finish();
}

bool LabSession::isTraining() const {
    const bool row =
        m_stage == LabStage::Evaluating && (m_at.method == LabMethod::Qat || m_at.method == LabMethod::FloatTrained);
    return m_stage == LabStage::Training || row;
}

void LabSession::pause() {
    if (!m_control || m_control->paused()) return;
    m_control->pause();
    emit changed(LabAspect::Busy);
}

void LabSession::resume() {
    if (!m_control || !m_control->paused()) return;
    m_control->resume();
    emit changed(LabAspect::Busy);
}

void LabSession::stopTraining() {
    if (!m_control) return;
    m_control->stop();
    emit changed(LabAspect::Busy);
}

QString LabSession::activity() const {
    if (m_reading) return tr("Reading");
    if (isTraining() && isPaused()) return tr("Training is paused");
    switch (m_stage) {
    case LabStage::Idle: return {};
    case LabStage::Training:
        return m_curve.empty()
                   ? tr("Training")
                   : tr("Training, epoch %1 of %2").arg(m_curve.back().epoch).arg(m_request.plan.spec.training.epochs);
    case LabStage::Evaluating: {
        const QString method = coreText(label(m_at.method));
        return m_at.method == LabMethod::Float || m_at.method == LabMethod::FloatTrained
                   ? tr("Evaluating %1").arg(method)
                   : tr("Evaluating %1 at %2 / %3 bits").arg(method).arg(m_at.weightBits).arg(m_at.activationBits);
    }
    case LabStage::Waiting: return tr("Waiting until nothing else runs, to measure times");
    case LabStage::Timing: return tr("Measuring times");
    case LabStage::Bits: return tr("Accuracy at 2 to 8 bits");
    case LabStage::Layers: return tr("Sensitivity of layers");
    }
    return {};
}

void LabSession::openNetwork(const QString& path) {
    if (!m_data) return;
    m_reading = true;
    m_networkJob.submit(
        [file = toPath(path), data = m_data, spec = m_plan.spec](const JobControl& job) -> Result<LabBasePtr> {
            auto network = readNetwork(file, {spec.activation, lossOf(data->data)}, job);
            if (!network) return network.error();
            return baseFrom(std::move(*network), data->data, spec, job);
        });
    emit changed(LabAspect::Busy);
}

void LabSession::saveNetwork(const QString& path) {
    if (!m_base) return;
    write(path, [base = m_base, file = toPath(path)](const JobControl& job) {
        return writeNetwork(file, base->trained, job);
    });
}

void LabSession::write(const QString& path, std::function<Status(const JobControl&)> work) {
    m_writeJob.submit([path, work = std::move(work)](const JobControl& job) -> Result<QString> {
        if (const Status done = work(job); !done) return done.error();
        return path;
    });
}

} // namespace quantoscope::ui
