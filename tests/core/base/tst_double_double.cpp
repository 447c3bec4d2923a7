// Double-double arithmetic against 113-bit floats.
#include "core/base/double_double.h"
#include "tests/support/datasets.h"

#include <QTest>

#include <cmath>

using namespace quantoscope;

namespace {

__extension__ using Quad = __float128;

Quad exact(DoubleDouble x) { return static_cast<Quad>(x.high) + x.low; }
Quad magnitudeOf(Quad x) { return x < 0 ? -x : x; }

DoubleDouble anyOf(test::Random& random) {
    const double high = random.normal() * std::pow(2, 60 * random.uniform() - 30);
    return twoSum(high, high * 0x1p-53 * (random.uniform() - 0.5));
}

bool near(DoubleDouble got, Quad want, Quad scale) {
    return magnitudeOf(exact(got) - want) <= scale * static_cast<Quad>(0x1p-102);
}

} // namespace

class TestDoubleDouble : public QObject {
    Q_OBJECT

private slots:
    void sumsAndProductsOfDoublesAreExact() {
        test::Random random(1);
        for (int i = 0; i < 20000; ++i) {
            const double a = anyOf(random).high, b = anyOf(random).high;
            QVERIFY(exact(twoSum(a, b)) == static_cast<Quad>(a) + b);
            QVERIFY(exact(twoProduct(a, b)) == static_cast<Quad>(a) * b);
            const double large = std::max(std::fabs(a), std::fabs(b)), small = std::min(std::fabs(a), std::fabs(b));
            QVERIFY(exact(quickTwoSum(large, small)) == static_cast<Quad>(large) + small);
        }
    }

    void operatorsKeepAHundredBits() {
        test::Random random(2);
        for (int i = 0; i < 20000; ++i) {
            const DoubleDouble a = anyOf(random), b = anyOf(random);
            const Quad x = exact(a), y = exact(b);
            QVERIFY(near(a + b, x + y, magnitudeOf(x) + magnitudeOf(y)));
            QVERIFY(near(a - b, x - y, magnitudeOf(x) + magnitudeOf(y)));
            QVERIFY(near(a * b, x * y, magnitudeOf(x * y)));
            QVERIFY(near(a * b.high, x * b.high, magnitudeOf(x * y)));
            QVERIFY(near(a / b.high, x / b.high, magnitudeOf(x / b.high)));
            QVERIFY(exact(-a) == -x);
        }
    }
};

QTEST_APPLESS_MAIN(TestDoubleDouble)
#include "tst_double_double.moc"
