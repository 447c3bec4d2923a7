#include "app/cli/argument_order.h"

#include <algorithm>
#include <cstddef>

namespace quantoscope::cli {

namespace {

const CLI::App* commandNamed(const std::string& name, CLI::App& program) {
    for (const CLI::App* command : program.get_subcommands([](CLI::App*) { return true; }))
        if (command->get_name() == name) return command;
    return nullptr;
}

} // namespace

std::vector<std::string> withFileFirst(std::vector<std::string> arguments, CLI::App& program) {
    const CLI::App* command = arguments.empty() ? nullptr : commandNamed(arguments.front(), program);
    if (!command) return arguments;
    std::size_t swallowed = 0; // where the last value beyond the first of a list stands
    bool inList = false;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (argument == "--") return arguments;
        if (!argument.starts_with("--")) {
            if (!inList) return arguments; // FILE has a place of its own
            swallowed = i;
            continue;
        }
        const std::size_t equals = argument.find('=');
        const CLI::Option* option = command->get_option_no_throw(argument.substr(0, equals));
        const bool takesValue = option && option->get_items_expected_max() > 0;
        inList = takesValue && option->get_allow_extra_args();
        if (takesValue && equals == std::string::npos) ++i;
    }
    if (swallowed > 0)
        std::rotate(arguments.begin() + 1, arguments.begin() + static_cast<std::ptrdiff_t>(swallowed),
                    arguments.begin() + static_cast<std::ptrdiff_t>(swallowed) + 1);
    return arguments;
}

} // namespace quantoscope::cli
