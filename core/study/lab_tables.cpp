#include "core/study/lab_tables.h"

#include "core/study/lab_advice.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace quantoscope {

namespace {

constexpr double kMicro = 1e6;

Cell microseconds(const std::optional<LabTime>& time) { return time ? Cell(kMicro * time->spread.median) : Cell(); }

Cell integer(std::uint64_t value) { return static_cast<std::int64_t>(value); }

std::vector<Column> methodColumns(const LabResult& result) {
    const std::string batch = fmt::format("Batch {}", result.spec.batch);
    return {
        {.id = "method", .label = "Method", .kind = ColumnKind::Text},
        {.id = "weightBits", .label = "Weight bits", .kind = ColumnKind::Integer},
        {.id = "activationBits", .label = "Activation bits", .kind = ColumnKind::Integer},
        {.id = "accuracy",
         .label = "Accuracy",
         .kind = ColumnKind::Share,
         .better = Better::Higher,
         .help = "Share of test samples whose class is right; for numbers R² = 1 − Σ(y − ŷ)²/Σ(y − ȳ)²."},
        {.id = "accuracyLow",
         .label = "From",
         .kind = ColumnKind::Share,
         .help = "Wilson's interval of 95 %, lower end."},
        {.id = "accuracyHigh",
         .label = "To",
         .kind = ColumnKind::Share,
         .help = "Wilson's interval of 95 %, upper end."},
        {.id = "difference",
         .label = "Against FP32",
         .kind = ColumnKind::Share,
         .better = Better::Higher,
         .help = "Accuracy less that of FP32 on the same samples."},
        {.id = "differenceLow",
         .label = "From",
         .kind = ColumnKind::Share,
         .help = "Newcombe's interval of 95 % for paired shares, lower end."},
        {.id = "differenceHigh",
         .label = "To",
         .kind = ColumnKind::Share,
         .help = "Newcombe's interval of 95 % for paired shares, upper end."},
        {.id = "mcNemar",
         .label = "McNemar p",
         .kind = ColumnKind::Figure,
         .help = "Probability of disagreements so uneven if this method and FP32 were equally good (exact)."},
        {.id = "batch1Us",
         .label = "Batch 1",
         .kind = ColumnKind::Figure,
         .unit = "µs/sample",
         .better = Better::Lower,
         .help = "Median time of a sample alone."},
        {.id = "batchUs",
         .label = batch,
         .kind = ColumnKind::Figure,
         .unit = "µs/sample",
         .better = Better::Lower,
         .help = "Median time of a sample in a batch."},
        {.id = "bytes",
         .label = "Size",
         .kind = ColumnKind::Integer,
         .unit = "bytes",
         .better = Better::Lower,
         .help = "Weights, scales, zero points, codebooks and biases."},
        {.id = "energyUj",
         .label = "Energy",
         .kind = ColumnKind::Figure,
         .unit = "µJ",
         .better = Better::Lower,
         .help =
             "Of a sample alone: read from the processor, or estimated from operation counts (Horowitz, ISSCC 2014)."},
        {.id = "energySource", .label = "Energy from", .kind = ColumnKind::Text},
        {.id = "simulated",
         .label = "Simulated",
         .kind = ColumnKind::Flag,
         .help = "Evaluated exactly, but not by kernels of this width: no time is claimed."},
        {.id = "implementation", .label = "Implementation", .kind = ColumnKind::Text},
        {.id = "note", .label = "Note", .kind = ColumnKind::Text},
    };
}

std::vector<Cell> methodCells(const LabRow& row) {
    const auto ifKnown = [](bool known, double value) { return known ? Cell(value) : Cell(); };
    const bool paired = row.difference.has_value(), interval = row.interval.has_value();
    return {
        row.label,
        std::int64_t{row.spec.weightBits},
        std::int64_t{row.spec.activationBits},
        row.score.accuracy,
        ifKnown(interval, interval ? row.interval->low : 0),
        ifKnown(interval, interval ? row.interval->high : 0),
        ifKnown(paired, paired ? row.difference->value : 0),
        ifKnown(paired, paired ? row.difference->interval.low : 0),
        ifKnown(paired, paired ? row.difference->interval.high : 0),
        ifKnown(paired, row.mcNemar),
        microseconds(row.single),
        microseconds(row.batched),
        integer(row.bytes),
        row.joules ? Cell(kMicro * *row.joules) : Cell(),
        row.joules ? Cell(std::string(row.energySource == EnergySource::Measured ? "measured" : "estimated")) : Cell(),
        row.simulated,
        row.implementation,
        row.note.english(),
    };
}

ReportFacts settingsOfLab(const LabSpec& spec, const LabBase& base) {
    const TrainingSpec& training = spec.training;
    const auto symmetry = [](bool symmetric) { return symmetric ? "symmetric" : "asymmetric"; };
    return {
        {"Network", describe(base.trained.spec)},
        {"Activation", std::string(name(spec.activation))},
        {"Parameters", fmt::format("{}", base.trained.parameterCount())},
        {"Optimizer", std::string(name(training.optimizer))},
        {"Epochs", fmt::format("{}", training.epochs)},
        {"Learning rate", fmt::format("{}{}", training.learningRate, training.cosine ? ", cosine" : "")},
        {"Samples a step", fmt::format("{}", training.batchSize)},
        {"Weight decay", fmt::format("{}", training.weightDecay)},
        {"Test share", fmt::format("{:.0f} %", 100 * spec.split.testShare)},
        {"Normalisation", std::string(name(spec.split.normalisation))},
        {"Seed", fmt::format("{}", spec.split.seed)},
        {"Calibration samples", fmt::format("{}", base.calibration.samples)},
        {"Calibration", std::string(label(spec.observer))},
        {"Weight scheme", spec.weightScheme},
        {"Weights", symmetry(spec.symmetricWeights)},
        {"Weights by", spec.perChannel ? "channel" : "tensor"},
        {"Activations", symmetry(spec.symmetricActivations)},
        {"Bias correction", spec.biasCorrection ? "yes" : "no"},
        {"QAT epochs", fmt::format("{}", spec.qatEpochs)},
        {"QAT steps", spec.learnedSteps ? "learned" : "straight-through"},
    };
}

} // namespace

