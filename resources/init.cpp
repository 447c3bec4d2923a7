// Refers to the resource objects, so that the linker keeps them.
#include "resources/init.h"

#include <QtGlobal>

// The macro declares a function, which must not land in a namespace.
static void registerResources() {
    Q_INIT_RESOURCE(resources);
#ifdef QUANTOSCOPE_TRANSLATIONS
    Q_INIT_RESOURCE(translations);
#endif
}

namespace quantoscope::ui {

void initResources() { registerResources(); }

} // namespace quantoscope::ui
