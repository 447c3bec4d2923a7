// What the readers of all formats share: an open file, the list of its entries, and the checks before a value is
// touched.
#pragma once

#include "core/base/input_file.h"
#include "core/formats/tensor_source.h"

namespace quantoscope {

/// More would be a mistake or an attack: NumPy has at most 64.
inline constexpr std::size_t kMostDimensions = 64;

/// A source whose format only says how a run of values is fetched.
class FileSource : public TensorSource {
public:
    explicit FileSource(InputFile file) : m_file(std::move(file)) {}

    const std::vector<TensorInfo>& entries() const override { return m_entries; }
    Result<Tensor> load(std::size_t index, const JobControl& job) const override;
    Status read(std::size_t index, std::uint64_t first, std::span<float> out, const JobControl& job) const override;
    Status read(std::size_t index, std::uint64_t first, std::span<float> out, double& conversionError,
                const JobControl& job) const override;
    std::string path() const override { return m_file.path().native(); }
    std::vector<std::string> leftOut() const override { return m_leftOut; }

protected:
    /// Values [first, first + out.size()) of an entry, which are there by its shape; raises conversionError.
    virtual Status fetch(std::size_t index, std::uint64_t first, std::span<float> out, double& conversionError,
                         const JobControl& job) const = 0;

    const InputFile& file() const { return m_file; }
    /// An error of this file at a place in it ("byte 12", "key \"x\"").
    Error error(ErrorCode code, std::string_view place, std::string detail) const {
        return {code, m_file.at(place), std::move(detail)};
    }

    std::vector<TensorInfo> m_entries; // every shape has an elementCount
    std::vector<std::string> m_leftOut;

private:
    InputFile m_file;
};

/// Error: TooLarge where the machine's memory could not hold so many values.
Status checkMemory(std::uint64_t count, std::string_view where);

/// Room for so many values. Error: TooLarge where the machine's memory could not hold them.
Result<RawVector<float>> allocateValues(std::uint64_t count, std::string_view where);

/// The tensor holds as many values as its shape says. Error: InvalidArgument.
Status checkValues(const Tensor& tensor);

/// Lower case, without the dot; empty where there is none.
std::string extensionOf(const std::filesystem::path& path);

/// The name of the file without its extension, as UTF-8: what its only tensor is called.
std::string stemOf(const std::filesystem::path& path);

} // namespace quantoscope
