// Which icon a file has, by its name alone.
#pragma once

#include <QString>

namespace quantoscope::ui {

/// "file", "signal", "image" or "table"
QString iconForFileName(const QString& name);

} // namespace quantoscope::ui
