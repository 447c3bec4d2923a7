// A progress bar on standard error, when that is a terminal and the work takes longer than a moment.
#pragma once

#include "core/base/job_control.h"

#include <string>

namespace quantoscope::cli {

class Progress {
public:
    explicit Progress(std::stop_token stop) : m_stop(std::move(stop)) {}
    ~Progress() { clearLine(); }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// What to hand to the work: it stops with the program, and draws a bar under this label.
    JobControl job(std::string label) const;

    /// Takes the bar off the line, so that something else can be written there.
    static void clearLine();

private:
    std::stop_token m_stop;
};

} // namespace quantoscope::cli
