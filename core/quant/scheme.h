// The interface of a quantization scheme. A scheme is one file in core/schemes and one line in scheme_registry.cpp:
// menus, the parameter form, the command line, the conformance tests and the documentation are made from what it
// declares.
#pragma once

#include "core/base/job_control.h"
#include "core/quant/codebook.h"
#include "core/quant/group_data.h"
#include "core/quant/optimality.h"
#include "core/quant/parameter.h"
#include "core/quant/quant_spec.h"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace quantoscope {

enum class Family {
    Static,  // the intervals are fixed before the data is seen (up to a scale)
    Dynamic, // the data decides them
};

enum class LevelControl {
    Levels,         // any number of levels from 1 to 2^maximumBits
    Bits,           // a whole number of bits, minimumBits to maximumBits: 2^b levels
    FromParameters, // Levels until the scheme's own parameters say (a list of edges or levels)
};

/// A customary form of a scheme, a row of its own in comparisons: symmetric and asymmetric, or in blocks of 64.
struct SchemeVariant {
    std::string_view id;   // "asymmetric"; empty for the only one
    std::string_view name; // "Affine asymmetric"
    Parameters parameters = {};
    std::optional<Grouping> grouping = {}; // where it differs from the grouping chosen for the comparison
};

struct SchemeInfo {
    std::string_view id;      // "kmeans"
    std::string_view name;    // "k-means"
    std::string_view hint;    // two or three words beside the name: "global optimum"
    std::string_view summary; // one sentence: what it does
    Family family = Family::Dynamic;
    LevelControl control = LevelControl::Levels;
    int minimumBits = 0;
    int maximumBits = 16;
    bool usesRange = false;      // whether QuantSpec::range means anything to it
    bool usesImportance = false; // whether it weighs errors by importance, where values have one
    bool entropyCoded = false;   // whether its codes are made to be entropy-coded: its rate is their entropy
    std::vector<Parameter> parameters = {};
    std::vector<SchemeVariant> variants = {}; // empty: the scheme with its defaults
    std::string_view source = {};             // where the method is described
};

/// What a fit of one group yields; quantizer.h says how the fields encode and decode.
struct GroupFit {
    std::shared_ptr<const Codebook> codebook; // the same pointer for groups that share a table
    float scale = 1;
    float offset = 0;
    std::int32_t zero = 0;
    float lower = -std::numeric_limits<float>::infinity();
    float upper = std::numeric_limits<float>::infinity();
    std::uint64_t sideBits = 0;                            // what this group must store beside its codes
    bool exact = true;                                     // false where the scheme's own answer was only approximated
    std::optional<OptimalityCertificate> certificate = {}; // where the scheme proves that its levels are the best
};

inline constexpr std::uint64_t kBitsPerFittedLevel = 32;
inline constexpr std::uint64_t kBitsPerScale = 32;

class Scheme {
public:
    virtual ~Scheme() = default;

    virtual const SchemeInfo& info() const = 0;

    /// How many levels the spec asks for. Errors: InvalidArgument where the scheme cannot do that many, or a parameter
    /// is wrong.
    virtual Result<std::uint32_t> requestedLevels(const QuantSpec& spec) const;

    /// Fits one group, from several threads at once. The spec has passed requestedLevels. An empty group yields a valid
    /// codebook.
    virtual Result<GroupFit> fit(const GroupData& data, const QuantSpec& spec, Effort effort,
                                 const JobControl& job) const = 0;

protected:
    const ParameterValue& value(const QuantSpec& spec, std::string_view id) const;
    std::int64_t integer(const QuantSpec& spec, std::string_view id) const;
    double real(const QuantSpec& spec, std::string_view id) const;
    const std::string& choice(const QuantSpec& spec, std::string_view id) const;
    const std::vector<double>& list(const QuantSpec& spec, std::string_view id) const;
};

} // namespace quantoscope
