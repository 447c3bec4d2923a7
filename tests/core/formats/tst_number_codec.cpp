#include "core/base/small_float.h"
#include "core/formats/number_codec.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

using namespace quantoscope;
using test::raw;

namespace {

std::span<const std::byte> bytesOf(const QByteArray& bytes) {
    return std::as_bytes(std::span(bytes.data(), static_cast<std::size_t>(bytes.size())));
}

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

bool sameBits(float a, float b) {
    return (std::isnan(a) && std::isnan(b)) || std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}

using Values = std::vector<float>;

} // namespace

class TestNumberCodec : public QObject {
    Q_OBJECT

private slots:
    void decodes_data() {
        QTest::addColumn<DType>("dtype");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Values>("expected");
        QTest::addColumn<double>("error");
        const auto i64 = [](std::int64_t v) { return raw<std::int64_t>(v); };
        QTest::newRow("bool: whatever is not 0 is true") << DType::Bool << raw<char>(0, 1, 2) << Values{0, 1, 1} << 0.0;
        QTest::newRow("u8") << DType::U8 << raw<std::uint8_t>(0, 255) << Values{0, 255} << 0.0;
        QTest::newRow("i8") << DType::I8 << raw<std::int8_t>(-128, 127) << Values{-128, 127} << 0.0;
        QTest::newRow("u16") << DType::U16 << raw<std::uint16_t>(65535) << Values{65535} << 0.0;
        QTest::newRow("i16") << DType::I16 << raw<std::int16_t>(-32768) << Values{-32768} << 0.0;
        QTest::newRow("u32: 2^32 - 1 is one off") << DType::U32 << raw<std::uint32_t>(~0u) << Values{0x1p32f} << 1.0;
        QTest::newRow("i32: 2^24 + 1 is one off")
            << DType::I32 << raw<std::int32_t>(1 << 24, (1 << 24) + 1) << Values{0x1p24f, 0x1p24f} << 1.0;
        QTest::newRow("i32: the smallest is exact")
            << DType::I32 << raw<std::int32_t>(std::numeric_limits<std::int32_t>::min()) << Values{-0x1p31f} << 0.0;
        QTest::newRow("u64: the largest is one off")
            << DType::U64 << raw<std::uint64_t>(~0ull) << Values{0x1p64f} << 1.0;
        QTest::newRow("i64: both ends") << DType::I64
                                        << i64(std::numeric_limits<std::int64_t>::max()) +
                                               i64(std::numeric_limits<std::int64_t>::min())
                                        << Values{0x1p63f, -0x1p63f} << 1.0;
        QTest::newRow("i64: the error is exact, not that of doubles")
            << DType::I64 << i64((1ll << 62) + 3) << Values{0x1p62f} << 3.0;
        QTest::newRow("f16: subnormal, largest, infinity, NaN")
            << DType::F16 << raw<std::uint16_t>(0x0001, 0x7bff, 0xfc00, 0x7e00)
            << Values{0x1p-24f, 65504, -kInfinity, kNan} << 0.0;
        QTest::newRow("bf16") << DType::BF16 << raw<std::uint16_t>(0x3f80, 0x8000, 0x0001)
                              << Values{1, -0.0f, 0x1p-133f} << 0.0;
        QTest::newRow("f8_e4m3") << DType::F8E4M3 << raw<std::uint8_t>(0x7e, 0x7f, 0x01) << Values{448, kNan, 0x1p-9f}
                                 << 0.0;
        QTest::newRow("f8_e5m2") << DType::F8E5M2 << raw<std::uint8_t>(0x7b, 0xfc) << Values{57344, -kInfinity} << 0.0;
        QTest::newRow("f32") << DType::F32 << raw<float>(1.5f, -0.0f) << Values{1.5f, -0.0f} << 0.0;
        QTest::newRow("f64: exact") << DType::F64 << raw<double>(0.5, -kInfinity, kNan)
                                    << Values{0.5f, -kInfinity, kNan} << 0.0;
        QTest::newRow("f64: a tenth") << DType::F64 << raw<double>(0.1) << Values{0.1f}
                                      << static_cast<double>(0.1f) - 0.1;
        QTest::newRow("f64: beyond float32")
            << DType::F64 << raw<double>(1e300) << Values{kInfinity} << std::numeric_limits<double>::infinity();
    }
    void decodes() {
        QFETCH(DType, dtype);
        QFETCH(QByteArray, bytes);
        QFETCH(Values, expected);
        QFETCH(double, error);
        Values out(expected.size());
        QCOMPARE(static_cast<std::size_t>(bytes.size()), out.size() * byteWidth(dtype));
        QCOMPARE(decodeNumbers(dtype, ByteOrder::Little, bytesOf(bytes), out), error);
        for (std::size_t i = 0; i < out.size(); ++i)
            QVERIFY2(sameBits(out[i], expected[i]), qPrintable(QString::number(i)));

        QByteArray swapped;
        const auto width = static_cast<qsizetype>(byteWidth(dtype));
        for (qsizetype i = 0; i < bytes.size(); i += width) {
            QByteArray one = bytes.mid(i, width);
            std::reverse(one.begin(), one.end());
            swapped += one;
        }
        Values fromBig(expected.size());
        QCOMPARE(decodeNumbers(dtype, ByteOrder::Big, bytesOf(swapped), fromBig), error);
        for (std::size_t i = 0; i < out.size(); ++i) QVERIFY(sameBits(fromBig[i], expected[i]));
    }

