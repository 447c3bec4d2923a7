// What every registered format must do, whatever it is: what it writes it reads back, whole and in slices; what it
// cannot write it refuses without leaving a file; a failed or cancelled job leaves the old file; damaged files are
// errors.
#include "core/formats/format_registry.h"
#include "tests/support/scratch_folder.h"

#include <QTest>

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <thread>

using namespace quantoscope;
using test::ScratchFolder;

namespace {

std::string extensionOf(const Format& format) { return std::string(format.extensions.front()); }

const Format& formatById(const QByteArray& id) {
    const auto all = formats();
    return *std::find_if(all.begin(), all.end(), [&](const Format& format) { return id == format.id.data(); });
}

/// Values that the dtype holds exactly, as raw numbers or as samples of a signal in [-1, 1).
std::vector<float> valuesFor(DType dtype, TensorKind kind, std::size_t count) {
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto k = static_cast<float>(i * 37 % 101); // 0 to 100
        switch (dtype) {
        case DType::Bool: values[i] = static_cast<float>(i % 2); break;
        case DType::F8E4M3:
        case DType::F8E5M2: values[i] = std::ldexp(static_cast<float>(i % 4), static_cast<int>(i % 5) - 3); break;
        case DType::F16:
        case DType::BF16: values[i] = (k - 50) / 4; break;
        case DType::F32:
        case DType::F64: values[i] = (k - 50) / 7; break;
        case DType::I8:
        case DType::I16:
        case DType::I32:
        case DType::I64: values[i] = k - 50; break;
        default: values[i] = k;
        }
        if (kind == TensorKind::Signal) values[i] = static_cast<float>(static_cast<int>(i * 5 % 15) - 7) / 8;
    }
    return values;
}

struct Specimen {
    Shape shape;
    TensorKind kind;
};

const std::vector<Specimen> kSpecimens{
    {{7}, TensorKind::Values},       {{1}, TensorKind::Values},       {{}, TensorKind::Values},
    {{0}, TensorKind::Values},       {{3, 0, 2}, TensorKind::Values}, {{5, 4}, TensorKind::Values},
    {{2, 3, 4}, TensorKind::Values}, {{5, 4}, TensorKind::Image},     {{5, 4, 3}, TensorKind::Image},
    {{5, 4, 4}, TensorKind::Image},  {{5, 4, 2}, TensorKind::Image},  {{300}, TensorKind::Signal},
    {{300, 2}, TensorKind::Signal},
};

Tensor tensorOf(const Specimen& specimen, DType dtype) {
    const auto count = static_cast<std::size_t>(*elementCount(specimen.shape));
    Tensor tensor = makeTensor("weights", specimen.shape, valuesFor(dtype, specimen.kind, count), dtype);
    tensor.info.kind = specimen.kind;
    if (specimen.kind == TensorKind::Signal) tensor.info.sampleRate = 8000;
    return tensor;
}

/// A tensor that the format writes, of about so many values.
Tensor writableTensor(const Format& format, std::int64_t side) {
    const ScratchFolder folder;
    for (const Specimen& specimen :
         {Specimen{{side * side}, TensorKind::Values}, Specimen{{side, side}, TensorKind::Image},
          Specimen{{side * side}, TensorKind::Signal}}) {
        for (const DType dtype : {DType::F32, DType::U8, DType::I16}) {
            const Tensor tensor =
                tensorOf({{specimen.shape.size() == 1 ? Shape{4} : Shape{2, 2}}, specimen.kind}, dtype);
            if (format.write(folder.path("a"), std::span(&tensor, 1), {})) return tensorOf(specimen, dtype);
        }
    }
    qFatal("%s writes nothing", format.id.data());
}

bool same(float a, float b) {
    return (std::isnan(a) && std::isnan(b)) || std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}

QString describeTensor(const Tensor& tensor) {
    return QString::fromStdString(std::string(name(tensor.info.dtype)) + " " + describe(tensor.info.shape));
}

