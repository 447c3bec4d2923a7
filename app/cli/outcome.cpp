#include "app/cli/outcome.h"

#include "app/cli/progress.h"
#include "core/base/utf8.h"

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

namespace quantoscope::cli {

tl::unexpected<Failure> fail(ExitCode stage, const Error& error) {
    const bool stopped = error.code == ErrorCode::Cancelled;
    return tl::unexpected(Failure{stopped ? ExitCode::Interrupted : stage, stopped ? "interrupted" : error.message()});
}

tl::unexpected<Failure> usage(std::string message) {
    return tl::unexpected(Failure{ExitCode::Usage, std::move(message)});
}

void say(std::string_view message) {
    std::string line = "quantoscope-cli: " + toUtf8(message);
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
    line += '\n';
    Progress::clearLine();
    std::fwrite(line.data(), 1, line.size(), stderr);
}

Outcome<void> print(std::string_view text) {
    Progress::clearLine();
    if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0) return {};
    return fail(ExitCode::NotWritten,
                {ErrorCode::WriteFailed, "standard output", std::generic_category().message(errno)});
}

} // namespace quantoscope::cli
