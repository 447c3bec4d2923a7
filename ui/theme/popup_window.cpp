// A compositing manager owns the X selection _NET_WM_CM_S0 (Extended Window Manager Hints 1.5). libxcb is loaded
// already when the xcb platform runs, so its functions are looked up there and the program links no X library.
#include "ui/theme/popup_window.h"

#include <QGuiApplication>
#include <QLibrary>
#include <QWidget>

#include <cstdint>
#include <cstdlib>

namespace quantoscope::ui {

namespace {

struct AtomCookie {
    unsigned sequence;
};
struct AtomReply {
    std::uint8_t responseType, pad;
    std::uint16_t sequence;
    std::uint32_t length, atom;
};
using SelectionReply = AtomReply; // the same layout, with the owner's window in place of the atom

bool x11HasCompositor() {
#if QT_CONFIG(xcb)
    const auto* x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    if (!x11) return false;
    QLibrary xcb(QStringLiteral("xcb"), 1);
    const auto intern = reinterpret_cast<AtomCookie (*)(void*, std::uint8_t, std::uint16_t, const char*)>(
        xcb.resolve("xcb_intern_atom"));
    const auto internReply =
        reinterpret_cast<AtomReply* (*)(void*, AtomCookie, void**)>(xcb.resolve("xcb_intern_atom_reply"));
    const auto owner = reinterpret_cast<AtomCookie (*)(void*, std::uint32_t)>(xcb.resolve("xcb_get_selection_owner"));
    const auto ownerReply =
        reinterpret_cast<SelectionReply* (*)(void*, AtomCookie, void**)>(xcb.resolve("xcb_get_selection_owner_reply"));
    if (!intern || !internReply || !owner || !ownerReply) return false;
    void* connection = x11->connection();
    constexpr char kName[] = "_NET_WM_CM_S0";
    AtomReply* atom = internReply(connection, intern(connection, 0, sizeof kName - 1, kName), nullptr);
    if (!atom) return false;
    SelectionReply* selection = ownerReply(connection, owner(connection, atom->atom), nullptr);
    const bool owned = selection && selection->atom != 0;
    std::free(atom);
    std::free(selection);
    return owned;
#else
    return false;
#endif
}

} // namespace

bool windowsAreTranslucent() {
    static const bool translucent = QGuiApplication::platformName() != QLatin1String("xcb") || x11HasCompositor();
    return translucent;
}

void makePopup(QWidget* popup) {
    popup->setWindowFlag(Qt::FramelessWindowHint);
    popup->setWindowFlag(Qt::NoDropShadowWindowHint);
    if (windowsAreTranslucent()) popup->setAttribute(Qt::WA_TranslucentBackground);
}

} // namespace quantoscope::ui
