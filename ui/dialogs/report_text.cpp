#include "ui/dialogs/report_text.h"

#include "ui/widgets/core_text.h"
#include "ui/widgets/number_text.h"

#include <QRegularExpression>

namespace quantoscope::ui {

namespace {

// For lupdate, which cannot see them in the engine.
[[maybe_unused]] constexpr const char* kNames[] = {
    // facts
    QT_TRANSLATE_NOOP("Report", "Method"),
    QT_TRANSLATE_NOOP("Report", "Levels requested"),
    QT_TRANSLATE_NOOP("Report", "Bits"),
    QT_TRANSLATE_NOOP("Report", "Grouping"),
    QT_TRANSLATE_NOOP("Report", "Range"),
    QT_TRANSLATE_NOOP("Report", "Groups set by hand"),
    QT_TRANSLATE_NOOP("Report", "Non-finite values"),
    QT_TRANSLATE_NOOP("Report", "Levels that occur"),
    QT_TRANSLATE_NOOP("Report", "MSE"),
    QT_TRANSLATE_NOOP("Report", "SQNR"),
    QT_TRANSLATE_NOOP("Report", "PSNR"),
    QT_TRANSLATE_NOOP("Report", "Largest error"),
    QT_TRANSLATE_NOOP("Report", "Mean absolute error"),
    QT_TRANSLATE_NOOP("Report", "Cosine"),
    QT_TRANSLATE_NOOP("Report", "Code entropy"),
    QT_TRANSLATE_NOOP("Report", "Bits per value"),
    QT_TRANSLATE_NOOP("Report", "Compression"),
    QT_TRANSLATE_NOOP("Report", "Clipped"),
    QT_TRANSLATE_NOOP("Report", "Values measured"),
    QT_TRANSLATE_NOOP("Report", "Tensor"),
    QT_TRANSLATE_NOOP("Report", "Shape"),
    QT_TRANSLATE_NOOP("Report", "Number type"),
    QT_TRANSLATE_NOOP("Report", "File"),
    QT_TRANSLATE_NOOP("Report", "SHA-256"),
    QT_TRANSLATE_NOOP("Report", "Made with"),
    QT_TRANSLATE_NOOP("Report", "Date"),
    // tables
    QT_TRANSLATE_NOOP("Report", "Comparison"),
    QT_TRANSLATE_NOOP("Report", "Levels"),
    QT_TRANSLATE_NOOP("Report", "Levels of the first group"),
    QT_TRANSLATE_NOOP("Report", "Group"),
    QT_TRANSLATE_NOOP("Report", "Index"),
    QT_TRANSLATE_NOOP("Report", "Code"),
    QT_TRANSLATE_NOOP("Report", "Lower"),
    QT_TRANSLATE_NOOP("Report", "Upper"),
    QT_TRANSLATE_NOOP("Report", "Level"),
    QT_TRANSLATE_NOOP("Report", "Count"),
    QT_TRANSLATE_NOOP("Report", "Share, %"),
    QT_TRANSLATE_NOOP("Report", "Bin MSE"),
    QT_TRANSLATE_NOOP("Report", "Bits/value"),
    QT_TRANSLATE_NOOP("Report", "Coded bits/value"),
    QT_TRANSLATE_NOOP("Report", "SQNR, dB"),
    QT_TRANSLATE_NOOP("Report", "Max error"),
    QT_TRANSLATE_NOOP("Report", "Entropy, bit"),
    QT_TRANSLATE_NOOP("Report", "To bound, dB"),
    QT_TRANSLATE_NOOP("Report", "PSNR, dB"),
    QT_TRANSLATE_NOOP("Report", "MAE"),
    QT_TRANSLATE_NOOP("Report", "Fit, ms"),
    QT_TRANSLATE_NOOP("Report", "Encode, GB/s"),
    QT_TRANSLATE_NOOP("Report", "Decode, GB/s"),
    QT_TRANSLATE_NOOP("Report", "Product, µs"),
    QT_TRANSLATE_NOOP("Report", "In float32, µs"),
    QT_TRANSLATE_NOOP("Report", "Exact"),
    // of the laboratory
    QT_TRANSLATE_NOOP("Report", "Network"),
    QT_TRANSLATE_NOOP("Report", "Activation"),
    QT_TRANSLATE_NOOP("Report", "Parameters"),
    QT_TRANSLATE_NOOP("Report", "Optimizer"),
    QT_TRANSLATE_NOOP("Report", "Epochs"),
    QT_TRANSLATE_NOOP("Report", "Learning rate"),
    QT_TRANSLATE_NOOP("Report", "Samples a step"),
    QT_TRANSLATE_NOOP("Report", "Weight decay"),
    QT_TRANSLATE_NOOP("Report", "Test share"),
    QT_TRANSLATE_NOOP("Report", "Normalisation"),
    QT_TRANSLATE_NOOP("Report", "Seed"),
    QT_TRANSLATE_NOOP("Report", "Calibration samples"),
    QT_TRANSLATE_NOOP("Report", "Calibration"),
    QT_TRANSLATE_NOOP("Report", "Weight scheme"),
    QT_TRANSLATE_NOOP("Report", "Weights"),
    QT_TRANSLATE_NOOP("Report", "Weights by"),
    QT_TRANSLATE_NOOP("Report", "Activations"),
    QT_TRANSLATE_NOOP("Report", "Bias correction"),
    QT_TRANSLATE_NOOP("Report", "QAT epochs"),
    QT_TRANSLATE_NOOP("Report", "QAT steps"),
    QT_TRANSLATE_NOOP("Report", "Weight bits"),
    QT_TRANSLATE_NOOP("Report", "Activation bits"),
    QT_TRANSLATE_NOOP("Report", "Accuracy"),
    QT_TRANSLATE_NOOP("Report", "R²"),
    QT_TRANSLATE_NOOP("Report", "Data"),
    QT_TRANSLATE_NOOP("Report", "Training samples"),
    QT_TRANSLATE_NOOP("Report", "Test samples"),
    QT_TRANSLATE_NOOP("Report", "Threads"),
    QT_TRANSLATE_NOOP("Report", "Instructions"),
    QT_TRANSLATE_NOOP("Report", "Energy"),
    QT_TRANSLATE_NOOP("Report", "Version"),
    QT_TRANSLATE_NOOP("Report", "Methods"),
    QT_TRANSLATE_NOOP("Report", "Layer sensitivity"),
    QT_TRANSLATE_NOOP("Report", "Accuracy and bits"),
    QT_TRANSLATE_NOOP("Report", "Training"),
    QT_TRANSLATE_NOOP("Report", "Setting"),
    QT_TRANSLATE_NOOP("Report", "Layer"),
    QT_TRANSLATE_NOOP("Report", "Accuracy, %"),
    QT_TRANSLATE_NOOP("Report", "Accuracy lost, %"),
    QT_TRANSLATE_NOOP("Report", "Against FP32, %"),
    QT_TRANSLATE_NOOP("Report", "From, %"),
    QT_TRANSLATE_NOOP("Report", "To, %"),
    QT_TRANSLATE_NOOP("Report", "McNemar p"),
    QT_TRANSLATE_NOOP("Report", "Size, bytes"),
    QT_TRANSLATE_NOOP("Report", "Energy, µJ"),
    QT_TRANSLATE_NOOP("Report", "Energy from"),
    QT_TRANSLATE_NOOP("Report", "Simulated"),
    QT_TRANSLATE_NOOP("Report", "Implementation"),
    QT_TRANSLATE_NOOP("Report", "Note"),
    QT_TRANSLATE_NOOP("Report", "Epoch"),
    QT_TRANSLATE_NOOP("Report", "Training loss"),
    QT_TRANSLATE_NOOP("Report", "Test loss"),
    QT_TRANSLATE_NOOP("Report", "Training accuracy, %"),
    QT_TRANSLATE_NOOP("Report", "Test accuracy, %"),
    // values
    QT_TRANSLATE_NOOP("Report", "yes"),
    QT_TRANSLATE_NOOP("Report", "no"),
    QT_TRANSLATE_NOOP("Report", "tensor"),
    QT_TRANSLATE_NOOP("Report", "minmax"),
    QT_TRANSLATE_NOOP("Report", "symmetric"),
    QT_TRANSLATE_NOOP("Report", "asymmetric"),
    QT_TRANSLATE_NOOP("Report", "measured"),
    QT_TRANSLATE_NOOP("Report", "estimated"),
    QT_TRANSLATE_NOOP("Report", "channel"),
    QT_TRANSLATE_NOOP("Report", "learned"),
    QT_TRANSLATE_NOOP("Report", "straight-through"),
};

// The first that matches as a whole; what stands for a number is not translated.
constexpr const char* kPhrases[] = {
    QT_TRANSLATE_NOOP("Report", "channel:%1"),
    QT_TRANSLATE_NOOP("Report", "block:%1"),
    QT_TRANSLATE_NOOP("Report", "percentile:%1"),
    QT_TRANSLATE_NOOP("Report", "sigma:%1"),
    QT_TRANSLATE_NOOP("Report", "%1 (all)"),
    QT_TRANSLATE_NOOP("Report", "%1 (a sample)"),
    QT_TRANSLATE_NOOP("Report", "%1 at x = %2"),
    QT_TRANSLATE_NOOP("Report", "%1 below, %2 above"),
    QT_TRANSLATE_NOOP("Report", "%1 (kept as they were)"),
    QT_TRANSLATE_NOOP("Report", "%1 (infinities clamped, NaN kept as it was)"),
    QT_TRANSLATE_NOOP("Report", "%1 bit"),
    QT_TRANSLATE_NOOP("Report", "Batch %1, µs/sample"),
};

QString translated(const char* english) { return QCoreApplication::translate("Report", english); }

QString phrase(const QString& value) {
    for (const char* pattern : kPhrases) {
        QString expression = QRegularExpression::escape(QString::fromUtf8(pattern));
        expression.replace(QRegularExpression(QStringLiteral(R"(\\%[12])")), QStringLiteral("(.+)"));
        const auto match = QRegularExpression(QRegularExpression::anchoredPattern(expression)).match(value);
        if (!match.hasMatch()) continue;
        const QString text = translated(pattern);
        return match.lastCapturedIndex() > 1 ? text.arg(match.captured(1), match.captured(2))
                                             : text.arg(match.captured(1));
    }
    return value;
}

QString withReadableNumbers(QString text) {
    static const QRegularExpression power(QStringLiteral(R"((?<=\d)e([+-]\d+)\b)"));
    for (auto match = power.match(text); match.hasMatch(); match = power.match(text))
        text.replace(match.capturedStart(), match.capturedLength(),
                     QStringLiteral(" × 10") + superscript(match.captured(1).toInt()));
    static const QRegularExpression minus(QStringLiteral(R"((^|[\s(:,])-(?=[\d.∞]))"));
    return text.replace(minus, QStringLiteral("\\1−"));
}

} // namespace

QString reportText(std::string_view english) {
    if (english.empty()) return {};
    const std::string source(english);
    const QString own = translated(source.c_str());
    return own == QString::fromStdString(source) ? coreText(source) : own;
}

QString reportValue(std::string_view english) { return withReadableNumbers(phrase(reportText(english))); }

QString reportNumber(std::string_view digits) {
    return withReadableNumbers(QString::fromUtf8(digits.data(), static_cast<qsizetype>(digits.size())).trimmed());
}

} // namespace quantoscope::ui
