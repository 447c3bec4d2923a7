// The engine's own labels and sentences in the user's language. Its headers hold the English; translations are kept in
// the context "core".
#pragma once

#include "core/base/phrase.h"

#include <QCoreApplication>

#include <string>
#include <string_view>

namespace quantoscope::ui {

inline QString coreText(std::string_view english) {
    return english.empty() ? QString() : QCoreApplication::translate("core", std::string(english).c_str());
}

inline QString coreText(const Phrase& phrase) {
    return QString::fromStdString(phrase.said([](std::string_view text) { return coreText(text).toStdString(); }));
}

} // namespace quantoscope::ui
