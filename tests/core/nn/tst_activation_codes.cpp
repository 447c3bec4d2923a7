// The passes around a product against the formulas, one value at a time; lengths on both sides of every vector.
#include "core/nn/activation_codes.h"
#include "core/schemes/scheme_registry.h"
#include "tests/support/vector_targets.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace quantoscope;

namespace {

std::vector<float> randomFloats(std::size_t count, float reach, unsigned seed) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> spread(0, reach);
    std::vector<float> values(count);
    for (float& value : values) value = spread(generator);
    return values;
}

std::vector<std::int32_t> randomSums(std::size_t count, std::int32_t reach, unsigned seed) {
    std::mt19937 generator(seed);
    std::uniform_int_distribution<std::int32_t> spread(-reach, reach);
    std::vector<std::int32_t> values(count);
    for (std::int32_t& value : values) value = spread(generator);
    return values;
}

std::vector<std::size_t> lengths() {
    std::vector<std::size_t> all;
    for (std::size_t length = 1; length < 70; ++length) all.push_back(length);
    all.insert(all.end(), {255, 256, 257, 1000});
    return all;
}

void addGrids() {
    QTest::addColumn<float>("scale");
    QTest::addColumn<int>("zero");
    QTest::addColumn<int>("lowest");
    QTest::addColumn<int>("highest");
    QTest::newRow("unsigned from 0") << 0.02f << 0 << 0 << 255;
    QTest::newRow("unsigned about the middle") << 0.013f << 128 << 0 << 255;
    QTest::newRow("signed without the lowest") << 0.031f << 0 << -127 << 127;
    QTest::newRow("after a ReLU") << 0.01f << 77 << 77 << 255;
    QTest::newRow("signed, after a ReLU") << 0.01f << 0 << 0 << 127;
    QTest::newRow("halves, since the scale is a power of two") << 0.5f << 101 << 0 << 255;
    QTest::newRow("a scale so small that all is clipped") << 1e-37f << 3 << 0 << 255;
}

CodeGrid fetchGrid() {
    CodeGrid grid;
    grid.scale = *static_cast<float*>(QTest::qData("scale", qMetaTypeId<float>()));
    grid.zero = *static_cast<int*>(QTest::qData("zero", qMetaTypeId<int>()));
    grid.lowest = *static_cast<int*>(QTest::qData("lowest", qMetaTypeId<int>()));
    grid.highest = *static_cast<int*>(QTest::qData("highest", qMetaTypeId<int>()));
    return grid;
}

} // namespace

/// Every test runs with each set of instructions that this processor and this build have.
class TestActivationCodes : public QObject {
    Q_OBJECT

private slots:
    void initTestCase_data() { test::addVectorTargets(); }
    void init() { test::useVectorTarget(); }
    void cleanup() { test::useEveryVectorTarget(); }

    void rangeIsTheLeastAndTheLargest() {
        QCOMPARE(rangeOf({}).lowest, 0.0f);
        QCOMPARE(rangeOf({}).highest, 0.0f);
        for (const std::size_t length : lengths())
            for (std::size_t at = 0; at < length; at += std::max<std::size_t>(1, length / 9)) {
                std::vector<float> values(length, 2.0f);
                values[at] = -5;
                values[length - 1 - at] = at == length - 1 - at ? -5.0f : 9.0f;
                const ValueRange range = rangeOf(values);
                QCOMPARE(range.lowest, -5.0f);
                QCOMPARE(range.highest, *std::max_element(values.begin(), values.end()));
            }
    }

    void codesAreTheGrids_data() { addGrids(); }
    void codesAreTheGrids() {
        const CodeGrid grid = fetchGrid();
        for (const std::size_t length : lengths()) {
            auto values = randomFloats(length, 100 * grid.scale, static_cast<unsigned>(length));
            for (std::size_t i = 0; i < length; i += 3) // on a step, or half way between two
                values[i] = grid.scale * 0.5f * static_cast<float>(static_cast<int>(i) - 90);
            values[length / 2] = length % 2 ? 3e38f : -3e38f; // beyond what an int32 holds
            values.back() = length % 2 ? std::numeric_limits<float>::infinity() : -0.0f;
            std::vector<std::uint8_t> bytes(length + 1, 200);
            encodeBytes(values, grid, bytes.data());
            for (std::size_t i = 0; i < length; ++i)
                QCOMPARE(static_cast<int>(bytes[i]), grid.encode(values[i]) + byteShift(grid));
            QCOMPARE(static_cast<int>(bytes.back()), 200);
        }
    }

