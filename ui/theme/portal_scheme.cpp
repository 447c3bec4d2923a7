#include "ui/theme/portal_scheme.h"

#ifdef QUANTOSCOPE_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#endif

namespace quantoscope::ui {

namespace {

const QString kGroup = QStringLiteral("org.freedesktop.appearance");
const QString kKey = QStringLiteral("color-scheme");

} // namespace

#ifdef QUANTOSCOPE_DBUS

PortalScheme portalScheme(const QVariant& value) {
    QVariant inner = value;
    while (inner.canConvert<QDBusVariant>()) inner = inner.value<QDBusVariant>().variant();
    const uint number = inner.toUInt();
    return number == 1 ? PortalScheme::Dark : number == 2 ? PortalScheme::Light : PortalScheme::None;
}

PortalSettings::PortalSettings() {
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) return; // never start a bus for a colour
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
    const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
    const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
    bus.connect(service, path, interface, QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QString, QString, QVariant)));
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    message << kGroup << kKey;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QVariant> reply = *done;
        if (reply.isValid()) set(portalScheme(reply.value()));
        done->deleteLater();
    });
}

#else

PortalScheme portalScheme(const QVariant& value) {
    const uint number = value.toUInt();
    return number == 1 ? PortalScheme::Dark : number == 2 ? PortalScheme::Light : PortalScheme::None;
}

PortalSettings::PortalSettings() = default;

#endif

PortalSettings& PortalSettings::instance() {
    static PortalSettings* const settings = new PortalSettings;
    return *settings;
}

void PortalSettings::settingChanged(const QString& group, const QString& key, const QVariant& value) {
    if (group == kGroup && key == kKey) set(portalScheme(value));
}

void PortalSettings::set(PortalScheme scheme) {
    if (scheme == m_scheme) return;
    m_scheme = scheme;
    emit changed();
}

} // namespace quantoscope::ui
