// What every scheme keeps, whatever it is: every registered one, at several widths, variants, groupings and ranges, on
// every hard sample. A new scheme is tested here by being registered.
#include "core/base/parallel.h"
#include "core/quant/quantized_tensor.h"
#include "core/schemes/scheme_registry.h"
#include "core/study/fit.h"
#include "core/study/run.h"
#include "tests/support/datasets.h"
#include "tests/support/samples.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

using namespace quantoscope;
using namespace quantoscope::test;

namespace {

/// A scheme as its declaration offers it: every variant and every choice of every parameter, one at a time.
std::vector<Parameters> settingsOf(const SchemeInfo& info) {
    std::vector<Parameters> settings{{}};
    for (const SchemeVariant& variant : info.variants) settings.push_back(variant.parameters);
    for (const Parameter& parameter : info.parameters)
        for (const ParameterChoice& choice : parameter.choices)
            settings.push_back({{std::string(parameter.id), std::string(choice.id)}});
    return settings;
}

std::string describe(const QuantSpec& spec, std::string_view data) {
    std::string text = spec.scheme + ", " + std::to_string(spec.levels) + " levels, " + formatGrouping(spec.grouping) +
                       ", " + formatRange(spec.range);
    for (const auto& [id, value] : spec.parameters) text += ", " + id + " = " + formatParameter(value);
    return text.append(" of ").append(data);
}

/// Every spec of a scheme that it says it can do.
template<class Body>
void forSpecs(const Scheme& scheme, std::initializer_list<std::uint32_t> levels, const Body& body) {
    const SchemeInfo& info = scheme.info();
    for (const Parameters& parameters : settingsOf(info)) {
        for (const std::uint32_t count : levels) {
            QuantSpec spec;
            spec.scheme = info.id;
            spec.levels = count;
            spec.parameters = parameters;
            if (scheme.requestedLevels(spec)) body(spec);
        }
    }
}

std::vector<RangeSpec> rangesOf(const SchemeInfo& info) {
    if (!info.usesRange) return {{}};
    using Kind = RangeSpec::Kind;
    return {{},
            {Kind::Percentile, 90},
            {Kind::Sigma, 2},
            {Kind::Mse},
            {Kind::Fixed, 0, -1.5f, 4},
            {Kind::Fixed, 0, std::numeric_limits<float>::lowest(), std::numeric_limits<float>::max()}};
}

PreparedTensorPtr prepared(std::vector<float> values, Shape shape) {
    return PreparedTensor::make(std::make_shared<Tensor>(makeTensor("data", std::move(shape), std::move(values))));
}

/// The bin of a value by the formulas of quantizer.h, one threshold or integer after the other.
std::size_t naiveBin(const Codebook& codebook, const GroupScale& group, float value) {
    const float inverse = 1.0f / group.scale;
    const float u = (value - group.offset) * inverse;
    if (codebook.integerGrid) {
        const float q = std::nearbyint(u) + static_cast<float>(group.zero);
        std::size_t bin = 0;
        while (bin + 1 < codebook.size() && codebook.levels[bin] < q) ++bin;
        return bin;
    }
    std::size_t bin = 0;
    for (const float threshold : codebook.thresholds) bin += threshold <= u;
    return bin;
}

bool ascends(const std::vector<float>& numbers, bool strictly) {
    for (std::size_t i = 1; i < numbers.size(); ++i)
        if (strictly ? !(numbers[i - 1] < numbers[i]) : !(numbers[i - 1] <= numbers[i])) return false;
    return std::all_of(numbers.begin(), numbers.end(), [](float x) { return std::isfinite(x); });
}

/// What must hold of any fit; a sentence about the first thing that does not.
std::string flawOf(const GroupFit& fit, std::uint32_t requested) {
    if (!fit.codebook) return "no codebook";
    const Codebook& codebook = *fit.codebook;
    if (codebook.levels.empty()) return "no level";
    if (codebook.size() > requested) return "more levels than asked for";
    if (!ascends(codebook.levels, true)) return "levels do not ascend";
    if (codebook.integerGrid ? !codebook.thresholds.empty() : codebook.thresholds.size() + 1 != codebook.size())
        return "not one threshold between two levels";
    if (!ascends(codebook.thresholds, true)) return "thresholds do not ascend";
    for (std::size_t i = 0; i < codebook.thresholds.size(); ++i)
        if (codebook.thresholds[i] < codebook.levels[i] || codebook.thresholds[i] > codebook.levels[i + 1])
            return "a threshold is not between its levels";
    if (!codebook.codes.empty() && codebook.codes.size() != codebook.size()) return "not one code a level";
    std::set<std::uint32_t> codes;
    for (std::size_t bin = 0; bin < codebook.size(); ++bin) codes.insert(codebook.codeOf(bin));
    if (codes.size() != codebook.size()) return "two levels have one code";
    if (static_cast<int>(std::bit_width(*codes.rbegin())) > bitsFor(requested)) return "a code is too wide";
    if (!(fit.scale > 0) || !std::isfinite(fit.scale) || !std::isfinite(1 / fit.scale)) return "the scale has no use";
    if (!std::isfinite(fit.offset)) return "the offset is not finite";
    if (!(fit.lower <= fit.upper)) return "the range is empty";
    return {};
}

GroupScale scaleOf(const GroupFit& fit) { return {fit.scale, fit.offset, fit.zero, 0}; }

/// Values on, just below and just above everything that matters.
std::vector<float> probesOf(const Codebook& values, const std::vector<float>& data) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    std::vector<float> probes = data;
    const auto around = [&](float x) {
        for (const float probe : {std::nextafter(x, -infinity), x, std::nextafter(x, infinity)})
            if (std::isfinite(probe)) probes.push_back(probe);
    };
    const std::size_t step = std::max<std::size_t>(1, values.thresholds.size() / 64);
    for (std::size_t i = 0; i < values.thresholds.size(); i += step) around(values.thresholds[i]);
    for (const float x : {0.0f, std::numeric_limits<float>::denorm_min(), -std::numeric_limits<float>::denorm_min(),
                          std::numeric_limits<float>::max(), std::numeric_limits<float>::lowest()})
        around(x);
    return probes;
}

} // namespace

