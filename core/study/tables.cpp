#include "core/study/tables.h"

#include "core/quant/quantized_tensor.h"
#include "core/study/rate.h"
#include "core/study/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <new>

namespace quantoscope {

namespace {

constexpr std::size_t kGroupsPerLook = 256;

struct LevelRow {
    std::uint32_t group;
    std::uint32_t index;
    std::uint32_t code;
    float lower, upper, level;
    std::uint64_t count;
    double share;
    double squaredError;
};

Cell wholeNumber(std::uint64_t value) { return static_cast<std::int64_t>(value); }

Cell perhaps(double value) { return std::isnan(value) ? Cell() : Cell(value); }

/// The ends of the first and last bin: of the range where there is one, else of the data; never inside the bin's other
/// boundary.
std::pair<float, float> outerEnds(const RunResult& run, std::size_t group, const Codebook& codebook) {
    auto [lower, upper] = run.quantizer->clipRanges[group];
    const bool known = group < run.groups.size() && run.groups[group].count > 0;
    if (!std::isfinite(lower))
        lower = std::min(known ? run.groups[group].minimum : codebook.levels.front(), codebook.levels.front());
    if (!std::isfinite(upper))
        upper = std::max(known ? run.groups[group].maximum : codebook.levels.back(), codebook.levels.back());
    if (!codebook.thresholds.empty()) {
        lower = std::min(lower, codebook.thresholds.front());
        upper = std::max(upper, codebook.thresholds.back());
    }
    return {lower, upper};
}

Status appendLevels(const RunResult& run, std::size_t group, std::vector<LevelRow>& rows, const JobControl& job) {
    const auto levels = groupLevels(run, group, job);
    if (!levels) return levels.error();
    const Codebook& codebook = levels->codebook;
    const auto [first, last] = outerEnds(run, group, codebook);
    const std::size_t size = codebook.size();
    if (rows.size() + size > kMaximumTableRows)
        return Error{ErrorCode::TooLarge, "level table",
                     fmt::format("the groups together have more than {} levels", kMaximumTableRows)};
    for (std::size_t i = 0; i < size; ++i) {
        const std::uint64_t count = levels->bins.counts[i];
        const double share = levels->count > 0 ? static_cast<double>(count) / static_cast<double>(levels->count) : 0;
        rows.push_back({static_cast<std::uint32_t>(group), static_cast<std::uint32_t>(i), codebook.codeOf(i),
                        i == 0 ? first : codebook.thresholds[i - 1], i + 1 == size ? last : codebook.thresholds[i],
                        codebook.levels[i], count, share, levels->bins.squaredErrors[i]});
    }
    return {};
}

Column groupColumn() {
    return {"group", "Group",         ColumnKind::Integer,
            {},      Better::Neither, "The channel or block, counted from 0 in the order of memory."};
}

} // namespace

Result<Table> levelTable(const RunResult& run, std::optional<std::size_t> group, const JobControl& job) {
    auto rows = std::make_shared<std::vector<LevelRow>>();
    const std::size_t begin = group.value_or(0);
    const std::size_t end = group ? *group + 1 : run.quantizer->groupCount();
    JobControl quiet = job;
    quiet.report = nullptr;
    for (std::size_t g = begin; g < end; ++g) {
        if (g % kGroupsPerLook == 0) job.progress(static_cast<double>(g - begin) / static_cast<double>(end - begin));
        if (job.cancelled()) return cancelled();
        if (const Status status = appendLevels(run, g, *rows, quiet); !status) return status.error();
    }

    Table table;
    table.title = "Levels";
    table.columns = {
        groupColumn(),
        {"index", "Index", ColumnKind::Integer, {}, Better::Neither, "The level's place, counted from the lowest."},
        {"code", "Code", ColumnKind::Integer, {}, Better::Neither, "The bit pattern that stands for the level."},
        {"lower",
         "Lower",
         ColumnKind::Real,
         {},
         Better::Neither,
         "The smallest value of the bin: it holds lower ≤ x < upper."},
        {"upper",
         "Upper",
         ColumnKind::Real,
         {},
         Better::Neither,
         "The end of the bin, which belongs to the next one; of the last bin, its own."},
        {"level", "Level", ColumnKind::Real, {}, Better::Neither, "The value that every x of the bin becomes."},
        {"count", "Count", ColumnKind::Integer, {}, Better::Neither, "How many values fall into the bin."},
        {"share", "Share", ColumnKind::Share, {}, Better::Neither, "Count over the number of values of the group."},
        {"binMse", "Bin MSE", ColumnKind::Real, {}, Better::Lower, "Σ(x − level)²/count over the values of the bin."},
    };
    const std::size_t skip = !group && run.quantizer->groupCount() > 1 ? 0 : 1;
    table.columns.erase(table.columns.begin(), table.columns.begin() + static_cast<std::ptrdiff_t>(skip));
    table.rows = rows->size();
    table.cell = [rows, skip](std::size_t row, std::size_t column) -> Cell {
        const LevelRow& r = (*rows)[row];
        switch (column + skip) {
        case 0: return wholeNumber(r.group);
        case 1: return wholeNumber(r.index);
        case 2: return wholeNumber(r.code);
        case 3: return r.lower;
        case 4: return r.upper;
        case 5: return r.level;
        case 6: return wholeNumber(r.count);
        case 7: return r.share;
        default: return r.count > 0 ? Cell(r.squaredError / static_cast<double>(r.count)) : Cell();
        }
    };
    return table;
}

Result<std::shared_ptr<const DecodedRun>> decodeRun(const RunPtr& run, const JobControl& job) {
    if (const Status held = run->data->needsValues("a list of codes and decoded values"); !held) return held.error();
    try {
        auto result = std::make_shared<DecodedRun>();
        result->run = run;
        const auto encoded = encode(run->quantizer, run->data->values(), run->data->exceptions(), job);
        if (!encoded) return encoded.error();
        result->codes = codesOf(*encoded);
        result->decoded.resize(encoded->size());
        if (const Status status = decode(*encoded, result->decoded, job); !status) return status.error();
        return std::shared_ptr<const DecodedRun>(std::move(result));
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::TooLarge, run->data->tensor().info.name,
                     "its codes and decoded values do not fit into memory"};
    }
}