Table methodsTable(const LabResult& result) {
    std::vector<std::vector<Cell>> rows;
    for (const LabRowPtr& row : result.rows) rows.push_back(methodCells(*row));
    return makeTable("Methods", methodColumns(result), std::move(rows));
}

Table sensitivityTable(const LabResult& result) {
    std::vector<std::vector<Cell>> rows;
    for (const LabSensitivity& it : result.sensitivities)
        rows.push_back({it.name, it.shape, std::int64_t{it.bits}, it.lost, it.sqnrDb});
    return makeTable("Layer sensitivity",
                     {{.id = "layer", .label = "Layer", .kind = ColumnKind::Text},
                      {.id = "shape", .label = "Shape", .kind = ColumnKind::Text},
                      {.id = "bits", .label = "Weight bits", .kind = ColumnKind::Integer},
                      {.id = "lost",
                       .label = "Accuracy lost",
                       .kind = ColumnKind::Share,
                       .better = Better::Lower,
                       .help = "With this layer's weights alone in so few bits, the rest in float32."},
                      {.id = "sqnrDb",
                       .label = "SQNR",
                       .kind = ColumnKind::Decibels,
                       .unit = "dB",
                       .better = Better::Higher,
                       .help = "Of the layer's weights: 10·log10(Σw²/Σe²)."}},
                     std::move(rows));
}

Table bitsTable(const LabResult& result) {
    std::vector<LabPoint> points = result.points; // they come as they are done
    std::stable_sort(points.begin(), points.end(), [](const LabPoint& a, const LabPoint& b) {
        return std::tie(a.spec.method, a.variant, a.spec.weightBits) <
               std::tie(b.spec.method, b.variant, b.spec.weightBits);
    });
    std::vector<std::vector<Cell>> rows;
    rows.reserve(points.size());
    for (const LabPoint& point : points)
        rows.push_back({std::string(label(point.spec.method)), point.variant, std::int64_t{point.spec.weightBits},
                        std::int64_t{point.spec.activationBits}, point.accuracy});
    return makeTable("Accuracy and bits",
                     {{.id = "method", .label = "Method", .kind = ColumnKind::Text},
                      {.id = "setting", .label = "Setting", .kind = ColumnKind::Text},
                      {.id = "weightBits", .label = "Weight bits", .kind = ColumnKind::Integer},
                      {.id = "activationBits", .label = "Activation bits", .kind = ColumnKind::Integer},
                      {.id = "accuracy", .label = "Accuracy", .kind = ColumnKind::Share, .better = Better::Higher}},
                     std::move(rows));
}

Table curveTable(const std::vector<EpochReport>& curve) {
    std::vector<std::vector<Cell>> rows;
    rows.reserve(curve.size());
    for (const EpochReport& it : curve)
        rows.push_back({std::int64_t{it.epoch}, it.trainLoss, it.testLoss, it.trainAccuracy, it.testAccuracy});
    return makeTable(
        "Training",
        {{.id = "epoch", .label = "Epoch", .kind = ColumnKind::Integer},
         {.id = "trainLoss", .label = "Training loss", .kind = ColumnKind::Figure, .better = Better::Lower},
         {.id = "testLoss", .label = "Test loss", .kind = ColumnKind::Figure, .better = Better::Lower},
         {.id = "trainAccuracy", .label = "Training accuracy", .kind = ColumnKind::Share, .better = Better::Higher},
         {.id = "testAccuracy", .label = "Test accuracy", .kind = ColumnKind::Share, .better = Better::Higher}},
        std::move(rows));
}

Report labReport(const LabResult& result, const std::string& date) {
    Report report;
    report.title = Phrase("Model laboratory: {0}", result.dataset);
    const LabAdvice advice = advise(result);
    report.summary = advice.text();
    report.settings = settingsOfLab(result.spec, *result.base);
    const LabRow& chosen = *result.rows[advice.choice];
    report.results = {{"Method", chosen.label},
                      {"Weight bits", std::to_string(chosen.spec.weightBits)},
                      {"Activation bits", std::to_string(chosen.spec.activationBits)},
                      chosen.interval ? std::pair("Accuracy", fmt::format("{:.1f} %", 100 * chosen.score.accuracy))
                                      : std::pair("R²", fmt::format("{:.4f}", chosen.score.accuracy))};
    report.provenance = {{"Data", result.dataset},
                         {"Training samples", fmt::format("{}", result.base->data.train.count())},
                         {"Test samples", fmt::format("{}", result.base->data.test.count())},
                         {"Threads", fmt::format("{}", result.machine.threads)},
                         {"Instructions", result.machine.instructions},
                         {"Energy", result.machine.energy},
                         {"Version", "Quantoscope " QUANTOSCOPE_VERSION},
                         {"Date", date}};
    report.tables = {methodsTable(result), bitsTable(result), sensitivityTable(result), curveTable(result.base->curve)};
    return report;
}

} // namespace quantoscope
