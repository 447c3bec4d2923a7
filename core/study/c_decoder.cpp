#include "core/study/c_decoder.h"

#include "core/base/bit_pack.h"
#include "core/base/utf8.h"
#include "core/study/code_arrays.h"
#include "core/study/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

namespace quantoscope {

namespace {

constexpr std::size_t kLine = 100;          // columns of the arrays
constexpr std::size_t kPiece = 1 << 16;     // characters handed to the sink at a time
constexpr std::size_t kFoldLimit = 1 << 20; // levels of tables in which the groups' scales are worked in

/// Text that cannot end the comment it stands in, begin another, continue a line or form a trigraph.
std::string commentText(std::string_view raw) {
    std::string text = toUtf8(raw);
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '\\') c = ' ';
    for (const auto& [from, to] :
         {std::pair<std::string_view, std::string_view>{"*/", "* /"}, {"/*", "/ *"}, {"??", "? ?"}})
        for (std::size_t at; (at = text.find(from)) != std::string::npos;) text.replace(at, from.size(), to);
    return text;
}

/// Shortest digits that a compiler rounds to the same float; never hexadecimal, which C++11 does not know.
std::string literal(float value) {
    std::string text = fmt::format("{}", value);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text + 'F';
}

const char* unsignedType(std::uint64_t largest) {
    return largest <= 0xFF ? "uint8_t" : largest <= 0xFFFF ? "uint16_t" : "uint32_t";
}

/// Writes lines and arrays to the sink in pieces, and remembers the first failure.
class Emitter {
public:
    Emitter(const std::function<Status(std::string_view)>& sink, const JobControl& job) : m_sink(sink), m_job(job) {}

    template<class... Arguments>
    void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
        fmt::format_to(std::back_inserter(m_piece), format, std::forward<Arguments>(arguments)...);
        m_piece += '\n';
        flushFrom(kPiece);
    }

    /// static const TYPE NAME[count] = {text(0), text(1), ...};
    template<class Text>
    void array(std::string_view type, std::string_view name, std::size_t count, Text text) {
        line("static const {} {}[{}] = {{", type, name, count);
        std::string row = "   ";
        for (std::size_t i = 0; i < count && m_status; ++i) {
            const std::string item = text(i);
            if (row.size() + item.size() + 2 > kLine) {
                line("{}", row);
                row = "   ";
            }
            row.append(" ").append(item);
            if (i + 1 < count) row += ',';
        }
        line("{}\n}};\n", row);
    }

    Status finish() {
        flushFrom(0);
        return m_status;
    }

private:
    void flushFrom(std::size_t size) {
        if (m_piece.size() < size || !m_status) return;
        m_status = m_job.cancelled() ? Status(cancelled()) : m_sink(m_piece);
        m_piece.clear();
    }

    const std::function<Status(std::string_view)>& m_sink;
    const JobControl& m_job;
    std::string m_piece;
    Status m_status;
};

/// What decoding needs of the quantizer, after what can be worked into the level tables has been.
struct Tables {
    std::size_t tables = 1, codes = 1;
    int bits = 0;
    std::vector<float> levels; // tables × codes
    bool tableByGroup = false; // the table of a group is the group's own number
    bool scaled = false, shifted = false, offset = false, indexed = false; // which of a group's numbers decoding needs
};

Tables tablesOf(const Quantizer& quantizer) {
    CodeTable raw = codeTableOf(quantizer);
    // Codes that stand for nothing occur nowhere; C has no literal for NaN.
    std::replace_if(
        raw.levels.begin(), raw.levels.end(), [](float level) { return std::isnan(level); }, 0.0f);
    Tables result{quantizer.codebooks.size(), raw.codes, raw.bits, std::move(raw.levels)};
    for (std::size_t g = 0; g < quantizer.groupCount(); ++g) {
        const GroupScale group = quantizer.groups[g];
        result.scaled = result.scaled || group.scale != 1;
        result.shifted = result.shifted || group.zero != 0;
        result.offset = result.offset || group.offset != 0;
    }
    result.indexed = result.tables > 1;
    const bool plain = !result.scaled && !result.shifted && !result.offset;
    // As adding an offset of 0 does: there is no −0 among decoded values.
    if (plain)
        std::transform(result.levels.begin(), result.levels.end(), result.levels.begin(),
                       [](float x) { return x + 0.0f; });
    // Worked in: one table a group, each with the decoded values themselves. Costs nothing where there is one group.
    const bool oneEach =
        quantizer.groupCount() == 1 || (!plain && quantizer.codebooks.size() == quantizer.groupCount() &&
                                        quantizer.groupCount() * raw.codes <= kFoldLimit);
    if (oneEach) {
        std::vector<float> folded;
        for (const GroupScale group : quantizer.groups)
            for (std::size_t code = 0; code < result.codes; ++code)
                folded.push_back(group.decode(result.levels[group.codebook * result.codes + code]));
        result.levels = std::move(folded);
        result.tables = quantizer.groupCount();
        result.scaled = result.shifted = result.offset = result.indexed = false;
        result.tableByGroup = result.tables > 1;
    }
    return result;
}