class TestConformance : public QObject {
    Q_OBJECT

private slots:
    void declarationsAreComplete();
    void everyFitIsSound_data() { addSchemes(); }
    void everyFitIsSound();
    void thresholdsAgreeWithTheEncoder_data() { addSchemes(); }
    void thresholdsAgreeWithTheEncoder();
    void tensorsComeBackAsTheFormulasSay_data() { addSchemes(); }
    void tensorsComeBackAsTheFormulasSay();
    void everyBitIsAccountedFor_data() { addSchemes(); }
    void everyBitIsAccountedFor();
    void oneThreadAndManyGiveTheSame_data() { addSchemes(); }
    void oneThreadAndManyGiveTheSame();
    void groupsShareTablesThatDoNotDependOnTheData();
    void aStoppedJobIsCancelled_data() { addSchemes(); }
    void aStoppedJobIsCancelled();
    void meaninglessSpecsAreRefused_data() { addSchemes(); }
    void meaninglessSpecsAreRefused();
    void leastSquaredErrorIsNeverWorseThanTheExtremes_data() { addSchemes(); }
    void leastSquaredErrorIsNeverWorseThanTheExtremes();
    void noSchemeBeatsKMeansAtEqualLevels_data() { addSchemes(); }
    void noSchemeBeatsKMeansAtEqualLevels();
    void scalingByAPowerOfTwoScalesTheLevels_data() { addSchemes(); }
    void scalingByAPowerOfTwoScalesTheLevels();

private:
    static void addSchemes() {
        QTest::addColumn<QByteArray>("id");
        for (const Scheme* scheme : schemes()) {
            const QByteArray id(scheme->info().id.data(), static_cast<qsizetype>(scheme->info().id.size()));
            QTest::newRow(id.constData()) << id;
        }
    }
    static const Scheme& fetchScheme() {
        QFETCH(QByteArray, id);
        return **findScheme(id.toStdString());
    }
};

