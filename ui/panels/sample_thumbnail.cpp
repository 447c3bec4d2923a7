// The CSV files here are the program's own and plain (comma, point, no quotes), so splitting lines is all the reading
// they need. safetensors: 8 bytes little-endian header length, a JSON header with data_offsets, then the data.
#include "ui/panels/sample_thumbnail.h"

#include "ui/theme/theme.h"

#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QPainterPath>
#include <QtEndian>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace quantoscope::ui {

namespace {

using Rows = std::vector<std::vector<double>>;

QByteArray bytesOf(const char* name) {
    QFile file(QStringLiteral(":/samples/%1").arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The first rows of numbers; a line that does not begin with one is a header.
Rows numbersOf(const char* name, std::size_t most) {
    Rows rows;
    const QByteArray bytes = bytesOf(name);
    for (qsizetype from = 0; from < bytes.size() && rows.size() < most;) {
        qsizetype to = bytes.indexOf('\n', from);
        if (to < 0) to = bytes.size();
        std::vector<double> row;
        for (const QByteArray& cell : bytes.mid(from, to - from).split(',')) {
            bool ok = false;
            const double value = cell.trimmed().toDouble(&ok);
            if (!ok) break;
            row.push_back(value);
        }
        if (!row.empty()) rows.push_back(std::move(row));
        from = to + 1;
    }
    return rows;
}

std::vector<float> tensorOf(const char* name, const QString& tensor) {
    const QByteArray bytes = bytesOf(name);
    if (bytes.size() < 8) return {};
    const auto length = static_cast<qsizetype>(qFromLittleEndian<quint64>(bytes.constData()));
    const QJsonArray offsets = QJsonDocument::fromJson(bytes.mid(8, length))
                                   .object()
                                   .value(tensor)
                                   .toObject()
                                   .value(QStringLiteral("data_offsets"))
                                   .toArray();
    const QByteArray data =
        bytes.mid(8 + length + offsets.at(0).toInt(), offsets.at(1).toInt() - offsets.at(0).toInt());
    std::vector<float> values(static_cast<std::size_t>(data.size()) / sizeof(float));
    std::memcpy(values.data(), data.constData(), values.size() * sizeof(float));
    return values;
}

void paintWeights(QPainter& painter, const QRectF& rect) {
    static const std::vector<int> counts = [] {
        std::vector<int> bins(38);
        for (const float x : tensorOf("digits-mlp.safetensors", QStringLiteral("fc1.weight"))) {
            const auto bin = static_cast<int>((x + 0.5f) * 38);
            if (bin >= 0 && bin < 38) ++bins[static_cast<std::size_t>(bin)];
        }
        return bins;
    }();
    const int most = *std::ranges::max_element(counts);
    if (!most) return;
    const QRectF area = rect.adjusted(6, 8, -6, -6);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const double step = area.width() / static_cast<double>(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double tall = counts[i] * area.height() / most;
        painter.fillRect(QRectF(area.x() + static_cast<double>(i) * step, area.bottom() - tall, step, tall),
                         colors().sparklineSelected);
    }
}

// The density of the normal distribution, from −3 to 3 standard deviations.
void paintGenerated(QPainter& painter, const QRectF& rect) {
    const QRectF area = rect.adjusted(6, 9, -6, -7);
    QPainterPath curve;
    for (int i = 0; i <= 60; ++i) {
        const double x = i / 60.0 * 6 - 3;
        const QPointF point(area.x() + i / 60.0 * area.width(), area.bottom() - std::exp(-x * x / 2) * area.height());
        i == 0 ? curve.moveTo(point) : curve.lineTo(point);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors().sparklineSelected, 1.5, Qt::SolidLine, Qt::RoundCap));
    painter.drawPath(curve);
    QPainterPath filled = curve;
    filled.lineTo(area.bottomRight());
    filled.lineTo(area.bottomLeft());
    QColor fill = colors().sparkline;
    fill.setAlphaF(0.35f);
    painter.fillPath(filled, fill);
}

void paintScores(QPainter& painter, const QRectF& rect) {
    static const Rows scores = numbersOf("scores.csv", 100);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QColor dot = colors().sparklineSelected;
    dot.setAlphaF(0.6f);
    painter.setBrush(dot);
    const QRectF area = rect.adjusted(8, 14, -8, -14);
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const double jitter =
            std::fmod(static_cast<double>(i) * 0.6180339887498949, 1.0); // spread evenly, always the same
        painter.drawEllipse(QPointF(area.x() + scores[i][0] / 100 * area.width(), area.y() + jitter * area.height()),
                            2.4, 2.4);
    }
}

void paintEcg(QPainter& painter, const QRectF& rect) {
    static const Rows samples = numbersOf("ecg.csv", 1000);
    if (samples.empty()) return;
    const auto [low, high] = std::ranges::minmax_element(samples, {}, [](const auto& row) { return row[0]; });
    const double from = (*low)[0], range = std::max(1e-9, (*high)[0] - from);
    const QRectF area = rect.adjusted(0, 9, 0, -9);
    QPainterPath path;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const QPointF point(area.x() + static_cast<double>(i) / static_cast<double>(samples.size() - 1) * area.width(),
                            area.bottom() - (samples[i][0] - from) / range * area.height());
        i == 0 ? path.moveTo(point) : path.lineTo(point);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(
        QPen(theme().isDark() ? colors().text2 : colors().text3, 1.1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
}

void paintWine(QPainter& painter, const QRectF& rect) {
    constexpr int kColumns = 11, kLines = 7;
    static const Rows wines = numbersOf("wine.csv", 178);
    if (wines.size() < kLines) return;
    const Palette& c = colors();
    const double w = rect.width() / kColumns, h = rect.height() / kLines;
    for (std::size_t column = 0; column < kColumns; ++column) {
        const auto [low, high] =
            std::ranges::minmax_element(wines, {}, [column](const auto& row) { return row[column]; });
        const double from = (*low)[column], range = std::max(1e-9, (*high)[column] - from);
        for (std::size_t line = 0; line < kLines; ++line) {
            const double share = (wines[line * wines.size() / kLines][column] - from) / range;
            painter.fillRect(QRectF(rect.x() + static_cast<double>(column) * w,
                                    rect.y() + static_cast<double>(line) * h, w - 1, h - 1),
                             blended(c.raised, c.sparklineSelected, 0.15 + 0.85 * share));
        }
    }
}

void paintDigits(QPainter& painter, const QRectF& rect) {
    static const Rows digits = numbersOf("digits.csv", 6); // 0 to 5, in this order
    const double pixel = rect.height() / 19;               // two digits of 8 and their margins
    painter.setRenderHint(QPainter::Antialiasing, false);
    const double step = rect.width() / 3;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const std::size_t row = i / 3, column = i % 3;
        const double left = rect.x() + static_cast<double>(column) * step + (step - 8 * pixel) / 2;
        const double top = rect.y() + pixel * (1 + static_cast<double>(row) * 9);
        for (std::size_t k = 0; k < 64 && k < digits[i].size(); ++k) {
            if (digits[i][k] <= 0) continue;
            QColor ink = colors().text;
            ink.setAlphaF(static_cast<float>(digits[i][k] / 16));
            const std::size_t y = k / 8, x = k % 8;
            painter.fillRect(
                QRectF(left + static_cast<double>(x) * pixel, top + static_cast<double>(y) * pixel, pixel, pixel), ink);
        }
    }
}

// Scaled once, to twice the size it is shown at.
QImage photograph(const char* name, const QSizeF& shown) {
    const QImage whole(QStringLiteral(":/samples/%1").arg(QLatin1String(name)));
    const QSize size = (shown * 2).toSize();
    const QImage scaled = whole.scaled(size, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    return scaled.copy(
        QRect((scaled.width() - size.width()) / 2, (scaled.height() - size.height()) / 2, size.width(), size.height()));
}

void paintPhotograph(QPainter& painter, const QRectF& rect, const QImage& image) {
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(rect, image);
}

} // namespace

void paintSampleThumbnail(QPainter& painter, const QString& id, const QRectF& rect) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(rect, 4, 4);
    painter.setClipPath(outline);
    painter.fillRect(rect, colors().raised);
    if (id == QLatin1String("digits-mlp")) paintWeights(painter, rect);
    if (id == QLatin1String("generate")) paintGenerated(painter, rect);
    if (id == QLatin1String("scores")) paintScores(painter, rect);
    if (id == QLatin1String("ecg")) paintEcg(painter, rect);
    if (id == QLatin1String("wine")) paintWine(painter, rect);
    if (id == QLatin1String("digits")) paintDigits(painter, rect);
    if (id == QLatin1String("ascent")) {
        static const QImage image = photograph("ascent.png", rect.size());
        paintPhotograph(painter, rect, image);
    }
    if (id == QLatin1String("raccoon")) {
        static const QImage image = photograph("raccoon.png", rect.size());
        paintPhotograph(painter, rect, image);
    }
    painter.restore();
}

} // namespace quantoscope::ui
