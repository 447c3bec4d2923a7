// quantoscope-cli schemes: every scheme with its parameters, as the registry has them.
#include "app/cli/commands.h"
#include "app/cli/json_output.h"
#include "core/schemes/scheme_registry.h"
#include "core/study/text_table.h"

#include <fmt/format.h>

#include <memory>

namespace quantoscope::cli {

namespace {

std::string_view name(ParameterKind kind) {
    switch (kind) {
    case ParameterKind::Integer: return "integer";
    case ParameterKind::Real: return "real";
    case ParameterKind::Choice: return "choice";
    case ParameterKind::RealList: break;
    }
    return "list of reals";
}

std::string_view name(LevelControl control) {
    switch (control) {
    case LevelControl::Levels: return "levels";
    case LevelControl::Bits: return "bits";
    case LevelControl::FromParameters: break;
    }
    return "parameters";
}

Json parameterJson(const Parameter& parameter) {
    Json json = {{"id", parameter.id},
                 {"label", parameter.label},
                 {"kind", name(parameter.kind)},
                 {"default", std::visit([](const auto& value) { return Json(value); }, parameter.defaultValue)},
                 {"unit", parameter.unit},
                 {"minimum", numberJson(parameter.minimum)},
                 {"maximum", numberJson(parameter.maximum)},
                 {"choices", Json::array()},
                 {"help", parameter.help}};
    for (const ParameterChoice& choice : parameter.choices)
        json["choices"].push_back({{"id", choice.id}, {"label", choice.label}});
    return json;
}

Json schemeJson(const SchemeInfo& info) {
    Json json = {{"id", info.id},
                 {"name", info.name},
                 {"family", info.family == Family::Static ? "static" : "dynamic"},
                 {"summary", info.summary},
                 {"control", name(info.control)},
                 {"minimumBits", info.minimumBits},
                 {"maximumBits", info.maximumBits},
                 {"usesRange", info.usesRange},
                 {"parameters", Json::array()},
                 {"variants", Json::array()},
                 {"source", info.source}};
    for (const Parameter& parameter : info.parameters) json["parameters"].push_back(parameterJson(parameter));
    for (const SchemeVariant& variant : info.variants)
        json["variants"].push_back({{"id", variant.id}, {"name", variant.name}});
    return json;
}

std::string choicesOf(const Parameter& parameter) {
    std::string list;
    for (const ParameterChoice& choice : parameter.choices) list.append(list.empty() ? "" : ", ").append(choice.id);
    return list;
}

std::string described(const SchemeInfo& info) {
    std::string text =
        fmt::format("{}  {}, {}", info.id, info.name, info.family == Family::Static ? "static" : "dynamic");
    if (info.control == LevelControl::Bits) text += fmt::format(", {} to {} bits", info.minimumBits, info.maximumBits);
    text += fmt::format("\n    {}\n", info.summary);
    for (const Parameter& parameter : info.parameters) {
        const std::string value = formatParameter(parameter.defaultValue);
        text += fmt::format("    --set {}={}  {}", parameter.id, value.empty() ? "…" : value, parameter.help);
        if (const std::string choices = choicesOf(parameter); !choices.empty()) text += fmt::format(" ({})", choices);
        text += '\n';
    }
    return text;
}

} // namespace

Command schemesCommand(CLI::App& program) {
    CLI::App* command = program.add_subcommand("schemes", "List every scheme with its parameters");
    const auto json = std::make_shared<bool>(false);
    command->add_flag("--json", *json, "Print one JSON array on standard output");
    return {command, [json](const Progress&) {
                if (*json) {
                    Json list = Json::array();
                    for (const Scheme* scheme : schemes()) list.push_back(schemeJson(scheme->info()));
                    return print(jsonText(list));
                }
                std::string text;
                for (const Scheme* scheme : schemes())
                    text.append(text.empty() ? "" : "\n").append(described(scheme->info()));
                return print(text);
            }};
}

} // namespace quantoscope::cli
