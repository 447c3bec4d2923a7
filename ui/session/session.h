// The one mutable document that every view observes: the open files, the tensor on screen, the spec the user has set,
// the newest result, what is selected and what is pinned. Each change has one setter and emits changed() once.
#pragma once

#include "core/base/memory_budget.h"
#include "core/study/run.h"
#include "ui/jobs/latest_job.h"
#include "ui/plots/plotted_levels.h"
#include "ui/session/library.h"
#include "ui/session/sweep_runner.h"

#include <QFlags>
#include <QObject>
#include <QTimer>
#include <QUndoStack>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace quantoscope::ui {

enum class Aspect {
    Library = 1 << 0,     // files opened, closed or reloaded
    Current = 1 << 1,     // another tensor is to be shown
    Data = 1 << 2,        // its values have arrived
    Spec = 1 << 3,        // scheme, levels, parameters, grouping or range
    Run = 1 << 4,         // a new result (preview or exact)
    Selection = 1 << 5,   // the selected bin or group
    Pins = 1 << 6,        // runs pinned to the comparison
    Sweep = 1 << 7,       // more runs of the comparison and the trade-off
    Busy = 1 << 8,        // what runs, and how far it is
    Speed = 1 << 9,       // the speed of the run on screen was measured
    Importance = 1 << 10, // another tensor weighs the errors, or none
};
Q_DECLARE_FLAGS(Aspects, Aspect)
Q_DECLARE_OPERATORS_FOR_FLAGS(Aspects)

/// What a run shows of the selected group, computed with it off the GUI thread.
struct RunView {
    RunPtr run;
    PlottedLevelsPtr levels;
};

/// A tensor that has been read, with its values sorted.
struct LoadedTensor {
    PreparedTensorPtr data;
    DistributionPtr distribution;
    double excessKurtosis = 0; // a pass over all values: not for the GUI thread
};

class Session : public QObject {
    Q_OBJECT

public:
    explicit Session(QObject* parent = nullptr);
    ~Session() override;

    Library& library() { return m_library; }
    const Library& library() const { return m_library; }
    QUndoStack& undoStack() { return m_undo; }

    const TensorRef& current() const { return m_current; }
    void setCurrent(const TensorRef& ref);

    /// The tensor on screen; null while none is chosen or it is being read.
    const PreparedTensorPtr& data() const { return m_data; }
    /// Its finite values, sorted; null where data() is.
    const DistributionPtr& distribution() const { return m_distribution; }
    double excessKurtosis() const { return m_excessKurtosis; }
    /// Bytes that the values of a tensor may take; a larger one stays in its file.
    std::uint64_t memoryBudget() const { return m_memoryBudget; }
    void setMemoryBudget(std::uint64_t bytes);

    NonFinitePolicy nonFinitePolicy() const { return m_policy; }
    void setNonFinitePolicy(NonFinitePolicy policy);

    /// The tensor that says how much the error of each value counts; not valid where all count the same. While it is
    /// being read it is named here already, and data() is not weighed yet.
    const TensorRef& importance() const { return m_importance; }
    /// Whether it is another tensor of the current one's shape.
    bool mayBeImportance(const TensorRef& ref) const;
    /// A step to undo, once the tensor has been read; `failed` follows where it cannot be an importance.
    void setImportance(const TensorRef& ref);
    /// Opens a file beside those that are open and takes of its tensors the one of the current shape, of several the
    /// namesake of the current one or else the first.
    void setImportanceFile(const QString& path);
    /// Without a step to undo: for opening a session.
    void replaceImportance(const TensorRef& ref) { applyImportance(ref); }

    const QuantSpec& spec() const { return m_spec; }
    /// Changes with the same key that follow each other closely become one step to undo: one drag of one control.
    void setSpec(const QuantSpec& spec, const QString& what, int mergeKey = 0);
    /// Without a step to undo: for opening a session or a sample.
    void replaceSpec(const QuantSpec& spec);

    /// The newest run of all groups: what decodes values shows it. While groups are previewed by a sample of them it
    /// stays the one before, null where there was none.
    const RunPtr& run() const { return m_run; }
    /// The newest figures: those of run(), or of a sample of its groups.
    const RunPtr& shown() const { return m_view.run; }
    /// Whether run() is what is shown.
    bool complete() const { return m_run && m_run == m_view.run; }
    /// Does something with run() as soon as it is what is shown: now, mostly. Another spec or tensor before then means
    /// that it is no longer wanted.
    void whenComplete(std::function<void()> action);
    /// Of the selected group, as shown() has them.
    const PlottedLevelsPtr& levels() const { return m_view.levels; }
    /// Whether the run on screen answers the spec on screen and no better answer is being computed.
    bool settled() const { return m_settled; }
    const std::optional<SpeedReport>& speed() const { return m_speed; }
    /// Measured without being asked only where that takes a moment.
    void measureSpeedNow();

