// Encoding, packing and decoding of whole tensors against a loop over the values.
#include "core/base/parallel.h"
#include "core/quant/quantized_tensor.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <bit>
#include <cmath>

using namespace quantoscope;

namespace {

/// Every group has a scale of its own and one of three codebooks: an integer grid, levels, and levels whose codes do
/// not ascend.
QuantizerPtr quantizerFor(const Shape& shape, const Grouping& grouping, int bits) {
    test::Random random(static_cast<std::uint64_t>(bits));
    auto quantizer = std::make_shared<Quantizer>();
    quantizer->shape = shape;
    quantizer->layout = GroupLayout::make(shape, grouping).value();
    quantizer->bits = bits;
    const std::size_t levels = std::size_t{1} << bits;
    auto grid = std::make_shared<Codebook>();
    grid->integerGrid = true;
    for (std::size_t i = 0; i < levels; ++i) grid->levels.push_back(static_cast<float>(i) - 2);
    std::vector<float> drawn;
    for (std::size_t i = 0; i < levels; ++i) drawn.push_back(static_cast<float>(random.normal()));
    auto plain = std::make_shared<Codebook>(nearestLevelCodebook(drawn).value());
    auto coded = std::make_shared<Codebook>(*plain);
    for (std::size_t i = 0; i < coded->size(); ++i)
        coded->codes.push_back(static_cast<std::uint32_t>(levels - 1 - i)); // descend
    quantizer->codebooks = {grid, plain, coded};
    for (std::size_t g = 0; g < quantizer->layout.groupCount(); ++g) {
        GroupScale scale;
        scale.scale = static_cast<float>(0.1 + random.uniform());
        scale.offset = g % 2 ? static_cast<float>(random.normal()) : 0;
        scale.zero = g % 3 ? 0 : 1;
        scale.codebook = static_cast<std::uint32_t>(g % 3);
        quantizer->groups.push_back(scale);
    }
    return quantizer;
}

} // namespace

class TestQuantizedTensor : public QObject {
    Q_OBJECT

private slots:
    void agreesWithALoop_data() {
        QTest::addColumn<QList<int>>("extents");
        QTest::addColumn<QString>("grouping");
        QTest::addColumn<int>("bits");
        const QList<int> matrix{300, 257}, cube{7, 30, 200};
        for (const int bits : {0, 1, 3, 4, 8, 11}) {
            QTest::addRow("tensor, %d bits", bits) << matrix << "tensor" << bits;
            QTest::addRow("rows, %d bits", bits) << matrix << "channel:0" << bits;
            QTest::addRow("columns, %d bits", bits) << matrix << "channel:1" << bits;
            QTest::addRow("the middle axis, %d bits", bits) << cube << "channel:1" << bits;
            QTest::addRow("blocks that do not divide the row, %d bits", bits) << matrix << "block:32" << bits;
            QTest::addRow("blocks longer than the row, %d bits", bits) << cube << "block:1000" << bits;
            QTest::addRow("a scalar, %d bits", bits) << QList<int>{} << "block:4" << bits;
            QTest::addRow("nothing, %d bits", bits) << QList<int>{0, 5} << "channel:1" << bits;
        }
    }
    void agreesWithALoop() {
        QFETCH(QList<int>, extents);
        QFETCH(QString, grouping);
        QFETCH(int, bits);
        const Shape shape(extents.begin(), extents.end());
        const QuantizerPtr quantizer = quantizerFor(shape, parseGrouping(grouping.toStdString()).value(), bits);
        std::vector<float> values = test::normalValues(quantizer->layout.valueCount(), 3);
        std::vector<std::size_t> exceptions;
        for (std::size_t i = 5; i < values.size(); i += 1000) {
            values[i] = i % 3 == 0 ? INFINITY : i % 3 == 1 ? -INFINITY : std::nanf("");
            exceptions.push_back(i);
        }
        const auto encoded = encode(quantizer, values, exceptions).value();
        std::vector<float> decoded(values.size()), direct(values.size());
        QVERIFY(decode(encoded, decoded).has_value());
        QVERIFY(quantize(*quantizer, values, direct).has_value());
        const std::vector<std::uint32_t> codes = codesOf(encoded);
        QCOMPARE(codes.size(), values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (!std::isfinite(values[i])) {
                QCOMPARE(codes[i], 0u);
                QCOMPARE(std::bit_cast<std::uint32_t>(decoded[i]), std::bit_cast<std::uint32_t>(values[i]));
                QCOMPARE(std::bit_cast<std::uint32_t>(direct[i]), std::bit_cast<std::uint32_t>(values[i]));
                continue;
            }
            const std::size_t group = quantizer->layout.groupOf(i);
            const GroupEncoder encoder(*quantizer, group);
            const std::size_t bin = encoder.bin(values[i]);
            QCOMPARE(codes[i], quantizer->codebookOf(group).codeOf(bin));
            QCOMPARE(decoded[i], encoder.decode(bin));
            QCOMPARE(direct[i], encoder.decode(bin));
        }
        const ThreadLimit one(1);
        QCOMPARE(encode(quantizer, values, exceptions).value().packed, encoded.packed);
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
