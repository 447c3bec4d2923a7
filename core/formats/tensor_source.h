// A file of tensors, opened: its headers are known, its values are read when asked for, from any thread.
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/tensor/tensor.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quantoscope {

/// Text by key, both UTF-8.
using Metadata = std::map<std::string, std::string>;

enum class Slices {
    Anywhere, // as cheap in any order, and by several threads
    Forward,  // one after the other from the first: what is packed has to be unpacked from its beginning
    Costly,   // each may take as long as all of it: a slice of rows in a file of columns
};

class TensorSource {
public:
    virtual ~TensorSource() = default;

    /// What the file holds, in its own order. A table lists its numeric columns, and where there is more than one
    /// column then, last, all of them as one matrix named "*" of kind Table.
    virtual const std::vector<TensorInfo>& entries() const = 0;

    /// All values of an entry as float32.
    virtual Result<Tensor> load(std::size_t index, const JobControl& job) const = 0;

    /// out.size() values of an entry from row-major position first on, so that a large file need not be held.
    virtual Status read(std::size_t index, std::uint64_t first, std::span<float> out, const JobControl& job) const = 0;

    /// The same, and raises conversionError to the largest |original − float32| among them.
    virtual Status read(std::size_t index, std::uint64_t first, std::span<float> out, double& conversionError,
                        const JobControl& job) const {
        static_cast<void>(conversionError);
        return read(index, first, out, job);
    }

    /// The path of the file; empty where there is none.
    virtual std::string path() const { return {}; }

    /// How slices of an entry are to be read where they add up to all of it.
    virtual Slices slices(std::size_t index) const {
        static_cast<void>(index);
        return Slices::Anywhere;
    }

    /// What the file holds beyond the entries, and why it is not among them: a sentence each, such as
    /// "column \"country\" holds text".
    virtual std::vector<std::string> leftOut() const { return {}; }

    /// What the file says about itself, by key, where its format has a place for that.
    virtual Metadata metadata() const { return {}; }
};

/// What the user may tell a reader that the file does not; each is detected when left out. Only tables use them.
struct OpenOptions {
    std::optional<char> separator;
    std::optional<char> decimalMark; // '.' or ','
    std::optional<bool> header;
};

/// A file format: one file of code that reads and, where `write` is set, writes it; one line in the registry.
struct Format {
    std::string_view id;                      // "npy"
    std::string_view label;                   // "NumPy array"
    std::vector<std::string_view> extensions; // lower case, without dot; the first is the usual one
    /// Whether a file that begins with these bytes (up to 4096) and has this lower-case extension is of this format.
    bool (*sniff)(std::span<const std::byte> head, std::string_view extension);
    /// Text has to be read whole to be understood, so this too can be stopped and reports how far it is.
    Result<std::unique_ptr<TensorSource>> (*open)(const std::filesystem::path& path, const OpenOptions& options,
                                                  const JobControl& job);
    /// Writes the tensors whole or not at all, each in its own dtype; null where the format is only read.
    Status (*write)(const std::filesystem::path& path, std::span<const Tensor> tensors,
                    const JobControl& job) = nullptr;
    bool lossy = false; // what is written reads back only nearly the same
    bool table = false; // text in rows and columns: csv_reader.h reads what is no number in it
};

} // namespace quantoscope