void TestConformance::declarationsAreComplete() {
    QVERIFY(schemes().size() >= 12);
    std::set<std::string_view> ids;
    for (const Scheme* scheme : schemes()) {
        const SchemeInfo& info = scheme->info();
        QVERIFY(ids.insert(info.id).second);
        QVERIFY(!info.name.empty() && !info.hint.empty() && info.summary.ends_with('.'));
        QVERIFY(info.minimumBits >= 0 && info.minimumBits <= info.maximumBits && info.maximumBits <= 16);
        QCOMPARE(*findScheme(info.id), scheme);
        std::set<std::string_view> parameters;
        for (const Parameter& parameter : info.parameters) {
            QVERIFY(parameters.insert(parameter.id).second);
            QVERIFY(!parameter.label.empty() && parameter.help.ends_with('.'));
            const auto again = parseParameter(parameter, formatParameter(parameter.defaultValue));
            QVERIFY(again && *again == parameter.defaultValue);
        }
        for (const SchemeVariant& variant : info.variants) {
            QVERIFY(!variant.name.empty());
            QVERIFY(checkParameters(info.parameters, variant.parameters));
        }
        // What a user meets first works: the defaults at 4 bits.
        QuantSpec spec;
        spec.scheme = info.id;
        QVERIFY(scheme->requestedLevels(spec));
    }
    const auto unknown = findScheme("nonesuch");
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code, ErrorCode::NotFound);
    QVERIFY(unknown.error().detail.find("kmeans, lloyd-max, rank") != std::string::npos);
}

void TestConformance::everyFitIsSound() {
    const Scheme& scheme = fetchScheme();
    for (const Sample& sample : hardSamples()) {
        const GroupData sorted(Distribution::build(sample.values).value());
        const GroupData unsorted{std::span<const float>(sample.values)};
        forSpecs(scheme, {1, 2, 3, 4, 7, 16, 64, 256}, [&](QuantSpec spec) {
            for (const RangeSpec& range : rangesOf(scheme.info())) {
                spec.range = range;
                const std::string what = describe(spec, sample.name);
                const auto fit = scheme.fit(sorted, spec, Effort::Exact, {});
                QVERIFY2(fit, what.c_str());
                const std::string flaw = flawOf(*fit, *scheme.requestedLevels(spec));
                QVERIFY2(flaw.empty(), (flaw + ": " + what).c_str());
                // Decoded values are finite, ascend, and each value goes to one of them.
                const Codebook values = valueCodebook(*fit->codebook, scaleOf(*fit));
                QVERIFY2(ascends(values.levels, false), what.c_str());
                // A group fits the same whether it was sorted before or not.
                const auto again = scheme.fit(unsorted, spec, Effort::Exact, {});
                QVERIFY2(again && again->codebook->levels == fit->codebook->levels && again->scale == fit->scale &&
                             again->zero == fit->zero && again->sideBits == fit->sideBits,
                         what.c_str());
                const auto preview = scheme.fit(sorted, spec, Effort::Preview, {});
                QVERIFY2(preview && flawOf(*preview, *scheme.requestedLevels(spec)).empty(), what.c_str());
            }
        });
    }
}

void TestConformance::thresholdsAgreeWithTheEncoder() {
    const Scheme& scheme = fetchScheme();
    for (const Sample& sample : hardSamples()) {
        const GroupData data{std::span<const float>(sample.values)};
        forSpecs(scheme, {1, 2, 3, 16, 64, 256, 65536}, [&](const QuantSpec& spec) {
            const auto fit = scheme.fit(data, spec, Effort::Preview, {});
            QVERIFY(fit);
            const GroupEncoder encoder(*fit->codebook, scaleOf(*fit));
            const Codebook values = valueCodebook(*fit->codebook, scaleOf(*fit));
            for (const float x : probesOf(values, sample.values)) {
                const std::size_t bin = encoder.bin(x);
                const std::string what = describe(spec, sample.name) + " at " + std::to_string(x);
                QVERIFY2(bin < values.size(), what.c_str());
                QVERIFY2(values.binOf(x) == bin, what.c_str());
                QVERIFY2(values.levels[bin] == encoder.decode(bin), what.c_str());
                if (values.size() <= 256) QVERIFY2(naiveBin(*fit->codebook, scaleOf(*fit), x) == bin, what.c_str());
            }
        });
    }
}

