// The compiled-in resources: ":/fonts/*.otf", ":/icons/*.svg", ":/samples/*" and ":/translations/quantoscope_*.qm".
#pragma once

namespace quantoscope::ui {

/// Makes the ":/" paths above available. Calling it again is harmless.
void initResources();

} // namespace quantoscope::ui
