#include "tests/ui/plot_gallery/gallery.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QWidget>

#include <cstring>

namespace gallery {

void Gallery::render(const QString& name, const QSize& size, const std::function<QWidget*()>& make,
                     const std::function<void(QWidget*)>& act) const {
    if (!m_only.isEmpty() && !name.startsWith(m_only)) return;
    const std::unique_ptr<QWidget> view(make());
    view->resize(size);
    view->show();
    QApplication::processEvents();
    QTest::qWait(20);
    if (act) act(view.get());
    QTest::qWait(20);
    const QString theme = quantoscope::ui::theme().isDark() ? QStringLiteral("dark") : QStringLiteral("light");
    view->grab().save(
        QStringLiteral("%1/%2-%3-%4x%5.png").arg(m_directory, name, theme).arg(size.width()).arg(size.height()));
}

quantoscope::Tensor sample(const QString& file, const QString& name) {
    QFile in(QStringLiteral(":/samples/") + file);
    if (!in.open(QIODevice::ReadOnly)) qFatal("no sample %s", qUtf8Printable(file));
    const QByteArray bytes = in.readAll();
    quint64 length = 0;
    std::memcpy(&length, bytes.constData(), 8);
    const QJsonObject header = QJsonDocument::fromJson(bytes.mid(8, static_cast<qsizetype>(length))).object();
    const QJsonObject entry = header[name].toObject();
    quantoscope::Shape shape;
    for (const auto extent : entry["shape"].toArray()) shape.push_back(extent.toInteger());
    const auto offsets = entry["data_offsets"].toArray();
    std::vector<float> values(static_cast<std::size_t>(offsets[1].toInteger() - offsets[0].toInteger()) / 4);
    std::memcpy(values.data(), bytes.constData() + 8 + length + offsets[0].toInteger(), values.size() * 4);
    return quantoscope::makeTensor(name.toStdString(), shape, values);
}

} // namespace gallery
