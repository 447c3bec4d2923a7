// quantoscope-cli inspect: what a file holds, with the figures one wants before quantizing.
#include "app/cli/commands.h"
#include "app/cli/json_output.h"
#include "app/cli/memory_argument.h"
#include "core/base/text_width.h"
#include "core/base/utf8.h"
#include "core/formats/format_registry.h"
#include "core/study/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <new>
#include <vector>

namespace quantoscope::cli {

namespace {

constexpr std::uint64_t kLoadWhole = std::uint64_t{1} << 26; // values; larger tensors are read in pieces
constexpr std::uint64_t kLoadPart = 2;                       // of the budget that loading may take
constexpr std::size_t kPiece = 1 << 20;
constexpr std::size_t kNameWidth = 60;

/// Count, extremes, mean and variance of the finite values; pieces are joined as Chan, Golub and LeVeque (1979) do.
struct Figures {
    std::uint64_t count = 0, nonFinite = 0;
    double minimum = std::numeric_limits<double>::infinity();
    double maximum = -std::numeric_limits<double>::infinity();
    double mean = 0, squares = 0; // Σ(x − mean)²

    void add(std::span<const float> values) {
        for (std::size_t begin = 0; begin < values.size(); begin += kPiece)
            addPiece(values.subspan(begin, std::min(kPiece, values.size() - begin)));
    }

    double standardDeviation() const { return std::sqrt(squares / static_cast<double>(count)); }

private:
    void addPiece(std::span<const float> values) {
        double sum = 0;
        std::uint64_t finite = 0;
        for (const float value : values) {
            if (!std::isfinite(value)) continue;
            const auto x = static_cast<double>(value);
            ++finite;
            sum += x;
            minimum = std::min(minimum, x);
            maximum = std::max(maximum, x);
        }
        nonFinite += values.size() - finite;
        if (finite == 0) return;
        const auto n = static_cast<double>(finite), before = static_cast<double>(count);
        const double own = sum / n;
        for (const float value : values)
            if (std::isfinite(value))
                squares += (static_cast<double>(value) - own) * (static_cast<double>(value) - own);
        const double apart = own - mean;
        squares += apart * apart * before * n / (before + n);
        mean += apart * n / (before + n);
        count += finite;
    }
};

struct Inspected {
    TensorInfo info;
    std::uint64_t values = 0;
    std::uint64_t missing = 0;
    Figures figures;
};

Result<Inspected> inspectEntry(const TensorSource& source, std::size_t index, std::uint64_t budget,
                               const JobControl& job) {
    Inspected result;
    result.info = source.entries()[index];
    const auto count = elementCount(result.info.shape);
    if (!count) return count.error();
    if (*count <= std::min(kLoadWhole, budget / sizeof(float) / kLoadPart)) {
        const auto tensor = source.load(index, job);
        if (!tensor) return tensor.error();
        result.info = tensor->info;
        result.values = tensor->values.size();
        result.missing = tensor->missing;
        result.figures.add(tensor->values);
        return result;
    }
    result.values = *count;
    std::vector<float> piece(kPiece);
    JobControl quiet = job;
    quiet.report = nullptr;
    for (std::uint64_t first = 0; first < *count; first += kPiece) {
        if (job.cancelled()) return cancelled();
        job.progress(static_cast<double>(first) / static_cast<double>(*count));
        const std::span<float> part(piece.data(),
                                    static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, *count - first)));
        if (const Status status = source.read(index, first, part, quiet); !status) return status.error();
        result.figures.add(part);
    }
    return result;
}

Json entryJson(const Inspected& entry) {
    const Figures& figures = entry.figures;
    const bool any = figures.count > 0;
    const auto figure = [any](double value) { return any ? numberJson(value) : Json(nullptr); };
    return {{"name", toUtf8(entry.info.name)},    {"dtype", name(entry.info.dtype)},
            {"shape", entry.info.shape},          {"count", entry.values},
            {"nonFinite", figures.nonFinite},     {"missing", entry.missing},
            {"minimum", figure(figures.minimum)}, {"maximum", figure(figures.maximum)},
            {"mean", figure(figures.mean)},       {"standardDeviation", figure(figures.standardDeviation())}};
}

