// Products against plain loops in float64 and int64: every backend, way of running and kind of codes, shapes that no
// vector divides, and the extremes at which 16-bit sums would saturate.
#include "core/nn/onednn_products.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace quantoscope;
using Codes = IntegerProduct::Codes;
using Way = IntegerProduct::Way;

namespace {

std::vector<float> randomFloats(std::size_t count, unsigned seed) {
    std::mt19937 generator(seed);
    std::uniform_real_distribution<float> spread(-1, 1);
    std::vector<float> values(count);
    for (float& value : values) value = spread(generator);
    return values;
}

template<class Code>
std::vector<Code> randomCodes(std::size_t count, int lowest, int highest, unsigned seed) {
    std::mt19937 generator(seed);
    std::uniform_int_distribution<int> spread(lowest, highest);
    std::vector<Code> codes(count);
    for (Code& code : codes) code = static_cast<Code>(spread(generator));
    return codes;
}

struct Shapes {
    std::size_t rows, outputs, inputs;
};
const std::vector<Shapes>& shapes() {
    static const std::vector<Shapes> all{{1, 1, 1},    {1, 10, 64},  {1, 128, 64}, {3, 7, 5},
                                         {17, 33, 65}, {64, 10, 30}, {200, 48, 9}, {600, 300, 20}};
    return all;
}

std::int64_t codeAt(const std::vector<std::uint8_t>& bytes, std::size_t at, Codes codes) {
    return codes == Codes::Signed ? static_cast<std::int8_t>(bytes[at]) : bytes[at];
}

/// By the definition, in int64.
std::vector<std::int64_t> sumsOf(const Shapes& shape, const std::vector<std::uint8_t>& bytes, Codes codes,
                                 const std::vector<std::int8_t>& weights) {
    std::vector<std::int64_t> sums(shape.rows * shape.outputs);
    for (std::size_t m = 0; m < shape.rows; ++m)
        for (std::size_t n = 0; n < shape.outputs; ++n)
            for (std::size_t k = 0; k < shape.inputs; ++k)
                sums[m * shape.outputs + n] +=
                    codeAt(bytes, m * shape.inputs + k, codes) * weights[n * shape.inputs + k];
    return sums;
}

/// Sums in front of and behind which nothing is written.
std::vector<std::int32_t> accumulated(IntegerProduct& product, const Shapes& shape,
                                      const std::vector<std::uint8_t>& bytes) {
    const std::size_t count = shape.rows * shape.outputs;
    std::vector<std::int32_t> sums(count + 2, -77);
    product.accumulate(bytes.data(), shape.rows, sums.data() + 1);
    if (sums.front() != -77 || sums.back() != -77) return {};
    return {sums.begin() + 1, sums.end() - 1};
}

void addIntegerRows() {
    QTest::addColumn<int>("codes");
    QTest::addColumn<int>("way");
    for (const auto& [codes, codesName] :
         {std::pair(Codes::Unsigned, "unsigned codes"), {Codes::Signed, "signed codes"}})
        for (const auto& [way, wayName] : {std::pair(Way::Best, "as it chooses"),
                                           {Way::Packed, "weights packed"},
                                           {Way::Plain, "weights as they are"},
                                           {Way::Own, "our own"}})
            QTest::addRow("%s, %s", codesName, wayName) << static_cast<int>(codes) << static_cast<int>(way);
}

} // namespace

class TestOnednnProducts : public QObject {
    Q_OBJECT

private slots:
    void multipliesTransposedOrNot_data() {
        QTest::addColumn<bool>("transposeA");
        QTest::addColumn<bool>("transposeB");
        QTest::addColumn<float>("beta");
        QTest::newRow("A times B") << false << false << 0.0f;
        QTest::newRow("A times B transposed") << false << true << 0.0f;
        QTest::newRow("A transposed times B, added to C") << true << false << 1.0f;
        QTest::newRow("both transposed, half of C kept") << true << true << 0.5f;
    }
    void multipliesTransposedOrNot() {
        QFETCH(bool, transposeA);
        QFETCH(bool, transposeB);
        QFETCH(float, beta);
        for (const auto& [rows, columns, depth] : shapes()) {
            const auto a = randomFloats(rows * depth, 1), b = randomFloats(depth * columns, 2);
            const auto before = randomFloats(rows * columns, 3);
            auto c = before, again = before;
            multiply(transposeA, transposeB, rows, columns, depth, a.data(), b.data(), beta, c.data());
            for (std::size_t m = 0; m < rows; ++m)
                for (std::size_t n = 0; n < columns; ++n) {
                    double sum = double{beta} * before[m * columns + n];
                    for (std::size_t k = 0; k < depth; ++k)
                        sum += double{a[transposeA ? k * rows + m : m * depth + k]} *
                               b[transposeB ? n * depth + k : k * columns + n];
                    QVERIFY(std::abs(c[m * columns + n] - sum) < 1e-5);
                }
            multiply(transposeA, transposeB, rows, columns, depth, a.data(), b.data(), beta, again.data());
            QCOMPARE(again, c); // the same bits
        }
    }

