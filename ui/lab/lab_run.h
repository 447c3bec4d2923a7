// The work of the laboratory off the GUI thread: training the network where it must be, then every row, their times,
// accuracy by bits and the sensitivity of layers. What arrives is left in an inbox, piece by piece.
#pragma once

#include "core/study/lab.h"
#include "core/study/lab_data.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace quantoscope::ui {

using LabDataPtr = std::shared_ptr<const LabData>;

/// All that a person sets: how the network is made and how it is quantized. Rows have their widths from here.
struct LabPlan {
    LabSpec spec;
    int weightBits = 8;
    int activationBits = 8;
    friend bool operator==(const LabPlan&, const LabPlan&) = default;

    /// The methods at these widths, and the integer ones at 4-bit weights too where these are wider.
    std::vector<LabRowSpec> rows() const { return usualRows(weightBits, activationBits, weightBits > 4); }
};

/// Whether a network that was trained by `a` is what `b` asks for.
bool trainsTheSame(const LabSpec& a, const LabSpec& b);

enum class LabStage { Idle, Training, Evaluating, Waiting, Timing, Bits, Layers };

/// Filled by the job, emptied by the GUI thread.
struct LabInbox {
    std::mutex mutex;
    std::vector<EpochReport> curve; // of the network's training
    LabBasePtr base;
    std::vector<LabRowPtr> rows;       // evaluated
    std::vector<LabRowPtr> timed;      // all of them again, with times
    std::optional<LabMachine> machine; // with `timed`
    std::vector<LabPoint> points;      // as they arrive
    std::vector<LabSensitivity> sensitivities;
    std::vector<std::pair<LabRowSpec, Error>> failures; // rows that could not be made
    LabStage stage = LabStage::Idle;
    LabRowSpec at; // while evaluating
    /// Nothing else of the program runs: times may be measured.
    std::atomic<bool> quiet{false};
};

struct LabRequest {
    LabDataPtr data;
    LabPlan plan;
    LabBasePtr base;                // null: to be trained
    std::vector<EpochReport> curve; // of a base that only has to be calibrated anew
    bool recalibrate = false;       // its network stays
    bool rows = true;               // false: only the network
    std::shared_ptr<TrainingSwitch> control;
};

/// Errors: as trainBase's; a row that cannot be made is among the failures, and the others go on. Cancelled.
Result<bool> runLab(const LabRequest& request, LabInbox& inbox, const JobControl& job);

} // namespace quantoscope::ui
