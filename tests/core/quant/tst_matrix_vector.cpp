// Products from codes against the decoded matrix in float64, with the bound that matrix_vector.h states.
#include "core/base/parallel.h"
#include "core/quant/matrix_vector.h"
#include "tests/support/datasets.h"
#include "tests/support/vector_targets.h"

#include <QTest>

#include <cmath>

using namespace quantoscope;
using test::Random;

namespace {

enum class Book { Grid, Levels, Coded, OwnLevels };

std::vector<float> drawn(std::size_t count, Random& random) {
    std::vector<float> numbers;
    for (std::size_t i = 0; i < count; ++i) numbers.push_back(static_cast<float>(random.normal()));
    return numbers;
}

QuantizerPtr quantizerFor(const Shape& shape, const Grouping& grouping, int bits, Book book, bool withOffsets) {
    Random random(static_cast<std::uint64_t>(bits) + 100);
    auto quantizer = std::make_shared<Quantizer>();
    quantizer->shape = shape;
    quantizer->layout = GroupLayout::make(shape, grouping).value();
    quantizer->bits = bits;
    const std::size_t levels = std::size_t{1} << bits, groups = quantizer->layout.groupCount();
    for (std::size_t g = 0; g < (book == Book::OwnLevels ? groups : 1); ++g) {
        Codebook codebook;
        if (book == Book::Grid) {
            codebook.integerGrid = true;
            for (std::size_t i = 0; i < levels; ++i)
                codebook.levels.push_back(static_cast<float>(i) -
                                          (withOffsets ? 0.0f : static_cast<float>(levels / 2)));
        } else {
            codebook = nearestLevelCodebook(drawn(levels, random)).value();
        }
        if (book == Book::Coded)
            for (std::size_t i = 0; i < codebook.size(); ++i)
                codebook.codes.push_back(static_cast<std::uint32_t>((i * 5 + 3) % levels));
        quantizer->codebooks.push_back(std::make_shared<const Codebook>(std::move(codebook)));
    }
    for (std::size_t g = 0; g < groups; ++g) {
        GroupScale scale;
        scale.scale = static_cast<float>(0.01 + random.uniform());
        if (withOffsets) scale.offset = static_cast<float>(random.normal());
        if (withOffsets && book == Book::Grid) scale.zero = static_cast<std::int32_t>(random.below(levels));
        scale.codebook = book == Book::OwnLevels ? static_cast<std::uint32_t>(g) : 0;
        quantizer->groups.push_back(scale);
    }
    return quantizer;
}

/// y of the decoded matrix, and how far the product from codes may be from it.
struct Reference {
    std::vector<double> y, allowed;
};

Reference reference(const QuantizedTensor& tensor, std::span<const float> x) {
    const Quantizer& quantizer = *tensor.quantizer;
    std::vector<float> decoded(tensor.size());
    if (!decode(tensor, decoded)) qFatal("it does not decode");
    Reference result;
    for (std::size_t r = 0; r < decoded.size() / x.size(); ++r) {
        double y = 0, sizes = 0;
        for (std::size_t c = 0; c < x.size(); ++c) {
            const std::size_t i = r * x.size() + c, group = quantizer.layout.groupOf(i);
            const GroupScale& scale = quantizer.groups[group];
            const std::vector<float>& levels = quantizer.codebookOf(group).levels;
            const double largest = std::max(std::fabs(levels.front()), std::fabs(levels.back()));
            y += static_cast<double>(decoded[i]) * x[c];
            sizes += (std::fabs(scale.offset) + scale.scale * (2 * largest + std::abs(scale.zero))) * std::fabs(x[c]);
        }
        result.y.push_back(y);
        result.allowed.push_back((static_cast<double>(x.size()) / 8 + 16) * std::ldexp(sizes, -24));
    }
    return result;
}

void compare(const QuantizedTensor& tensor, const CodedMatrix& matrix, std::span<const float> x) {
    const Reference want = reference(tensor, x);
    std::vector<float> y(want.y.size() + 1, 99);
    matrix.multiply(x, std::span(y).first(want.y.size()));
    for (std::size_t r = 0; r < want.y.size(); ++r)
        QVERIFY2(std::fabs(y[r] - want.y[r]) <= want.allowed[r],
                 qPrintable(QString("row %1: %2, not %3").arg(r).arg(y[r]).arg(want.y[r])));
    QCOMPARE(y.back(), 99.0f);
}

} // namespace

