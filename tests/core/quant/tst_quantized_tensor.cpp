// Encoding, packing and decoding of whole tensors against a loop over the values.
#include "core/base/bit_pack.h"
#include "core/base/parallel.h"
#include "core/base/raw_vector.h"
#include "core/quant/quantized_tensor.h"
#include "tests/support/datasets.h"
#include "tests/support/vector_targets.h"

#include <QTest>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>

using namespace quantoscope;

namespace {

enum class Books { Three, Grid, Levels, Few, Coded, Own, OwnCoded, OwnOfValues };

Codebook drawnLevels(std::size_t levels, test::Random& random) {
    std::vector<float> drawn;
    for (std::size_t i = 0; i < levels; ++i) drawn.push_back(static_cast<float>(random.normal()));
    return nearestLevelCodebook(drawn).value();
}

/// Every group has a scale of its own. Three codebooks in turn are an integer grid, levels, and levels whose codes do
/// not ascend; others are one of them for all groups; or every group has levels of its own.
QuantizerPtr quantizerFor(const Shape& shape, const Grouping& grouping, int bits, Books books = Books::Three) {
    test::Random random(static_cast<std::uint64_t>(bits));
    auto quantizer = std::make_shared<Quantizer>();
    quantizer->shape = shape;
    quantizer->layout = GroupLayout::make(shape, grouping).value();
    quantizer->bits = bits;
    const std::size_t levels = std::size_t{1} << bits, groups = quantizer->layout.groupCount();
    auto grid = std::make_shared<Codebook>();
    grid->integerGrid = true;
    for (std::size_t i = 0; i < levels; ++i) grid->levels.push_back(static_cast<float>(i) - 2);
    auto plain = std::make_shared<Codebook>(drawnLevels(levels, random));
    auto coded = std::make_shared<Codebook>(*plain);
    for (std::size_t i = 0; i < coded->size(); ++i)
        coded->codes.push_back(static_cast<std::uint32_t>(levels - 1 - i)); // descend
    switch (books) {
    case Books::Three: quantizer->codebooks = {grid, plain, coded}; break;
    case Books::Grid: quantizer->codebooks = {grid}; break;
    case Books::Levels: quantizer->codebooks = {plain}; break;
    case Books::Few: // than codes
        quantizer->codebooks = {std::make_shared<Codebook>(drawnLevels(std::min<std::size_t>(levels, 10), random))};
        break;
    case Books::Coded: quantizer->codebooks = {coded}; break;
    case Books::Own:
    case Books::OwnCoded:
    case Books::OwnOfValues:
        for (std::size_t g = 0; g < groups; ++g) {
            auto own = std::make_shared<Codebook>(drawnLevels(g % 5 ? levels : (levels + 1) / 2, random));
            if (books == Books::OwnCoded && g % 2)
                for (std::size_t i = 0; i < own->size(); ++i)
                    own->codes.push_back(static_cast<std::uint32_t>(levels - 1 - i));
            quantizer->codebooks.push_back(std::move(own));
        }
        break;
    }
    for (std::size_t g = 0; g < groups; ++g) {
        GroupScale scale;
        if (books != Books::OwnOfValues) {
            scale.scale = static_cast<float>(0.1 + random.uniform());
            scale.offset = g % 2 ? static_cast<float>(random.normal()) : 0;
        }
        scale.zero = g % 3 ? 0 : 1;
        scale.codebook = static_cast<std::uint32_t>(g % quantizer->codebooks.size());
        quantizer->groups.push_back(scale);
    }
    return quantizer;
}

} // namespace

/// Every test runs with each set of instructions that this processor and this build have.
class TestQuantizedTensor : public QObject {
    Q_OBJECT

private slots:
    void initTestCase_data() { test::addVectorTargets(); }
    void init() { test::useVectorTarget(); }
    void cleanup() { test::useEveryVectorTarget(); }