Table valueTable(std::shared_ptr<const DecodedRun> decoded) {
    Table table;
    table.title = "Values";
    table.columns = {
        {"value", "Value", ColumnKind::Real, {}, Better::Neither, "The original x."},
        {"code", "Code", ColumnKind::Integer, {}, Better::Neither, "The bit pattern of its level."},
        {"dequantizedValue",
         "Dequantized value",
         ColumnKind::Real,
         {},
         Better::Neither,
         "y = Q(x), what the code decodes to."},
        {"error", "Error", ColumnKind::Real, {}, Better::Neither, "e = x − y."},
    };
    table.rows = decoded->codes.size();
    table.cell = [decoded = std::move(decoded)](std::size_t row, std::size_t column) -> Cell {
        const PreparedTensor& data = *decoded->run->data;
        const float value = data.tensor().values[row], level = decoded->decoded[row];
        switch (column) {
        case 0: return value;
        case 1: return std::isfinite(data.values()[row]) ? wholeNumber(decoded->codes[row]) : Cell();
        case 2: return level;
        default: return perhaps(static_cast<double>(value) - static_cast<double>(level));
        }
    };
    return table;
}

Table groupTable(const RunPtr& run) {
    Table table;
    table.title = "Groups";
    table.columns = {
        groupColumn(),
        {"count", "Count", ColumnKind::Integer, {}, Better::Neither, "How many values the group has."},
        {"minimum", "Minimum", ColumnKind::Figure, {}, Better::Neither, "The smallest value of the group."},
        {"maximum", "Maximum", ColumnKind::Figure, {}, Better::Neither, "The largest value of the group."},
        {"scale", "Scale", ColumnKind::Figure, {}, Better::Neither, "s in y = offset + s·(level − zero point)."},
        {"zeroPoint", "Zero point", ColumnKind::Integer, {}, Better::Neither, "z in y = offset + s·(level − z)."},
        {"offset", "Offset", ColumnKind::Figure, {}, Better::Neither, "What y has where level = zero point."},
        {"levels", "Levels", ColumnKind::Integer, {}, Better::Neither, "The size of the group's codebook."},
        {"mse", "MSE", ColumnKind::Figure, {}, Better::Lower, "Σe²/n over the group."},
        {"sqnrDb", "SQNR", ColumnKind::Decibels, "dB", Better::Higher, "10·log10(Σx²/Σe²) over the group."},
    };
    table.rows = run->groups.size();
    table.cell = [run](std::size_t row, std::size_t column) -> Cell {
        const GroupResult& group = run->groups[row];
        const GroupScale scale = run->quantizer->groups[row];
        switch (column) {
        case 0: return wholeNumber(row);
        case 1: return wholeNumber(group.count);
        case 2: return group.minimum;
        case 3: return group.maximum;
        case 4: return scale.scale;
        case 5: return std::int64_t{scale.zero};
        case 6: return scale.offset;
        case 7: return wholeNumber(run->quantizer->codebookOf(row).size());
        case 8: return perhaps(group.mse);
        default: return perhaps(group.sqnrDb);
        }
    };
    return table;
}