void TestConformance::tensorsComeBackAsTheFormulasSay() {
    const Scheme& scheme = fetchScheme();
    const Shape shape{6, 50};
    for (const auto& values : {normalValues(300, 21), normalValues(300, 22, 1e4)}) {
        const auto data = prepared(values, shape);
        forSpecs(scheme, {1, 5, 16, 256}, [&](QuantSpec spec) {
            for (const Grouping& grouping : {Grouping::tensor(), Grouping::channel(0), Grouping::channel(1),
                                             Grouping::block(16), Grouping::block(1), Grouping::block(1000)}) {
                spec.grouping = grouping;
                const std::string what = describe(spec, "a matrix");
                const auto fit = fitTensor(*data, scheme, spec, Effort::Exact, {});
                QVERIFY2(fit, what.c_str());
                const Quantizer& quantizer = *fit->quantizer;
                const auto tensor = encode(fit->quantizer, values);
                QVERIFY(tensor);
                std::vector<float> decoded(values.size()), direct(values.size());
                QVERIFY(decode(*tensor, decoded));
                QVERIFY(quantize(quantizer, values, direct));
                const std::vector<std::uint32_t> codes = codesOf(*tensor);
                double squaredError = 0;
                for (std::size_t i = 0; i < values.size(); ++i) {
                    const std::size_t group = quantizer.layout.groupOf(i);
                    const Codebook& codebook = quantizer.codebookOf(group);
                    const GroupScale& scale = quantizer.groups[group];
                    const std::size_t bin = naiveBin(codebook, scale, values[i]);
                    const float y =
                        scale.offset + scale.scale * (codebook.levels[bin] - static_cast<float>(scale.zero));
                    QVERIFY2(decoded[i] == y && direct[i] == y, what.c_str());
                    QVERIFY2(codes[i] == codebook.codeOf(bin), what.c_str());
                    QVERIFY2(codes[i] < (std::uint64_t{1} << quantizer.bits) || quantizer.bits == 0, what.c_str());
                    squaredError += (static_cast<double>(values[i]) - y) * (static_cast<double>(values[i]) - y);
                }
                const auto result = run(data, spec);
                QVERIFY2(result, what.c_str());
                const double mse = squaredError / static_cast<double>(values.size());
                QVERIFY2(std::fabs((*result)->errors.mse - mse) <= 1e-12 * mse, what.c_str());
            }
        });
    }
}

void TestConformance::everyBitIsAccountedFor() {
    const Scheme& scheme = fetchScheme();
    const auto data = prepared(normalValues(300, 23), {6, 50});
    forSpecs(scheme, {1, 5, 16, 256}, [&](QuantSpec spec) {
        for (const Grouping& grouping : {Grouping::tensor(), Grouping::channel(0), Grouping::block(16)}) {
            spec.grouping = grouping;
            const std::string what = describe(spec, "a matrix");
            const auto result = run(data, spec);
            QVERIFY2(result, what.c_str());
            const Quantizer& quantizer = *(*result)->quantizer;
            const StorageCost& cost = (*result)->storage;
            const std::uint32_t requested = *scheme.requestedLevels(spec);
            QCOMPARE(quantizer.bits, bitsFor(requested));
            // Six rows of three blocks of 16 and a short one, stored whole.
            const std::uint64_t stored = grouping.kind == Grouping::Kind::Block ? 6 * 4 * 16 : 300;
            QCOMPARE(cost.codeBits, stored * static_cast<std::uint64_t>(bitsFor(requested)));
            QCOMPARE(cost.totalBits(), cost.codeBits + cost.sideBits);
            QCOMPARE(cost.bitsPerValue, static_cast<double>(cost.totalBits()) / 300);
            const std::string id(scheme.info().id);
            std::uint64_t side = 0;
            for (std::size_t group = 0; group < quantizer.groupCount(); ++group) {
                const std::uint64_t levels = quantizer.codebookOf(group).size();
                const auto setting = [&](const char* name) {
                    return formatParameter(valueOf(scheme.info().parameters, spec.parameters, name));
                };
                if (id == "kmeans" || id == "lloyd-max" || id == "rank" || id == "ecsq")
                    side += 32 * levels;
                else if (id == "equal-width")
                    side += setting("representative") == "midpoint" ? 64 : 32 * levels;
                else if (id == "fixed")
                    side += setting("representative") == "midpoint" ? 0 : 32 * levels;
                else if (id == "affine")
                    side += setting("mode") == "asymmetric" ? 40 : 32;
                else if (id == "float")
                    side += setting("scale") == "none" ? 0 : 32;
                else if (id == "log2" || id == "apot" || id == "normal-float" || id == "mu-law")
                    side += 32;
                else
                    QCOMPARE(id, std::string("levels"));
            }
            QVERIFY2(cost.sideBits == side, what.c_str());
        }
    });
}