void writeComment(Emitter& out, const DecodedRun& run, const std::string& id, const Tables& tables,
                  const std::vector<std::string>& provenance) {
    const Quantizer& quantizer = *run.run->quantizer;
    const TensorInfo& info = run.run->data->tensor().info;
    const NamedSpec method = nameOf(quantizer.spec);
    out.line("/* {}: {} {}, quantized with Quantoscope {}.", commentText(info.name.empty() ? id : info.name),
             describe(info.shape), std::string(name(info.dtype)), QUANTOSCOPE_VERSION);
    out.line(" * Method: {}, {} levels requested, codes of {} bits, grouping {}.", commentText(method.name),
             quantizer.requestedLevels, tables.bits, formatGrouping(quantizer.spec.grouping));
    for (const std::string& line : provenance) out.line(" * {}", commentText(line));
    out.line(" *");
    out.line(" * {0}_decode(i) is value i in row-major order; {0}_decode_all(out) writes all {0}_count of them. C99 or "
             "C++11. */",
             id);
}

/// code(i): `bits` bits from position i·bits, lowest first.
void writeCode(Emitter& out, const std::string& id, int bits) {
    out.line("static inline uint32_t {}_code(size_t i) {{", id);
    if (bits == 0) {
        out.line("    (void)i;\n    return 0;");
    } else if (8 % bits == 0) {
        const int perByte = 8 / bits;
        if (perByte == 1)
            out.line("    return {}_codes[i];", id);
        else
            out.line("    return ((uint32_t){}_codes[i / {}] >> ({} * (uint32_t)(i % {}))) & {}U;", id, perByte, bits,
                     perByte, (1U << bits) - 1);
    } else {
        // The bytes a code can touch, whatever its first bit: the array is padded for the last one's sake.
        const int bytes = (bits + 7 + 7) / 8;
        out.line("    const uint64_t bit = (uint64_t)i * {}U;", bits);
        out.line("    const uint8_t* const at = {}_codes + (size_t)(bit / 8U);", id);
        std::string word = "(uint64_t)at[0]";
        for (int byte = 1; byte < bytes; ++byte) word += fmt::format(" | (uint64_t)at[{}] << {}", byte, 8 * byte);
        out.line("    const uint64_t word = {};", word);
        out.line("    return (uint32_t)((word >> (bit % 8U)) & {}U);", (std::uint64_t{1} << bits) - 1);
    }
    out.line("}}\n");
}

void writeGroup(Emitter& out, const std::string& id, const Quantizer& quantizer) {
    const Grouping& grouping = quantizer.layout.grouping();
    const Shape& shape = quantizer.shape;
    out.line("static inline size_t {}_group(size_t i) {{", id);
    if (grouping.kind == Grouping::Kind::Channel) {
        std::uint64_t inner = 1;
        for (std::size_t axis = static_cast<std::size_t>(grouping.axis) + 1; axis < shape.size(); ++axis)
            inner *= static_cast<std::uint64_t>(shape[axis]);
        out.line("    return i / {}U % {}U;", inner, quantizer.groupCount());
    } else {
        const std::uint64_t row = shape.empty() ? 1 : static_cast<std::uint64_t>(shape.back());
        const auto size = static_cast<std::uint64_t>(grouping.blockSize);
        const std::uint64_t blocks = row / size + (row % size != 0 ? 1 : 0);
        out.line("    return i / {}U * {}U + i % {}U / {}U;", row, blocks, row, size);
    }
    out.line("}}\n");
}

void writeKept(Emitter& out, const DecodedRun& run, const std::string& id) {
    const std::span<const std::size_t> kept = run.run->data->exceptions();
    out.line("/* Values that were left out of quantization: their positions, and their bits as they were. */");
    out.array(run.codes.size() > 0xFFFFFFFF ? "uint64_t" : "uint32_t", id + "_kept_positions", kept.size(),
              [&](std::size_t i) { return fmt::format("{}U", kept[i]); });
    out.array("uint32_t", id + "_kept_bits", kept.size(), [&](std::size_t i) {
        return fmt::format("0x{:08X}U", std::bit_cast<std::uint32_t>(run.decoded[kept[i]]));
    });
}

