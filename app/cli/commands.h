// The subcommands. Each adds its arguments to the program and returns what to do once they are parsed.
#pragma once

#include "app/cli/outcome.h"
#include "app/cli/progress.h"

#include <CLI/App.hpp>

#include <functional>

namespace quantoscope::cli {

struct Command {
    CLI::App* arguments;
    std::function<Outcome<void>(const Progress&)> run;
};

Command inspectCommand(CLI::App& program);
Command quantizeCommand(CLI::App& program);
Command compareCommand(CLI::App& program);
Command labCommand(CLI::App& program);
Command schemesCommand(CLI::App& program);

} // namespace quantoscope::cli