    void dynamicGridIsTheAffineSchemes_data() {
        QTest::addColumn<float>("lowest");
        QTest::addColumn<float>("highest");
        QTest::newRow("both signs") << -1.3f << 2.7f;
        QTest::newRow("positive, widened to 0") << 0.5f << 6.1f;
        QTest::newRow("negative, widened to 0") << -9.0f << -0.1f;
        QTest::newRow("zeros") << 0.0f << 0.0f;
        QTest::newRow("subnormal") << -1e-40f << 1e-39f;
        QTest::newRow("as wide as float32") << -3e38f << 3.2e38f;
        QTest::newRow("the zero between two codes") << -1.0f << 254.5f;
    }
    void dynamicGridIsTheAffineSchemes() {
        QFETCH(float, lowest);
        QFETCH(float, highest);
        for (const bool symmetric : {false, true}) {
            QuantSpec spec;
            spec.scheme = "affine";
            spec.levels = 256;
            spec.parameters["mode"] = std::string(symmetric ? "symmetric-restricted" : "asymmetric");
            const std::vector<float> values{lowest, highest};
            const auto fit = (*findScheme("affine"))->fit(GroupData(values), spec, Effort::Exact, {});
            QVERIFY(fit);
            const CodeGrid grid = dynamicGrid({lowest, highest}, symmetric);
            QCOMPARE(grid.scale, fit->scale);
            QCOMPARE(grid.zero, fit->zero);
            QCOMPARE(grid.lowest, symmetric ? -127 : 0);
            QCOMPARE(grid.highest, symmetric ? 127 : 255);
        }
    }

    void rowsAreSummed() {
        for (const std::size_t columns : lengths()) {
            constexpr std::size_t rows = 3;
            std::vector<std::uint8_t> bytes(rows * columns, 255);
            for (std::size_t i = 0; i < bytes.size(); i += 7) bytes[i] = static_cast<std::uint8_t>(i);
            std::vector<std::int32_t> sums(rows);
            sumRows(bytes.data(), rows, columns, sums.data());
            for (std::size_t r = 0; r < rows; ++r) {
                std::int32_t sum = 0;
                for (std::size_t c = 0; c < columns; ++c) sum += bytes[r * columns + c];
                QCOMPARE(sums[r], sum);
            }
        }
    }

    void sumsBecomeCodes_data() { addGrids(); }
    void sumsBecomeCodes() {
        const CodeGrid grid = fetchGrid();
        const ByteBounds bounds{grid.zero + byteShift(grid), grid.lowest + byteShift(grid),
                                grid.highest + byteShift(grid)};
        for (const std::size_t outputs : lengths())
            for (const bool hasZeros : {false, true}) {
                constexpr std::size_t rows = 3;
                const auto sums = randomSums(rows * outputs, 1 << 26, 1);
                const auto addend = randomSums(outputs, 1 << 20, 2), zeros = randomSums(outputs, 50, 3),
                           rowSums = randomSums(rows, 1 << 15, 4);
                std::vector<float> multiplier = randomFloats(outputs, 4e-6f, 5), bias = randomFloats(outputs, 3, 6);
                if (grid.scale == 0.5f) std::fill(multiplier.begin(), multiplier.end(), std::ldexp(1.0f, -20));
                SumTerms terms;
                terms.outputs = outputs;
                terms.addend = addend.data();
                terms.multiplier = multiplier.data();
                if (hasZeros) terms.weightZero = zeros.data(), terms.rowSums = rowSums.data();
                std::vector<std::uint8_t> bytes(rows * outputs);
                std::vector<float> reals(rows * outputs), positive(rows * outputs), unbiased(rows * outputs);
                sumsToBytes(sums.data(), rows, terms, bounds, bytes.data());
                sumsToReals(sums.data(), rows, terms, bias.data(), false, reals.data());
                sumsToReals(sums.data(), rows, terms, bias.data(), true, positive.data());
                sumsToReals(sums.data(), rows, terms, nullptr, false, unbiased.data());
                for (std::size_t i = 0; i < bytes.size(); ++i) {
                    const std::size_t n = i % outputs;
                    const std::int32_t v = sums[i] + addend[n] - (hasZeros ? zeros[n] * rowSums[i / outputs] : 0);
                    const float real = multiplier[n] * static_cast<float>(v);
                    const float code =
                        std::clamp(std::nearbyint(real) + static_cast<float>(bounds.zero),
                                   static_cast<float>(bounds.lowest), static_cast<float>(bounds.highest));
                    QCOMPARE(static_cast<float>(bytes[i]), code);
                    QVERIFY(unbiased[i] == real);
                    QVERIFY(reals[i] == real + bias[n]);
                    QVERIFY(positive[i] == std::max(real + bias[n], 0.0f));
                }
            }
    }
};

QTEST_APPLESS_MAIN(TestActivationCodes)
#include "tst_activation_codes.moc"