/// Nothing, or what is different about the file.
QString checkFile(const Format& format, const std::filesystem::path& path, const Tensor& written) {
    const auto source = openFile(path);
    if (!source) return QString::fromStdString("opening: " + source.error().message());
    const auto& entries = (*source)->entries();
    for (std::size_t index = 0; index < entries.size(); ++index) {
        const bool onlyCell =
            written.info.shape.empty() && entries[index].shape == Shape{1}; // a table knows no scalars
        if (entries[index].shape != written.info.shape && !onlyCell) continue;
        const auto tensor = (*source)->load(index, {});
        if (!tensor) return QString::fromStdString("loading: " + tensor.error().message());
        if (tensor->info != entries[index]) return "the tensor is not described as its entry";
        if (tensor->file != path.native()) return "the tensor does not know its file";
        const DType wide = isFloatingPoint(written.info.dtype) ? DType::F64 : DType::I64; // a table has only these
        if (tensor->info.dtype != written.info.dtype && tensor->info.dtype != wide) return "another dtype";
        if (tensor->info.sampleRate != written.info.sampleRate && written.info.kind == TensorKind::Signal &&
            tensor->info.kind == TensorKind::Signal)
            return "another sample rate";
        for (std::size_t i = 0; i < written.values.size(); ++i) {
            const float a = written.values[i], b = tensor->values[i];
            if (format.lossy ? std::fabs(a - b) > 12 : !same(a, b))
                return QString("value %1: %2 became %3").arg(i).arg(a).arg(b);
        }
        // Slices, from every position and of several lengths, are the whole's.
        for (const std::size_t length : {std::size_t{1}, std::size_t{3}, std::size_t{8}}) {
            for (std::size_t first = 0; first + length <= tensor->values.size(); first += 1 + first / 16) {
                std::vector<float> slice(length);
                const Status status = (*source)->read(index, first, slice, {});
                if (!status) return QString::fromStdString("a slice: " + status.error().message());
                for (std::size_t i = 0; i < length; ++i)
                    if (!same(slice[i], tensor->values[first + i]))
                        return QString("slice at %1 of %2").arg(first).arg(length);
            }
        }
        std::vector<float> beyond(2);
        if ((*source)->read(index, written.values.size() - std::min<std::size_t>(1, written.values.size()), beyond, {}))
            return "a slice beyond the end is no error";
        if ((*source)->load(entries.size(), {})) return "an entry that is not there is no error";
        return {};
    }
    return "no entry of this shape";
}

void addWritableFormats() {
    QTest::addColumn<QByteArray>("id");
    for (const Format& format : formats())
        if (format.write) QTest::newRow(format.id.data()) << QByteArray(format.id.data());
}

std::uint64_t peakMemory() {
    rusage usage = {};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

/// Opens and loads everything; true when there was no error.
bool readAll(const std::filesystem::path& path) {
    const auto source = openFile(path);
    if (!source) {
        if (source.error().message().empty()) qFatal("an error without a reason");
        return false;
    }
    bool fine = true;
    for (std::size_t i = 0; i < (*source)->entries().size(); ++i) {
        const auto tensor = (*source)->load(i, {});
        if (!tensor && tensor.error().detail.empty()) qFatal("an error without a reason");
        if (tensor && tensor->values.size() != *elementCount(tensor->info.shape)) qFatal("a tensor against its shape");
        fine = fine && tensor.has_value();
    }
    return fine;
}

} // namespace

class TestConformance : public QObject {
    Q_OBJECT

private slots:
    void isDescribed_data() {
        QTest::addColumn<QByteArray>("id");
        for (const Format& format : formats()) QTest::newRow(format.id.data()) << QByteArray(format.id.data());
    }
    void isDescribed() {
        QFETCH(QByteArray, id);
        const Format& format = formatById(id);
        QVERIFY(!format.label.empty() && !format.extensions.empty() && format.sniff && format.open);
        for (const auto extension : format.extensions) {
            QVERIFY(!extension.empty() && extension.front() != '.');
            QCOMPARE(QString::fromUtf8(extension.data()), QString::fromUtf8(extension.data()).toLower());
            const auto claims = std::count_if(formats().begin(), formats().end(), [&](const Format& other) {
                return std::find(other.extensions.begin(), other.extensions.end(), extension) != other.extensions.end();
            });
            QCOMPARE(claims, 1);
            if (format.write) QCOMPARE(formatForExtension(extension), &format);
        }
    }

    void readsBackWhatItWrites_data() { addWritableFormats(); }
    void readsBackWhatItWrites() {
        QFETCH(QByteArray, id);
        const Format& format = formatById(id);
        int written = 0;
        for (const Specimen& specimen : kSpecimens) {
            for (int d = 0; d <= static_cast<int>(DType::F64); ++d) {
                const Tensor tensor = tensorOf(specimen, static_cast<DType>(d));
                const ScratchFolder folder;
                const auto path = folder.path(("a." + extensionOf(format)).c_str());
                const Status status = format.write(path, std::span(&tensor, 1), {});
                if (!status) {
                    const Error& error = status.error();
                    QVERIFY2(error.code == ErrorCode::Unsupported || error.code == ErrorCode::InvalidArgument,
                             error.message().c_str());
                    QVERIFY(!error.detail.empty());
                    QVERIFY2(folder.names().isEmpty(), qPrintable(describeTensor(tensor)));
                    continue;
                }
                ++written;
                const QString difference = checkFile(format, path, tensor);
                QVERIFY2(difference.isEmpty(), qPrintable(describeTensor(tensor) + ": " + difference));
            }
        }
        QVERIFY2(written > 0, "the format writes none of the specimens");
    }

