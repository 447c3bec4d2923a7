#include "core/study/session_file.h"

#include "core/base/input_file.h"
#include "core/base/utf8.h"
#include "core/schemes/scheme_registry.h"
#include "core/study/exports.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace quantoscope {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::array<std::pair<NonFinitePolicy, std::string_view>, 3> kPolicies = {
    {{NonFinitePolicy::Stop, "stop"}, {NonFinitePolicy::Drop, "drop"}, {NonFinitePolicy::Clamp, "clamp"}}};

Json toJson(const ParameterValue& value) {
    return std::visit([](const auto& held) { return Json(held); }, value);
}

Json toJson(const Parameters& parameters) {
    Json json = Json::object();
    for (const auto& [id, value] : parameters) json[id] = toJson(value);
    return json;
}

Json toJson(const QuantSpec& spec) {
    Json json = {{"scheme", spec.scheme},
                 {"levels", spec.levels},
                 {"parameters", toJson(spec.parameters)},
                 {"grouping", formatGrouping(spec.grouping)},
                 {"range", formatRange(spec.range)}};
    for (const auto& [group, choice] : spec.byHand)
        json["byHand"].push_back(
            {{"group", group}, {"scheme", choice.scheme}, {"parameters", toJson(choice.parameters)}});
    return json;
}

Json toJson(const SessionEntry& entry) { return {{"source", entry.source}, {"tensor", toUtf8(entry.tensor)}}; }

Json toJson(const SessionTensor& tensor) {
    const auto* policy =
        std::find_if(kPolicies.begin(), kPolicies.end(), [&](const auto& p) { return p.first == tensor.nonFinite; });
    Json json = toJson(tensor.entry);
    json["nonFinite"] = policy->second;
    if (tensor.importance) json["importance"] = toJson(*tensor.importance);
    return json;
}

Json toJson(const SessionSource& source) {
    if (!source.recipe.empty()) return {{"generated", source.recipe}, {"count", source.count}, {"seed", source.seed}};
    Json open = Json::object();
    if (source.open.separator) open["separator"] = std::string(1, *source.open.separator);
    if (source.open.decimalMark) open["decimalMark"] = std::string(1, *source.open.decimalMark);
    if (source.open.header) open["header"] = *source.open.header;
    Json json = {{"file", toUtf8(source.file)}, {"sha256", source.sha256}};
    if (!open.empty()) json["open"] = std::move(open);
    return json;
}

/// Reads a document and remembers the first thing that is wrong, with its place.
class Reader {
public:
    /// A place in the document: a value and how to get there. The value is null where it is missing or of another kind.
    struct Place {
        const Json* json;
        std::string path;
    };

    bool failed() const { return m_error.has_value(); }
    const Error& error() const { return *m_error; }

    void fail(const std::string& path, std::string detail, ErrorCode code = ErrorCode::Malformed) {
        if (!m_error) m_error = Error{code, path.empty() ? "/" : path, std::move(detail)};
    }

    bool has(const Place& object, const char* key) const {
        return object.json && object.json->is_object() && object.json->contains(key);
    }

    Place at(const Place& object, const std::string& key) {
        Place place{nullptr, object.path + "/" + key};
        if (!object.json) return place;
        if (!object.json->is_object())
            fail(object.path, fmt::format("an object is expected, and this is {}", object.json->type_name()));
        else if (const auto found = object.json->find(key); found == object.json->end())
            fail(place.path, "is missing");
        else
            place.json = &*found;
        return place;
    }

    std::vector<Place> items(const Place& array) {
        std::vector<Place> places;
        if (!array.json) return places;
        if (!array.json->is_array()) {
            fail(array.path, fmt::format("an array is expected, and this is {}", array.json->type_name()));
            return places;
        }
        for (std::size_t i = 0; i < array.json->size(); ++i)
            places.push_back({&(*array.json)[i], fmt::format("{}/{}", array.path, i)});
        return places;
    }

