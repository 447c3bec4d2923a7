// Thresholds against exact rational arithmetic, and both searches against counting.
#include "core/quant/codebook.h"
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

/// A float as a whole number of 2^-149, the last place of the smallest: 278 bits in base 2^32, two's complement. Sums
/// and comparisons of these are exact by construction.
struct Whole {
    std::array<std::int64_t, 10> digits{}; // least first; between operations not normalised

    explicit Whole(float value) {
        const auto bits = std::bit_cast<std::uint32_t>(value);
        const std::uint32_t exponent = bits >> 23 & 0xff;
        const std::uint64_t mantissa = (bits & 0x7fffff) | (exponent ? 0x800000u : 0u);
        const std::uint32_t shift = exponent ? exponent - 1 : 0;
        const std::uint64_t low = mantissa << (shift % 32);
        const std::int64_t sign = bits >> 31 ? -1 : 1;
        digits[shift / 32] = sign * static_cast<std::int64_t>(low & 0xffffffff);
        digits[shift / 32 + 1] = sign * static_cast<std::int64_t>(low >> 32);
    }
    Whole operator+(const Whole& other) const {
        Whole sum = *this;
        for (std::size_t i = 0; i < digits.size(); ++i) sum.digits[i] += other.digits[i];
        return sum;
    }
    int sign() const {
        // From the most significant digit down, as long as what follows could still turn it.
        std::int64_t carried = 0;
        for (std::size_t i = digits.size(); i-- > 0;) {
            carried = carried * (std::int64_t{1} << 32) + digits[i];
            if (carried > 8) return 1;
            if (carried < -8) return -1;
        }
        return carried > 0 ? 1 : carried < 0 ? -1 : 0;
    }
};

/// The order of 2x and a + b.
int besideMidpoint(float x, float a, float b) { return (Whole(x) + Whole(x) + Whole(-a) + Whole(-b)).sign(); }

float anyFloat(Random& random) {
    for (;;) {
        const float value = std::bit_cast<float>(static_cast<std::uint32_t>(random.next()));
        if (std::isfinite(value)) return value;
    }
}

std::uint32_t binByCounting(const Codebook& codebook, float x) {
    return static_cast<std::uint32_t>(
        std::count_if(codebook.thresholds.begin(), codebook.thresholds.end(), [x](float t) { return t <= x; }));
}

} // namespace

/// Every test runs with each set of instructions that this processor and this build have.
class TestCodebook : public QObject {
    Q_OBJECT

private slots:
    void initTestCase_data() { test::addVectorTargets(); }
    void init() { test::useVectorTarget(); }
    void cleanup() { test::useEveryVectorTarget(); }

    void exactArithmeticOrdersFloats() {
        Random random(1);
        for (int i = 0; i < 20000; ++i) {
            const float a = anyFloat(random), b = anyFloat(random);
            QCOMPARE((Whole(a) + Whole(-b)).sign(), a < b ? -1 : a > b ? 1 : 0);
            QCOMPARE(besideMidpoint(a, a, a), 0);
        }
    }

