// A table on pages: the header repeated on each, numbers to the right, columns that do not fit beside each other in a
// further band below, with the first column again.
#pragma once

#include "core/study/table.h"

namespace quantoscope::ui {

class PageFlow;

/// With its title. Columns of which nothing is known are left out, and those whose `id`s say what the first one does.
/// Of the rows the first `limit`, and a line that says so.
void putTable(PageFlow& pages, const Table& whole, std::size_t limit);

} // namespace quantoscope::ui
