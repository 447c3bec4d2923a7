#include "ui/theme/icon.h"

#include "ui/theme/theme.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>

namespace quantoscope::ui {

namespace {

QByteArray source(const QString& name) {
    static QHash<QString, QByteArray> cache;
    const auto found = cache.constFind(name);
    if (found != cache.constEnd()) return *found;
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) qWarning("no icon named %s", qPrintable(name));
    return *cache.insert(name, file.isOpen() ? file.readAll() : QByteArray());
}

// A pixmap of the icon at `pixels` device pixels, in this colour.
QPixmap rendered(const QString& name, int pixels, const QColor& color) {
    const QString key = QStringLiteral("qs-icon/%1/%2/%3").arg(name).arg(pixels).arg(color.rgba(), 8, 16);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) return pixmap;
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QByteArray svg = source(name);
    svg.replace("currentColor", color.name().toLatin1());
    QSvgRenderer renderer(svg);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(color.alphaF());
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class Engine : public QIconEngine {
public:
    Engine(QString name, IconTone tone) : m_name(std::move(name)), m_tone(tone) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const int side = qMin(rect.width(), rect.height());
        QRectF square(0, 0, side, side);
        square.moveCenter(QRectF(rect).center());
        paintIcon(*painter, m_name, square, colorFor(mode));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        return scaledPixmap(size, mode, state, 1);
    }
    // `size` is in device pixels, from Qt 6.8 on in those of the screen; QIcon sets the ratio on what it gets.
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, [[maybe_unused]] qreal ratio) override {
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        const int pixels = qRound(qMin(size.width(), size.height()) * ratio);
#else
        const int pixels = qMin(size.width(), size.height());
#endif
        return rendered(m_name, pixels, colorFor(mode));
    }
    QSize actualSize(const QSize& size, QIcon::Mode, QIcon::State) override {
        const int side = qMin(size.width(), size.height());
        return {side, side};
    }
    QString key() const override { return QStringLiteral("quantoscope"); }
    QString iconName() override { return m_name; }
    bool isNull() override { return source(m_name).isEmpty(); }
    QIconEngine* clone() const override { return new Engine(m_name, m_tone); }

private:
    QColor colorFor(QIcon::Mode mode) const { return mode == QIcon::Disabled ? colors().disabled : toneColor(m_tone); }

    QString m_name;
    IconTone m_tone;
};

} // namespace

QIcon themedIcon(const QString& name, IconTone tone) { return QIcon(new Engine(name, tone)); }

QColor toneColor(IconTone tone) {
    const Palette& c = colors();
    switch (tone) {
    case IconTone::Strong: return c.text;
    case IconTone::Quiet: return c.text3;
    case IconTone::OnInk: return c.onInk;
    case IconTone::Warning: return c.warning;
    case IconTone::Error: return c.error;
    case IconTone::Exact: return c.exact;
    case IconTone::Normal: break;
    }
    return c.text2;
}

void paintIcon(QPainter& painter, const QString& name, const QRectF& square, const QColor& color) {
    const QTransform transform = painter.deviceTransform();
    const qreal ratio = std::max(0.1, std::sqrt(std::abs(transform.determinant())));
    const QPixmap pixmap = rendered(name, qMax(1, qRound(square.width() * ratio)), color);
    // Whole device pixels, so that the strokes stay as rendered.
    const QPointF corner(std::round(square.x() * ratio) / ratio, std::round(square.y() * ratio) / ratio);
    painter.drawPixmap(QRectF(corner, QSizeF(pixmap.width() / ratio, pixmap.height() / ratio)), pixmap,
                       QRectF(pixmap.rect()));
}

} // namespace quantoscope::ui
