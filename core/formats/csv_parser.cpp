#include "core/formats/csv_parser.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>

namespace quantoscope {

struct CsvParser::State {
    csv_parser parser = {};
    CsvSink* sink = nullptr;
    std::uint64_t line = 1;    // where the parser is
    std::uint64_t rowLine = 1; // where the current row began
    bool rowHasCells = false;
    bool afterReturn = false; // the last line break was a CR: a LF now belongs to it
    bool stopped = false;

    static void onCell(void* text, std::size_t size, void* data) {
        auto& state = *static_cast<State*>(data);
        if (!state.rowHasCells) state.rowLine = state.line;
        state.rowHasCells = true;
        state.afterReturn = false;
        const std::string_view cell(static_cast<const char*>(text), size);
        if (size > 1) state.line += static_cast<std::uint64_t>(std::count(cell.begin(), cell.end(), '\n'));
        if (!state.stopped) state.sink->cell(cell);
    }

    static void onLineBreak(int character, void* data) {
        auto& state = *static_cast<State*>(data);
        if (state.rowHasCells && !state.stopped) state.stopped = !state.sink->endRow(state.rowLine);
        const bool secondHalf = character == CSV_LF && state.afterReturn;
        if (!secondHalf) ++state.line;
        state.afterReturn = character == CSV_CR;
        state.rowHasCells = false;
    }

    Error failure() const {
        const int code = csv_error(&const_cast<csv_parser&>(parser));
        if (code == CSV_ENOMEM || code == CSV_ETOOBIG)
            return {ErrorCode::TooLarge, fmt::format("line {}", line), "a cell is too large to be held"};
        return {ErrorCode::Malformed, fmt::format("line {}", line),
                "a quotation mark stands inside a cell; one that is meant is doubled in a quoted cell"};
    }
};

CsvParser::CsvParser(char separator) : m_state(std::make_unique<State>()) {
    csv_init(&m_state->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    csv_set_delim(&m_state->parser, static_cast<unsigned char>(separator));
    csv_set_blk_size(&m_state->parser, 4096);
}

bool CsvParser::stopped() const { return m_state->stopped; }

CsvParser::~CsvParser() { csv_free(&m_state->parser); }

Status CsvParser::parse(std::string_view text, CsvSink& sink) {
    m_state->sink = &sink;
    if (m_state->stopped) return {};
    const std::size_t done =
        csv_parse(&m_state->parser, text.data(), text.size(), State::onCell, State::onLineBreak, m_state.get());
    if (done != text.size()) return m_state->failure();
    return {};
}

Status CsvParser::finish(CsvSink& sink) {
    m_state->sink = &sink;
    if (m_state->stopped) return {};
    if (csv_fini(&m_state->parser, State::onCell, State::onLineBreak, m_state.get()) != 0)
        return Error{ErrorCode::Malformed,
                     fmt::format("line {}", m_state->rowHasCells ? m_state->rowLine : m_state->line),
                     "a quotation mark is opened here and never closed"};
    return {};
}

} // namespace quantoscope
