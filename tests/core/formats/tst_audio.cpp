// WAV files made byte by byte, and files that libsndfile made for us (tests/data/formats).
#include "core/formats/format_registry.h"
#include "tests/support/data.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/source_checks.h"

#include <QTest>

#include <cmath>

using namespace quantoscope;
using test::complaintAbout;
using test::entriesOf;
using test::loadEntry;
using test::raw;
using test::ScratchFolder;

namespace {

using Values = std::vector<float>;

/// `tag` is 1 for integers, 3 for floating point.
QByteArray wav(std::uint16_t tag, std::uint16_t channels, std::uint16_t bits, const QByteArray& data,
               std::uint32_t rate = 8000) {
    const auto block = static_cast<std::uint16_t>(channels * bits / 8);
    const QByteArray format = raw(tag, channels) + raw<std::uint32_t>(rate, rate * block) + raw(block, bits);
    const auto size = static_cast<std::uint32_t>(data.size());
    const QByteArray body = "WAVEfmt " + raw<std::uint32_t>(16) + format + "data" + raw(size) + data;
    return "RIFF" + raw(static_cast<std::uint32_t>(body.size())) + body;
}

Tensor signal(Shape shape, Values values, DType dtype) {
    Tensor tensor = makeTensor("samples", std::move(shape), std::move(values), dtype);
    tensor.info.kind = TensorKind::Signal;
    tensor.info.sampleRate = 44100;
    return tensor;
}

} // namespace

