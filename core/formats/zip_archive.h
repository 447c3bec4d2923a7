// Zip archives by libzip: members read by position, and an archive of stored members written whole or not at all.
#pragma once

#include "core/base/input_file.h"
#include "core/base/output_file.h"

#include <functional>
#include <memory>
#include <vector>

namespace quantoscope {

struct ZipMember {
    std::string name; // UTF-8
    std::uint64_t size = 0;
    std::string unreadable; // why it cannot be read; empty if it can
};

class ZipReader {
public:
    /// The file must outlive it. Errors: Malformed, Unreadable.
    static Result<std::unique_ptr<ZipReader>> open(const InputFile& file);
    ~ZipReader();

    const std::vector<ZipMember>& members() const;
    /// Fills out from a byte offset of a member, which has so many. Stored members are read in place; in packed ones
    /// going on from the last place is cheap and going back begins anew. From several threads one after the other.
    Status read(std::size_t index, std::uint64_t offset, std::span<std::byte> out);
    /// After the last byte has been read in order from the first: that nothing follows and the checksum is right.
    Status checkEnd(std::size_t index);

private:
    struct State;
    explicit ZipReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Fills out as far as it has bytes and says how far; 0 is the end.
using ZipProducer = std::function<Result<std::size_t>(std::span<std::byte> out)>;

struct ZipOutput {
    std::string name;       // UTF-8
    std::uint64_t size = 0; // of what `produce` gives
    ZipProducer produce;
};

/// Writes the outputs, stored and with the same date always, so that equal contents give equal archives.
/// Errors: the producers', WriteFailed.
Status writeZip(OutputFile& file, std::vector<ZipOutput> outputs);

} // namespace quantoscope
