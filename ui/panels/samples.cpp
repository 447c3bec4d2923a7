#include "ui/panels/samples.h"

#include "resources/init.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

#include <array>

namespace quantoscope::ui {

namespace {

constexpr char kContext[] = "Samples";

const std::array kSamples{
    Sample{"digits-mlp", "digits-mlp.safetensors", QT_TRANSLATE_NOOP("Samples", "Network weights"),
           QT_TRANSLATE_NOOP("Samples", "Three layers of a digit classifier, 50,826 values.")},
    Sample{"scores", "scores.csv", QT_TRANSLATE_NOOP("Samples", "Exam scores"),
           QT_TRANSLATE_NOOP("Samples", "60 scores from 0 to 100 in three clusters."), 4},
    Sample{"ascent", "ascent.png", QT_TRANSLATE_NOOP("Samples", "Photograph"),
           QT_TRANSLATE_NOOP("Samples", "512 × 512 grey values of a staircase.")},
    Sample{"ecg", "ecg.csv", QT_TRANSLATE_NOOP("Samples", "Electrocardiogram"),
           QT_TRANSLATE_NOOP("Samples", "36,000 samples at 360 Hz in millivolts.")},
    Sample{"wine", "wine.csv", QT_TRANSLATE_NOOP("Samples", "Wines"),
           QT_TRANSLATE_NOOP("Samples", "13 measurements of 178 wines, by column.")},
    Sample{"digits", "digits.csv", QT_TRANSLATE_NOOP("Samples", "Digits"),
           QT_TRANSLATE_NOOP("Samples", "1,797 handwritten digits of 8 × 8 pixels.")},
    Sample{"raccoon", "raccoon.png", QT_TRANSLATE_NOOP("Samples", "Colour photograph"),
           QT_TRANSLATE_NOOP("Samples", "512 × 384 pixels of a raccoon in red, green and blue.")},
};

} // namespace

std::span<const Sample> samples() { return kSamples; }

const Sample& generatedSample() {
    static const Sample sample{"generate", "", QT_TRANSLATE_NOOP("Samples", "Generated values"),
                               QT_TRANSLATE_NOOP("Samples", "Normal, Laplace, bimodal or with outliers; any number.")};
    return sample;
}

const Sample* findSample(const QString& id) {
    for (const Sample& sample : kSamples)
        if (id == QLatin1String(sample.id)) return &sample;
    return nullptr;
}

QString sampleTitle(const Sample& sample) { return QCoreApplication::translate(kContext, sample.title); }

QString sampleSentence(const Sample& sample) { return QCoreApplication::translate(kContext, sample.sentence); }

Result<std::filesystem::path> extractSample(const QString& id) {
    const Sample* sample = findSample(id);
    if (!sample) return Error{ErrorCode::NotFound, id.toStdString(), "no sample has this name"};
    initResources();
    QFile resource(QStringLiteral(":/samples/%1").arg(QLatin1String(sample->file)));
    if (!resource.open(QIODevice::ReadOnly))
        return Error{ErrorCode::NotFound, sample->file, "the sample is not built in"};
    const QDir directory(QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + QStringLiteral("/samples"));
    const QString path = directory.filePath(QLatin1String(sample->file));
    const QByteArray bytes = resource.readAll();
    if (QFile present(path); present.open(QIODevice::ReadOnly) && present.readAll() == bytes)
        return std::filesystem::path(path.toStdU16String());
    QSaveFile out(path);
    if (!directory.mkpath(QStringLiteral(".")) || !out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size() ||
        !out.commit())
        return Error{ErrorCode::WriteFailed, path.toStdString(), out.errorString().toStdString()};
    return std::filesystem::path(path.toStdU16String());
}

} // namespace quantoscope::ui
