// quantoscope-cli lab: what dynamic, static and quantization-aware cost and give on one network and one dataset.
#include "core/study/lab.h"

#include "app/cli/commands.h"
#include "app/cli/json_output.h"
#include "app/cli/outputs.h"
#include "core/base/utf8.h"
#include "core/study/digits.h"
#include "core/study/lab_advice.h"
#include "core/study/lab_data.h"
#include "core/study/lab_tables.h"
#include "core/study/text_table.h"

#include <fmt/format.h>

#include <memory>
#include <string_view>

namespace quantoscope::cli {

namespace {

struct Arguments {
    std::string data = "digits";
    std::string label;
    std::string methods = "fp32,fp32-trained,weight-only,dynamic,static,qat";
    std::string observer = "minmax", granularity = "tensor", activation = "relu";
    int weightBits = 8, activationBits = 8;
    LabSpec spec;
    std::uint64_t seed = 1;
    std::string output;
    bool force = false, json = false;
};

Outcome<std::vector<LabRowSpec>> rowsOf(const Arguments& arguments) {
    std::vector<LabRowSpec> rows;
    for (std::string_view rest = arguments.methods; !rest.empty();) {
        const std::size_t comma = rest.find(',');
        const auto method = parseLabMethod(rest.substr(0, comma));
        if (!method) return usage("--" + method.error().message());
        rows.push_back({*method, arguments.weightBits, arguments.activationBits});
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
    if (rows.empty()) return usage("--methods: there is none");
    return rows;
}

Outcome<LabSpec> specOf(const Arguments& arguments) {
    LabSpec spec = arguments.spec;
    const auto observer = parseRangeObserver(arguments.observer);
    if (!observer) return usage("--" + observer.error().message());
    const auto activation = parseActivation(arguments.activation);
    if (!activation) return usage("--" + activation.error().message());
    if (arguments.granularity != "tensor" && arguments.granularity != "channel")
        return usage(fmt::format("--granularity: \"{}\" is neither tensor nor channel", arguments.granularity));
    QuantizeSpec widths;
    widths.weights.bits = arguments.weightBits;
    widths.activationBits = arguments.activationBits;
    if (const Status status = checkQuantize(widths); !status) return usage(status.error().message());
    if (const Status status = checkTraining(spec.training); !status) return usage(status.error().message());
    if (spec.batch == 0 || spec.threads < 1 || spec.qatEpochs < 1)
        return usage("--batch, --threads and --qat-epochs are at least 1");
    spec.observer = *observer;
    spec.activation = *activation;
    spec.perChannel = arguments.granularity == "channel";
    spec.split.seed = spec.training.seed = arguments.seed;
    return spec;
}

Outcome<Dataset> datasetOf(const Arguments& arguments, const Progress& progress) {
    if (arguments.data == "digits") {
        if (!arguments.label.empty()) return usage("--label: the digits have their labels already");
        return digits();
    }
    LabDataOptions options;
    options.label = arguments.label;
    auto loaded = loadLabData(arguments.data, options, progress.job("Reading"));
    if (!loaded) return fail(ExitCode::Refused, loaded.error());
    for (const Phrase& note : loaded->notes) say(fmt::format("{}: {}", arguments.data, note.english()));
    return std::move(loaded->data);
}

Json timeJson(const std::optional<LabTime>& time) { return time ? numberJson(1e6 * time->spread.median) : Json(); }

Json rowJson(const LabRow& row, std::size_t batch) {
    return {{"method", name(row.spec.method)},
            {"weightBits", row.spec.weightBits},
            {"activationBits", row.spec.activationBits},
            {"accuracy", numberJson(row.score.accuracy)},
            {"accuracyLow", row.interval ? numberJson(row.interval->low) : Json()},
            {"accuracyHigh", row.interval ? numberJson(row.interval->high) : Json()},
            {"batch1Us", timeJson(row.single)},
            {"batchUs", timeJson(row.batched)},
            {"batch", batch},
            {"bytes", row.bytes},
            {"energyJ", row.joules ? numberJson(*row.joules) : Json()},
            {"energySource",
             row.joules ? Json(row.energySource == EnergySource::Measured ? "measured" : "estimated") : Json()},
            {"simulated", row.simulated}};
}

std::string humanText(const LabResult& result, const LabAdvice& advice) {
    const LabBase& base = *result.base;
    std::string text = fmt::format("{}  {}  {} parameters  {} to train on, {} to test, seed {}\n", result.dataset,
                                   describe(base.trained.spec), base.trained.parameterCount(), base.data.train.count(),
                                   base.data.test.count(), result.spec.split.seed);
    text += fmt::format("trained in {:.1f} s  timed on {} thread{}, {}  energy {}\n\n", base.seconds,
                        result.machine.threads, result.machine.threads == 1 ? "" : "s", result.machine.instructions,
                        result.machine.energy);
    text += textTable(methodsTable(result).select({"method", "weightBits", "activationBits", "accuracy", "accuracyLow",
                                                   "accuracyHigh", "mcNemar", "batch1Us", "batchUs", "bytes",
                                                   "energyUj", "simulated"}));
    text += "\n" + advice.headline.english() + "\n";
    for (const Phrase& reason : advice.reasons) text += "  " + reason.english() + "\n";
    for (const LabRowPtr& row : result.rows)
        if (!row->note.empty()) text += fmt::format("  {}: {}\n", row->label, row->note.english());
    return text;
}

Outcome<void> lab(const Arguments& arguments, const Progress& progress) {
    const auto rows = rowsOf(arguments);
    if (!rows) return tl::unexpected(rows.error());
    const auto wanted = specOf(arguments);
    if (!wanted) return tl::unexpected(wanted.error());
    LabSpec spec = *wanted;
    const Overwrite overwrite = arguments.force ? Overwrite::Replace : Overwrite::Refuse;
    std::vector<Output> outputs;
    if (!arguments.output.empty()) {
        auto output = parseComparisonOutput(arguments.output);
        if (!output) return tl::unexpected(output.error());
        outputs.push_back(std::move(*output));
    }
    if (const auto checked = checkOutputs(outputs, overwrite); !checked) return checked;

    const auto data = datasetOf(arguments, progress);
    if (!data) return tl::unexpected(data.error());
    spec.split.normalisation = suggestedNormalisation(*data);
    const auto network = parseNetwork(spec.hidden, data->sampleShape, data->outputCount(), spec.activation);
    if (!network) return usage("--hidden: " + network.error().detail);

    LabResult result;
    result.spec = spec;
    result.dataset = data->name;
    auto base = trainBase(*data, spec, {}, progress.job("Training"));
    if (!base) return fail(ExitCode::Refused, base.error());
    result.base = *base;
    std::vector<LabRow> measured;
    for (const LabRowSpec& row : *rows) {
        auto made = evaluateRow(*result.base, spec, row, {}, progress.job(std::string(label(row.method))));
        if (!made) return fail(ExitCode::Refused, made.error());
        measured.push_back(std::move(*made));
    }
    const auto machine = timeRows(*result.base, spec, measured, progress.job("Timing"));
    if (!machine) return fail(ExitCode::Refused, machine.error());
    result.machine = *machine;
    for (LabRow& row : measured) result.rows.push_back(std::make_shared<LabRow>(std::move(row)));
    const LabAdvice advice = advise(result);

    for (const Output& output : outputs)
        if (const Status status = exportTable(methodsTable(result), output.path, overwrite, progress.job("Writing"));
            !status)
            return fail(ExitCode::NotWritten, status.error());
    if (!arguments.json) return print(humanText(result, advice));
    Json methods = Json::array();
    for (const LabRowPtr& row : result.rows) methods.push_back(rowJson(*row, spec.batch));
    return print(
        jsonText({{"dataset", result.dataset},
                  {"network", describe(result.base->trained.spec)},
                  {"methods", std::move(methods)},
                  {"advice", advice.text().english()},
                  {"machine", {{"threads", result.machine.threads}, {"instructions", result.machine.instructions}}}}));
}

} // namespace

Command labCommand(CLI::App& program) {
    CLI::App* command = program.add_subcommand("lab", "Train a network and measure what quantizing it costs and gives");
    const auto arguments = std::make_shared<Arguments>();
    LabSpec& spec = arguments->spec;
    command->add_option("--data", arguments->data, "digits, or a table, NPZ or safetensors file")
        ->type_name("FILE")
        ->default_str("digits");
    command->add_option("--label", arguments->label, "Of a table: the column to predict, by name or number")
        ->type_name("COLUMN");
    command->add_option("--hidden", spec.hidden, "Layers between input and output: \"256,128\", \"conv8,bn,pool2,64\"")
        ->type_name("LAYERS")
        ->default_str("256, 128");
    command->add_option("--activation", arguments->activation, "relu, gelu, tanh or sigmoid")->default_str("relu");
    command->add_option("--methods", arguments->methods, "Which rows, separated by commas")
        ->type_name("A,B,C")
        ->default_str(arguments->methods);
    command->add_option("--weight-bits", arguments->weightBits, "2 to 8")->default_str("8");
    command->add_option("--activation-bits", arguments->activationBits, "2 to 8")->default_str("8");
    command
        ->add_option("--observer", arguments->observer,
                     "Ranges of static: minmax, percentile, mse, entropy or histogram")
        ->default_str("minmax");
    command->add_option("--granularity", arguments->granularity, "A scale of weights for each tensor or channel")
        ->default_str("tensor");
    command->add_option("--seed", arguments->seed, "Of split, weights and order")->default_str("1");
    command->add_option("--epochs", spec.training.epochs, "Of training")->default_str("40");
    command->add_option("--qat-epochs", spec.qatEpochs, "Of training aware of quantization, on top")->default_str("10");
    command->add_flag("--learned-steps", spec.learnedSteps, "QAT learns its step sizes");
    command->add_flag("--bias-correction", spec.biasCorrection,
                      "Take off what quantization adds to the mean of each output");
    command->add_option("--weight-scheme", spec.weightScheme, "affine, or a codebook: kmeans, rank, ...")
        ->default_str("affine");
    command->add_option("--batch", spec.batch, "The large batch")->default_str("256");
    command->add_option("--threads", spec.threads, "To time with")->default_str("1");
    command->add_option("--output", arguments->output, "Write the methods table (.csv .tsv .json .md .tex)")
        ->type_name("OUT");
    command->add_flag("--force", arguments->force, "Replace an output file that exists");
    command->add_flag("--json", arguments->json, "Print one JSON value on standard output");
    return {command, [arguments](const Progress& progress) { return lab(*arguments, progress); }};
}

} // namespace quantoscope::cli
