// Encoders against the formulas of quantizer.h, and codebooks in the units of the data against the encoder, value by
// value about every threshold.
#include "core/quant/quantizer.h"
#include "tests/support/datasets.h"
#include "tests/support/vector_targets.h"

#include <QTest>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

using namespace quantoscope;
using test::Random;

namespace {

constexpr float kLargest = std::numeric_limits<float>::max();
constexpr float kSmallest = std::numeric_limits<float>::denorm_min();

Codebook integerGrid(int first, int last) {
    Codebook codebook;
    codebook.integerGrid = true;
    for (int level = first; level <= last; ++level) codebook.levels.push_back(static_cast<float>(level));
    return codebook;
}

Codebook randomLevels(std::size_t count, Random& random) {
    std::vector<float> levels;
    for (std::size_t i = 0; i < count; ++i) levels.push_back(static_cast<float>(random.normal()));
    return nearestLevelCodebook(levels).value();
}

/// The formula as it is written; u is never NaN for a finite value.
std::size_t binByFormula(const Codebook& codebook, const GroupScale& scale, float x) {
    const float inverse = 1.0f / scale.scale;
    const float u = std::isinf(inverse) ? (x - scale.offset) / scale.scale : (x - scale.offset) * inverse;
    if (!codebook.integerGrid)
        return static_cast<std::size_t>(
            std::count_if(codebook.thresholds.begin(), codebook.thresholds.end(), [u](float t) { return t <= u; }));
    const double first = codebook.levels.front(), last = codebook.levels.back();
    const double level = std::clamp(static_cast<double>(std::nearbyintf(u)) + scale.zero, first, last);
    return static_cast<std::size_t>(level - first);
}

float anyFloat(Random& random) {
    for (;;) {
        const float value = std::bit_cast<float>(static_cast<std::uint32_t>(random.next()));
        if (std::isfinite(value)) return value;
    }
}

struct Case {
    const char* name;
    float scale, offset;
    std::int32_t zero;
};

const Case kCases[] = {
    {"in the units of the data", 1, 0, 0},
    {"an ordinary scale", 0.037f, 0, 0},
    {"a power of two", 0.25f, 0, 0},
    {"with an offset", 0.5f, 3.3f, 0},
    {"with a zero point", 0.1f, 0, 5},
    {"a negative zero point", 0.1f, 0, -7},
    {"an offset far larger than the scale", 1e-3f, 12345.678f, 0},
    {"an offset that swallows the scale", 1e-9f, 1e7f, 0},
    {"a huge scale", 1e38f, 0, 0},
    {"the largest scale", kLargest, 0, 0},
    {"a huge scale and offset: u overflows", 1e37f, -kLargest, 0},
    {"a tiny scale: u overflows", 1e-37f, 0, 3},
    {"a subnormal scale", 1e-40f, 0, 0},
    {"the smallest scale", kSmallest, 0, 0},
    {"the smallest scale, with an offset", kSmallest, 1, 2},
    {"a scale whose inverse is the largest", 0x1p-127f, 1e-38f, 0},
    {"a subnormal offset", 1e-39f, 7 * kSmallest, 1},
};

} // namespace

/// Every test runs with each set of instructions that this processor and this build have.
class TestQuantizer : public QObject {
    Q_OBJECT

private:
    static void addCases() {
        QTest::addColumn<std::size_t>("index");
        for (std::size_t i = 0; i < std::size(kCases); ++i) QTest::newRow(kCases[i].name) << i;
    }
    static GroupScale fetchScale() {
        QFETCH(std::size_t, index);
        GroupScale scale;
        scale.scale = kCases[index].scale;
        scale.offset = kCases[index].offset;
        scale.zero = kCases[index].zero;
        return scale;
    }
    static std::vector<Codebook> codebooks() {
        Random random(7);
        std::vector<Codebook> all{integerGrid(0, 15),       integerGrid(-8, 7),       integerGrid(-128, 127),
                                  integerGrid(-1, 1),       integerGrid(0, 0),        randomLevels(1, random),
                                  randomLevels(2, random),  randomLevels(3, random),  randomLevels(8, random),
                                  randomLevels(16, random), randomLevels(17, random), randomLevels(100, random)};
        Codebook extremes;
        extremes.levels = {-1, 0, 1, 2, 3};
        extremes.thresholds = {-kLargest, 0, kSmallest, INFINITY}; // bins that hardly anything or nothing reaches
        all.push_back(extremes);
        return all;
    }

private slots:
    void initTestCase_data() { test::addVectorTargets(); }
    void init() { test::useVectorTarget(); }
    void cleanup() { test::useEveryVectorTarget(); }

    void encodesByTheFormula_data() { addCases(); }
    void encodesByTheFormula() {
        const GroupScale scale = fetchScale();
        Random random(8);
        for (const Codebook& codebook : codebooks()) {
            const GroupEncoder encoder(codebook, scale);
            std::vector<float> values{0, kLargest, -kLargest, kSmallest, -kSmallest, scale.offset, -scale.offset};
            for (int i = 0; i < 500; ++i) {
                values.push_back(anyFloat(random));
                const double inside = scale.offset + scale.scale * (60 * random.uniform() - 30);
                // On and beside the halves, where rounding decides.
                const double half = scale.offset + scale.scale * (std::round(40 * random.uniform() - 20) + 0.5);
                for (const double x : {inside, half})
                    if (std::fabs(x) < kLargest) values.push_back(static_cast<float>(x));
            }
            std::vector<std::uint32_t> bins(values.size());
            encoder.bins(values, bins);
            for (std::size_t i = 0; i < values.size(); ++i) {
                const std::size_t want = binByFormula(codebook, scale, values[i]);
                QVERIFY2(encoder.bin(values[i]) == want, qPrintable(QString::number(values[i], 'g', 9)));
                QVERIFY2(bins[i] == want, qPrintable(QString::number(values[i], 'g', 9)));
            }
        }
    }

