// A program of somebody else as a yardstick in the same run: it reads float32 from a file and prints one JSON object.
#pragma once

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace quantoscope {

inline std::vector<float> normalFloats(std::size_t count, unsigned seed = 20261123) {
    std::mt19937_64 generator(seed);
    std::normal_distribution<float> normal;
    std::vector<float> values(count);
    for (float& value : values) value = normal(generator);
    return values;
}

class Prototype {
public:
    /// The program is named by an environment variable; without it every run is nullopt.
    Prototype(const char* variable, std::span<const float> values) {
        const char* program = std::getenv(variable);
        if (!program) return;
        m_program = program;
        m_file = std::filesystem::temp_directory_path() / ("quantoscope_bench_" + std::to_string(getpid()) + ".f32");
        std::ofstream(m_file, std::ios::binary)
            .write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size_bytes()));
    }
    ~Prototype() {
        std::error_code ignored;
        if (!m_file.empty()) std::filesystem::remove(m_file, ignored);
    }
    Prototype(const Prototype&) = delete;
    Prototype& operator=(const Prototype&) = delete;

    /// What it prints for these arguments, which follow the file's name.
    std::optional<nlohmann::json> run(const std::string& arguments, const std::string& environment = {}) const {
        if (m_program.empty()) return std::nullopt;
        const std::string command = environment + " '" + m_program + "' '" + m_file.string() + "' " + arguments;
        FILE* pipe = popen(command.c_str(), "r");
        if (!pipe) return std::nullopt;
        std::string text;
        char buffer[4096];
        while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, pipe)) text.append(buffer, got);
        pclose(pipe);
        auto json = nlohmann::json::parse(text, nullptr, false);
        if (json.is_discarded()) return std::nullopt;
        return json;
    }

private:
    std::string m_program;
    std::filesystem::path m_file;
};

} // namespace quantoscope