    void floatProductAddsBias_data() {
        QTest::addColumn<int>("backend");
        QTest::addColumn<bool>("relu");
        QTest::addColumn<int>("threads");
        for (const FloatBackend backend : {FloatBackend::OneDnn, FloatBackend::Eigen})
            for (const bool relu : {false, true})
                for (const int threads : {1, 3})
                    QTest::addRow("%s %s on %d threads", name(backend).data(), relu ? "with ReLU" : "alone", threads)
                        << static_cast<int>(backend) << relu << threads;
    }
    void floatProductAddsBias() {
        QFETCH(int, backend);
        QFETCH(bool, relu);
        QFETCH(int, threads);
        const ProductThreads limit(threads);
        for (const auto& [rows, outputs, inputs] : shapes()) {
            const auto x = randomFloats(rows * inputs, 1), w = randomFloats(outputs * inputs, 2);
            const auto bias = randomFloats(outputs, 3);
            auto product = FloatProduct::make({outputs, inputs, static_cast<FloatBackend>(backend), relu}, w, bias);
            QVERIFY(product);
            std::vector<float> y(rows * outputs, 1e9f);
            product->run(x.data(), rows, y.data());
            for (std::size_t m = 0; m < rows; ++m)
                for (std::size_t n = 0; n < outputs; ++n) {
                    double sum = bias[n];
                    for (std::size_t k = 0; k < inputs; ++k) sum += double{x[m * inputs + k]} * w[n * inputs + k];
                    if (relu) sum = std::max(sum, 0.0);
                    QVERIFY(std::abs(y[m * outputs + n] - sum) < 1e-5);
                }
        }
    }

    void sumsAreExact_data() { addIntegerRows(); }
    void sumsAreExact() {
        QFETCH(int, codes);
        QFETCH(int, way);
        const auto kind = static_cast<Codes>(codes);
        for (const Shapes& shape : shapes()) {
            const auto bytes = randomCodes<std::uint8_t>(shape.rows * shape.inputs, 0, 255, 1);
            const auto weights = randomCodes<std::int8_t>(shape.outputs * shape.inputs, -63, 63, 2);
            auto product = IntegerProduct::make({shape.outputs, shape.inputs, kind, static_cast<Way>(way)}, weights);
            QVERIFY(product);
            const auto sums = accumulated(*product, shape, bytes);
            const auto expected = sumsOf(shape, bytes, kind, weights);
            QVERIFY(std::equal(sums.begin(), sums.end(), expected.begin(), expected.end()));
        }
    }

    void sumsAreExactAtTheLimit_data() { addIntegerRows(); }
    void sumsAreExactAtTheLimit() {
        QFETCH(int, codes);
        QFETCH(int, way);
        const auto kind = static_cast<Codes>(codes);
        const int best = kind == Codes::Signed ? integerSupport().signedWeightLimit : integerSupport().weightLimit;
        QVERIFY(best == 127 || best == 63);
        const int limit = static_cast<Way>(way) == Way::Best  ? best
                          : static_cast<Way>(way) == Way::Own ? 127
                                                              : 63; // exact everywhere
        for (const std::size_t rows : {1, 2, 40})
            for (const int sign : {-1, 1})
                for (const int byte : {0, 1, 127, 128, 255}) {
                    const Shapes shape{rows, 19, 257};
                    const std::vector<std::uint8_t> bytes(shape.rows * shape.inputs, static_cast<std::uint8_t>(byte));
                    const std::vector<std::int8_t> weights(shape.outputs * shape.inputs,
                                                           static_cast<std::int8_t>(sign * limit));
                    auto product =
                        IntegerProduct::make({shape.outputs, shape.inputs, kind, static_cast<Way>(way)}, weights);
                    QVERIFY(product);
                    const auto sums = accumulated(*product, shape, bytes);
                    const auto expected = sumsOf(shape, bytes, kind, weights);
                    QVERIFY(std::equal(sums.begin(), sums.end(), expected.begin(), expected.end()));
                }
    }

