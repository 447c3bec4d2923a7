// How a command ends: the exit code that scripts see, and the one line that people read.
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace quantoscope::cli {

enum class ExitCode {
    Done = 0,
    Usage = 2,      // the arguments make no sense
    Refused = 3,    // the input is unreadable, malformed, or not finite without leave
    NotWritten = 4, // an output could not be written, or is there already
    Interrupted = 130,
};

struct Failure {
    ExitCode code = ExitCode::Usage;
    std::string message;
};

template<class T>
using Outcome = tl::expected<T, Failure>;

/// A failure of a stage. A cancelled job is an interruption wherever it was.
tl::unexpected<Failure> fail(ExitCode stage, const Error& error);
tl::unexpected<Failure> usage(std::string message);

/// One line on standard error, "quantoscope-cli: …". Line feeds and other control characters in names are shown as '?'.
void say(std::string_view message);

/// Text on standard output, all of it or a failure.
Outcome<void> print(std::string_view text);

} // namespace quantoscope::cli