Table entryTable(const std::vector<Inspected>& entries) {
    std::vector<Column> columns = {
        {"name", "Name", ColumnKind::Text},         {"dtype", "Type", ColumnKind::Text},
        {"shape", "Shape", ColumnKind::Text},       {"count", "Values", ColumnKind::Integer},
        {"minimum", "Minimum", ColumnKind::Figure}, {"maximum", "Maximum", ColumnKind::Figure},
        {"mean", "Mean", ColumnKind::Figure},       {"standardDeviation", "Std. deviation", ColumnKind::Figure}};
    const bool any =
        std::any_of(entries.begin(), entries.end(), [](const Inspected& entry) { return entry.figures.nonFinite > 0; });
    const bool holes =
        std::any_of(entries.begin(), entries.end(), [](const Inspected& entry) { return entry.missing > 0; });
    if (any) columns.push_back({"nonFinite", "Not finite", ColumnKind::Integer});
    if (holes) columns.push_back({"missing", "Missing", ColumnKind::Integer});
    std::vector<std::vector<Cell>> rows;
    for (const Inspected& entry : entries) {
        const Figures& figures = entry.figures;
        const auto figure = [&](double value) { return figures.count > 0 ? Cell(value) : Cell(); };
        rows.push_back({elide(toUtf8(entry.info.name), kNameWidth), std::string(name(entry.info.dtype)),
                        describe(entry.info.shape), static_cast<std::int64_t>(entry.values), figure(figures.minimum),
                        figure(figures.maximum), figure(figures.mean), figure(figures.standardDeviation())});
        if (any) rows.back().emplace_back(static_cast<std::int64_t>(figures.nonFinite));
        if (holes) rows.back().emplace_back(static_cast<std::int64_t>(entry.missing));
    }
    return makeTable("Tensors", std::move(columns), std::move(rows));
}

struct Arguments {
    std::string file;
    MemoryArgument memory;
    bool json = false;
};

Outcome<void> inspect(const Arguments& arguments, const Progress& progress) {
    const auto budget = arguments.memory.budget();
    if (!budget) return tl::unexpected(budget.error());
    const JobControl job = progress.job("Reading");
    const auto source = openFile(arguments.file, {}, job);
    if (!source) return fail(ExitCode::Refused, source.error());
    std::vector<Inspected> entries;
    for (std::size_t i = 0; i < (*source)->entries().size(); ++i) {
        auto entry = inspectEntry(**source, i, *budget, job);
        if (!entry) return fail(ExitCode::Refused, entry.error());
        entries.push_back(std::move(*entry));
    }
    const std::vector<std::string> leftOut = (*source)->leftOut();
    if (arguments.json) {
        Json json = {{"file", toUtf8(arguments.file)}, {"tensors", Json::array()}, {"leftOut", Json::array()}};
        for (const Inspected& entry : entries) json["tensors"].push_back(entryJson(entry));
        for (const std::string& reason : leftOut) json["leftOut"].push_back(toUtf8(reason));
        return print(jsonText(json));
    }
    std::string text = entries.empty() ? std::string() : textTable(entryTable(entries));
    for (const std::string& reason : leftOut)
        text += (text.empty() ? "Left out: " : "\nLeft out: ") + toUtf8(reason) + "\n";
    return print(text.empty() ? "There is nothing numeric in it.\n" : text);
}

} // namespace

Command inspectCommand(CLI::App& program) {
    CLI::App* command = program.add_subcommand("inspect", "List what a file holds");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("FILE", arguments->file, "The file")->required();
    arguments->memory.addTo(*command);
    command->add_flag("--json", arguments->json, "Print one JSON value on standard output");
    return {command, [arguments](const Progress& progress) { return inspect(*arguments, progress); }};
}

} // namespace quantoscope::cli
