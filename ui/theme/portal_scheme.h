// The desktop portal's light or dark setting, asked for without waiting and followed while the program runs.
#pragma once

#include <QObject>
#include <QVariant>

namespace quantoscope::ui {

enum class PortalScheme { None, Dark, Light };

/// The meaning of the portal's value, which may be wrapped in variants; None for anything unknown.
PortalScheme portalScheme(const QVariant& value);

class PortalSettings : public QObject {
    Q_OBJECT

public:
    static PortalSettings& instance();
    PortalScheme scheme() const { return m_scheme; }

signals:
    void changed();

private slots:
    void settingChanged(const QString& group, const QString& key, const QVariant& value);

private:
    PortalSettings();
    void set(PortalScheme scheme);

    PortalScheme m_scheme = PortalScheme::None;
};

} // namespace quantoscope::ui
