// quantoscope-cli compare: many schemes at many widths on one tensor, side by side.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wrestrict" // GCC 12 warns falsely of CLI11's strings (its bug 105651)
#endif
#include "app/cli/commands.h"
#include "app/cli/input.h"
#include "app/cli/json_output.h"
#include "app/cli/outputs.h"
#include "app/cli/spec_arguments.h"
#include "core/base/memory_budget.h"
#include "core/base/utf8.h"
#include "core/schemes/scheme_registry.h"
#include "core/study/sweep.h"
#include "core/study/tables.h"
#include "core/study/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string_view>

namespace quantoscope::cli {

namespace {

constexpr int kBoundBits = 8; // the limit is shown up to here, or up to the widest codes
constexpr int kBoundPointsPerBit = 4;

struct Arguments {
    std::string input;
    std::string schemes;
    std::string bits = "1-8";
    SpecArguments spec;
    std::string output;
    bool variants = false;
    bool force = false;
    bool json = false;
};

/// One line of the comparison: a scheme in one form, under the name it was asked for by ("affine",
/// "affine:asymmetric").
struct Contestant {
    const Scheme* scheme = nullptr;
    const SchemeVariant* variant = nullptr;
    std::string label;
    Parameters parameters; // --set, over the variant's own
};

std::string variantIds(const SchemeInfo& info) {
    std::string list;
    for (const SchemeVariant& variant : info.variants) list.append(list.empty() ? "" : ", ").append(variant.id);
    return list.empty() ? "it has none" : "it has " + list;
}

Outcome<Contestant> contestant(const std::string& name) {
    const std::size_t colon = name.find(':');
    const auto scheme = findScheme(name.substr(0, colon));
    if (!scheme) return usage("--schemes: " + scheme.error().message());
    Contestant result{*scheme, nullptr, name, {}};
    if (colon == std::string::npos) return result;
    const std::string id = name.substr(colon + 1);
    for (const SchemeVariant& variant : (*scheme)->info().variants)
        if (variant.id == id) result.variant = &variant;
    if (!result.variant)
        return usage(fmt::format("--schemes: {} has no variant \"{}\"; {}", name.substr(0, colon), id,
                                 variantIds((*scheme)->info())));
    return result;
}

Outcome<std::vector<Contestant>> contestants(const Arguments& arguments) {
    std::vector<std::string> names;
    for (std::string_view rest = arguments.schemes; !rest.empty();) {
        const std::size_t comma = rest.find(',');
        const std::string name(rest.substr(0, comma));
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
    if (names.empty())
        for (const Scheme* scheme : schemes()) names.emplace_back(scheme->info().id);
    std::vector<Contestant> list;
    for (const std::string& name : names) {
        auto one = contestant(name);
        if (!one) return tl::unexpected(one.error());
        list.push_back(*one);
        if (!arguments.variants || one->variant) continue;
        // The scheme with its defaults is a variant itself; only the others are rows of their own.
        QuantSpec defaults;
        defaults.scheme = name;
        const std::string itself = nameOf(defaults).variant;
        for (const SchemeVariant& variant : one->scheme->info().variants)
            if (variant.id != itself)
                list.push_back({one->scheme, &variant, fmt::format("{}:{}", name, variant.id), {}});
    }
    return list;
}

Outcome<void> applySettings(const Arguments& arguments, std::vector<Contestant>& list) {
    for (const std::string& text : arguments.spec.set) {
        const auto setting = splitSetting(text);
        if (!setting) return tl::unexpected(setting.error());
        const std::size_t dot = setting->first.find('.');
        if (dot == std::string::npos) return usage(fmt::format("--set: \"{}\" is not of the form ID.key=value", text));
        const std::string id = setting->first.substr(0, dot), key = setting->first.substr(dot + 1);
        if (const auto known = findScheme(id); !known) return usage("--set: " + known.error().message());
        bool used = false;
        for (Contestant& one : list) {
            if (one.scheme->info().id != id) continue;
            used = true;
            if (const auto done = setParameter(one.parameters, one.scheme->info(), key, setting->second); !done)
                return done;
        }
        if (!used) return usage(fmt::format("--set {}: {} is not among the schemes compared", text, id));
    }
    return {};
}

struct Plan {
    std::vector<QuantSpec> specs;
    std::vector<std::string> labels;
};

/// What to run, by width and then by scheme. Says what is left out, and why.
Plan planOf(const std::vector<Contestant>& list, const std::vector<int>& bits, const Grouping& grouping,
            const RangeSpec& range) {
    Plan plan;
    for (const int b : bits) {
        for (const Contestant& one : list) {
            const SchemeInfo& info = one.scheme->info();
            QuantSpec spec;
            spec.scheme = info.id;
            spec.levels = std::uint32_t{1} << b;
            if (one.variant) spec.parameters = one.variant->parameters;
            for (const auto& [id, value] : one.parameters) spec.parameters.insert_or_assign(id, value);
            spec.grouping = one.variant && one.variant->grouping ? *one.variant->grouping : grouping;
            if (info.usesRange) spec.range = range;
            const auto levels = one.scheme->requestedLevels(spec);
            if (!levels) {
                say(fmt::format("{} is left out at {} bit{}: {}", one.label, b, b == 1 ? "" : "s",
                                levels.error().detail));
                continue;
            }
            // Where the scheme's own parameters say how many levels there are, every width would be the same run.
            if (info.control == LevelControl::FromParameters) spec.levels = *levels;
            const bool known = [&] {
                for (std::size_t i = 0; i < plan.specs.size(); ++i)
                    if (plan.specs[i] == spec && plan.labels[i] == one.label) return true;
                return false;
            }();
            if (known) continue;
            plan.specs.push_back(std::move(spec));
            plan.labels.push_back(one.label);
        }
    }
    return plan;
}

/// The limit every quarter of a bit, as far as it is finite.
Json boundJson(const RateBound& bound, double bits) {
    Json points = Json::array();
    for (const RateBound::Point& point : bound.curve(bits, kBoundPointsPerBit))
        points.push_back({{"bits", point.bits}, {"sqnrDb", numberJson(point.sqnrDb)}});
    return points;
}

/// A line where the tensor stays in its file.
std::string budgetText(const PreparedTensor& data) {
    if (data.resident()) return {};
    return fmt::format(
        "Larger than the memory budget ({}): levels come from groups of neighbouring values where a scheme "
        "looks at more than the extremes; every value was measured\n",
        byteSizeText(data.budget()));
}

std::string humanText(const std::string& input, const PreparedTensor& data, const Table& comparison, bool speed) {
    const TensorInfo& info = data.tensor().info;
    std::string text = fmt::format("{}  {}  {}  {}\n{}\n", toUtf8(parseInput(input).file), toUtf8(info.name),
                                   describe(info.shape), name(info.dtype), budgetText(data));
    std::vector<std::string_view> columns = {"method", "grouping", "bits",     "levels",      "bitsPerValue",
                                             "mse",    "sqnrDb",   "maxError", "codeEntropy", "boundDistanceDb",
                                             "fitMs"};
    if (speed) columns.insert(columns.end(), {"encodeGBps", "decodeGBps", "matvecUs", "matvecFloatUs"});
    return text + textTable(comparison.select(columns));
}

Outcome<void> compare(const Arguments& arguments, const Progress& progress) {
    auto list = contestants(arguments);
    if (!list) return tl::unexpected(list.error());
    if (const auto done = applySettings(arguments, *list); !done) return done;
    const auto bits = parseBits(arguments.bits);
    if (!bits) return tl::unexpected(bits.error());
    const auto grouping = arguments.spec.grouping();
    if (!grouping) return tl::unexpected(grouping.error());
    const auto range = arguments.spec.rangeSpec();
    if (!range) return tl::unexpected(range.error());
    const auto policy = parsePolicy(arguments.spec.nonFinite);
    if (!policy) return tl::unexpected(policy.error());
    const Overwrite overwrite = arguments.force ? Overwrite::Replace : Overwrite::Refuse;
    std::vector<Output> outputs;
    if (!arguments.output.empty()) {
        auto output = parseComparisonOutput(arguments.output);
        if (!output) return tl::unexpected(output.error());
        outputs.push_back(std::move(*output));
    }
    if (const auto checked = checkOutputs(outputs, overwrite); !checked) return checked;

    const auto budget = arguments.spec.memory.budget();
    if (!budget) return tl::unexpected(budget.error());
    auto data = loadInput(arguments.input, *policy, *budget, progress);
    if (data) data = weighByImportance(*data, arguments.spec.importance, *budget, progress);
    if (!data) return tl::unexpected(data.error());
    if (arguments.spec.speed)
        if (const Status held = (*data)->needsValues("--speed"); !held) return fail(ExitCode::Refused, held.error());
    if (const auto layout = GroupLayout::make((*data)->tensor().info.shape, *grouping); !layout)
        return usage("--group: " + layout.error().message());
    sayWhatChanged(arguments.input, (*data)->tensor());
    const Plan plan = planOf(*list, *bits, *grouping, *range);
    std::uint32_t most = std::uint32_t{1} << kBoundBits;
    for (const QuantSpec& spec : plan.specs) most = std::max(most, spec.levels);
    const auto bound = (*data)->rateBound(std::log2(static_cast<double>(most)), progress.job("Finding the limit"));
    if (!bound) return fail(ExitCode::Refused, bound.error());
    std::vector<RunPtr> runs;
    Json json = Json::array();
    const auto arrived = [&](std::size_t index, const Result<RunPtr>& result) {
        if (!result) {
            say(fmt::format("{} is left out at {} bits: {}", plan.labels[index], bitsFor(plan.specs[index].levels),
                            result.error().message()));
            return;
        }
        runs.push_back(*result);
        json.push_back(runJson(**result, plan.labels[index]));
    };
    if (const Status status = sweep(*data, plan.specs, arrived, arguments.spec.speed, progress.job("Comparing"));
        !status)
        return fail(ExitCode::Refused, status.error());

    const Table table = comparisonTable(runs);
    for (const Output& output : outputs)
        if (const Status status = exportTable(table, output.path, overwrite, progress.job("Writing")); !status)
            return fail(ExitCode::NotWritten, status.error());
    if (arguments.json)
        return print(jsonText({{"tensor", tensorJson(**data)},
                               {"bound", boundJson(**bound, std::log2(static_cast<double>(most)))},
                               {"runs", std::move(json)}}));
    return print(humanText(arguments.input, **data, table, arguments.spec.speed));
}

} // namespace

Command compareCommand(CLI::App& program) {
    CLI::App* command =
        program.add_subcommand("compare", "Quantize one tensor by many schemes and widths, side by side");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("FILE", arguments->input, "FILE, FILE::NAME or FILE::*")->required();
    command
        ->add_option("--schemes", arguments->schemes,
                     "Ids, or ID:VARIANT, separated by commas; all schemes unless given")
        ->type_name("A,B,C");
    command->add_option("--bits", arguments->bits, "Widths: a range (1-8), a list (2,4,8), or both")
        ->type_name("BITS")
        ->default_str("1-8");
    arguments->spec.addTo(*command, "ID.KEY=VALUE");
    command->add_flag("--variants", arguments->variants, "Compare every customary form of each scheme, too");
    command->add_option("--output", arguments->output, "Write the comparison table (.csv .tsv .json .md .tex)")
        ->type_name("OUT");
    command->add_flag("--force", arguments->force, "Replace an output file that exists");
    command->add_flag("--json", arguments->json, "Print one JSON value on standard output");
    return {command, [arguments](const Progress& progress) { return compare(*arguments, progress); }};
}

} // namespace quantoscope::cli
