// A session on disk: everything but the data. Which files were open (by path and SHA-256), what was generated, the
// tensor chosen, its spec, the pinned runs and how the views were set. JSON with a version; the next versions read this
// one.
//
//     {"quantoscope": "session", "version": 1,
//      "sources": [{"file": "weights.npz", "sha256": "…", "open": {"separator": ";"}},
//                  {"generated": "normal", "count": 100000, "seed": 1}],
//      "current": {"source": 0, "tensor": "fc1", "nonFinite": "stop", "importance": {"source": 0, "tensor": "fisher"}},
//      "spec": {"scheme": "kmeans", "levels": 16, "parameters": {}, "grouping": "tensor", "range": "minmax",
//               "byHand": [{"group": 3, "scheme": "fixed", "parameters": {"edges": [0, 1, 2]}}]},
//      "pinned": [{"source": 0, "tensor": "fc1", "nonFinite": "stop", "spec": {…}}],
//      "view": {"tab": "transfer"}}
#pragma once

#include "core/base/result.h"
#include "core/formats/tensor_source.h"
#include "core/quant/quant_spec.h"
#include "core/study/prepared_tensor.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quantoscope {

/// Where tensors come from: a file, or a recipe of generated.h where `recipe` is not empty.
struct SessionSource {
    std::string file;   // absolute, or relative to the session's own directory
    std::string sha256; // of its contents when the session was saved, 64 hexadecimal digits
    OpenOptions open;
    std::string recipe;
    std::uint64_t count = 0;
    std::uint64_t seed = 0;
};

struct SessionEntry {
    std::size_t source = 0; // index into SessionDocument::sources
    std::string tensor;     // name of the entry; empty where the source has only one
};

struct SessionTensor {
    SessionEntry entry;
    NonFinitePolicy nonFinite = NonFinitePolicy::Stop;
    std::optional<SessionEntry> importance = {}; // how much the error of each value counts; none: all the same
};

struct PinnedRun {
    SessionTensor tensor;
    QuantSpec spec;
};

struct SessionDocument {
    std::vector<SessionSource> sources;
    std::optional<SessionTensor> current;
    QuantSpec spec;
    std::vector<PinnedRun> pinned;
    std::map<std::string, std::string> view;
};

/// The text of a session file, paths as they are. Bytes of names that are not UTF-8 are read as Latin-1.
std::string sessionText(const SessionDocument& session);

/// Errors: Malformed (not JSON, or not what is expected: `where` names the place, such as "/pinned/0/spec/levels"),
/// Unsupported (a newer version), NotFound (a scheme there is not), InvalidArgument (a parameter the scheme refuses),
/// TooLarge.
Result<SessionDocument> parseSession(std::string_view text);

inline constexpr std::size_t kMaximumSessionBytes = std::size_t{64} << 20;

/// Relative paths are taken from the session's directory and come back absolute. Errors: as parseSession, with the
/// file's name in front; NotFound, Unreadable.
Result<SessionDocument> readSession(const std::filesystem::path& path);
/// Files below the session's directory are written relative to it, so that both can move together. Errors: WriteFailed.
Status writeSession(const SessionDocument& session, const std::filesystem::path& path);

} // namespace quantoscope