    std::string text(const Place& place) {
        if (!place.json) return {};
        if (place.json->is_string()) return place.json->get<std::string>();
        fail(place.path, fmt::format("text is expected, and this is {}", place.json->type_name()));
        return {};
    }

    bool flag(const Place& place) {
        if (!place.json) return false;
        if (place.json->is_boolean()) return place.json->get<bool>();
        fail(place.path, fmt::format("true or false is expected, and this is {}", place.json->type_name()));
        return false;
    }

    std::uint64_t whole(const Place& place, std::uint64_t lowest, std::uint64_t highest) {
        if (!place.json) return lowest;
        if (place.json->is_number_unsigned()) {
            const auto value = place.json->get<std::uint64_t>();
            if (value >= lowest && value <= highest) return value;
        }
        fail(place.path, fmt::format("a whole number from {} to {} is expected", lowest, highest));
        return lowest;
    }

    template<class T>
    T parsed(const Place& place, Result<T> (*parse)(std::string_view)) {
        const std::string source = text(place);
        if (failed()) return {};
        Result<T> value = parse(source);
        if (value) return std::move(*value);
        fail(place.path, value.error().message());
        return {};
    }

private:
    std::optional<Error> m_error;
};

using Place = Reader::Place;

ParameterValue parameterOf(Reader& reader, const Place& place) {
    const Json& json = *place.json;
    if (json.is_string()) return json.get<std::string>();
    if (json.is_number_float()) return json.get<double>();
    if (json.is_number_unsigned() &&
        json.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        reader.fail(place.path, "the number is too large");
    else if (json.is_number_integer())
        return json.get<std::int64_t>();
    std::vector<double> list;
    if (!json.is_array()) {
        reader.fail(place.path,
                    fmt::format("a number, text or an array of numbers is expected, and this is {}", json.type_name()));
        return list;
    }
    for (const Place& item : reader.items(place)) {
        if (item.json->is_number())
            list.push_back(item.json->get<double>());
        else
            reader.fail(item.path, fmt::format("a number is expected, and this is {}", item.json->type_name()));
    }
    return list;
}

/// The members "scheme" and "parameters" of a place.
GroupChoice choiceOf(Reader& reader, const Place& place) {
    GroupChoice choice;
    choice.scheme = reader.text(reader.at(place, "scheme"));
    const Place parameters = reader.at(place, "parameters");
    if (parameters.json && !parameters.json->is_object())
        reader.fail(parameters.path,
                    fmt::format("an object is expected, and this is {}", parameters.json->type_name()));
    else if (parameters.json)
        for (const auto& [id, value] : parameters.json->items())
            choice.parameters[id] = parameterOf(reader, {&value, parameters.path + "/" + id});
    if (reader.failed()) return choice;
    if (const auto scheme = findScheme(choice.scheme); !scheme)
        reader.fail(place.path + "/scheme", scheme.error().message(), ErrorCode::NotFound);
    else if (const Status status = checkParameters((*scheme)->info().parameters, choice.parameters); !status)
        reader.fail(parameters.path, status.error().message(), ErrorCode::InvalidArgument);
    return choice;
}

QuantSpec specOf(Reader& reader, const Place& place) {
    QuantSpec spec;
    GroupChoice choice = choiceOf(reader, place);
    spec.scheme = std::move(choice.scheme);
    spec.parameters = std::move(choice.parameters);
    spec.levels = static_cast<std::uint32_t>(
        reader.whole(reader.at(place, "levels"), 1, std::numeric_limits<std::uint32_t>::max()));
    spec.grouping = reader.parsed(reader.at(place, "grouping"), parseGrouping);
    spec.range = reader.parsed(reader.at(place, "range"), parseRange);
    if (!reader.has(place, "byHand")) return spec;
    for (const Place& own : reader.items(reader.at(place, "byHand"))) {
        const auto group = static_cast<std::size_t>(
            reader.whole(reader.at(own, "group"), 0, std::numeric_limits<std::int64_t>::max()));
        spec.byHand[group] = choiceOf(reader, own);
    }
    return spec;
}

SessionEntry entryOf(Reader& reader, const Place& place, std::size_t sources) {
    SessionEntry entry;
    const Place source = reader.at(place, "source");
    if (sources == 0) reader.fail(source.path, "the session names no sources");
    entry.source = reader.whole(source, 0, sources == 0 ? 0 : sources - 1);
    entry.tensor = reader.text(reader.at(place, "tensor"));
    return entry;
}

SessionTensor tensorOf(Reader& reader, const Place& place, std::size_t sources) {
    SessionTensor tensor;
    tensor.entry = entryOf(reader, place, sources);
    if (reader.has(place, "importance")) tensor.importance = entryOf(reader, reader.at(place, "importance"), sources);
    const Place policy = reader.at(place, "nonFinite");
    const std::string name = reader.text(policy);
    const auto* known =
        std::find_if(kPolicies.begin(), kPolicies.end(), [&](const auto& p) { return p.second == name; });
    if (known == kPolicies.end())
        reader.fail(policy.path, "\"stop\", \"drop\" or \"clamp\" is expected");
    else
        tensor.nonFinite = known->first;
    return tensor;
}

std::optional<char> characterOf(Reader& reader, const Place& place) {
    const std::string text = reader.text(place);
    if (text.size() == 1) return text.front();
    reader.fail(place.path, "a single character is expected");
    return std::nullopt;
}

SessionSource sourceOf(Reader& reader, const Place& place) {
    SessionSource source;
    if (reader.has(place, "generated")) {
        source.recipe = reader.text(reader.at(place, "generated"));
        if (source.recipe.empty()) reader.fail(place.path + "/generated", "the name of a recipe is expected");
        source.count = reader.whole(reader.at(place, "count"), 1, std::uint64_t{1} << 62);
        source.seed = reader.whole(reader.at(place, "seed"), 0, std::numeric_limits<std::uint64_t>::max());
        return source;
    }
    const Place file = reader.at(place, "file"), sum = reader.at(place, "sha256");
    source.file = reader.text(file);
    if (source.file.empty() || source.file.find('\0') != std::string::npos)
        reader.fail(file.path, "a path is expected");
    source.sha256 = reader.text(sum);
    const bool hexadecimal = source.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (source.sha256.size() != 64 || !hexadecimal) reader.fail(sum.path, "64 hexadecimal digits are expected");
    if (!reader.has(place, "open")) return source;
    const Place open = reader.at(place, "open");
    if (reader.has(open, "separator")) source.open.separator = characterOf(reader, reader.at(open, "separator"));
    if (reader.has(open, "decimalMark")) source.open.decimalMark = characterOf(reader, reader.at(open, "decimalMark"));
    if (reader.has(open, "header")) source.open.header = reader.flag(reader.at(open, "header"));
    return source;
}

/// Nesting is checked before parsing: a session is shallow, and depth is what hostile JSON has to offer.
bool tooDeep(std::string_view text) {
    constexpr int kMaximumDepth = 16;
    int depth = 0;
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inside) {
            if (c == '\\') ++i;
            inside = c != '"';
        } else if (c == '"') {
            inside = true;
        } else if (c == '[' || c == '{') {
            if (++depth > kMaximumDepth) return true;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return false;
}

/// What nlohmann says, without its own name and number in front: "parse error at line 1, column 2: …".
std::string reasonOf(std::string message) {
    if (const std::size_t end = message.find("] "); message.starts_with("[json.exception") && end != std::string::npos)
        message.erase(0, end + 2);
    return toUtf8(message);
}

} // namespace

