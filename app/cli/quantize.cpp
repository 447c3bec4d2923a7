// quantoscope-cli quantize: one tensor, one scheme; figures, levels, and files made of them.
#include "app/cli/commands.h"
#include "app/cli/input.h"
#include "app/cli/json_output.h"
#include "app/cli/outputs.h"
#include "app/cli/spec_arguments.h"
#include "core/base/memory_budget.h"
#include "core/base/text_width.h"
#include "core/base/utf8.h"
#include "core/schemes/scheme_registry.h"
#include "core/study/coarsening_text.h"
#include "core/study/rate.h"
#include "core/study/sweep.h"
#include "core/study/tables.h"
#include "core/study/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace quantoscope::cli {

namespace {

constexpr std::size_t kRowsShown = 64;

struct Arguments {
    std::string input;
    std::string scheme;
    std::optional<int> bits;
    std::optional<std::uint32_t> levels;
    SpecArguments spec;
    std::vector<std::string> outputs;
    bool force = false;
    bool json = false;
};

Outcome<QuantSpec> specOf(const Arguments& arguments) {
    const auto scheme = findScheme(arguments.scheme);
    if (!scheme) return usage("--scheme: " + scheme.error().message());
    const SchemeInfo& info = (*scheme)->info();
    QuantSpec spec;
    spec.scheme = info.id;
    spec.levels = arguments.levels.value_or(std::uint32_t{1} << arguments.bits.value_or(kDefaultBits));
    for (const std::string& text : arguments.spec.set) {
        const auto setting = splitSetting(text);
        if (!setting) return tl::unexpected(setting.error());
        if (const auto done = setParameter(spec.parameters, info, setting->first, setting->second); !done)
            return tl::unexpected(done.error());
    }
    const auto grouping = arguments.spec.grouping();
    if (!grouping) return tl::unexpected(grouping.error());
    spec.grouping = *grouping;
    const auto range = arguments.spec.rangeSpec();
    if (!range) return tl::unexpected(range.error());
    if (info.usesRange)
        spec.range = *range;
    else if (!arguments.spec.range.empty())
        say(fmt::format("{} has no range; --range is passed over", info.id));
    if (!info.usesImportance && !arguments.spec.importance.empty())
        say(fmt::format("{} does not weigh errors; --importance is measured by, but not fitted to", info.id));
    if (const auto levels = (*scheme)->requestedLevels(spec); !levels) return usage(levels.error().message());
    return spec;
}

std::string durationText(double seconds) {
    return seconds < 1 ? fmt::format("{:.3g} ms", 1000 * seconds) : fmt::format("{:.2f} s", seconds);
}

std::string exactnessText(const RunResult& run) {
    const auto& certificate = run.quantizer->certificate;
    if (certificate && certificate->holds()) return ", proven optimal";
    if (certificate) return fmt::format(", within {:.2g} of the optimum", certificate->relativeGap);
    return run.exact ? ", exact" : ", approximate";
}

/// Two columns of names and figures.
std::string figuresText(const RunResult& run) {
    const ErrorMetrics& e = run.errors;
    const auto real = [](double value) { return figureText(value, ColumnKind::Real); };
    const auto decibels = [](double value) { return figureText(value, ColumnKind::Decibels) + " dB"; };
    std::vector<std::pair<std::string, std::string>> facts = {
        {"MSE", real(e.mse)},
        {"SQNR", decibels(e.sqnrDb)},
        {"RMSE", real(e.rmse)},
        {"PSNR", decibels(e.psnrDb)},
        {"MAE", real(e.mae)},
        {"Cosine", std::isnan(e.cosine) ? "–" : fmt::format("{:.6f}", e.cosine)},
        {"Max error", fmt::format("{} at {}", real(e.maxError), real(static_cast<double>(e.maxErrorAt)))},
        {"Code entropy", figureText(e.codeEntropy, ColumnKind::Bits) + " bit"},
        {"Bits per value", figureText(run.storage.bitsPerValue, ColumnKind::Bits)},
        {"Entropy-coded", figureText(entropyCodedBits(run), ColumnKind::Bits) + " bit a value"},
        {"To the bound", decibels(boundDistanceDb(run))},
        {"Compression", figureText(run.storage.compressionRatio, ColumnKind::Ratio) + " ×"},
        {"Clipped", fmt::format("{} below, {} above", figureText(e.clippedBelow, ColumnKind::Share),
                                figureText(e.clippedAbove, ColumnKind::Share))},
        {"Fit", durationText(run.fitSeconds) + exactnessText(run)},
    };
    if (run.weightedMse) {
        facts.emplace_back("Weighted MSE", real(*run.weightedMse));
        facts.emplace_back("Importance", toUtf8(run.data->importanceTensor()->info.name));
    }
    if (run.speed) {
        facts.emplace_back("Encode", fmt::format("{:.3g} GB/s", run.speed->encodeGBps.median));
        facts.emplace_back("Decode", fmt::format("{:.3g} GB/s", run.speed->decodeGBps.median));
        if (const auto& product = run.speed->product) {
            facts.emplace_back("Product", durationText(product->codesMicroseconds.median / 1e6));
            facts.emplace_back(
                "In float32",
                fmt::format("{}, {}", durationText(product->floatMicroseconds.median / 1e6), product->floatBackend));
        }
    }
    std::size_t widths[4] = {};
    for (std::size_t i = 0; i < facts.size(); ++i) {
        widths[2 * (i % 2)] = std::max(widths[2 * (i % 2)], textWidth(facts[i].first));
        widths[2 * (i % 2) + 1] = std::max(widths[2 * (i % 2) + 1], textWidth(facts[i].second));
    }
    std::string text;
    for (std::size_t i = 0; i < facts.size(); i += 2) {
        text += padRight(facts[i].first, widths[0] + 2) + padRight(facts[i].second, widths[1] + 4);
        text += padRight(facts[i + 1].first, widths[2] + 2) + facts[i + 1].second + "\n";
    }
    return text;
}

std::string shortened(const Table& table, std::string_view what) {
    std::string text = textTable(table.head(kRowsShown));
    if (table.rows > kRowsShown)
        text += fmt::format("… and {} more {}; --output levels.csv writes all of them\n",
                            countText(table.rows - kRowsShown), what);
    return text;
}

Outcome<std::string> humanText(const std::string& input, const RunPtr& run, const JobControl& job) {
    const TensorInfo& info = run->data->tensor().info;
    const Quantizer& quantizer = *run->quantizer;
    std::string text = fmt::format("{}  {}  {}  {}\n", toUtf8(parseInput(input).file), toUtf8(info.name),
                                   describe(info.shape), name(info.dtype));
    text += fmt::format("{}: {} of {} levels in use, codes of {} bit{}, grouping {}\n", nameOf(run->spec()).name,
                        countText(run->errors.occupied), countText(quantizer.requestedLevels), quantizer.bits,
                        quantizer.bits == 1 ? "" : "s", formatGrouping(run->spec().grouping));
    if (run->data->exceptionCount() > 0)
        text +=
            fmt::format("{} values are not finite and were left as they are\n", countText(run->data->exceptionCount()));
    if (!run->data->resident())
        text += fmt::format("Larger than the memory budget ({})", byteSizeText(run->data->budget())) +
                (run->coarsening ? ": " + coarseningText(*run) : ", and exact all the same") + "\n";
    text += "\n" + figuresText(*run) + "\n";
    if (quantizer.groupCount() > 1) return text + shortened(groupTable(run), "groups");
    const auto levels = levelTable(*run, {}, job);
    if (!levels) return fail(ExitCode::Refused, levels.error());
    return text + shortened(*levels, "levels");
}

Outcome<std::string> jsonTextOf(const RunPtr& run, const JobControl& job) {
    Json json = {{"tensor", tensorJson(*run->data)}};
    json.update(runJson(*run, run->spec().scheme));
    auto codebook = codebookJson(*run, job);
    if (!codebook) return fail(ExitCode::Refused, codebook.error());
    json["codebook"] = std::move(*codebook);
    return jsonText(json);
}

Outcome<void> writeOutputs(const Arguments& arguments, const std::vector<Output>& outputs, const RunPtr& run,
                           const Progress& progress) {
    const Overwrite overwrite = arguments.force ? Overwrite::Replace : Overwrite::Refuse;
    const std::vector<std::string> provenance = {"From " + parseInput(arguments.input).file};
    for (const Output& output : outputs)
        if (const Status status =
                exportRun(run, output.content, output.path, overwrite, provenance, progress.job("Writing"));
            !status)
            return fail(ExitCode::NotWritten, status.error());
    return {};
}

/// Before the work: what needs all values in memory has them.
Outcome<void> checkValues(const PreparedTensor& data, const std::vector<Output>& outputs, bool speed) {
    for (const Output& output : outputs)
        if (output.content != ExportContent::Levels)
            if (const Status held = data.needsValues(output.path.string()); !held)
                return fail(ExitCode::Refused, held.error());
    if (speed)
        if (const Status held = data.needsValues("--speed"); !held) return fail(ExitCode::Refused, held.error());
    return {};
}

Outcome<void> quantizeFile(const Arguments& arguments, const Progress& progress) {
    const auto spec = specOf(arguments);
    if (!spec) return tl::unexpected(spec.error());
    const auto policy = parsePolicy(arguments.spec.nonFinite);
    if (!policy) return tl::unexpected(policy.error());
    std::vector<Output> outputs;
    for (const std::string& argument : arguments.outputs) {
        auto output = parseRunOutput(argument);
        if (!output) return tl::unexpected(output.error());
        outputs.push_back(std::move(*output));
    }
    if (const auto checked = checkOutputs(outputs, arguments.force ? Overwrite::Replace : Overwrite::Refuse); !checked)
        return checked;

    const auto budget = arguments.spec.memory.budget();
    if (!budget) return tl::unexpected(budget.error());
    auto data = loadInput(arguments.input, *policy, *budget, progress);
    if (data) data = weighByImportance(*data, arguments.spec.importance, *budget, progress);
    if (!data) return tl::unexpected(data.error());
    if (const auto possible = checkValues(**data, outputs, arguments.spec.speed); !possible) return possible;
    if (const auto layout = GroupLayout::make((*data)->tensor().info.shape, spec->grouping); !layout)
        return usage("--group: " + layout.error().message());
    sayWhatChanged(arguments.input, (*data)->tensor());
    Result<RunPtr> result = run(*data, *spec, Effort::Exact, progress.job("Quantizing"));
    if (result)
        if (const auto bound = (*data)->rateBound(codeRate(**result), progress.job("Finding the limit")); !bound)
            return fail(ExitCode::Refused, bound.error());
    if (result && arguments.spec.speed) result = withSpeed(*result, progress.job("Timing"));
    if (!result)
        return fail(result.error().code == ErrorCode::InvalidArgument ? ExitCode::Usage : ExitCode::Refused,
                    result.error());
    if (const auto written = writeOutputs(arguments, outputs, *result, progress); !written) return written;
    const JobControl job = progress.job("Measuring");
    const auto text = arguments.json ? jsonTextOf(*result, job) : humanText(arguments.input, *result, job);
    if (!text) return tl::unexpected(text.error());
    return print(*text);
}

} // namespace

