// Reading files of tensors in tests.
#pragma once

#include "core/formats/format_registry.h"

#include <QString>

#include <filesystem>
#include <vector>

namespace quantoscope::test {

/// What opening, or else loading the first entry that cannot be loaded, complains about; empty where all is well.
struct Complaint {
    ErrorCode code = ErrorCode::InvalidArgument;
    QString message;
};
Complaint complaintAbout(const std::filesystem::path& path, const OpenOptions& options = {});

/// The values of an entry; the test ends where they cannot be loaded.
Tensor loadEntry(const std::filesystem::path& path, std::size_t index = 0, const OpenOptions& options = {});
Tensor loadEntry(const std::filesystem::path& path, const char* name, const OpenOptions& options = {});

/// "weights F32 2 × 3, bias F64 3": all entries of a file, in order.
QString entriesOf(const std::filesystem::path& path, const OpenOptions& options = {});

} // namespace quantoscope::test
