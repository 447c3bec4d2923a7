// Shapes, number types and non-finite values.
#include "core/tensor/tensor.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace quantoscope;

class TestTensor : public QObject {
    Q_OBJECT

private slots:
    void countsElements_data() {
        QTest::addColumn<Shape>("shape");
        QTest::addColumn<std::uint64_t>("count");
        QTest::newRow("a scalar is one value") << Shape{} << std::uint64_t{1};
        QTest::newRow("a vector") << Shape{7} << std::uint64_t{7};
        QTest::newRow("a matrix") << Shape{3, 5} << std::uint64_t{15};
        QTest::newRow("an axis without extent") << Shape{3, 0, 5} << std::uint64_t{0};
        QTest::newRow("as many as 63 bits hold") << Shape{std::numeric_limits<std::int64_t>::max()}
                                                 << std::uint64_t{std::numeric_limits<std::int64_t>::max()};
    }
    void countsElements() {
        QFETCH(Shape, shape);
        QFETCH(std::uint64_t, count);
        QCOMPARE(elementCount(shape).value(), count);
    }

    void refusesShapesThatCannotBe_data() {
        QTest::addColumn<Shape>("shape");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("negative") << Shape{2, -1} << ErrorCode::Malformed;
        QTest::newRow("negative beside nothing") << Shape{0, -1} << ErrorCode::Malformed;
        QTest::newRow("2^63") << Shape{std::int64_t{1} << 62, 2} << ErrorCode::TooLarge;
        QTest::newRow("overflowing 64 bits to a small number")
            << Shape{std::int64_t{1} << 32, std::int64_t{1} << 32} << ErrorCode::TooLarge;
        QTest::newRow("overflowing beside an axis without extent")
            << Shape{std::int64_t{1} << 40, 0, std::int64_t{1} << 40} << ErrorCode::TooLarge;
    }
    void refusesShapesThatCannotBe() {
        QFETCH(Shape, shape);
        QFETCH(ErrorCode, code);
        const auto count = elementCount(shape);
        QVERIFY(!count);
        QCOMPARE(count.error().code, code);
    }

    void describesShapes() {
        QCOMPARE(describe({}), std::string("scalar"));
        QCOMPARE(describe({3}), std::string("3"));
        QCOMPARE(describe({256, 64}), std::string("256 × 64"));
    }

    void namesNumberTypesAsSafetensors() {
        QCOMPARE(name(DType::Bool), std::string_view("BOOL"));
        QCOMPARE(name(DType::BF16), std::string_view("BF16"));
        QCOMPARE(name(DType::F8E4M3), std::string_view("F8_E4M3"));
        QCOMPARE(name(DType::F64), std::string_view("F64"));
        QCOMPARE(byteWidth(DType::F64), std::size_t{8});
        QCOMPARE(byteWidth(DType::BF16), std::size_t{2});
        QVERIFY(isFloatingPoint(DType::F8E5M2) && !isFloatingPoint(DType::U64));
    }

    void countsWhatIsNotFinite_data() {
        QTest::addColumn<std::size_t>("count");
        QTest::newRow("few values") << std::size_t{1000};
        QTest::newRow("more than a block") << std::size_t{600'000};
    }
    void countsWhatIsNotFinite() {
        QFETCH(std::size_t, count);
        std::vector<float> values(count, -std::numeric_limits<float>::max());
        QCOMPARE(countNonFinite(values).total(), std::uint64_t{0});
        values[0] = std::nanf("");
        values[count / 2] = -std::nanf("");
        values[count / 3] = INFINITY;
        values[count - 1] = -INFINITY;
        values[count - 2] = -INFINITY;
        const NonFiniteCount counted = countNonFinite(values);
        QCOMPARE(counted.nan, std::uint64_t{2});
        QCOMPARE(counted.positiveInfinity, std::uint64_t{1});
        QCOMPARE(counted.negativeInfinity, std::uint64_t{2});
        QCOMPARE(countNonFinite({}).total(), std::uint64_t{0});
    }
};

QTEST_APPLESS_MAIN(TestTensor)
#include "tst_tensor.moc"
