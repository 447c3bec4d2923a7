// Small floats as a scheme against ml_dtypes: what thresholds decide must be what rounding to nearest even decides.
#include "core/base/small_float.h"
#include "tests/support/data.h"
#include "tests/support/datasets.h"
#include "tests/support/fits.h"

#include <QFile>
#include <QTest>

#include <bit>
#include <cmath>
#include <limits>
#include <map>

using namespace quantoscope;
using namespace quantoscope::test;

namespace {

Parameters format(const std::string& name, const char* scale = "none") {
    return {{"format", name}, {"scale", std::string(scale)}};
}

const std::map<std::string, SmallFloatFormat> kFormats{{"e2m1", kE2M1},     {"e2m3", kE2M3}, {"e3m2", kE3M2},
                                                       {"e4m3fn", kE4M3FN}, {"e5m2", kE5M2}, {"fp16", kFloat16},
                                                       {"bf16", kBFloat16}};

Fitted fittedFormat(const std::string& name, const std::vector<float>& data, const char* scale = "none") {
    return fitted("float", data, 1u << kFormats.at(name).bits(), format(name, scale));
}

/// The scheme has one zero.
std::uint32_t withoutMinusZero(std::uint32_t code, const SmallFloatFormat& format) {
    return code == 1u << (format.bits() - 1) ? 0 : code;
}

} // namespace

class TestFloatFormat : public QObject {
    Q_OBJECT

private slots:
    void roundsAsMlDtypes() {
        const std::map<QByteArray, std::string> names{{"float4_e2m1fn", "e2m1"},
                                                      {"float6_e2m3fn", "e2m3"},
                                                      {"float6_e3m2fn", "e3m2"},
                                                      {"float8_e4m3fn", "e4m3fn"},
                                                      {"float8_e5m2", "e5m2"}};
        std::map<std::string, Fitted> fits;
        QFile file(QString::fromStdString(dataPath("smallfloat_rounding.csv")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        file.readLine();
        int compared = 0;
        while (!file.atEnd()) {
            const QList<QByteArray> row = file.readLine().trimmed().split(',');
            const auto known = names.find(row[0]);
            if (known == names.end()) continue;
            const SmallFloatFormat& own = kFormats.at(known->second);
            const auto input = std::bit_cast<float>(row[2].toUInt(nullptr, 16));
            if (!std::isfinite(input)) continue;
            if (!fits.contains(known->second)) fits[known->second] = fittedFormat(known->second, {});
            const std::uint32_t code = fits[known->second].code(input);
            // Beyond the largest the scheme saturates, where the file has NaN or infinity.
            const bool overflows = !std::isfinite(decodeSmallFloat(own, row[3].toUInt()));
            const std::uint32_t expected =
                overflows ? encodeSmallFloat(own, input, Overflow::Saturate) : row[3].toUInt();
            QCOMPARE(code, withoutMinusZero(expected, own));
            ++compared;
        }
        QVERIFY(compared > 700);
    }

    void roundsAsTheConversionDoes_data() {
        QTest::addColumn<std::string>("name");
        for (const auto& [name, own] : kFormats) QTest::newRow(name.c_str()) << name;
    }
    void roundsAsTheConversionDoes() {
        QFETCH(std::string, name);
        const SmallFloatFormat& own = kFormats.at(name);
        const Fitted found = fittedFormat(name, {});
        Random random(5);
        const auto check = [&](float x) {
            QCOMPARE(found.code(x), withoutMinusZero(encodeSmallFloat(own, x, Overflow::Saturate), own));
            QCOMPARE(found.decoded(x), decodeSmallFloat(own, found.code(x)));
        };
        for (int i = 0; i < 20000; ++i) {
            const auto x = std::bit_cast<float>(static_cast<std::uint32_t>(random.next()));
            if (std::isfinite(x)) check(x);
        }
        // Every threshold and its neighbours: ties go to even.
        for (const float threshold : found.values.thresholds) {
            check(std::nextafter(threshold, -INFINITY));
            check(threshold);
            check(std::nextafter(threshold, INFINITY));
        }
        QCOMPARE(found.fit.sideBits, 0u);
        QCOMPARE(found.fit.upper, largestFinite(own));
    }

    void everyFiniteNumberIsALevelOnce() {
        QCOMPARE(fittedFormat("e2m1", {}).values.levels,
                 (std::vector<float>{-6, -4, -3, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 4, 6}));
        QCOMPARE(fittedFormat("e3m2", {}).values.size(), std::size_t{63});
        QCOMPARE(fittedFormat("e4m3fn", {}).values.size(), std::size_t{253});
        QCOMPARE(fittedFormat("e5m2", {}).values.size(), std::size_t{247});
        QCOMPARE(fittedFormat("fp16", {}).values.size(), std::size_t{63487});
    }

    void theScaleBringsTheLargestMagnitudeToTheLargestNumber() {
        const Fitted found = fittedFormat("e2m1", {-12, 1}, "absmax");
        QCOMPARE(found.fit.scale, 2.0f);
        QCOMPARE(found.decoded(-12), -12.0f);
        QCOMPARE(found.decoded(1), 1.0f);
        QCOMPARE(found.fit.sideBits, 32u);
    }

    void bitsChooseTheUsualFormat() {
        const auto largest = [](std::uint32_t levels) {
            return fitted("float", {}, levels, {{"scale", std::string("none")}}).values.levels.back();
        };
        QCOMPARE(largest(16), 6.0f);
        QCOMPARE(largest(64), 7.5f);
        QCOMPARE(largest(256), 448.0f);
        QCOMPARE(largest(65536), 65504.0f);
    }

    void otherWidthsAreRefusedWithTheReason() {
        for (const std::uint32_t levels : {2u, 4u, 8u}) QVERIFY(!refusal("float", levels).empty());
        for (const std::uint32_t levels : {32u, 128u, 512u})
            QVERIFY(refusal("float", levels).find("there are 4, 6, 8 and 16") != std::string::npos);
        QVERIFY(refusal("float", 16, format("e4m3fn")).find("e4m3fn has 8 bits, not 4") != std::string::npos);
        QVERIFY(refusal("float", 256, format("e5m2")).empty());
    }
};

QTEST_APPLESS_MAIN(TestFloatFormat)
#include "tst_float_format.moc"
