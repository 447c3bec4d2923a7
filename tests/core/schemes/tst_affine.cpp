// Affine integers against torch's observers, and their formulas at the ends of float32.
#include "tests/support/datasets.h"
#include "tests/support/fits.h"
#include "tests/support/golden.h"
#include "tests/support/samples.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <limits>
#include <map>

using namespace quantoscope;
using namespace quantoscope::test;

namespace {

Parameters mode(const char* mode, const char* integers = "auto") {
    return {{"mode", std::string(mode)}, {"integers", std::string(integers)}};
}

struct Observer {
    std::uint32_t levels;
    Parameters parameters;
    std::size_t channels = 1;
};

const std::map<std::string, Observer> kObservers{
    {"minmax_affine_quint8", {256, mode("asymmetric")}},
    {"minmax_affine_quint8_reduced", {128, mode("asymmetric")}},
    {"minmax_affine_int4_range", {16, mode("asymmetric")}},
    {"minmax_symmetric_qint8", {256, mode("symmetric-full")}},
    {"minmax_symmetric_quint8", {256, mode("symmetric-full", "unsigned")}},
    {"perchannel_symmetric_qint8_ax0", {256, mode("symmetric-full"), 8}},
    {"perchannel_affine_quint8_ax0", {256, mode("asymmetric"), 8}},
};

} // namespace

class TestAffine : public QObject {
    Q_OBJECT

private slots:
    void codesAreTorchs() {
        const auto golden = goldenJson("torch_observers.json");
        int compared = 0;
        for (const auto& row : golden["data"]) {
            const auto known = kObservers.find(row["observer"].get<std::string>());
            if (known == kObservers.end()) continue; // the histogram observer: tst_range_estimator.cpp
            ++compared;
            const Observer& observer = known->second;
            const auto data = floatsOfHex(golden["inputs"][row["dataset"].get<std::string>()]);
            const auto scales = floatsOfHex(row["scale_hex"]);
            const bool codes = row.contains("codes");
            const auto bytes = codes ? bytesOfHex(row["codes"]) : std::vector<std::uint8_t>();
            const auto decoded = codes ? std::vector<float>() : floatsOfHex(row["fakequant_hex"]);
            const std::size_t size = data.size() / observer.channels;
            QCOMPARE(scales.size(), observer.channels);
            for (std::size_t channel = 0; channel < observer.channels; ++channel) {
                const auto begin = data.begin() + static_cast<std::ptrdiff_t>(channel * size);
                const std::vector<float> own(begin, begin + static_cast<std::ptrdiff_t>(size));
                const Fitted found = fitted("affine", own, observer.levels, observer.parameters);
                QCOMPARE(std::bit_cast<std::uint32_t>(found.fit.scale), std::bit_cast<std::uint32_t>(scales[channel]));
                QCOMPARE(found.fit.zero, row["zero_point"][channel].get<int>());
                for (std::size_t i = 0; i < size; ++i) {
                    if (codes)
                        QCOMPARE(found.code(own[i]), static_cast<std::uint32_t>(bytes[channel * size + i]));
                    else
                        QCOMPARE(found.decoded(own[i]), decoded[channel * size + i]);
                }
            }
        }
        QCOMPARE(compared, 49);
    }

    void restrictedIntegersAreSymmetric() {
        const Fitted found = fitted("affine", {-7, 1, 3.5f}, 16, mode("symmetric-restricted"));
        QCOMPARE(found.fit.scale, 1.0f);
        QCOMPARE(found.values.size(), std::size_t{15});
        QCOMPARE(found.values.levels.front(), -7.0f);
        QCOMPARE(found.values.levels.back(), 7.0f);
        QCOMPARE(found.decoded(3.5f), 4.0f); // halves to even
        QCOMPARE(found.decoded(2.5f), 2.0f);
        QCOMPARE(found.code(-7), 9u); // −7 in the two's complement of four bits
        QCOMPARE(found.fit.sideBits, 32u);
    }

    void zeroIsExact() {
        for (const Sample& set : hardSamples()) {
            if (set.values.empty()) continue;
            for (const char* name : {"symmetric-restricted", "symmetric-full", "asymmetric"})
                for (const char* integers : {"signed", "unsigned"})
                    for (const std::uint32_t levels : {4u, 16u, 256u, 65536u})
                        QCOMPARE(fitted("affine", set.values, levels, mode(name, integers)).decoded(0), 0.0f);
        }
    }

    void signedAndUnsignedIntegersDecodeToTheSame() {
        const auto values = normalValues(500, 1, 0.7);
        for (const char* name : {"symmetric-restricted", "symmetric-full", "asymmetric"}) {
            const Fitted a = fitted("affine", values, 16, mode(name, "signed"));
            const Fitted b = fitted("affine", values, 16, mode(name, "unsigned"));
            QCOMPARE(a.values.levels, b.values.levels);
            QCOMPARE(a.values.thresholds, b.values.thresholds);
            QCOMPARE(b.fit.zero - a.fit.zero, 8);
            QCOMPARE(a.fit.sideBits, b.fit.sideBits);
        }
    }

    void theRangeHoldsZero() {
        const Fitted positive = fitted("affine", {5, 10}, 256);
        QCOMPARE(positive.fit.zero, 0);
        QCOMPARE(positive.fit.lower, 0.0f);
        QCOMPARE(positive.fit.scale, 10.0f / 255);
        const Fitted negative = fitted("affine", {-5, -10}, 256);
        QCOMPARE(negative.fit.zero, 255);
        QCOMPARE(fitted("affine", {1}, 256, mode("asymmetric"), "2:4").fit.scale, 4.0f / 255);
    }

    void sideBitsCountTheZeroPoint() {
        QCOMPARE(fitted("affine", {1, 2}, 256).fit.sideBits, 40u);
        QCOMPARE(fitted("affine", {1, 2}, 512).fit.sideBits, 48u);
        QCOMPARE(fitted("affine", {1, 2}, 256, mode("symmetric-full", "unsigned")).fit.sideBits, 32u);
        QCOMPARE(fitted("affine", {1, 2}, 256, {}, "-1:1").fit.sideBits, 40u);
    }

    void theEndsOfFloat32StayFinite() {
        const float largest = std::numeric_limits<float>::max();
        for (const std::uint32_t levels : {2u, 4u, 256u}) {
            const Fitted found = fitted("affine", {-largest, largest}, levels);
            for (const float level : found.values.levels) QVERIFY(std::isfinite(level));
            QVERIFY(found.decoded(-largest) < -0.4f * largest);
        }
        const float tiny = std::numeric_limits<float>::denorm_min();
        QCOMPARE(fitted("affine", {-tiny, tiny}, 256).decoded(0), 0.0f);
    }

    void oneBitIsTooFewForRestrictedIntegers() {
        QVERIFY(refusal("affine", 2, mode("symmetric-restricted")).find("at least 2 bits") != std::string::npos);
        QVERIFY(refusal("affine", 2, mode("symmetric-full")).empty());
        QVERIFY(!refusal("affine", 1).empty());
    }
};

QTEST_APPLESS_MAIN(TestAffine)
#include "tst_affine.moc"
