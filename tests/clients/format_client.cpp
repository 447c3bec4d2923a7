// The project's side of tests/clients/check_formats.py: writes files for real clients to read, and prints what it reads
// of theirs. "write FOLDER" makes one file a format; "dump FILE" prints its entries as JSON, values as float32 bits.
#include "core/formats/format_registry.h"

#include <nlohmann/json.hpp>

#include <bit>
#include <cstdio>
#include <limits>
#include <string>

using namespace quantoscope;

namespace {

int fail(const std::string& message) {
    std::fprintf(stderr, "%s\n", message.c_str());
    return 1;
}

std::vector<Tensor> tensorsOfEveryDType() {
    std::vector<Tensor> tensors;
    for (int d = 0; d <= static_cast<int>(DType::F64); ++d) {
        const auto dtype = static_cast<DType>(d);
        std::vector<float> values{0, 1, 1, 0, 1, 0};
        if (dtype != DType::Bool) values = {0, 1, 2, 3, 64, 96};
        if (isFloatingPoint(dtype)) values = {0, -1.5f, 0.375f, 64, std::numeric_limits<float>::quiet_NaN(), -0.0f};
        tensors.push_back(makeTensor("t." + std::string(name(dtype)), {2, 3}, std::move(values), dtype));
    }
    tensors.push_back(makeTensor("empty", {0, 3}, {}));
    tensors.push_back(makeTensor("scalar", {}, {2.5f}));
    tensors.push_back(makeTensor("이름/ü", {0.1f, -3e38f}));
    return tensors;
}

int write(const std::filesystem::path& folder) {
    const std::vector<Tensor> all = tensorsOfEveryDType();
    const auto put = [&](const char* extension, const std::string& file, std::span<const Tensor> tensors) {
        return formatForExtension(extension)->write(folder / file, tensors, {});
    };
    if (Status status = put("safetensors", "all.safetensors", all); !status) return fail(status.error().message());
    std::vector<Tensor> known; // to NumPy
    for (const Tensor& tensor : all) {
        const Status status =
            put("npy", tensor.info.name == "이름/ü" ? "name.npy" : tensor.info.name + ".npy", std::span(&tensor, 1));
        if (status)
            known.push_back(tensor);
        else if (status.error().code != ErrorCode::Unsupported)
            return fail(status.error().message());
    }
    if (Status status = put("npz", "all.npz", known); !status) return fail(status.error().message());
    const std::vector<Tensor> columns{makeTensor("a, \"b\"", {0.1f, -2, 3e10f}),
                                      makeTensor("n", {3}, {1, 2, 3}, DType::I64)};
    if (Status status = put("csv", "table.csv", columns); !status) return fail(status.error().message());
    if (Status status = put("tsv", "table.tsv", columns); !status) return fail(status.error().message());
    return 0;
}

int dump(const std::filesystem::path& path) {
    const auto source = openFile(path);
    if (!source) return fail(source.error().message());
    auto result = nlohmann::json::array();
    for (std::size_t i = 0; i < (*source)->entries().size(); ++i) {
        const auto tensor = (*source)->load(i, {});
        if (!tensor) return fail(tensor.error().message());
        auto bits = nlohmann::json::array();
        for (const float value : tensor->values) bits.push_back(std::bit_cast<std::uint32_t>(value));
        result.push_back({{"name", tensor->info.name},
                          {"dtype", name(tensor->info.dtype)},
                          {"shape", tensor->info.shape},
                          {"bits", std::move(bits)}});
    }
    std::puts(result.dump().c_str());
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    const std::string command = argc == 3 ? argv[1] : "";
    if (command == "write") return write(argv[2]);
    if (command == "dump") return dump(argv[2]);
    return fail("format_client write FOLDER | dump FILE");
}