    void midpointThresholdIsTheFirstFloatNotBelow_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("any two floats") << 0;
        QTest::newRow("neighbours") << 1;
        QTest::newRow("close to each other") << 2;
        QTest::newRow("of opposite sign and nearly the same size") << 3;
        QTest::newRow("subnormal") << 4;
        QTest::newRow("the largest") << 5;
        QTest::newRow("far apart in size, the larger one even or odd") << 6;
    }
    void midpointThresholdIsTheFirstFloatNotBelow() {
        QFETCH(int, kind);
        Random random(2);
        for (int i = 0; i < 50000; ++i) {
            float a = anyFloat(random), b = anyFloat(random);
            if (kind == 1) b = std::nextafter(a, INFINITY);
            if (kind == 2)
                b = std::bit_cast<float>(std::bit_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(random.below(9)));
            if (kind == 3)
                b = std::bit_cast<float>(std::bit_cast<std::uint32_t>(-a) +
                                         static_cast<std::uint32_t>(random.below(9)));
            if (kind == 4)
                a = static_cast<float>(random.below(50)) * kSmallest,
                b = -static_cast<float>(random.below(50)) * kSmallest;
            if (kind == 5)
                a = random.below(2) ? kLargest : -kLargest, b = random.below(2) ? b : std::nextafter(kLargest, 0.0f);
            if (kind == 6)
                b = a * static_cast<float>(std::pow(2, -24 - static_cast<int>(random.below(60)))) *
                    (random.below(2) ? 1.0f : -1.0f);
            if (!std::isfinite(b)) continue;
            if (a > b) std::swap(a, b);
            const float threshold = midpointThreshold(a, b);
            QVERIFY(std::isfinite(threshold));
            QVERIFY2(besideMidpoint(threshold, a, b) >= 0, qPrintable(QString("%1 %2").arg(a).arg(b)));
            const float before = std::nextafter(threshold, -INFINITY);
            QVERIFY2(std::isinf(before) || besideMidpoint(before, a, b) < 0,
                     qPrintable(QString("%1 %2").arg(a).arg(b)));
            if (a < b) QVERIFY(a < threshold && threshold <= b);
        }
    }

    void sendsValuesToTheNearestLevel() {
        const Codebook codebook = nearestLevelCodebook({3, -1, 0, 3, -0.0f, 10}).value();
        QCOMPARE(codebook.levels, (std::vector<float>{-1, 0, 3, 10}));
        QVERIFY(!std::signbit(codebook.levels[1]));
        QCOMPARE(codebook.thresholds, (std::vector<float>{-0.5f, 1.5f, 6.5f}));
        QCOMPARE(codebook.binOf(-0.5f), std::size_t{1}); // halfway goes up
        QCOMPARE(codebook.binOf(std::nextafter(-0.5f, -1.0f)), std::size_t{0});
        QCOMPARE(codebook.binOf(INFINITY), std::size_t{3});
        QCOMPARE(codebook.binOf(-INFINITY), std::size_t{0});
        QCOMPARE(codebook.codeOf(2), 2u);
    }

    void searchesCountThresholds_data() {
        QTest::addColumn<std::size_t>("levels");
        for (const std::size_t levels :
             {1, 2, 3, 4, 5, 7, 8, 16, 31, 32, 33, 34, 35, 63, 64, 65, 100, 255, 256, 257, 1000, 65536})
            QTest::addRow("%zu levels", levels) << levels;
    }
    void searchesCountThresholds() {
        QFETCH(std::size_t, levels);
        Random random(levels);
        std::vector<float> values;
        while (values.size() < levels) values.push_back(static_cast<float>(random.normal()));
        Codebook codebook = nearestLevelCodebook(values).value();
        if (levels > 40) codebook.thresholds[20] = codebook.thresholds[21]; // a bin that nothing reaches
        if (levels > 3) codebook.thresholds.back() = INFINITY;
        std::vector<float> asked{-INFINITY, INFINITY, 0, kLargest, -kLargest, std::nanf("")};
        for (std::size_t i = 0; i < codebook.thresholds.size(); i += 1 + levels / 500)
            for (const float x : {codebook.thresholds[i], std::nextafter(codebook.thresholds[i], -INFINITY)})
                asked.push_back(x);
        for (int i = 0; i < 300; ++i) asked.push_back(static_cast<float>(random.normal()));
        std::vector<std::uint32_t> bins(asked.size(), 99);
        codebook.binsOf(asked, bins);
        for (std::size_t i = 0; i < asked.size(); ++i) {
            const auto below = std::count_if(codebook.thresholds.begin(), codebook.thresholds.end(),
                                             [&](float t) { return t <= asked[i]; });
            QCOMPARE(codebook.binOf(asked[i]), static_cast<std::size_t>(below));
            QCOMPARE(bins[i], static_cast<std::uint32_t>(below));
        }
    }

    void everyLengthAndEveryNumberOfLevels() {
        Random random(77);
        for (std::size_t levels = 1; levels <= 300; ++levels) {
            std::vector<float> drawn;
            for (std::size_t i = 0; i < levels; ++i) drawn.push_back(static_cast<float>(random.normal()));
            const Codebook codebook = nearestLevelCodebook(drawn).value();
            for (const std::size_t length : {levels % 40, levels % 70 + 1, std::size_t{2500}}) {
                std::vector<float> asked;
                while (asked.size() < length) {
                    asked.push_back(static_cast<float>(random.normal() * 2));
                    if (!codebook.thresholds.empty() && asked.size() % 3 == 0)
                        asked.back() = codebook.thresholds[random.below(codebook.thresholds.size())];
                }
                std::vector<std::uint32_t> bins(length + 1, 12345);
                codebook.binsOf(asked, std::span(bins).first(length));
                for (std::size_t i = 0; i < length; ++i) QCOMPARE(bins[i], binByCounting(codebook, asked[i]));
                QCOMPARE(bins[length], 12345u);
            }
        }
    }

    void searchesThresholdsOfEveryKind_data() {
        QTest::addColumn<std::vector<float>>("thresholds");
        std::vector<float> octaves, subnormal, ends, oneFar, far{-kLargest}, equal(40, 1.5f), integers, infinite;
        for (int e = -149; e < 128; ++e) octaves.push_back(std::ldexp(1.0f, e));
        for (int i = 0; i < 100; ++i) subnormal.push_back(static_cast<float>(i - 50) * kSmallest);
        for (int i = 0; i < 50; ++i) ends.push_back(-kLargest + static_cast<float>(i) * 1e32f);
        for (int i = 0; i < 50; ++i) ends.push_back(kLargest - static_cast<float>(50 - i) * 1e32f);
        for (int i = 0; i < 200; ++i) oneFar.push_back(static_cast<float>(i) * 1e-3f);
        oneFar.push_back(1e30f);
        for (int i = 0; i < 60; ++i) far.push_back(1e7f + static_cast<float>(i));
        for (int i = 0; i < 3000; ++i) integers.push_back(static_cast<float>(i) - 0.5f);
        infinite = std::vector<float>(20, -INFINITY);
        for (int i = 0; i < 20; ++i) infinite.push_back(static_cast<float>(i));
        infinite.insert(infinite.end(), 30, INFINITY);
        std::vector<float> bothSides;
        for (const float t : octaves) bothSides.insert(bothSides.begin(), -t);
        bothSides.push_back(0);
        bothSides.insert(bothSides.end(), octaves.begin(), octaves.end());
        QTest::newRow("powers of two, all there are") << octaves;
        QTest::newRow("powers of two of both signs") << bothSides;
        QTest::newRow("subnormal") << subnormal;
        QTest::newRow("at the ends of float32") << ends;
        QTest::newRow("one far away") << oneFar;
        QTest::newRow("far from zero, and the lowest float") << far;
        QTest::newRow("all equal") << equal;
        QTest::newRow("halves between integers") << integers;
        QTest::newRow("infinite at both ends") << infinite;
        QTest::newRow("all infinite") << std::vector<float>(25, INFINITY);
        QTest::newRow("zeros of both signs")
            << std::vector<float>{-1, -0.0f, -0.0f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    }
    void searchesThresholdsOfEveryKind() {
        QFETCH(std::vector<float>, thresholds);
        Codebook codebook;
        codebook.thresholds = thresholds;
        codebook.levels.resize(thresholds.size() + 1);
        std::vector<float> asked{0,        -0.0f,     INFINITY,  -INFINITY, std::nanf(""), -std::nanf(""),
                                 kLargest, -kLargest, kSmallest, -kSmallest};
        for (const float t : thresholds)
            for (const float x : {t, -t, std::nextafter(t, -INFINITY), std::nextafter(t, INFINITY)}) asked.push_back(x);
        Random random(5);
        const std::size_t some = asked.size(); // too few for buckets
        while (asked.size() < 9 * thresholds.size() + 100) asked.push_back(anyFloat(random));
        for (const std::size_t count : {some, asked.size()}) {
            std::vector<std::uint32_t> bins(count);
            codebook.binsOf(std::span(asked).first(count), bins);
            for (std::size_t i = 0; i < count; ++i)
                QVERIFY2(bins[i] == binByCounting(codebook, asked[i]), qPrintable(QString::number(asked[i], 'g', 9)));
        }
    }

    void refusesLevelsThatAreNone_data() {
        QTest::addColumn<std::vector<float>>("levels");
        QTest::newRow("no level") << std::vector<float>{};
        QTest::newRow("not a number") << std::vector<float>{1, std::nanf("")};
        QTest::newRow("infinite") << std::vector<float>{-INFINITY, 1};
    }
    void refusesLevelsThatAreNone() {
        QFETCH(std::vector<float>, levels);
        const auto result = nearestLevelCodebook(levels);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_APPLESS_MAIN(TestCodebook)
#include "tst_codebook.moc"