std::string sessionText(const SessionDocument& session) {
    Json json = {{"quantoscope", "session"}, {"version", kVersion}, {"sources", Json::array()}};
    for (const SessionSource& source : session.sources) json["sources"].push_back(toJson(source));
    if (session.current) json["current"] = toJson(*session.current);
    json["spec"] = toJson(session.spec);
    json["pinned"] = Json::array();
    for (const PinnedRun& run : session.pinned) {
        Json pinned = toJson(run.tensor);
        pinned["spec"] = toJson(run.spec);
        json["pinned"].push_back(std::move(pinned));
    }
    json["view"] = Json::object();
    for (const auto& [key, value] : session.view) json["view"][key] = value;
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<SessionDocument> parseSession(std::string_view text) {
    if (text.size() > kMaximumSessionBytes)
        return Error{ErrorCode::TooLarge, "/", fmt::format("a session has at most {} bytes", kMaximumSessionBytes)};
    if (tooDeep(text)) return Error{ErrorCode::Malformed, "/", "it is nested more deeply than a session is"};
    Json json;
    try {
        json = Json::parse(text);
    } catch (const Json::exception& exception) {
        return Error{ErrorCode::Malformed, "/", reasonOf(exception.what())};
    }

    Reader reader;
    const Place root{&json, ""};
    if (reader.text(reader.at(root, "quantoscope")) != "session")
        reader.fail("/quantoscope", "\"session\" is expected");
    if (reader.failed()) return reader.error();
    const std::uint64_t version = reader.whole(reader.at(root, "version"), 1, std::numeric_limits<std::int32_t>::max());
    if (version > kVersion)
        reader.fail(
            "/version",
            fmt::format("version {} was written by a newer Quantoscope; this one reads up to {}", version, kVersion),
            ErrorCode::Unsupported);
    if (reader.failed()) return reader.error();

    SessionDocument session;
    for (const Place& source : reader.items(reader.at(root, "sources")))
        session.sources.push_back(sourceOf(reader, source));
    if (reader.has(root, "current"))
        session.current = tensorOf(reader, reader.at(root, "current"), session.sources.size());
    session.spec = specOf(reader, reader.at(root, "spec"));
    for (const Place& pinned : reader.items(reader.at(root, "pinned")))
        session.pinned.push_back(
            {tensorOf(reader, pinned, session.sources.size()), specOf(reader, reader.at(pinned, "spec"))});
    const Place view = reader.at(root, "view");
    if (view.json && !view.json->is_object())
        reader.fail(view.path, fmt::format("an object is expected, and this is {}", view.json->type_name()));
    else if (view.json)
        for (const auto& [key, value] : view.json->items())
            session.view[key] = reader.text({&value, view.path + "/" + key});
    if (reader.failed()) return reader.error();
    return session;
}

Result<SessionDocument> readSession(const std::filesystem::path& path) {
    const Result<InputFile> file = InputFile::open(path);
    if (!file) return file.error();
    if (file->size() > kMaximumSessionBytes)
        return Error{ErrorCode::TooLarge, file->at(),
                     fmt::format("a session has at most {} bytes", kMaximumSessionBytes)};
    const auto bytes = file->readUpTo(0, kMaximumSessionBytes);
    if (!bytes) return bytes.error();
    auto session = parseSession({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
    if (!session) {
        Error error = session.error();
        error.where = file->at(error.where);
        return error;
    }
    std::error_code ignored;
    const std::filesystem::path directory = std::filesystem::absolute(path, ignored).parent_path();
    for (SessionSource& source : session->sources)
        if (!source.file.empty()) source.file = (directory / source.file).lexically_normal().native();
    return session;
}

Status writeSession(const SessionDocument& session, const std::filesystem::path& path) {
    SessionDocument moved = session;
    std::error_code ignored;
    const std::filesystem::path directory = std::filesystem::absolute(path, ignored).lexically_normal().parent_path();
    for (SessionSource& source : moved.sources) {
        if (source.file.empty()) continue;
        const std::filesystem::path absolute = std::filesystem::absolute(source.file, ignored).lexically_normal();
        const std::filesystem::path relative = absolute.lexically_relative(directory);
        source.file = !relative.empty() && *relative.begin() != ".." ? relative.native() : absolute.native();
    }
    return exportText(sessionText(moved), path, Overwrite::Replace);
}

} // namespace quantoscope
