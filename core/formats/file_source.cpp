#include "core/formats/file_source.h"

#include "core/base/memory_budget.h"
#include "core/base/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <stdexcept>

namespace quantoscope {

Result<Tensor> FileSource::load(std::size_t index, const JobControl& job) const {
    if (index >= m_entries.size())
        return error(ErrorCode::NotFound, {},
                     fmt::format("has {} tensors, none with index {}", m_entries.size(), index));
    Tensor tensor;
    tensor.info = m_entries[index];
    tensor.file = m_file.path().native();
    const auto count = elementCount(tensor.info.shape);
    if (!count) return count.error();
    auto values = allocateValues(*count, m_file.at(inQuotes(tensor.info.name)));
    if (!values) return values.error();
    tensor.values = std::move(*values);
    if (job.cancelled()) return cancelled();
    if (Status status = fetch(index, 0, tensor.values, tensor.conversionError, job); !status) return status.error();
    return tensor;
}

Status FileSource::read(std::size_t index, std::uint64_t first, std::span<float> out, const JobControl& job) const {
    double conversionError = 0;
    return read(index, first, out, conversionError, job);
}

Status FileSource::read(std::size_t index, std::uint64_t first, std::span<float> out, double& conversionError,
                        const JobControl& job) const {
    if (index >= m_entries.size())
        return error(ErrorCode::NotFound, {},
                     fmt::format("has {} tensors, none with index {}", m_entries.size(), index));
    const auto count = elementCount(m_entries[index].shape);
    if (!count) return count.error();
    if (first > *count || out.size() > *count - first)
        return error(ErrorCode::InvalidArgument, inQuotes(m_entries[index].name),
                     fmt::format("holds {} values, not {} from position {} on", *count, out.size(), first));
    if (job.cancelled()) return cancelled();
    return fetch(index, first, out, conversionError, job);
}

namespace {

Error tooLarge(std::uint64_t count, std::string_view where) {
    return {ErrorCode::TooLarge, std::string(where),
            fmt::format("its {} values need {:.1f} GB as float32 and this machine has {:.1f} GB", count,
                        static_cast<double>(count) * 4e-9, static_cast<double>(physicalMemory()) * 1e-9)};
}

} // namespace

Status checkMemory(std::uint64_t count, std::string_view where) {
    const std::uint64_t memory = physicalMemory();
    if (memory != 0 && count > memory / sizeof(float)) return tooLarge(count, where);
    return {};
}

Result<RawVector<float>> allocateValues(std::uint64_t count, std::string_view where) {
    if (Status status = checkMemory(count, where); !status) return status.error();
    try {
        return RawVector<float>(static_cast<std::size_t>(count));
    } catch (const std::bad_alloc&) {
        return tooLarge(count, where);
    } catch (const std::length_error&) {
        return tooLarge(count, where);
    }
}

Status checkValues(const Tensor& tensor) {
    const auto count = elementCount(tensor.info.shape);
    if (!count) return Error{count.error().code, inQuotes(tensor.info.name), count.error().detail};
    if (*count != tensor.values.size())
        return Error{ErrorCode::InvalidArgument, inQuotes(tensor.info.name),
                     fmt::format("has {} values and a shape of {}", tensor.values.size(), *count)};
    return {};
}

std::string extensionOf(const std::filesystem::path& path) {
    std::string extension = path.extension().native();
    if (!extension.empty()) extension.erase(0, 1);
    for (char& c : extension)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return extension;
}

std::string stemOf(const std::filesystem::path& path) { return toUtf8(path.stem().native()); }

} // namespace quantoscope