    void readsBackSeveralTensorsOrRefusesThem_data() { addWritableFormats(); }
    void readsBackSeveralTensorsOrRefusesThem() {
        QFETCH(QByteArray, id);
        const Format& format = formatById(id);
        const std::vector<Tensor> tensors{makeTensor("first", {1, 2, 3}), makeTensor("두 번째/\"w\"", {4.5, -1, 6})};
        const ScratchFolder folder;
        const auto path = folder.path(("값 ü." + extensionOf(format)).c_str());
        const Status status = format.write(path, tensors, {});
        if (!status) {
            QCOMPARE(status.error().code, ErrorCode::InvalidArgument);
            QVERIFY(folder.names().isEmpty());
            return;
        }
        const auto source = openFile(path);
        QVERIFY2(source, source ? "" : source.error().message().c_str());
        for (std::size_t i = 0; i < tensors.size(); ++i) {
            const auto tensor = (*source)->load(i, {});
            QVERIFY(tensor);
            QCOMPARE(tensor->info.name, tensors[i].info.name);
            QCOMPARE(tensor->values, tensors[i].values);
        }
    }

    void isRecognisedByItsContent_data() { addWritableFormats(); }
    void isRecognisedByItsContent() {
        QFETCH(QByteArray, id);
        const Format& format = formatById(id);
        const ScratchFolder folder;
        const Tensor tensor = writableTensor(format, 4);
        QVERIFY(format.write(folder.path("named.bin"), std::span(&tensor, 1), {}));
        const QString difference = checkFile(format, folder.path("named.bin"), tensor);
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }

    void equalTensorsGiveEqualFiles_data() { addWritableFormats(); }
    void equalTensorsGiveEqualFiles() {
        QFETCH(QByteArray, id);
        const Format& format = formatById(id);
        const ScratchFolder folder;
        const Tensor tensor = writableTensor(format, 8);
        for (const char* name : {"a", "b"}) QVERIFY(format.write(folder.path(name), std::span(&tensor, 1), {}));
        QCOMPARE(ScratchFolder::bytesOf(folder.path("a")), ScratchFolder::bytesOf(folder.path("b")));
    }

    void aCancelledJobLeavesTheOldFile_data() { addWritableFormats(); }
    void aCancelledJobLeavesTheOldFile() {
        QFETCH(QByteArray, id);
        const Format& format = formatById(id);
        const ScratchFolder folder;
        const auto path = folder.write("out", "old");
        const Tensor tensor = writableTensor(format, 600);
        for (const bool atOnce : {true, false}) {
            std::stop_source stop;
            if (atOnce) stop.request_stop();
            const JobControl job{stop.get_token(), [&](double fraction) {
                                     QVERIFY(fraction >= 0 && fraction <= 1);
                                     if (fraction < 1) stop.request_stop();
                                 }};
            const Status status = format.write(path, std::span(&tensor, 1), job);
            if (!stop.stop_requested()) continue; // written in one step: there was no moment to stop it
            QVERIFY(!status);
            QCOMPARE(status.error().code, ErrorCode::Cancelled);
            QCOMPARE(folder.names(), QStringList{"out"});
            QCOMPARE(ScratchFolder::bytesOf(path), "old");
        }
    }

    void replacesAFileAndLeavesNothingElse_data() { addWritableFormats(); }
    void replacesAFileAndLeavesNothingElse() {
        QFETCH(QByteArray, id);
        const Format& format = formatById(id);
        const ScratchFolder folder;
        const auto path = folder.write("out", "old");
        const Tensor tensor = writableTensor(format, 8);
        QVERIFY(format.write(path, std::span(&tensor, 1), {}));
        QCOMPARE(folder.names(), QStringList{"out"});
        const QString difference = checkFile(format, path, tensor);
        QVERIFY2(difference.isEmpty(), qPrintable(difference));

        // And where it may not write, it says so.
        const Status status = format.write(folder.path("none/out"), std::span(&tensor, 1), {});
        QCOMPARE(status.error().code, ErrorCode::WriteFailed);
    }

    void aTensorAgainstItsShapeIsRefused_data() { addWritableFormats(); }
    void aTensorAgainstItsShapeIsRefused() {
        QFETCH(QByteArray, id);
        const Format& format = formatById(id);
        const ScratchFolder folder;
        Tensor tensor = writableTensor(format, 4);
        tensor.values.pop_back();
        const Status status = format.write(folder.path("out"), std::span(&tensor, 1), {});
        QCOMPARE(status.error().code, ErrorCode::InvalidArgument);
        QVERIFY(folder.names().isEmpty());
    }