void writeDecode(Emitter& out, const DecodedRun& run, const std::string& id, const Tables& tables) {
    const std::size_t kept = run.run->data->exceptions().size();
    const bool grouped = tables.tableByGroup || tables.indexed || tables.scaled || tables.shifted || tables.offset;
    out.line("static inline float {}_decode(size_t i) {{", id);
    if (kept > 0) {
        out.line("    size_t low = 0, high = {}U;", kept);
        out.line("    while (low < high) {{");
        out.line("        const size_t middle = low + (high - low) / 2;");
        out.line("        if ({}_kept_positions[middle] < i)", id);
        out.line("            low = middle + 1;\n        else\n            high = middle;\n    }}");
        out.line("    if (low < {}U && {}_kept_positions[low] == i) {{", kept, id);
        out.line("        float value;");
        out.line("        memcpy(&value, &{}_kept_bits[low], sizeof value);", id);
        out.line("        return value;\n    }}");
    }
    const std::string level = tables.tables > 1
                                  ? fmt::format("{}_levels[table * {}U + {}_code(i)]", id, tables.codes, id)
                                  : fmt::format("{0}_levels[{0}_code(i)]", id);
    if (!grouped) {
        out.line("    return {};\n}}\n", level);
        return;
    }
    out.line("    {{\n        const size_t group = {}_group(i);", id);
    if (tables.tableByGroup) out.line("        const size_t table = group;");
    if (tables.indexed) out.line("        const size_t table = {}_table[group];", id);
    std::string value = level;
    if (tables.shifted) value = fmt::format("({} - (float){}_zero[group])", value, id);
    if (tables.scaled) value = fmt::format("{}_scale[group] * {}", id, value);
    if (tables.scaled || tables.shifted || tables.offset) {
        out.line("        const volatile float product = {}; /* rounded before it is added to */", value);
        value = tables.offset ? fmt::format("{}_offset[group] + product", id) : "0.0F + product";
    }
    out.line("        return {};\n    }}\n}}\n", value);
}

void writeTables(Emitter& out, const DecodedRun& run, const std::string& id, const Tables& tables) {
    const Quantizer& quantizer = *run.run->quantizer;
    const auto perGroup = [&](std::string_view type, std::string_view what, auto text) {
        out.array(type, fmt::format("{}_{}", id, what), quantizer.groupCount(),
                  [&](std::size_t g) -> std::string { return text(quantizer.groups[g]); });
    };
    out.array("float", id + "_levels", tables.levels.size(), [&](std::size_t i) { return literal(tables.levels[i]); });
    if (tables.scaled) perGroup("float", "scale", [](const GroupScale& group) { return literal(group.scale); });
    if (tables.shifted)
        perGroup("int32_t", "zero", [](const GroupScale& group) { return fmt::format("{}", group.zero); });
    if (tables.offset) perGroup("float", "offset", [](const GroupScale& group) { return literal(group.offset); });
    if (tables.indexed)
        perGroup(unsignedType(tables.tables - 1), "table",
                 [](const GroupScale& group) { return fmt::format("{}", group.codebook); });
}

} // namespace

std::string cIdentifier(std::string_view name) {
    std::string identifier;
    for (const char c : name) {
        const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (word)
            identifier += c;
        else if (!identifier.empty() && identifier.back() != '_')
            identifier += '_';
        if (identifier.size() >= 64) break;
    }
    while (!identifier.empty() && identifier.back() == '_') identifier.pop_back();
    if (identifier.empty()) return "tensor";
    return identifier.front() >= '0' && identifier.front() <= '9' ? "tensor_" + identifier : identifier;
}

Status writeCDecoder(const DecodedRun& run, const std::vector<std::string>& provenance,
                     const std::function<Status(std::string_view)>& sink, const JobControl& job) {
    const Quantizer& quantizer = *run.run->quantizer;
    const std::string id = cIdentifier(run.run->data->tensor().info.name);
    const Tables tables = tablesOf(quantizer);
    std::string guard = "QUANTOSCOPE_" + id + "_H";
    std::transform(guard.begin(), guard.end(), guard.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });

    Emitter out(sink, job);
    writeComment(out, run, id, tables, provenance);
    out.line("#ifndef {}\n#define {}\n", guard, guard);
    out.line("#include <stddef.h>\n#include <stdint.h>");
    if (!run.run->data->exceptions().empty()) out.line("#include <string.h>");
    out.line("\n#define {}_count {}U", id, run.codes.size());
    out.line("#define {}_bits {}\n", id, tables.bits);

    if (tables.bits > 0) {
        std::vector<std::uint8_t> packed(packedBytes(run.codes.size(), tables.bits) +
                                         (8 % tables.bits == 0 ? 0 : sizeof(std::uint64_t)));
        packCodes(run.codes, tables.bits, 0, packed);
        out.array("uint8_t", id + "_codes", packed.size(), [&](std::size_t i) { return fmt::format("{}", packed[i]); });
    }
    writeTables(out, run, id, tables);
    if (!run.run->data->exceptions().empty()) writeKept(out, run, id);
    writeCode(out, id, tables.bits);
    if (tables.tableByGroup || tables.indexed || tables.scaled || tables.shifted || tables.offset)
        writeGroup(out, id, quantizer);
    writeDecode(out, run, id, tables);
    out.line("static inline void {}_decode_all(float* out) {{", id);
    out.line("    size_t i;\n    for (i = 0; i < {}_count; ++i) out[i] = {}_decode(i);\n}}\n", id, id);
    out.line("#endif");
    return out.finish();
}

} // namespace quantoscope
