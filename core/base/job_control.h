// How a long computation hears that it should stop, and says how far it is.
#pragma once

#include <functional>
#include <stop_token>

namespace quantoscope {

struct JobControl {
    std::stop_token stop;
    std::function<void(double)> report; // called with a fraction in [0, 1], from whichever thread works; may be empty

    bool cancelled() const { return stop.stop_requested(); }
    void progress(double fraction) const {
        if (report) report(fraction);
    }
};

} // namespace quantoscope