    void requantizesWithTheSums_data() { addIntegerRows(); }
    void requantizesWithTheSums() {
        QFETCH(int, codes);
        QFETCH(int, way);
        const auto kind = static_cast<Codes>(codes);
        // Odd and even zero points, since halves are rounded before them; and the bounds of a ReLU.
        const std::vector<ByteBounds> allBounds{{0, 0, 255}, {7, 0, 255}, {128, 1, 255}, {31, 31, 255}, {0, 0, 100}};
        for (const Shapes& shape : shapes()) {
            const auto bytes = randomCodes<std::uint8_t>(shape.rows * shape.inputs, 0, 255, 1);
            const auto weights = randomCodes<std::int8_t>(shape.outputs * shape.inputs, -63, 63, 2);
            const auto sums = sumsOf(shape, bytes, kind, weights);
            for (const ByteBounds bounds : allBounds)
                for (const bool perOutput : {false, true}) {
                    Requantization after;
                    after.bounds = bounds;
                    // Powers of two: everything is exact, and there are halves.
                    for (std::size_t n = 0; n < (perOutput ? shape.outputs : 1); ++n)
                        after.multiplier.push_back(std::ldexp(1.0f, -5 - static_cast<int>(n % 5)));
                    after.addend = randomCodes<std::int32_t>(shape.outputs, -5000, 5000, 3);
                    auto product = IntegerProduct::make({shape.outputs, shape.inputs, kind, static_cast<Way>(way)},
                                                        weights, after);
                    QVERIFY(product);
                    std::vector<std::uint8_t> out(shape.rows * shape.outputs, 99);
                    product->run(bytes.data(), shape.rows, out.data());
                    after.toReals = true;
                    auto realProduct = IntegerProduct::make({shape.outputs, shape.inputs, kind, static_cast<Way>(way)},
                                                            weights, after);
                    QVERIFY(realProduct);
                    std::vector<float> reals(shape.rows * shape.outputs, 1e9f);
                    realProduct->run(bytes.data(), shape.rows, reals.data());
                    for (std::size_t i = 0; i < out.size(); ++i) {
                        const std::size_t n = i % shape.outputs;
                        const double real =
                            static_cast<double>(sums[i] + after.addend[n]) * after.multiplier[perOutput ? n : 0];
                        const double code = std::clamp(std::nearbyint(real) + bounds.zero, double(bounds.lowest),
                                                       double(bounds.highest));
                        QCOMPARE(static_cast<double>(out[i]), code);
                        QCOMPARE(static_cast<double>(reals[i]), real);
                    }
                }
        }
    }

    void oneRowMoreOrLess() {
        constexpr std::size_t outputs = 20, inputs = 40, most = 9;
        const auto weights = randomCodes<std::int8_t>(outputs * inputs, -63, 63, 2);
        for (const Way way : {Way::Packed, Way::Plain, Way::Own}) {
            auto product = IntegerProduct::make({outputs, inputs, Codes::Unsigned, way}, weights);
            QVERIFY(product);
            for (const std::size_t rows : {most, std::size_t{1}, std::size_t{4}, most}) {
                const auto bytes = randomCodes<std::uint8_t>(rows * inputs, 0, 255, static_cast<unsigned>(rows));
                const auto sums = accumulated(*product, {rows, outputs, inputs}, bytes);
                const auto expected = sumsOf({rows, outputs, inputs}, bytes, Codes::Unsigned, weights);
                QVERIFY(std::equal(sums.begin(), sums.end(), expected.begin(), expected.end()));
            }
        }
    }

    void threadsAreGivenBack() {
        QCOMPARE(ProductThreads::now(), 1);
        {
            const ProductThreads three(3);
            QCOMPARE(ProductThreads::now(), 3);
            const ProductThreads least(0);
            QCOMPARE(ProductThreads::now(), 1);
        }
        QCOMPARE(ProductThreads::now(), 1);
    }

    void wrongSizesAreRefused() {
        const std::vector<std::int8_t> weights(6);
        const std::vector<float> reals(6), bias(2);
        QVERIFY(!IntegerProduct::make({2, 4}, weights));
        Requantization after;
        after.multiplier = {1, 1, 1};
        after.addend = {0, 0};
        const auto refused = IntegerProduct::make({2, 3}, weights, after);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        QVERIFY(!FloatProduct::make({3, 3}, reals, bias));
        QVERIFY(FloatProduct::make({2, 3}, reals, bias));
    }

    void saysWhatItRunsOn() {
        QVERIFY(!integerSupport().instructions.empty());
        auto product = IntegerProduct::make({4, 4}, std::vector<std::int8_t>(16));
        QVERIFY(product);
        QVERIFY(!product->implementation().empty());
        qInfo("oneDNN runs on %s, weights up to %d (signed codes: %d); integer products by %s",
              integerSupport().instructions.c_str(), integerSupport().weightLimit, integerSupport().signedWeightLimit,
              product->implementation().c_str());
    }
};

QTEST_APPLESS_MAIN(TestOnednnProducts)
#include "tst_onednn_products.moc"