void TestConformance::oneThreadAndManyGiveTheSame() {
    const Scheme& scheme = fetchScheme();
    const auto values = normalValues(20000, 24);
    forSpecs(scheme, {16, 256}, [&](QuantSpec spec) {
        for (const Grouping& grouping : {Grouping::tensor(), Grouping::channel(0), Grouping::block(64)}) {
            spec.grouping = grouping;
            spec.range = scheme.info().usesRange ? RangeSpec{RangeSpec::Kind::Percentile, 99} : RangeSpec{};
            const auto fitOnce = [&] {
                return fitTensor(*prepared(values, {20, 1000}), scheme, spec, Effort::Preview, {})->quantizer;
            };
            const QuantizerPtr many = fitOnce();
            const ThreadLimit limit(1);
            const QuantizerPtr one = fitOnce();
            QCOMPARE(one->sideBits, many->sideBits);
            QCOMPARE(one->codebooks.size(), many->codebooks.size());
            for (std::size_t i = 0; i < one->codebooks.size(); ++i) {
                QVERIFY(one->codebooks[i]->levels == many->codebooks[i]->levels);
                QVERIFY(one->codebooks[i]->thresholds == many->codebooks[i]->thresholds);
            }
            for (std::size_t g = 0; g < one->groupCount(); ++g) {
                const GroupScale &a = one->groups[g], &b = many->groups[g];
                QVERIFY(a.scale == b.scale && a.offset == b.offset && a.zero == b.zero && a.codebook == b.codebook);
            }
        }
    });
}

void TestConformance::groupsShareTablesThatDoNotDependOnTheData() {
    const auto data = prepared(normalValues(2000, 25), {20, 100});
    for (const char* id : {"affine", "log2", "apot", "normal-float", "float", "mu-law"}) {
        QuantSpec spec;
        spec.scheme = id;
        spec.grouping = Grouping::block(16);
        const auto fit = fitTensor(*data, **findScheme(id), spec, Effort::Exact, {});
        QVERIFY(fit);
        QCOMPARE(fit->quantizer->codebooks.size(), std::size_t{1});
        spec.grouping = Grouping::tensor();
        const auto other = fitTensor(*data, **findScheme(id), spec, Effort::Exact, {});
        QCOMPARE(other->quantizer->codebooks.front().get(), fit->quantizer->codebooks.front().get());
    }
}

void TestConformance::aStoppedJobIsCancelled() {
    const Scheme& scheme = fetchScheme();
    const auto values = normalValues(1000, 26);
    const GroupData data(Distribution::build(values).value());
    std::stop_source source;
    source.request_stop();
    const JobControl job{source.get_token(), {}};
    forSpecs(scheme, {16}, [&](QuantSpec spec) {
        for (const RangeSpec& range : rangesOf(scheme.info())) {
            // The user's own range asks nothing of the data: there is nothing to stop.
            if (scheme.info().usesRange && range.kind == RangeSpec::Kind::Fixed) continue;
            spec.range = range;
            const auto fit = scheme.fit(data, spec, Effort::Exact, job);
            QVERIFY2(!fit, describe(spec, "a bell").c_str());
            QCOMPARE(fit.error().code, ErrorCode::Cancelled);
        }
    });
}

void TestConformance::meaninglessSpecsAreRefused() {
    const Scheme& scheme = fetchScheme();
    QuantSpec spec;
    spec.scheme = scheme.info().id;
    const auto refused = [&] {
        const auto levels = scheme.requestedLevels(spec);
        return !levels && levels.error().code == ErrorCode::InvalidArgument && !levels.error().detail.empty();
    };
    for (const std::uint32_t levels : {0u, 65537u, 0x80000000u}) {
        spec.levels = levels;
        QVERIFY(refused());
    }
    spec.levels = 12;
    QCOMPARE(refused(), scheme.info().control == LevelControl::Bits);
    spec.levels = 16;
    spec.parameters = {{"nonesuch", 1.0}};
    QVERIFY(refused());
    for (const Parameter& parameter : scheme.info().parameters) {
        // A value of another kind.
        const bool isList = parameter.kind == ParameterKind::RealList;
        spec.parameters = {{std::string(parameter.id),
                            isList ? ParameterValue(std::int64_t{1}) : ParameterValue(std::vector<double>{1})}};
        QVERIFY(refused());
    }
    spec.parameters = {};
    if (!scheme.info().usesRange) return;
    const auto values = normalValues(10, 1);
    for (const RangeSpec& range :
         {RangeSpec{RangeSpec::Kind::Fixed, 0, 1, 1}, RangeSpec{RangeSpec::Kind::Fixed, 0, 2, 1},
          RangeSpec{RangeSpec::Kind::Fixed, 0, 0, std::numeric_limits<float>::infinity()}}) {
        spec.range = range;
        const auto fit = scheme.fit(GroupData{std::span<const float>(values)}, spec, Effort::Exact, {});
        QVERIFY(!fit);
        QCOMPARE(fit.error().code, ErrorCode::InvalidArgument);
    }
}