    void agreesWithALoop_data() {
        QTest::addColumn<QList<int>>("extents");
        QTest::addColumn<QString>("grouping");
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("books");
        const QList<int> matrix{150, 257}, cube{7, 30, 200}, kernels{40, 12, 3, 3}, narrow{3000, 3}, tall{1100, 8},
            pair{700, 144}, wide{34, 4112}, large{520, 272}, lines{50, 192}, twoOver{12, 800}, oneOver{14, 720},
            twoTiles{2, 8192}, quarterOver{3, 1440};
        const auto add = [](const char* what, const QList<int>& extents, const char* grouping, int bits, Books books) {
            QTest::addRow("%s, %d bits, codebooks %d", what, bits, static_cast<int>(books))
                << extents << grouping << bits << static_cast<int>(books);
        };
        for (const int bits : {0, 1, 2, 3, 4, 5, 6, 7, 8, 11})
            for (const Books books : {Books::Three, Books::Grid, Books::Levels, Books::Few, Books::Coded, Books::Own,
                                      Books::OwnCoded, Books::OwnOfValues}) {
                add("tensor", matrix, "tensor", bits, books);
                add("rows", matrix, "channel:0", bits, books);
                add("columns", matrix, "channel:1", bits, books);
                add("three columns", narrow, "channel:1", bits, books);
                add("columns longer than a tile", tall, "channel:1", bits, books);
                add("columns of two panels", pair, "channel:1", bits, books);
                if (books == Books::OwnOfValues && (bits == 2 || bits == 4))
                    add("two panels of many columns", wide, "channel:1", bits, books);
                if (books == Books::OwnOfValues && bits == 8)
                    add("two panels of large tables", large, "channel:1", bits, books);
                add("the middle axis", cube, "channel:1", bits, books);
                add("kernels of nine", kernels, "channel:1", bits, books);
                if (books >= Books::Own && bits > 8) continue; // a codebook for every 32 values: long
                add("blocks that do not divide the row", matrix, "block:32", bits, books);
                add("blocks that divide the row", lines, "block:64", bits, books);
                add("blocks of three lines", lines, "block:48", bits, books);
                add("blocks and half of one in a row", twoOver, "block:64", bits, books);
                add("blocks and a line in a row", oneOver, "block:64", bits, books);
                add("rows of several tiles of blocks", twoTiles, "block:48", bits, books);
                add("blocks and a quarter of one in a long row", quarterOver, "block:128", bits, books);
                add("short blocks", narrow, "block:2", bits, books);
                add("blocks longer than the row", cube, "block:1000", bits, books);
                add("a scalar", {}, "block:4", bits, books);
                add("nothing", {0, 5}, "channel:1", bits, books);
            }
    }
    void agreesWithALoop() {
        QFETCH(QList<int>, extents);
        QFETCH(QString, grouping);
        QFETCH(int, bits);
        QFETCH(int, books);
        const Shape shape(extents.begin(), extents.end());
        const QuantizerPtr quantizer =
            quantizerFor(shape, parseGrouping(grouping.toStdString()).value(), bits, static_cast<Books>(books));
        std::vector<float> values = test::normalValues(quantizer->layout.valueCount(), 3);
        std::vector<std::size_t> exceptions;
        for (std::size_t i = 5; i < values.size(); i += 1000) {
            values[i] = i % 3 == 0 ? INFINITY : i % 3 == 1 ? -INFINITY : std::nanf("");
            exceptions.push_back(i);
        }
        QuantizedTensor encoded;
        encoded.packed.resize(3);
        encoded.exceptions = {7};
        double squaredError = -1;
        QVERIFY(encodeInto(encoded, quantizer, values, exceptions, &squaredError).has_value());
        QCOMPARE(encode(quantizer, values, exceptions).value().packed, encoded.packed);
        QCOMPARE(encoded.exceptions, exceptions);
        std::vector<float> decoded(values.size()), direct(values.size()), inPlace = values;
        QVERIFY(decode(encoded, decoded).has_value());
        QVERIFY(quantize(*quantizer, values, direct).has_value());
        QVERIFY(quantize(*quantizer, inPlace, inPlace).has_value());
        const std::vector<std::uint32_t> codes = codesOf(encoded);
        QCOMPARE(codes.size(), values.size());
        double sum = 0, sumWithoutExceptions = 0;
        std::vector<float> finite = values;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const GroupEncoder encoder(*quantizer, quantizer->layout.groupOf(i));
            if (!std::isfinite(values[i])) finite[i] = 0.1f;
            sumWithoutExceptions += std::pow(
                static_cast<double>(finite[i]) - static_cast<double>(encoder.decode(encoder.bin(finite[i]))), 2);
            QCOMPARE(std::bit_cast<std::uint32_t>(inPlace[i]), std::bit_cast<std::uint32_t>(direct[i]));
            if (!std::isfinite(values[i])) {
                QCOMPARE(codes[i], 0u);
                QCOMPARE(std::bit_cast<std::uint32_t>(decoded[i]), std::bit_cast<std::uint32_t>(values[i]));
                QCOMPARE(std::bit_cast<std::uint32_t>(direct[i]), std::bit_cast<std::uint32_t>(values[i]));
                continue;
            }
            const std::size_t bin = encoder.bin(values[i]);
            QCOMPARE(codes[i], quantizer->codebookOf(quantizer->layout.groupOf(i)).codeOf(bin));
            QVERIFY(decoded[i] == encoder.decode(bin)); // QCOMPARE would let some bits go
            QVERIFY(direct[i] == encoder.decode(bin));
            sum += std::pow(static_cast<double>(values[i]) - static_cast<double>(encoder.decode(bin)), 2);
        }
        QVERIFY(std::fabs(squaredError - sum) <= 3e-7 * sum);
        const ThreadLimit one(1);
        double onOneThread = -1;
        QVERIFY(encodeInto(encoded, quantizer, values, exceptions, &onOneThread).has_value());
        QCOMPARE(encode(quantizer, values, exceptions).value().packed, encoded.packed);
        QVERIFY(onOneThread == squaredError);
        QVERIFY(encodeInto(encoded, quantizer, finite, {}, &squaredError).has_value());
        QVERIFY(std::fabs(squaredError - sumWithoutExceptions) <= 3e-7 * sumWithoutExceptions);
    }

    /// Values so many that they are written past the caches, where they lie as lines do and where they do not.
    void decodesMany_data() {
        QTest::addColumn<QList<int>>("extents");
        QTest::addColumn<QString>("grouping");
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("books");
        const QList<int> lines{1500, 1440}, others{1500, 1404};
        const auto add = [](const QList<int>& extents, const char* grouping, int bits, Books books) {
            QTest::addRow("%d columns, %s, %d bits, codebooks %d", extents[1], grouping, bits, static_cast<int>(books))
                << extents << grouping << bits << static_cast<int>(books);
        };
        for (const QList<int>& extents : {lines, others}) {
            add(extents, "tensor", 4, Books::Grid);
            add(extents, "tensor", 8, Books::Levels);
            add(extents, "tensor", 9, Books::Levels);
            add(extents, "channel:0", 8, Books::Grid);
            add(extents, "channel:0", 3, Books::OwnOfValues);
            add(extents, "channel:1", 4, Books::Levels);
            add(extents, "channel:1", 8, Books::Grid);
            for (const int bits : {4, 6, 7, 8}) add(extents, "channel:1", bits, Books::OwnOfValues);
            add(extents, "block:32", 4, Books::Few);
            add(extents, "block:64", 5, Books::Grid);
            add(extents, "tensor", 4, Books::Coded);
            add(extents, "block:100", 4, Books::Three);
        }
    }
    void decodesMany() {
        QFETCH(QList<int>, extents);
        QFETCH(QString, grouping);
        QFETCH(int, bits);
        QFETCH(int, books);
        QuantizedTensor tensor;
        tensor.quantizer = quantizerFor({extents.begin(), extents.end()}, parseGrouping(grouping.toStdString()).value(),
                                        bits, static_cast<Books>(books));
        const GroupLayout& layout = tensor.quantizer->layout;
        test::Random random(8);
        tensor.packed.resize(packedBytes(layout.valueCount(), bits));
        for (std::uint8_t& byte : tensor.packed) byte = static_cast<std::uint8_t>(random.below(256));
        const std::vector<std::uint32_t> codes = codesOf(tensor);
        std::vector<float> expected(codes.size());
        tensor.exceptions = {0, 17, codes.size() / 2, codes.size() - 1};
        tensor.exceptionValues.assign(4, INFINITY);
        layout.forEachPiece(0, codes.size(), [&](std::size_t group, std::size_t begin, std::size_t end) {
            const GroupScale scale = tensor.quantizer->groups[group];
            const Codebook& codebook = tensor.quantizer->codebookOf(group);
            std::vector<float> levels = codebook.levels; // by code
            for (std::size_t bin = 0; bin < codebook.codes.size(); ++bin)
                levels[codebook.codes[bin]] = codebook.levels[bin];
            for (std::size_t i = begin; i < end; ++i)
                expected[i] = scale.decode(levels[std::min<std::size_t>(codes[i], levels.size() - 1)]);
        });
        for (const std::size_t i : tensor.exceptions) expected[i] = INFINITY;
        for (const std::size_t before : {0, 4, 5}) {
            constexpr std::size_t kBehind = 20;
            RawVector<float> room(before + codes.size() + kBehind);
            std::fill(room.begin(), room.end(), -1e30f);
            QVERIFY(decode(tensor, std::span(room).subspan(before, codes.size())).has_value());
            const auto end = room.end() - kBehind;
            QVERIFY(
                std::equal(expected.begin(), expected.end(), room.begin() + static_cast<std::ptrdiff_t>(before), end));
            QVERIFY(std::all_of(end, room.end(), [](float kept) { return kept == -1e30f; }));
            QVERIFY(std::all_of(room.begin(), room.begin() + static_cast<std::ptrdiff_t>(before),
                                [](float kept) { return kept == -1e30f; }));
        }
    }

    void holdsWhatIsFarBeyondTheLevels() {
        test::Random random(12);
        for (const char* grouping :
             {"tensor", "channel:0", "channel:1", "block:16", "block:32", "block:64", "block:100"})
            for (const Books books : {Books::Grid, Books::Levels})
                for (const int bits : {1, 4, 8, 9}) {
                    const QuantizerPtr quantizer =
                        quantizerFor({9, 1088}, parseGrouping(grouping).value(), bits, books);
                    std::vector<float> values(quantizer->layout.valueCount());
                    for (float& value : values)
                        value =
                            std::ldexp(static_cast<float>(random.normal()), static_cast<int>(random.below(240)) - 115);
                    for (float& value : values)
                        if (!std::isfinite(value)) value = std::numeric_limits<float>::lowest();
                    const auto encoded = encode(quantizer, values);
                    QVERIFY(encoded.has_value());
                    QuantizedTensor measured;
                    double squaredError = 0;
                    QVERIFY(encodeInto(measured, quantizer, values, {}, &squaredError).has_value());
                    QCOMPARE(measured.packed, encoded->packed);
                    const std::vector<std::uint32_t> codes = codesOf(*encoded);
                    for (std::size_t i = 0; i < values.size(); ++i)
                        QCOMPARE(std::size_t{codes[i]},
                                 GroupEncoder(*quantizer, quantizer->layout.groupOf(i)).bin(values[i]));
                }
    }

    /// Of rows that are encoded and measured at once, some whose scale has no inverse or whose zero point is too large.
    void measuresRowsThatVectorsCannot() {
        for (const int columns : {400, 1003}) {
            auto quantizer =
                std::make_shared<Quantizer>(*quantizerFor({7, columns}, Grouping::channel(0), 4, Books::Grid));
            const GroupScales groups = std::exchange(quantizer->groups, {});
            for (std::size_t g = 0; g < groups.size(); ++g) {
                GroupScale scale = groups[g];
                if (g == 1 || g == 5) scale.scale = 1e-39f;
                if (g == 3) scale.zero = 3'000'000;
                quantizer->groups.push_back(scale);
            }
            std::vector<float> values = test::normalValues(quantizer->layout.valueCount(), 8);
            for (std::size_t i = 3 * static_cast<std::size_t>(columns); i < 4 * static_cast<std::size_t>(columns); ++i)
                values[i] -= 3e6f * quantizer->groups[3].scale;
            QuantizedTensor encoded;
            double squaredError = -1, sum = 0;
            QVERIFY(encodeInto(encoded, quantizer, values, {}, &squaredError).has_value());
            const std::vector<std::uint32_t> codes = codesOf(encoded);
            for (std::size_t i = 0; i < values.size(); ++i) {
                const GroupEncoder encoder(*quantizer, quantizer->layout.groupOf(i));
                const std::size_t bin = encoder.bin(values[i]);
                QCOMPARE(std::size_t{codes[i]}, bin);
                sum += std::pow(static_cast<double>(values[i]) - static_cast<double>(encoder.decode(bin)), 2);
            }
            QVERIFY(std::fabs(squaredError - sum) <= 3e-7 * sum);
        }
    }

    /// Blocks that leave one, two and three rows of sixteen over, and parts of one; lanes, and columns.
    void everyTargetGivesTheSameError() {
        static std::map<std::string, double> first;
        std::vector<float> values = test::normalValues(70 * 1001, 4);
        values[33'333] = INFINITY;
        const std::size_t exceptions[] = {33'333};
        for (const char* grouping : {"tensor", "channel:0", "channel:1", "block:3", "block:16", "block:32", "block:48",
                                     "block:64", "block:100", "block:1000"})
            for (const Books books : {Books::Three, Books::Grid, Books::Levels, Books::Own, Books::OwnOfValues})
                for (const int bits : {1, 2, 3, 4, 5, 7, 8, 9}) {
                    const bool columns = books == Books::OwnOfValues && std::string_view(grouping) == "channel:1";
                    if ((bits == 1 || bits == 3 || bits == 7) && !columns) continue; // only tables are others then
                    if (books >= Books::Own && (bits > 8 || std::string_view(grouping).size() == 8))
                        continue; // a codebook for every short block: long
                    const Shape tall{1001, bits < 7 ? 70 : 64};
                    const Shape shape = books == Books::OwnOfValues ? tall : Shape{70, 1001};
                    const QuantizerPtr quantizer = quantizerFor(shape, parseGrouping(grouping).value(), bits, books);
                    QuantizedTensor encoded;
                    double error = 0;
                    const auto own = std::span(values).first(quantizer->layout.valueCount());
                    QVERIFY(encodeInto(encoded, quantizer, own, exceptions, &error).has_value());
                    const std::string what =
                        grouping + std::to_string(bits) + "/" + std::to_string(static_cast<int>(books));
                    QVERIFY(first.emplace(what, error).first->second == error);
                }
    }

    void errorsBeyondTheSquaresOfFloat_data() {
        QTest::addColumn<float>("size");
        QTest::newRow("squares overflow") << 1e30f;
        QTest::newRow("squares vanish") << 1e-30f;
        QTest::newRow("errors are subnormal") << 1e-39f;
        QTest::newRow("there are none") << 0.0f;
    }
    void errorsBeyondTheSquaresOfFloat() {
        QFETCH(float, size);
        auto quantizer = std::make_shared<Quantizer>();
        quantizer->shape = {5000};
        quantizer->layout = GroupLayout::make(quantizer->shape, Grouping::tensor()).value();
        quantizer->bits = 1;
        quantizer->codebooks.push_back(std::make_shared<Codebook>(
            nearestLevelCodebook(size == 0 ? std::vector<float>{0} : std::vector<float>{0, size}).value()));
        quantizer->groups.push_back({});
        std::vector<float> values = test::normalValues(5000, 5, 0, 1);
        for (float& value : values) value *= size;
        QuantizedTensor encoded;
        double error = -1, sum = 0;
        QVERIFY(encodeInto(encoded, quantizer, values, {}, &error).has_value());
        std::vector<float> decoded(values.size());
        QVERIFY(decode(encoded, decoded).has_value());
        for (std::size_t i = 0; i < values.size(); ++i)
            sum += std::pow(static_cast<double>(values[i]) - static_cast<double>(decoded[i]), 2);
        QVERIFY(std::isfinite(error) && std::fabs(error - sum) <= 3e-7 * sum);
    }

    void keepsTheMemoryItIsGiven() {
        const QuantizerPtr quantizer = quantizerFor({1000}, Grouping::tensor(), 4);
        const std::vector<float> values = test::normalValues(1000, 6);
        QuantizedTensor encoded;
        QVERIFY(encodeInto(encoded, quantizer, values).has_value());
        const std::uint8_t* const before = encoded.packed.data();
        QVERIFY(encodeInto(encoded, quantizer, values).has_value());
        QVERIFY(encoded.packed.data() == before);
    }

    void refusesAnotherNumberOfValues() {
        const QuantizerPtr quantizer = quantizerFor({4, 4}, Grouping::tensor(), 4);
        std::vector<float> values(15), room(16);
        QCOMPARE(encode(quantizer, values).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(quantize(*quantizer, values, room).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(quantize(*quantizer, room, values).error().code, ErrorCode::InvalidArgument);
        const auto encoded = encode(quantizer, room).value();
        QCOMPARE(decode(encoded, values).error().code, ErrorCode::InvalidArgument);
    }

    void stopsWhenTold() {
        const QuantizerPtr quantizer = quantizerFor({100'000}, Grouping::tensor(), 4);
        std::vector<float> values(100'000);
        const auto encoded = encode(quantizer, values).value();
        std::stop_source source;
        source.request_stop();
        const JobControl job{source.get_token(), {}};
        QCOMPARE(encode(quantizer, values, {}, job).error().code, ErrorCode::Cancelled);
        QCOMPARE(decode(encoded, values, job).error().code, ErrorCode::Cancelled);
        QCOMPARE(quantize(*quantizer, values, values, job).error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestQuantizedTensor)
#include "tst_quantized_tensor.moc"