Command quantizeCommand(CLI::App& program) {
    CLI::App* command = program.add_subcommand("quantize", "Quantize one tensor and measure what it costs");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("FILE", arguments->input, "FILE, FILE::NAME or FILE::*")->required();
    command->add_option("--scheme", arguments->scheme, "The scheme's id; \"quantoscope-cli schemes\" lists them")
        ->required()
        ->type_name("ID");
    CLI::Option* bits = command->add_option("--bits", arguments->bits, "2^B levels (4 bits unless said otherwise)")
                            ->check(CLI::Range(0, kMaximumBits))
                            ->type_name("B");
    command->add_option("--levels", arguments->levels, "K levels, instead of --bits")
        ->check(CLI::Range(std::uint32_t{1}, std::uint32_t{1} << kMaximumBits))
        ->type_name("K")
        ->excludes(bits);
    arguments->spec.addTo(*command, "KEY=VALUE");
    command
        ->add_option(
            "--output", arguments->outputs,
            "Files to write, by extension: .csv .tsv .json .md .tex the level table; values:PATH (.csv .npz) the value "
            "table; .npz .safetensors codes, scales and values; .h a C decoder")
        ->type_name("OUT");
    command->add_flag("--force", arguments->force, "Replace output files that exist");
    command->add_flag("--json", arguments->json, "Print one JSON value on standard output");
    return {command, [arguments](const Progress& progress) { return quantizeFile(*arguments, progress); }};
}

} // namespace quantoscope::cli