class TestAudio : public QObject {
    Q_OBJECT

private slots:
    void readsEveryKindOfSample_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("entry");
        QTest::addColumn<Values>("values");
        QTest::addColumn<double>("error");
        QTest::newRow("8 bits, centred on 128") << wav(1, 1, 8, QByteArray("\x80\xff\x00\x81", 4)) << "samples U8 4"
                                                << Values{0, 127.0f / 128, -1, 1.0f / 128} << 0.0;
        QTest::newRow("16 bits") << wav(1, 1, 16, raw<std::int16_t>(0, 32767, -32768, 1)) << "samples I16 4"
                                 << Values{0, 32767.0f / 32768, -1, 1.0f / 32768} << 0.0;
        QTest::newRow("24 bits") << wav(1, 1, 24, QByteArray("\xff\xff\x7f\0\0\x80", 6)) << "samples I32 2"
                                 << Values{1 - 0x1p-23f, -1} << 0.0;
        QTest::newRow("32 bits, more than float32 holds") << wav(1, 1, 32, raw<std::int32_t>(1 << 30, (1 << 30) + 1))
                                                          << "samples I32 2" << Values{0.5f, 0.5f} << 0x1p-31;
        QTest::newRow("float, beyond 1 too")
            << wav(3, 1, 32, raw<float>(0.25f, -3.5f)) << "samples F32 2" << Values{0.25f, -3.5f} << 0.0;
        QTest::newRow("double") << wav(3, 1, 64, raw<double>(0.1, 0.5)) << "samples F64 2" << Values{0.1f, 0.5f}
                                << static_cast<double>(0.1f) - 0.1;
        QTest::newRow("two channels") << wav(1, 2, 16, raw<std::int16_t>(16384, -16384, 8192, 0)) << "samples I16 2 × 2"
                                      << Values{0.5f, -0.5f, 0.25f, 0} << 0.0;
    }
    void readsEveryKindOfSample() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, entry);
        QFETCH(Values, values);
        QFETCH(double, error);
        const ScratchFolder folder;
        const auto path = folder.write("a.wav", bytes);
        QCOMPARE(entriesOf(path), entry);
        const Tensor tensor = loadEntry(path);
        QCOMPARE(tensor.values, values);
        QCOMPARE(tensor.conversionError, error);
        QCOMPARE(tensor.info.sampleRate, 8000.0);
        QCOMPARE(static_cast<int>(tensor.info.kind), static_cast<int>(TensorKind::Signal));
    }

    void readsOtherContainers_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("entry");
        QTest::addColumn<float>("tolerance");
        QTest::newRow("AIFF") << QByteArray("ramp.aiff") << "samples I16 200 × 2" << 0x1p-15f;
        QTest::newRow("FLAC") << QByteArray("ramp.flac") << "samples I32 200 × 2" << 0x1p-23f;
        QTest::newRow("AU in µ-law") << QByteArray("ramp.au") << "samples I16 200 × 2" << 0.03f;
        QTest::newRow("CAF") << QByteArray("ramp.caf") << "samples F32 200 × 2" << 0x1p-24f;
        QTest::newRow("Ogg Vorbis") << QByteArray("ramp.ogg") << "samples F32 200 × 2" << 0.2f;
    }
    void readsOtherContainers() {
        QFETCH(QByteArray, file);
        QFETCH(float, tolerance);
        const std::filesystem::path path = test::dataPath("formats/" + file.toStdString());
        QTEST(entriesOf(path), "entry");
        const Tensor tensor = loadEntry(path);
        QCOMPARE(tensor.info.sampleRate, 16000.0);
        for (std::size_t i = 0; i < 200; ++i) { // a ramp from -0.5 to 0.5 and its mirror image
            const float wanted = static_cast<float>(i) / 200 - 0.5f;
            QVERIFY(std::fabs(tensor.values[2 * i] - wanted) <= tolerance);
            QVERIFY(std::fabs(tensor.values[2 * i + 1] + wanted) <= tolerance);
        }
        // Slices, forwards and back.
        const auto source = openFile(path);
        for (const std::size_t first : {std::size_t{150}, std::size_t{3}, std::size_t{392}, std::size_t{0}}) {
            Values slice(5);
            QVERIFY((*source)->read(0, first, slice, {}));
            for (std::size_t i = 0; i < 5; ++i) QVERIFY(std::fabs(slice[i] - tensor.values[first + i]) <= 0x1p-20f);
        }
    }

    void refusesDamagedFiles_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("reason");
        const QByteArray good = wav(1, 1, 16, raw<std::int16_t>(1, 2));
        QTest::newRow("cut short") << good.left(good.size() - 1) << ErrorCode::Truncated
                                   << "the header promises 48 bytes";
        QTest::newRow("no channels") << wav(1, 0, 16, raw<std::int16_t>(1, 2)) << ErrorCode::Malformed << "header";
        QTest::newRow("no sample rate") << wav(1, 1, 16, raw<std::int16_t>(1, 2), 0) << ErrorCode::Malformed
                                        << "header";
        QTest::newRow("an unknown coding")
            << wav(0x7777, 1, 16, raw<std::int16_t>(1, 2)) << ErrorCode::Malformed << "header";
        QByteArray flac = ScratchFolder::bytesOf(test::dataPath("formats/ramp.flac"));
        flac.replace(21, 5, QByteArray("\x7f\xff\xff\xff\xff", 5)); // 2^36 - 1 frames
        QTest::newRow("FLAC that claims 2^36 frames")
            << flac << ErrorCode::Truncated << "the header promises 68719476735 frames";
    }
    void refusesDamagedFiles() {
        QFETCH(QByteArray, bytes);
        QFETCH(ErrorCode, code);
        QFETCH(QString, reason);
        const ScratchFolder folder;
        const auto complaint = complaintAbout(folder.write("a.wav", bytes));
        QVERIFY2(complaint.message.contains(reason), qPrintable(complaint.message));
        QCOMPARE(complaint.code, code);
    }

    void whatCannotBeReadCannotBeReadAgain() {
        // libsndfile, asked twice, makes something of this one, whose data would begin far beyond its end.
        const QByteArray bytes = QByteArray::fromBase64("LnNuZAAAAAAAGAGQAAAABQEJPoAAAAACAAAAAAAAAAIQ");
        const ScratchFolder folder;
        const auto source = openFile(folder.write("a.au", bytes));
        QVERIFY(source);
        std::vector<float> slice(7);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!(*source)->read(0, 0, slice, {}));
            QVERIFY(!(*source)->load(0, {}));
        }
    }

    void aStreamOfUnknownLengthIsRead() {
        QByteArray bytes = wav(1, 1, 16, raw<std::int16_t>(16384, -16384));
        bytes.replace(4, 4, raw<std::uint32_t>(~0u));
        bytes.replace(40, 4, raw<std::uint32_t>(~0u));
        const ScratchFolder folder;
        QCOMPARE(loadEntry(folder.write("a.wav", bytes)).values, (Values{0.5f, -0.5f}));
    }

    void writesTheWavThatIsExpected() {
        const ScratchFolder folder;
        const Tensor tensor = signal({3}, {0.5f, -1, 1}, DType::I16);
        const auto path = folder.path("a.wav");
        QVERIFY(formatForExtension("wav")->write(path, std::span(&tensor, 1), {}));
        QCOMPARE(ScratchFolder::bytesOf(path), wav(1, 1, 16, raw<std::int16_t>(16384, -32768, 32767), 44100));
    }

    void roundsToTheNearestSample() {
        const ScratchFolder folder;
        const Tensor tensor = signal({2}, {0.3f, -0.7f}, DType::I16);
        QVERIFY(formatForExtension("flac")->write(folder.path("a.flac"), std::span(&tensor, 1), {}));
        QCOMPARE(loadEntry(folder.path("a.flac")).values,
                 (Values{std::nearbyint(0.3f * 32768) / 32768, std::nearbyint(-0.7f * 32768) / 32768}));
    }

    void refusesToWriteWhatIsNoSignal() {
        const ScratchFolder folder;
        const Format& format = *formatForExtension("wav");
        const auto failure = [&](const Tensor& tensor) {
            return format.write(folder.path("a"), std::span(&tensor, 1), {}).error();
        };
        QCOMPARE(failure(signal({1}, {1.5f}, DType::I16)).message(),
                 std::string("\"samples\": value 0: 1.5 is outside the range of samples, -1 to 1"));
        QCOMPARE(failure(signal({1}, {std::nanf("")}, DType::I16)).code, ErrorCode::InvalidArgument);
        QCOMPARE(failure(makeTensor("w", {1})).code, ErrorCode::InvalidArgument); // no sample rate
        QCOMPARE(failure(signal({1, 1, 1}, {0}, DType::F32)).code, ErrorCode::Unsupported);
        QVERIFY(folder.names().isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestAudio)
#include "tst_audio.moc"
