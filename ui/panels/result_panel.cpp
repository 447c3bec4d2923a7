#include "ui/panels/result_panel.h"

#include "core/study/rate.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/big_figure.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/property_list.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <cmath>

namespace quantoscope::ui {

namespace {

constexpr int kCompactRows = 3;

struct FigureText {
    QString number;
    QString unit;
};

/// "1.866" and "×10⁻⁴"; small whole powers stay in the number.
FigureText scientific(double value) {
    if (value == 0 || !std::isfinite(value)) return {numberText(value, 0), {}};
    const int exponent = static_cast<int>(std::floor(std::log10(std::fabs(value))));
    if (exponent >= -1 && exponent <= 3) return {numberText(value, std::max(0, 3 - exponent)), {}};
    return {numberText(value / std::pow(10, exponent), 3), QStringLiteral("×10") + superscript(exponent)};
}

QString secondsText(double seconds) {
    if (seconds < 1e-4) return ResultPanel::tr("< 0.1 ms");
    if (seconds < 1) return ResultPanel::tr("%1 ms").arg(numberText(seconds * 1e3, seconds < 0.01 ? 1 : 0));
    return ResultPanel::tr("%1 s").arg(numberText(seconds, 1));
}

} // namespace

ResultPanel::ResultPanel(QWidget* parent)
    : QWidget(parent),
      m_sqnr(new BigFigure(tr("SQNR"), type::bigFigure, this)),
      m_mse(new BigFigure(tr("MSE"), type::figure, this)),
      m_bits(new BigFigure(tr("Bits per value"), type::figure, this)),
      m_properties(new PropertyList(PropertyList::Density::Ruled, this)) {
    m_sqnr->setToolTip(
        tr("10·log10(Σx²/Σe²): signal to quantization error in decibels; higher is better. Other programs print a "
           "linear ratio or its inverse under this name."));
    m_mse->setToolTip(tr("Σe²/n, the mean squared error; lower is better"));
    m_bits->setToolTip(
        tr("Codes and all side information (scales, zero points, levels) over the number of values; lower is better"));
    auto* pair = new QHBoxLayout;
    pair->setSpacing(8);
    pair->addWidget(m_mse, 1);
    pair->addWidget(m_bits, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(10);
    layout->addWidget(m_sqnr);
    layout->addLayout(pair);
    layout->addWidget(m_properties);
    setRun({}, {}, false);
}

void ResultPanel::setCompact(bool compact) {
    m_sqnr->setPixels(compact ? type::bigSmall : type::bigFigure);
    m_properties->setLimit(compact ? kCompactRows : -1);
}

void ResultPanel::setRun(const RunPtr& run, const std::optional<SpeedReport>& speed, bool settled) {
    const QString none = QStringLiteral("–");
    if (!run) {
        m_sqnr->setFigure(none, {});
        m_mse->setFigure(none, {});
        m_bits->setFigure(none, {});
        m_properties->setProperties({});
        return;
    }
    const ErrorMetrics& errors = run->errors;
    m_sqnr->setFigure(numberText(errors.sqnrDb, 2), std::isnan(errors.sqnrDb) ? QString() : tr("dB"));
    const FigureText mse = scientific(errors.mse);
    m_mse->setFigure(mse.number, mse.unit);
    m_bits->setFigure(numberText(run->storage.bitsPerValue, 3), tr("bit"));

    std::vector<Property> rows;
    if (run->weightedMse) {
        const FigureText weighted = scientific(*run->weightedMse);
        rows.push_back({tr("Weighted MSE"), weighted.number + weighted.unit,
                        tr("Σw·e²/Σw over the importance w of the values, %1; lower is better")
                            .arg(QString::fromStdString(run->data->importanceTensor()->info.name))});
    }
    if (const double distance = boundDistanceDb(*run); std::isfinite(distance))
        rows.push_back(
            {tr("To the bound"), tr("%1 dB").arg(numberText(distance, 2)),
             tr("SQNR of the rate–distortion limit of memoryless codes at the run's rate, minus the run's SQNR")});
    rows.push_back({tr("Max error"), compactText(errors.maxError),
                    tr("max|e|, at the value %1").arg(compactText(static_cast<double>(errors.maxErrorAt)))});
    rows.push_back({tr("Code entropy"), tr("%1 bit").arg(numberText(errors.codeEntropy, 3)),
                    tr("−Σ p·log2 p over the codes: what an ideal memoryless entropy coder would reach")});
    rows.push_back({tr("Effective levels"),
                    tr("%1 of %2").arg(countText(errors.occupied), countText(run->quantizer->requestedLevels)),
                    tr("Codes that occur, of those asked for")});
    rows.push_back({tr("Compression"), tr("%1×").arg(numberText(run->storage.compressionRatio, 2)),
                    tr("Bits of the original's own number type over ours")});
    if (errors.clippedBelow + errors.clippedAbove > 0)
        rows.push_back({tr("Clipped"), tr("%1 %").arg(numberText((errors.clippedBelow + errors.clippedAbove) * 100, 2)),
                        tr("Values outside the range: %1 % below, %2 % above")
                            .arg(numberText(errors.clippedBelow * 100, 3), numberText(errors.clippedAbove * 100, 3))});
    rows.push_back({tr("Mean abs. error"), compactText(errors.mae), tr("Σ|e|/n; lower is better")});
    rows.push_back({tr("PSNR"), tr("%1 dB").arg(numberText(errors.psnrDb, 2)),
                    tr("10·log10(R²/MSE) with R = %1; higher is better").arg(compactText(errors.psnrRange))});
    rows.push_back({tr("Cosine"), numberText(errors.cosine, 6), tr("x·y/(‖x‖‖y‖); nearer to 1 is better")});
    rows.push_back(
        {tr("Fit"), secondsText(run->fitSeconds),
         settled ? tr("From the values in memory to the codebook, sorting included") : tr("Of the preview")});
    if (speed) {
        const QString note = tr("Of float32, median of %1 runs on %2 threads, %3; %4 to %5 GB/s");
        const auto row = [&](const QString& label, const Spread& spread) {
            rows.push_back({label, tr("%1 GB/s").arg(numberText(spread.median, 2)),
                            note.arg(speed->runs)
                                .arg(speed->threads)
                                .arg(QString::fromStdString(speed->instructionSet), numberText(spread.minimum, 2),
                                     numberText(spread.maximum, 2))});
        };
        row(tr("Encode"), speed->encodeGBps);
        row(tr("Decode"), speed->decodeGBps);
    }
    m_properties->setProperties(std::move(rows));
}

} // namespace quantoscope::ui
