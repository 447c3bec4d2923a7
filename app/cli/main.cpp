// quantoscope-cli: the engine for scripts and clusters.
#include "app/cli/argument_order.h"
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <utility>
#include <vector>

using namespace quantoscope::cli;

namespace {

constexpr const char* kFooter = R"(
Examples:
  quantoscope-cli inspect weights.safetensors
  quantoscope-cli quantize scores.csv --scheme kmeans --levels 4
  quantoscope-cli quantize weights.npz::fc1 --scheme affine --bits 8 --group channel:0 --output codes.npz decoder.h
  quantoscope-cli compare scores.csv --schemes kmeans,rank,fixed --bits 1-8 --json

FILE alone means its only numeric tensor or column; FILE::NAME one of several; FILE::* a table as one matrix.
Exit codes: 0 done, 2 usage, 3 input refused, 4 output not written, 130 interrupted.)";

int exitCodeOf(const Failure& failure, const Interrupt& interrupt) {
    // 128 + the signal, as shells have it: 130 after Ctrl-C.
    if (failure.code == ExitCode::Interrupted && interrupt.signal() > 0) return 128 + interrupt.signal();
    return static_cast<int>(failure.code);
}

int perform(int argc, char** argv) {
    const Interrupt interrupt;
    CLI::App program("See what quantization does to data.", "quantoscope-cli");
    program.set_version_flag("--version", "quantoscope-cli " QUANTOSCOPE_VERSION, "Print the version and exit");
    program.set_help_flag("-h,--help", "Print this help and exit");
    program.require_subcommand(1);
    program.footer(kFooter);
    program.get_formatter()->column_width(36);
    const Command commands[] = {inspectCommand(program), quantizeCommand(program), compareCommand(program),
                                labCommand(program), schemesCommand(program)};
    try {
        std::vector<std::string> arguments = withFileFirst({argv + std::min(argc, 1), argv + argc}, program);
        std::reverse(arguments.begin(), arguments.end()); // as CLI11 takes them
        program.parse(std::move(arguments));
    } catch (const CLI::Success& request) { // --help or --version
        program.exit(request);
        return std::fflush(stdout) == 0 ? 0 : static_cast<int>(ExitCode::NotWritten);
    } catch (const CLI::ParseError& error) {
        const bool unknown = argc > 1 && argv[1][0] != '-' &&
                             std::none_of(std::begin(commands), std::end(commands), [&](const Command& command) {
                                 return command.arguments->get_name() == argv[1];
                             });
        say(unknown ? fmt::format("there is no subcommand \"{}\" (try --help)", argv[1])
                    : std::string(error.what()) + " (try --help)");
        return static_cast<int>(ExitCode::Usage);
    }
    for (const Command& command : commands) {
        if (!command.arguments->parsed()) continue;
        Outcome<void> outcome;
        {
            const Progress progress(interrupt.token());
            outcome = command.run(progress);
        }
        if (outcome) return 0;
        say(outcome.error().message);
        return exitCodeOf(outcome.error(), interrupt);
    }
    return static_cast<int>(ExitCode::Usage);
}

} // namespace

int main(int argc, char** argv) {
    try {
        return perform(argc, argv);
    } catch (const std::bad_alloc&) {
        say("there is not enough memory for this");
    } catch (const std::exception& exception) {
        say(exception.what());
    }
    return static_cast<int>(ExitCode::Refused);
}
