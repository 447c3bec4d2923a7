// The report on A4 pages, to be handed on: figures set large, settings and results beside each other, plots as vectors,
// tables that flow over pages, where the data came from, and a footer with the program and the page. From the same
// values as the report for browsers (core/study/report.h), in the user's language.
#pragma once

#include "core/base/result.h"
#include "core/study/report.h"

#include <QPicture>
#include <QSize>
#include <QString>

#include <vector>

namespace quantoscope::ui {

struct PdfFigure {
    QString title;
    QString caption;
    QPicture picture; // ui/plots/paper_picture.h
    QSize size;       // what it was laid out for, in pixels of 1/96 inch
};

/// `figures` stand in place of the report's own, which are for browsers. The file appears whole or not at all. On the
/// GUI thread; a few dozen milliseconds. Errors: WriteFailed.
Status writePdfReport(const QString& path, const Report& report, const std::vector<PdfFigure>& figures);

} // namespace quantoscope::ui