    void loadingCanBeCancelled_data() { addWritableFormats(); }
    void loadingCanBeCancelled() {
        QFETCH(QByteArray, id);
        const Format& format = formatById(id);
        const ScratchFolder folder;
        const auto path = folder.path(("out." + extensionOf(format)).c_str());
        const Tensor tensor = writableTensor(format, 600);
        QVERIFY(format.write(path, std::span(&tensor, 1), {}));
        std::stop_source stop;
        stop.request_stop();
        const JobControl job{stop.get_token(), {}};
        const auto source = openFile(path);
        QVERIFY(source);
        QCOMPARE((*source)->load(0, job).error().code, ErrorCode::Cancelled);
        std::vector<float> slice(10);
        QCOMPARE((*source)->read(0, 0, slice, job).error().code, ErrorCode::Cancelled);
    }

    void severalThreadsMayReadAtOnce_data() { addWritableFormats(); }
    void severalThreadsMayReadAtOnce() {
        QFETCH(QByteArray, id);
        const Format& format = formatById(id);
        const ScratchFolder folder;
        const auto path = folder.path(("out." + extensionOf(format)).c_str());
        const Tensor tensor = writableTensor(format, 40);
        QVERIFY(format.write(path, std::span(&tensor, 1), {}));
        const auto source = openFile(path);
        QVERIFY(source);
        const auto whole = (*source)->load(0, {});
        QVERIFY(whole);
        std::atomic<int> wrong{0};
        {
            std::vector<std::jthread> threads;
            for (std::size_t t = 0; t < 4; ++t) {
                threads.emplace_back([&, t] {
                    for (std::size_t i = 0; i < 50; ++i) {
                        const std::size_t first = (i * 131 + t * 977) % (whole->values.size() - 9);
                        std::vector<float> slice(9);
                        const bool read = (*source)->read(0, first, slice, {}).has_value();
                        wrong += !read || !std::equal(slice.begin(), slice.end(),
                                                      whole->values.begin() + static_cast<std::ptrdiff_t>(first));
                    }
                });
            }
        }
        QCOMPARE(wrong.load(), 0);
    }

    void everyPrefixIsAnError_data() { addWritableFormats(); }
    void everyPrefixIsAnError() {
        QFETCH(QByteArray, id);
        const Format& format = formatById(id);
        const ScratchFolder folder;
        const Tensor tensor = writableTensor(format, 6);
        const auto path = folder.path(("a." + extensionOf(format)).c_str());
        QVERIFY(format.write(path, std::span(&tensor, 1), {}));
        const QByteArray whole = ScratchFolder::bytesOf(path);
        QVERIFY(readAll(path));
        const bool text = format.id == "csv" || format.id == "tsv"; // shorter text is a shorter table
        for (qsizetype size = 0; size < whole.size(); ++size) {
            const bool fine = readAll(folder.write(path.filename().c_str(), whole.left(size)));
            QVERIFY2(text || !fine, qPrintable(QString("the first %1 of %2 bytes").arg(size).arg(whole.size())));
        }
    }

    void damagedNumbersNeverCrashIt_data() { addWritableFormats(); }
    void damagedNumbersNeverCrashIt() {
        QFETCH(QByteArray, id);
        const Format& format = formatById(id);
        const ScratchFolder folder;
        const Tensor tensor = writableTensor(format, 4);
        const auto path = folder.path(("a." + extensionOf(format)).c_str());
        QVERIFY(format.write(path, std::span(&tensor, 1), {}));
        const QByteArray whole = ScratchFolder::bytesOf(path);
        const std::uint64_t before = peakMemory();
        int refused = 0;
        // At every place a length of 1, 2, 4 or 8 bytes that is 0, 1 (in either byte order) or the most.
        for (qsizetype place = 0; place < std::min<qsizetype>(whole.size(), 400); ++place) {
            for (const qsizetype width : {1, 2, 4, 8}) {
                if (place + width > whole.size()) continue;
                QList<QByteArray> patterns{QByteArray(width, '\0'), QByteArray(width, '\xff')};
                patterns += '\1' + QByteArray(width - 1, '\0');
                patterns += QByteArray(width - 1, '\0') + '\1';
                patterns += '\x7f' + QByteArray(width - 1, '\xff');
                patterns += QByteArray(width - 1, '\xff') + '\x7f';
                for (const QByteArray& pattern : patterns) {
                    QByteArray damaged = whole;
                    damaged.replace(place, width, pattern);
                    refused += !readAll(folder.write(path.filename().c_str(), damaged));
                }
            }
        }
        QVERIFY(refused > 0);
        // Addresses are never given back under AddressSanitizer, so its own bound is wider.
        QVERIFY2(peakMemory() - before < std::uint64_t{1} << 30, qPrintable(QString::number(peakMemory() - before)));
    }
};

QTEST_APPLESS_MAIN(TestConformance)
#include "tst_conformance.moc"