/// Every test runs with each set of instructions that this processor and this build have.
class TestMatrixVector : public QObject {
    Q_OBJECT

private slots:
    void initTestCase_data() { test::addVectorTargets(); }
    void init() { test::useVectorTarget(); }
    void cleanup() { test::useEveryVectorTarget(); }

    void agreesWithTheDecodedMatrix_data() {
        QTest::addColumn<QString>("grouping");
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("book");
        const QStringList groupings{"tensor",   "channel:0", "channel:1", "block:8",   "block:16",
                                    "block:32", "block:48",  "block:100", "block:1000"};
        for (const int bits : {1, 2, 3, 4, 5, 8, 10})
            for (const QString& grouping : groupings)
                for (const Book book : {Book::Grid, Book::Levels, Book::Coded, Book::OwnLevels}) {
                    if (book == Book::OwnLevels && bits > 5) continue; // hundreds of large codebooks
                    QTest::addRow("%d bits, %s, codebook %d", bits, qPrintable(grouping), static_cast<int>(book))
                        << grouping << bits << static_cast<int>(book);
                }
    }
    void agreesWithTheDecodedMatrix() {
        QFETCH(QString, grouping);
        QFETCH(int, bits);
        QFETCH(int, book);
        Random random(3);
        for (const std::int64_t columns : {1, 7, 8, 16, 40, 64, 100, 128, 136, 257, 512, 1000})
            for (const bool withOffsets : {false, true}) {
                const std::int64_t rows = columns % 3 + 2;
                const QuantizerPtr quantizer =
                    quantizerFor({rows, columns}, parseGrouping(grouping.toStdString()).value(), bits,
                                 static_cast<Book>(book), withOffsets);
                const std::vector<float> values = test::normalValues(static_cast<std::size_t>(rows * columns), 9, 0, 3);
                QuantizedTensor tensor = encode(quantizer, values).value();
                tensor.packed.shrink_to_fit(); // so that the sanitizers see what is read beyond
                const CodedMatrix matrix = CodedMatrix::make(tensor).value();
                compare(tensor, matrix, drawn(static_cast<std::size_t>(columns), random));
            }
    }

    void columnsOfTheirOwnLevels() {
        Random random(5);
        for (const int bits : {2, 3, 4, 5})
            for (const std::int64_t columns : {24, 32, 72, 80}) {
                const Shape shape{300, columns};
                auto quantizer = std::make_shared<Quantizer>(
                    *quantizerFor(shape, Grouping::channel(1), bits, Book::OwnLevels, false));
                quantizer->groups = {};
                for (std::uint32_t g = 0; g < columns; ++g) quantizer->groups.push_back({1, 0, 0, g});
                QuantizedTensor tensor =
                    encode(quantizer, test::normalValues(300 * static_cast<std::size_t>(columns), 9, 0, 3)).value();
                tensor.packed.shrink_to_fit();
                compare(tensor, CodedMatrix::make(tensor).value(), drawn(static_cast<std::size_t>(columns), random));
            }
    }