    void everyHalfIsDecodedAsTheGeneralCodeDoes() {
        for (std::uint32_t code = 0; code < 65536; ++code) {
            for (const auto& [dtype, format] : {std::pair{DType::F16, kFloat16}, std::pair{DType::BF16, kBFloat16}}) {
                Values out(1);
                decodeNumbers(dtype, ByteOrder::Little, bytesOf(raw(static_cast<std::uint16_t>(code))), out);
                QVERIFY(sameBits(out[0], decodeSmallFloat(format, code)));
            }
        }
    }

    void encodesWhatItDecodes_data() {
        QTest::addColumn<DType>("dtype");
        for (int i = 0; i <= static_cast<int>(DType::F64); ++i)
            QTest::newRow(name(static_cast<DType>(i)).data()) << static_cast<DType>(i);
    }
    void encodesWhatItDecodes() {
        QFETCH(DType, dtype);
        Values values{0, 1};
        if (dtype != DType::Bool) values.insert(values.end(), {2, 7, 96});
        if (isFloatingPoint(dtype)) values.insert(values.end(), {-0.0f, -1.5f, 0x1p-9f, kNan});
        if (dtype == DType::U32 || dtype == DType::U64) values.push_back(0xffffff00u);
        if (dtype == DType::I64) values.push_back(-0x1p63f);
        std::vector<std::byte> bytes(values.size() * byteWidth(dtype));
        QCOMPARE(encodeNumbers(dtype, values, bytes), values.size());
        Values back(values.size());
        QCOMPARE(decodeNumbers(dtype, ByteOrder::Little, bytes, back), 0.0);
        for (std::size_t i = 0; i < values.size(); ++i) QVERIFY(sameBits(back[i], values[i]));
    }

    void refusesWhatADTypeCannotHold_data() {
        QTest::addColumn<DType>("dtype");
        QTest::addColumn<float>("value");
        QTest::newRow("two as a bool") << DType::Bool << 2.0f;
        QTest::newRow("256 as u8") << DType::U8 << 256.0f;
        QTest::newRow("-1 as u64") << DType::U64 << -1.0f;
        QTest::newRow("a half as i32") << DType::I32 << 0.5f;
        QTest::newRow("NaN as i16") << DType::I16 << kNan;
        QTest::newRow("infinity as i64") << DType::I64 << kInfinity;
        QTest::newRow("2^63 as i64") << DType::I64 << 0x1p63f;
        QTest::newRow("2^64 as u64") << DType::U64 << 0x1p64f;
        QTest::newRow("70000 as f16") << DType::F16 << 70000.0f;
        QTest::newRow("1000 as e4m3") << DType::F8E4M3 << 1000.0f;
        QTest::newRow("infinity as e4m3, which has none") << DType::F8E4M3 << kInfinity;
    }
    void refusesWhatADTypeCannotHold() {
        QFETCH(DType, dtype);
        QFETCH(float, value);
        const Values values{1, value, 0};
        std::vector<std::byte> bytes(values.size() * byteWidth(dtype));
        QCOMPARE(encodeNumbers(dtype, values, bytes), 1u);
    }

    void namesTheValueThatDoesNotFit() {
        Tensor tensor = makeTensor("codes", Shape{3'000'000}, std::vector<float>(3'000'000, 1.0f), DType::U16);
        tensor.values[2'999'999] = 1.5f; // beyond the first run
        const Status status = encodeTensor(tensor, {}, [](std::span<const std::byte>) { return Status(); });
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(status.error().message(), std::string("\"codes\": value 2999999: 1.5 cannot be stored as U16"));
    }

    void reportsProgressAndStops() {
        const test::ScratchFolder folder;
        const auto file = InputFile::open(folder.write("a", QByteArray(12'000'000, '\1')));
        std::stop_source stop;
        double last = 0;
        const JobControl job{stop.get_token(), [&](double fraction) {
                                 QVERIFY(fraction > last && fraction <= 1);
                                 last = fraction;
                                 if (fraction > 0.5) stop.request_stop();
                             }};
        Values out(12'000'000);
        double error = 0;
        const Status status = readNumbers(*file, 0, DType::U8, ByteOrder::Little, out, error, job);
        QCOMPARE(status.error().code, ErrorCode::Cancelled);
        QVERIFY(last > 0.5 && last < 1);
    }
};

QTEST_APPLESS_MAIN(TestNumberCodec)
#include "tst_number_codec.moc"
