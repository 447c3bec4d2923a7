// Every code of eleven formats and about 1,700 roundings, as ml_dtypes has them (tests/data/README.md), and the
// policies that golden data does not cover. float8_e8m0fnu is left out of the engine: it has no sign, no zero and no
// mantissa (it is a scale, not a number format of this family), so its rows are checked against the power of two that
// they stand for.
#include "core/base/small_float.h"
#include "tests/support/data.h"

#include <QFile>
#include <QTest>

#include <bit>
#include <cmath>
#include <limits>
#include <map>

using namespace quantoscope;
using Special = SmallFloatFormat::Special;

namespace {

// Formats of the golden files that the engine itself has no use for: they test the general code.
constexpr SmallFloatFormat kE3M4{"e3m4", 3, 4, 3, Special::Ieee};
constexpr SmallFloatFormat kE4M3{"e4m3", 4, 3, 7, Special::Ieee};
constexpr SmallFloatFormat kE4M3Fnuz{"e4m3fnuz", 4, 3, 8, Special::Fnuz};
constexpr SmallFloatFormat kE4M3B11Fnuz{"e4m3b11fnuz", 4, 3, 11, Special::Fnuz};
constexpr SmallFloatFormat kE5M2Fnuz{"e5m2fnuz", 5, 2, 16, Special::Fnuz};

const std::map<QByteArray, SmallFloatFormat> kByName{{"float4_e2m1fn", kE2M1},   {"float6_e2m3fn", kE2M3},
                                                     {"float6_e3m2fn", kE3M2},   {"float8_e3m4", kE3M4},
                                                     {"float8_e4m3", kE4M3},     {"float8_e4m3b11fnuz", kE4M3B11Fnuz},
                                                     {"float8_e4m3fn", kE4M3FN}, {"float8_e4m3fnuz", kE4M3Fnuz},
                                                     {"float8_e5m2", kE5M2},     {"float8_e5m2fnuz", kE5M2Fnuz}};

QList<QList<QByteArray>> rowsOf(const char* fileName) {
    QFile file(QString::fromStdString(test::dataPath(fileName)));
    QList<QList<QByteArray>> rows;
    if (!file.open(QIODevice::ReadOnly)) return rows;
    file.readLine();
    while (!file.atEnd()) rows.append(file.readLine().trimmed().split(','));
    return rows;
}

std::uint32_t bitsOf(float value) { return std::isnan(value) ? 0x7fc00000u : std::bit_cast<std::uint32_t>(value); }

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

} // namespace

class TestSmallFloat : public QObject {
    Q_OBJECT

private slots:
    void decodesEveryCodeAsMlDtypes() {
        const auto rows = rowsOf("smallfloat_values.csv");
        QCOMPARE(rows.size(), 2192);
        QSet<QByteArray> seen;
        for (const auto& row : rows) {
            const auto code = row[2].toUInt();
            const auto expected = row[4].toUInt(nullptr, 16);
            seen.insert(row[0]);
            if (row[0] == "float8_e8m0fnu") {
                QCOMPARE(expected, code == 255 ? bitsOf(kNan) : bitsOf(std::ldexp(1.0f, static_cast<int>(code) - 127)));
                continue;
            }
            const SmallFloatFormat& format = kByName.at(row[0]);
            QCOMPARE(format.bits(), row[1].toInt());
            QCOMPARE(bitsOf(decodeSmallFloat(format, code)), expected);
        }
        QCOMPARE(seen.size(), 11);
    }

    void roundsAsMlDtypes() {
        const auto rows = rowsOf("smallfloat_rounding.csv");
        QCOMPARE(rows.size(), 1722);
        for (const auto& row : rows) {
            const auto input = std::bit_cast<float>(row[2].toUInt(nullptr, 16));
            const auto code = encodeSmallFloat(kByName.at(row[0]), input, Overflow::NonFinite);
            QVERIFY2(code == row[3].toUInt(),
                     (row[0] + " of " + row[1] + " gives " + QByteArray::number(code)).constData());
        }
    }

    void everyFiniteValueHasItsOwnCode_data() {
        QTest::addColumn<SmallFloatFormat>("format");
        for (const auto& [name, format] : kByName) QTest::newRow(name.constData()) << format;
        QTest::newRow("fp16") << kFloat16;
        QTest::newRow("bf16") << kBFloat16;
    }
    void everyFiniteValueHasItsOwnCode() {
        QFETCH(SmallFloatFormat, format);
        float largest = 0;
        for (std::uint32_t code = 0; code < (1u << format.bits()); ++code) {
            const float value = decodeSmallFloat(format, code);
            if (!std::isfinite(value)) continue;
            largest = std::max(largest, value);
            for (const auto overflow : {Overflow::Saturate, Overflow::NonFinite})
                QCOMPARE(encodeSmallFloat(format, value, overflow), code);
        }
        QCOMPARE(largestFinite(format), largest);
    }