    void usesCodesAsTheyAre_data() {
        QTest::addColumn<QString>("grouping");
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("book");
        QTest::addColumn<int>("columns");
        QTest::addColumn<bool>("direct");
        for (const int bits : {2, 3, 4, 8})
            for (const QString& grouping : QStringList{"tensor", "channel:0", "channel:1", "block:16", "block:64"})
                QTest::addRow("%d bits, %s", bits, qPrintable(grouping)) << grouping << bits << 0 << 256 << true;
        QTest::newRow("levels of every row") << "channel:0" << 4 << static_cast<int>(Book::OwnLevels) << 256 << true;
        QTest::newRow("levels of every column")
            << "channel:1" << 4 << static_cast<int>(Book::OwnLevels) << 256 << false;
        QTest::newRow("levels of every block") << "block:64" << 4 << static_cast<int>(Book::OwnLevels) << 256 << false;
        QTest::newRow("a row that ends within a byte") << "tensor" << 4 << 0 << 255 << false;
        QTest::newRow("five bits") << "tensor" << 5 << 0 << 256 << false;
        QTest::newRow("blocks of ten") << "block:10" << 4 << 0 << 256 << false;
    }
    void usesCodesAsTheyAre() {
        QFETCH(QString, grouping);
        QFETCH(int, bits);
        QFETCH(int, book);
        QFETCH(int, columns);
        QFETCH(bool, direct);
        const QuantizerPtr quantizer = quantizerFor({5, columns}, parseGrouping(grouping.toStdString()).value(), bits,
                                                    static_cast<Book>(book), true);
        const QuantizedTensor tensor =
            encode(quantizer, std::vector<float>(5 * static_cast<std::size_t>(columns))).value();
        QCOMPARE(CodedMatrix::make(tensor).value().direct(), direct);
    }

    void manyRowsOnManyThreads() {
        Random random(4);
        const QuantizerPtr quantizer = quantizerFor({500, 320}, Grouping::block(32), 4, Book::Grid, true);
        const QuantizedTensor tensor = encode(quantizer, test::normalValues(500 * 320, 2)).value();
        const CodedMatrix matrix = CodedMatrix::make(tensor).value();
        const std::vector<float> x = drawn(320, random);
        compare(tensor, matrix, x);
        std::vector<float> y(500), onOneThread(500);
        matrix.multiply(x, y);
        const ThreadLimit one(1);
        matrix.multiply(x, onOneThread);
        QCOMPARE(y, onOneThread);
    }

    void exceptionsAreWhatTheyWere() {
        Random random(5);
        for (const Book book : {Book::Grid, Book::Coded})
            for (const int bits : {4, 5}) {
                const QuantizerPtr quantizer = quantizerFor({3, 64}, Grouping::channel(0), bits, book, true);
                std::vector<float> values = test::normalValues(3 * 64, 2);
                values[70] = 50;
                values[140] = INFINITY;
                const std::vector<std::size_t> exceptions{70, 140};
                const QuantizedTensor tensor = encode(quantizer, values, exceptions).value();
                const CodedMatrix matrix = CodedMatrix::make(tensor).value();
                std::vector<float> x = drawn(64, random), y(3);
                matrix.multiply(x, y);
                QCOMPARE(y[2], x[140 - 128] > 0 ? INFINITY : -INFINITY);
                const Reference want = reference(tensor, x);
                QVERIFY(std::fabs(y[0] - want.y[0]) <= want.allowed[0]);
                QVERIFY(std::fabs(y[1] - want.y[1]) <= want.allowed[1] + 1e-4);
            }
    }

    void emptyMatrices() {
        const QuantizedTensor none = encode(quantizerFor({0, 4}, Grouping::tensor(), 4, Book::Grid, false), {}).value();
        std::vector<float> x(4), y(3, 7);
        CodedMatrix::make(none).value().multiply(x, {});
        const QuantizedTensor narrow =
            encode(quantizerFor({3, 0}, Grouping::tensor(), 4, Book::Grid, false), {}).value();
        CodedMatrix::make(narrow).value().multiply({}, y);
        QCOMPARE(y, (std::vector<float>{0, 0, 0}));
    }

    void refusesWhatIsNoMatrix() {
        const QuantizedTensor line =
            encode(quantizerFor({4}, Grouping::tensor(), 4, Book::Grid, false), std::vector<float>(4)).value();
        QCOMPARE(CodedMatrix::make(line).error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_APPLESS_MAIN(TestMatrixVector)
#include "tst_matrix_vector.moc"