    int selectedBin() const { return m_selectedBin; }
    void setSelectedBin(int bin);
    std::size_t selectedGroup() const { return m_selectedGroup; }
    void setSelectedGroup(std::size_t group);

    /// Makes the scheme "fixed" with the boundaries on screen, the inner boundary of this index moved to value. Of
    /// several groups the selected one alone is set by hand.
    void moveBoundary(int index, double value, int dragKey);
    /// The same with the scheme "levels" and the level of this index.
    void moveLevel(int index, double value, int dragKey);

    const std::vector<RunPtr>& pins() const { return m_pins; }
    void pin(const RunPtr& run);
    void unpin(const RunPtr& run);
    void clearPins();
    void setPins(std::vector<RunPtr> pins);

    const std::vector<RunPtr>& sweep() const { return m_sweep.runs(); }
    bool sweepRunning() const { return m_sweep.busy(); }
    double sweepSeconds() const { return m_sweep.seconds(); }
    std::size_t sweepPlanned() const { return m_sweep.planned(); }
    const std::vector<LeftOut>& leftOut() const { return m_sweep.leftOut(); }
    /// While it is held the sweep pauses: something else measures times.
    void holdSweep(bool held);
    /// Shows a run that was computed already: its spec becomes the spec.
    void show(const RunPtr& run);

    /// What runs now, for the status bar; empty when nothing does. Progress is in [0, 1], or negative where unknown.
    const QString& activity() const { return m_activity; }
    double progress() const { return m_progress; }
    /// Stops whatever runs; the last good result stays.
    void cancel();

    /// A new drag of a boundary or a level: changes made with this key become one step to undo.
    int newDragKey() { return ++m_dragKey; }

signals:
    void changed(quantoscope::ui::Aspects aspects);
    void failed(const QString& title, const quantoscope::Error& error);

private:
    friend class SpecCommand;
    friend class ImportanceCommand;
    struct Weighed {
        TensorRef importance;
        PreparedTensorPtr data;
        bool undoable;
    };
    void applySpec(const QuantSpec& spec);
    void load();
    void takeData(Result<LoadedTensor> loaded);
    void requestRun();
    void takePreview(Result<RunView> view);
    void takeExact(Result<RunView> view);
    void showView(RunView view, bool settled);
    void requestSweep();
    QuantSpec ownSpec() const; // of the selected group
    void setByHand(GroupChoice choice, std::uint32_t levels, const QString& what, int dragKey);
    void setActivity(const QString& activity, double progress = -1);
    void fitGroupingToShape();
    void applyImportance(TensorRef ref);
    void loadImportance(const TensorRef& ref, bool undoable);
    void takeImportance(Result<Weighed> weighed);
    void adoptImportance(const TensorRef& ref, const PreparedTensorPtr& data);
    void dropWantedImportance();
    void forgetImportance();
    void takeImportanceFile(int id);

    Library m_library;
    QUndoStack m_undo;
    TensorRef m_current;
    std::uint64_t m_memoryBudget = defaultMemoryBudget();
    NonFinitePolicy m_policy = NonFinitePolicy::Stop;
    PreparedTensorPtr m_data;
    PreparedTensorPtr m_unweighed; // m_data where all values count the same
    TensorRef m_importance;        // that is wanted
    TensorRef m_weighedBy;         // of m_data
    QString m_importanceFile;      // being opened
    DistributionPtr m_distribution;
    double m_excessKurtosis = 0;
    QuantSpec m_spec;
    RunPtr m_run;
    RunView m_view;
    std::function<void()> m_whenComplete;
    bool m_settled = false;
    std::optional<SpeedReport> m_speed;
    int m_selectedBin = -1;
    std::size_t m_selectedGroup = 0;
    std::vector<RunPtr> m_pins;
    QString m_activity;
    double m_progress = -1;
    int m_dragKey = 1 << 16;

    QTimer m_frame; // gathers the changes of about one frame; not restarted by each
    QTimer m_idle;  // the sweep starts when the user has paused
    LatestJob<LoadedTensor> m_loadJob;
    LatestJob<Weighed> m_importanceJob;
    LatestJob<RunView> m_previewJob;
    LatestJob<RunView> m_exactJob;
    LatestJob<SpeedReport> m_speedJob;
    SweepRunner m_sweep;
    bool m_sweepHeld = false;
};

} // namespace quantoscope::ui