    void midpointsGoToTheEvenCode_data() { everyFiniteValueHasItsOwnCode_data(); }
    void midpointsGoToTheEvenCode() {
        QFETCH(SmallFloatFormat, format);
        for (std::uint32_t code = 0; decodeSmallFloat(format, code) < largestFinite(format); ++code) {
            const double low = decodeSmallFloat(format, code), high = decodeSmallFloat(format, code + 1);
            const auto middle = static_cast<float>((low + high) / 2);
            if (static_cast<double>(middle) != (low + high) / 2) continue; // the lowest subnormals of bf16
            const auto encode = [&](float x) { return encodeSmallFloat(format, x, Overflow::Saturate); };
            QCOMPARE(encode(middle), code + code % 2);
            QCOMPARE(encode(std::nextafter(middle, 0.0f)), code);
            QCOMPARE(encode(std::nextafter(middle, kInfinity)), code + 1);
        }
    }

    void overflowFollowsThePolicy_data() {
        QTest::addColumn<SmallFloatFormat>("format");
        QTest::addColumn<float>("input");
        QTest::addColumn<float>("saturated");
        QTest::addColumn<float>("nonFinite");
        QTest::newRow("e4m3fn: 464 ties back to 448") << kE4M3FN << 464.0f << 448.0f << 448.0f;
        QTest::newRow("e4m3fn: above 464 there is only NaN") << kE4M3FN << 465.0f << 448.0f << kNan;
        QTest::newRow("e4m3fn: infinity") << kE4M3FN << -kInfinity << -448.0f << kNan;
        QTest::newRow("e5m2: 61440 ties up, out of range") << kE5M2 << 61440.0f << 57344.0f << kInfinity;
        QTest::newRow("e5m2: minus infinity") << kE5M2 << -kInfinity << -57344.0f << -kInfinity;
        QTest::newRow("e2m1 has neither, so it saturates") << kE2M1 << 1e30f << 6.0f << 6.0f;
        QTest::newRow("e3m2: infinity saturates") << kE3M2 << kInfinity << 28.0f << 28.0f;
        QTest::newRow("fp16: 65519 rounds down to the largest") << kFloat16 << 65519.0f << 65504.0f << 65504.0f;
        QTest::newRow("fp16: 65520 ties up") << kFloat16 << 65520.0f << 65504.0f << kInfinity;
        QTest::newRow("bf16: the largest float32")
            << kBFloat16 << std::numeric_limits<float>::max() << largestFinite(kBFloat16) << kInfinity;
        QTest::newRow("e4m3fnuz: beyond 240") << kE4M3Fnuz << 1000.0f << 240.0f << kNan;
    }
    void overflowFollowsThePolicy() {
        QFETCH(SmallFloatFormat, format);
        QFETCH(float, input);
        const auto through = [&](Overflow overflow) {
            return bitsOf(decodeSmallFloat(format, encodeSmallFloat(format, input, overflow)));
        };
        QFETCH(float, saturated);
        QCOMPARE(through(Overflow::Saturate), bitsOf(saturated));
        QFETCH(float, nonFinite);
        QCOMPARE(through(Overflow::NonFinite), bitsOf(nonFinite));
    }

    void nanStaysNanWhereThereIsOne_data() { everyFiniteValueHasItsOwnCode_data(); }
    void nanStaysNanWhereThereIsOne() {
        QFETCH(SmallFloatFormat, format);
        for (const auto overflow : {Overflow::Saturate, Overflow::NonFinite}) {
            const auto code = encodeSmallFloat(format, kNan, overflow);
            QVERIFY(code < (1u << format.bits()));
            if (format.special == Special::None)
                QCOMPARE(code, 0u);
            else
                QVERIFY(std::isnan(decodeSmallFloat(format, code)));
        }
    }

    void zerosKeepTheirSignWhereThereAreTwo_data() { everyFiniteValueHasItsOwnCode_data(); }
    void zerosKeepTheirSignWhereThereAreTwo() {
        QFETCH(SmallFloatFormat, format);
        const std::uint32_t minusZero = format.special == Special::Fnuz ? 0u : 1u << (format.bits() - 1);
        QCOMPARE(encodeSmallFloat(format, 0.0f, Overflow::Saturate), 0u);
        QCOMPARE(encodeSmallFloat(format, -0.0f, Overflow::Saturate), minusZero);
        // The smallest float32 is below half of every smallest subnormal, bf16 included.
        QCOMPARE(encodeSmallFloat(format, -std::numeric_limits<float>::denorm_min(), Overflow::Saturate), minusZero);
    }
};

QTEST_APPLESS_MAIN(TestSmallFloat)
#include "tst_small_float.moc"
