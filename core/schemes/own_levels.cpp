// Own levels: each value goes to the nearest of the user's levels. Without any, evenly spaced round ones about the
// data.
#include "core/schemes/round_numbers.h"
#include "core/schemes/scheme_registry.h"

#include <algorithm>
#include <limits>

namespace quantoscope {

namespace {

class OwnLevels final : public Scheme {
public:
    const SchemeInfo& info() const override {
        static const SchemeInfo info{
            .id = "levels",
            .name = "Own levels",
            .hint = "your levels",
            .summary = "Each value goes to the nearest of your own levels.",
            .family = Family::Static,
            .control = LevelControl::FromParameters,
            .parameters = {{.id = "levels",
                            .label = "Levels",
                            .kind = ParameterKind::RealList,
                            .defaultValue = std::vector<double>{},
                            .help =
                                "The levels, in any order; without any, evenly spaced round numbers about the data.",
                            .minimum = std::numeric_limits<float>::lowest(),
                            .maximum = std::numeric_limits<float>::max()}},
        };
        return info;
    }

    Result<std::uint32_t> requestedLevels(const QuantSpec& spec) const override {
        const auto own = spec.parameters.find("levels");
        QuantSpec checked = spec;
        if (own != spec.parameters.end() && own->second != ParameterValue(std::vector<double>{})) checked.levels = 1;
        auto levels = Scheme::requestedLevels(checked);
        if (!levels) return levels;
        const std::size_t given = list(spec, "levels").size(), most = std::size_t{1} << info().maximumBits;
        if (given == 0) return levels;
        if (given > most)
            return Error{ErrorCode::InvalidArgument, "levels", "there must be at most " + std::to_string(most)};
        return static_cast<std::uint32_t>(given);
    }

    Result<GroupFit> fit(const GroupData& data, const QuantSpec& spec, Effort, const JobControl& job) const override {
        if (job.cancelled()) return cancelled();
        std::vector<double> wanted = list(spec, "levels");
        if (wanted.empty()) wanted = roundNumbers(data.minimum(), data.maximum(), spec.levels);
        constexpr double largest = std::numeric_limits<float>::max();
        std::vector<float> levels;
        levels.reserve(wanted.size());
        for (const double level : wanted) levels.push_back(static_cast<float>(std::clamp(level, -largest, largest)));
        auto codebook = nearestLevelCodebook(std::move(levels));
        if (!codebook) return codebook.error();
        GroupFit fit;
        fit.codebook = std::make_shared<const Codebook>(std::move(*codebook));
        return fit;
    }
};

} // namespace

const Scheme& ownLevelsScheme() {
    static const OwnLevels scheme;
    return scheme;
}

} // namespace quantoscope
