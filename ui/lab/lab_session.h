// The laboratory's one mutable document: the data, what a person has set, the trained network, the last results and
// what is selected among them. Each change has one setter and emits changed() once. A change of data or settings leaves
// the results where they are and says that they are of other settings.
#pragma once

#include "core/study/lab_advice.h"
#include "ui/jobs/latest_job.h"
#include "ui/lab/lab_run.h"

#include <QFlags>
#include <QObject>
#include <QUndoStack>

namespace quantoscope::ui {

enum class LabAspect {
    Data = 1 << 0,      // other samples to learn from
    Plan = 1 << 1,      // settings
    Base = 1 << 2,      // another trained network
    Curve = 1 << 3,     // an epoch more
    Rows = 1 << 4,      // rows, or their times
    Points = 1 << 5,    // accuracy by bits, sensitivity of layers
    Selection = 1 << 6, // the selected row, or the one it is compared with
    Busy = 1 << 7,      // what runs, and how far it is
};
Q_DECLARE_FLAGS(LabAspects, LabAspect)
Q_DECLARE_OPERATORS_FOR_FLAGS(LabAspects)

class LabSession : public QObject {
    Q_OBJECT

public:
    explicit LabSession(QObject* parent = nullptr);
    ~LabSession() override;

    QUndoStack& undoStack() { return m_undo; }

    /// Null until the first data has been read.
    const LabDataPtr& data() const { return m_data; }
    bool hasDigits() const { return m_data && m_data->file.empty(); }
    /// Of a table; empty otherwise.
    const std::vector<LabelColumn>& columns() const { return m_columns; }
    LabTask task() const { return m_task; }
    /// Both read on a worker; a failure leaves the data as it is.
    void useDigits();
    void openData(const QString& path, const QString& label = {}, LabTask task = LabTask::Auto);

    const LabPlan& plan() const { return m_plan; }
    /// Changes with the same key that follow each other closely become one step to undo.
    void setPlan(const LabPlan& plan, const QString& what, int mergeKey = 0);

    /// The layers that the plan asks for on this data.
    const Result<NetworkSpec>& network() const { return m_network; }
    /// The same for any text of hidden layers.
    Result<NetworkSpec> networkFor(const std::string& hidden) const;
    std::size_t parameterCount() const { return m_parameterCount; }

    const LabBasePtr& base() const { return m_base; }
    /// Whether the trained network is the one that the settings ask for.
    bool isBaseCurrent() const;
    /// Of the training that runs, else of the network there is.
    const std::vector<EpochReport>& curve() const;

    /// What is on screen: rows as they arrive, else the last results.
    const LabResult& result() const { return m_partial && !m_partial->rows.empty() ? *m_partial : m_result; }
    bool isResultCurrent() const;
    /// Of rows that were timed.
    const std::optional<LabAdvice>& advice() const { return m_advice; }

    /// Index into result().rows, −1 for none.
    int selectedRow() const { return indexOf(m_selected); }
    void setSelectedRow(int index);
    int comparedRow() const { return indexOf(m_compared); }
    void setComparedRow(int index);
    LabRowPtr row(int index) const;

    /// The network alone, from the start. Pause, resume and stop act on any training that runs, that of a row too.
    void train();
    void run();
    void pause();
    void resume();
    /// What has been trained so far is kept, unlike with cancel().
    void stopTraining();
    /// The last results stay, or come back.
    void cancel();

    bool isBusy() const { return m_stage != LabStage::Idle || m_reading; }
    bool isRunning() const { return m_stage != LabStage::Idle && m_runsRows; }
    bool isTraining() const;
    bool isPaused() const { return m_control && m_control->paused(); }
    LabStage stage() const { return m_stage; }
    double progress() const { return m_progress; }
    /// For the status bar; empty when nothing runs.
    QString activity() const;

    /// Whether other parts of the program work; times are measured only when none does.
    std::function<bool()> othersBusy;

    void openNetwork(const QString& path);
    void saveNetwork(const QString& path);
    /// Writes on a worker; `saved` or `failed` follows.
    void write(const QString& path, std::function<Status(const JobControl&)> work);

signals:
    void changed(quantoscope::ui::LabAspects aspects);
    void failed(const QString& title, const quantoscope::Error& error);
    void saved(const QString& path);

private:
    friend class LabPlanCommand;
    struct Loaded {
        LabDataPtr data;
        std::vector<LabelColumn> columns;
        LabTask task = LabTask::Auto;
    };

    void applyPlan(const LabPlan& plan);
    void refreshNetwork();
    void load(const std::function<Result<Loaded>(const JobControl&)>& work);
    void takeData(Loaded loaded);
    void start(bool rows);
    void collect();
    void takeTimes(LabInbox& arrived);
    void finish();
    void keepPartial();
    int indexOf(const std::optional<LabRowSpec>& spec) const;
    void chooseRows();

    QUndoStack m_undo;
    LabDataPtr m_data;
    std::vector<LabelColumn> m_columns;
    LabTask m_task = LabTask::Auto;
    LabPlan m_plan;
    Result<NetworkSpec> m_network;
    std::size_t m_parameterCount = 0;

    LabBasePtr m_base;
    LabDataPtr m_baseData;
    LabSpec m_baseSpec;
    bool m_baseFromFile = false;

    std::vector<EpochReport> m_curve; // of the training that runs
    LabResult m_result;
    LabDataPtr m_resultData;
    LabPlan m_resultPlan;
    std::optional<LabAdvice> m_advice;
    std::optional<LabResult> m_partial;
    std::optional<LabRowSpec> m_selected, m_compared;

    LabRequest m_request; // what runs
    std::shared_ptr<LabInbox> m_inbox;
    std::shared_ptr<TrainingSwitch> m_control;
    LabStage m_stage = LabStage::Idle;
    LabRowSpec m_at;
    bool m_runsRows = false;
    bool m_reading = false;
    double m_progress = -1;

    LatestJob<bool> m_job;
    LatestJob<Loaded> m_dataJob;
    LatestJob<LabBasePtr> m_networkJob;
    LatestJob<QString> m_writeJob;
};

} // namespace quantoscope::ui