namespace {

/// A column of the comparison with the figure it shows.
struct ComparisonColumn {
    Column column;
    Cell (*cell)(const RunResult&, const NamedSpec&);
};

const std::vector<ComparisonColumn>& comparisonColumns() {
    using R = const RunResult&;
    using N = const NamedSpec&;
    static const std::vector<ComparisonColumn> columns = {
        {{"method", "Method", ColumnKind::Text, {}, Better::Neither, "The scheme in the form it was run."},
         [](R, N n) { return Cell(n.name); }},
        {{"scheme", "Scheme", ColumnKind::Text, {}, Better::Neither, "The scheme's id."},
         [](R, N n) { return Cell(n.scheme); }},
        {{"variant", "Variant", ColumnKind::Text, {}, Better::Neither, "The id of its form, where it has several."},
         [](R, N n) { return n.variant.empty() ? Cell() : Cell(n.variant); }},
        {{"grouping", "Grouping", ColumnKind::Text, {}, Better::Neither, "Which values share a scale or a codebook."},
         [](R r, N) { return Cell(formatGrouping(r.spec().grouping)); }},
        {{"bits", "Bits", ColumnKind::Integer, {}, Better::Neither, "⌈log2 requested levels⌉, the width of a code."},
         [](R r, N) { return Cell(std::int64_t{r.quantizer->bits}); }},
        {{"bitsPerValue",
          "Bits/value",
          ColumnKind::Bits,
          {},
          Better::Lower,
          "Codes, scales, zero points, offsets and fitted levels, in bits, over the number of values."},
         [](R r, N) { return perhaps(r.storage.bitsPerValue); }},
        {{"requestedLevels",
          "Levels requested",
          ColumnKind::Integer,
          {},
          Better::Neither,
          "How many levels were asked for."},
         [](R r, N) { return wholeNumber(r.quantizer->requestedLevels); }},
        {{"levels",
          "Levels",
          ColumnKind::Integer,
          {},
          Better::Neither,
          "How many codes occur; ties and constant data give fewer than were asked for."},
         [](R r, N) { return wholeNumber(r.errors.occupied); }},
        {{"mse", "MSE", ColumnKind::Real, {}, Better::Lower, "Σ(x − y)²/n."},
         [](R r, N) { return perhaps(r.errors.mse); }},
        {{"sqnrDb", "SQNR", ColumnKind::Decibels, "dB", Better::Higher,
          "10·log10(Σx²/Σe²). Other programs print a linear ratio, its inverse, or norms floored at an epsilon under "
          "this name."},
         [](R r, N) { return perhaps(r.errors.sqnrDb); }},
        {{"maxError", "Max error", ColumnKind::Real, {}, Better::Lower, "max|x − y|."},
         [](R r, N) { return perhaps(r.errors.maxError); }},
        {{"codeEntropy", "Entropy", ColumnKind::Bits, "bit", Better::Neither,
          "−Σ p·log2 p over codes: the rate an ideal memoryless entropy coder would reach."},
         [](R r, N) { return perhaps(r.errors.codeEntropy); }},
        {{"entropyCodedBitsPerValue",
          "Coded bits/value",
          ColumnKind::Bits,
          {},
          Better::Lower,
          "Bits per value with the codes at their entropy, as an ideal memoryless entropy coder would pack them."},
         [](R r, N) { return perhaps(entropyCodedBits(r)); }},
        {{"boundDistanceDb", "To bound", ColumnKind::Decibels, "dB", Better::Lower,
          "SQNR of the rate–distortion limit of memoryless codes at the run's rate, minus the run's SQNR. The rate is "
          "log2 of the levels requested, or the entropy of codes made for entropy coding. Runs with groups may cross "
          "the "
          "limit: a group knows more about each value."},
         [](R r, N) { return perhaps(boundDistanceDb(r)); }},
        {{"psnrDb", "PSNR", ColumnKind::Decibels, "dB", Better::Higher,
          "10·log10(R²/MSE), R = max − min of the data; 255 for 8-bit images."},
         [](R r, N) { return perhaps(r.errors.psnrDb); }},
        {{"cosine", "Cosine", ColumnKind::Real, {}, Better::Higher, "x·y/(‖x‖‖y‖)."},
         [](R r, N) { return perhaps(r.errors.cosine); }},
        {{"mae", "MAE", ColumnKind::Real, {}, Better::Lower, "Σ|x − y|/n."},
         [](R r, N) { return perhaps(r.errors.mae); }},
        {{"compressionRatio",
          "Compression",
          ColumnKind::Ratio,
          {},
          Better::Higher,
          "Bits of the original's own number type over bits here."},
         [](R r, N) { return perhaps(r.storage.compressionRatio); }},
        {{"fitMs", "Fit", ColumnKind::Time, "ms", Better::Lower,
          "From the float32 values in memory to the codebook, sorting included."},
         [](R r, N) { return Cell(1000 * r.fitSeconds); }},
        {{"encodeGBps", "Encode", ColumnKind::Throughput, "GB/s", Better::Higher,
          "Gigabytes of float32 encoded a second on this machine; the median."},
         [](R r, N) { return r.speed ? Cell(r.speed->encodeGBps.median) : Cell(); }},
        {{"decodeGBps", "Decode", ColumnKind::Throughput, "GB/s", Better::Higher,
          "Gigabytes of float32 decoded a second on this machine; the median."},
         [](R r, N) { return r.speed ? Cell(r.speed->decodeGBps.median) : Cell(); }},
        {{"matvecUs", "Product", ColumnKind::Time, "µs", Better::Lower,
          "y = W·x of the matrix straight from its codes, on this machine; the median."},
         [](R r, N) {
             return r.speed && r.speed->product ? Cell(r.speed->product->codesMicroseconds.median) : Cell();
         }},
        {{"matvecFloatUs", "In float32", ColumnKind::Time, "µs", Better::Neither,
          "The same product from float32, by the faster of oneDNN and Eigen; the median."},
         [](R r, N) {
             return r.speed && r.speed->product ? Cell(r.speed->product->floatMicroseconds.median) : Cell();
         }},
        {{"exact",
          "Exact",
          ColumnKind::Flag,
          {},
          Better::Neither,
          "Whether every value was measured and the fit is the scheme's own, not an approximation."},
         [](R r, N) { return Cell(r.exact); }},
    };
    return columns;
}

} // namespace

Table comparisonTable(const std::vector<RunPtr>& runs) {
    std::vector<Column> columns;
    for (const ComparisonColumn& column : comparisonColumns()) columns.push_back(column.column);
    std::vector<std::vector<Cell>> rows;
    for (const RunPtr& run : runs) {
        const NamedSpec name = nameOf(run->spec());
        std::vector<Cell>& row = rows.emplace_back();
        for (const ComparisonColumn& column : comparisonColumns()) row.push_back(column.cell(*run, name));
    }
    return makeTable("Comparison", std::move(columns), std::move(rows));
}

} // namespace quantoscope