    void everyLengthIsEncoded_data() { addCases(); }
    void everyLengthIsEncoded() {
        const GroupScale scale = fetchScale();
        Random random(11);
        for (const Codebook& codebook : codebooks()) {
            const GroupEncoder encoder(codebook, scale);
            for (std::size_t length = 0; length < 70; ++length) {
                std::vector<float> values;
                while (values.size() < length) {
                    const double x = scale.offset + scale.scale * (20 * random.uniform() - 10);
                    values.push_back(std::fabs(x) < kLargest ? static_cast<float>(x) : 0.0f);
                }
                std::vector<std::uint32_t> bins(length + 1, 54321);
                encoder.bins(values, std::span(bins).first(length));
                for (std::size_t i = 0; i < length; ++i)
                    QCOMPARE(static_cast<std::size_t>(bins[i]), binByFormula(codebook, scale, values[i]));
                QCOMPARE(bins[length], 54321u);
            }
        }
    }

    void binsNeverFall_data() { addCases(); }
    void binsNeverFall() {
        const GroupScale scale = fetchScale();
        Random random(9);
        for (const Codebook& codebook : codebooks()) {
            const GroupEncoder encoder(codebook, scale);
            std::vector<float> values{0, kLargest, -kLargest, INFINITY, -INFINITY, scale.offset};
            for (int i = 0; i < 2000; ++i) values.push_back(anyFloat(random));
            std::sort(values.begin(), values.end());
            std::size_t last = 0;
            for (const float value : values) {
                const std::size_t bin = encoder.bin(value);
                QVERIFY(bin < codebook.size() && bin >= last);
                last = bin;
            }
        }
    }

    void notANumberHasABin_data() { addCases(); }
    void notANumberHasABin() {
        const GroupScale scale = fetchScale();
        for (const Codebook& codebook : codebooks()) {
            const GroupEncoder encoder(codebook, scale);
            const std::vector<float> values(3, std::nanf(""));
            std::vector<std::uint32_t> bins(3, 99);
            encoder.bins(values, bins);
            QCOMPARE(bins, (std::vector<std::uint32_t>{0, 0, 0}));
            QCOMPARE(encoder.bin(values[0]), std::size_t{0});
        }
    }

    void valueCodebookDecidesAsTheEncoder_data() { addCases(); }
    void valueCodebookDecidesAsTheEncoder() {
        const GroupScale scale = fetchScale();
        Random random(10);
        for (const Codebook& codebook : codebooks()) {
            const GroupEncoder encoder(codebook, scale);
            const Codebook inData = valueCodebook(codebook, scale);
            QCOMPARE(inData.size(), codebook.size());
            QCOMPARE(inData.thresholds.size(), codebook.size() - 1);
            QVERIFY(std::is_sorted(inData.thresholds.begin(), inData.thresholds.end()));
            for (std::size_t bin = 0; bin < codebook.size(); ++bin) {
                const float want = encoder.decode(bin);
                QVERIFY(inData.levels[bin] == want || (std::isnan(want) && std::isnan(inData.levels[bin])));
            }
            std::vector<float> asked{0, kLargest, -kLargest, kSmallest, -kSmallest, scale.offset};
            for (const float threshold : inData.thresholds)
                for (const float x :
                     {threshold, std::nextafter(threshold, -INFINITY), std::nextafter(threshold, INFINITY)})
                    asked.push_back(x);
            for (int i = 0; i < 500; ++i) asked.push_back(anyFloat(random));
            for (const float x : asked)
                if (std::isfinite(x))
                    QVERIFY2(inData.binOf(x) == encoder.bin(x),
                             qPrintable(QString("%1: %2, not %3").arg(x).arg(inData.binOf(x)).arg(encoder.bin(x))));
        }
    }

    void largeZeroPointsStayExact() {
        const Codebook codebook = integerGrid(0, 65535);
        for (const std::int32_t zero : {1 << 20, -(1 << 20), (1 << 23), -(1 << 23)}) {
            GroupScale scale;
            scale.zero = zero;
            const GroupEncoder encoder(codebook, scale);
            for (const float level : {0.0f, 1.0f, 2.0f, 1000.0f, 65534.0f, 65535.0f}) {
                const std::vector<float> value{level - static_cast<float>(zero)};
                std::vector<std::uint32_t> bin(1);
                encoder.bins(value, bin);
                QCOMPARE(bin[0], static_cast<std::uint32_t>(level));
                QCOMPARE(encoder.bin(value[0]), static_cast<std::size_t>(level));
                QCOMPARE(encoder.decode(bin[0]), value[0]);
            }
        }
    }

    void zeroDecodesToZero() {
        GroupScale scale;
        scale.scale = 0.0123f;
        scale.zero = 77;
        const Codebook codebook = integerGrid(0, 255);
        const GroupEncoder encoder(codebook, scale);
        QCOMPARE(encoder.bin(0), std::size_t{77});
        QCOMPARE(encoder.decode(77), 0.0f);
    }
};

QTEST_APPLESS_MAIN(TestQuantizer)
#include "tst_quantizer.moc"