void TestConformance::leastSquaredErrorIsNeverWorseThanTheExtremes() {
    const Scheme& scheme = fetchScheme();
    if (!scheme.info().usesRange) {
        const auto plain = scheme.info().parameters;
        QVERIFY2(std::none_of(plain.begin(), plain.end(), [](const Parameter& p) { return p.id == "range"; }),
                 "a scheme without a range has none among its parameters either");
        return;
    }
    for (const Sample& sample : hardSamples()) {
        if (sample.values.empty()) continue;
        const auto data = prepared(sample.values, {static_cast<std::int64_t>(sample.values.size())});
        forSpecs(scheme, {4, 16, 256}, [&](QuantSpec spec) {
            const double extremes = (*run(data, spec))->errors.mse;
            spec.range = {RangeSpec::Kind::Mse};
            QVERIFY2((*run(data, spec))->errors.mse <= extremes * (1 + 1e-12), describe(spec, sample.name).c_str());
        });
    }
}

void TestConformance::noSchemeBeatsKMeansAtEqualLevels() {
    const Scheme& scheme = fetchScheme();
    for (const Sample& sample : hardSamples()) {
        if (sample.values.empty()) continue;
        const auto data = prepared(sample.values, {static_cast<std::int64_t>(sample.values.size())});
        forSpecs(scheme, {1, 2, 3, 4, 16, 64}, [&](const QuantSpec& spec) {
            const auto other = *run(data, spec);
            QuantSpec optimal;
            optimal.levels = std::max<std::uint32_t>(1, other->errors.occupied);
            const auto best = *run(data, optimal);
            // Levels are float32: rounding the optimal ones may cost half of an ulp squared a value.
            const double largest = std::max(std::fabs(data->minimum()), std::fabs(data->maximum()));
            const double rounding = largest * 0x1p-24 * largest * 0x1p-24;
            QVERIFY2(best->errors.mse <= other->errors.mse * (1 + 1e-9) + rounding,
                     describe(spec, sample.name).c_str());
        });
    }
}

void TestConformance::scalingByAPowerOfTwoScalesTheLevels() {
    const Scheme& scheme = fetchScheme();
    const auto values = normalValues(400, 27);
    std::vector<float> scaled = values;
    for (float& value : scaled) value *= 64;
    forSpecs(scheme, {2, 16, 64}, [&](QuantSpec spec) {
        // A float format without a scale, and round numbers, do not scale with the data.
        const std::string id(scheme.info().id);
        const auto unscaled = spec.parameters.find("scale");
        if (id == "fixed" || id == "levels") return;
        if (unscaled != spec.parameters.end() && unscaled->second == ParameterValue(std::string("none"))) return;
        for (const RangeSpec& range : rangesOf(scheme.info())) {
            if (range.kind == RangeSpec::Kind::Fixed) continue;
            spec.range = range;
            const auto levelsOf = [&](const std::vector<float>& data) {
                const auto fit = scheme.fit(GroupData{std::span<const float>(data)}, spec, Effort::Exact, {});
                return valueCodebook(*fit->codebook, scaleOf(*fit)).levels;
            };
            std::vector<float> expected = levelsOf(values);
            for (float& level : expected) level *= 64;
            QVERIFY2(levelsOf(scaled) == expected, describe(spec, "a bell").c_str());
        }
    });
}

QTEST_APPLESS_MAIN(TestConformance)
#include "tst_conformance.moc"
