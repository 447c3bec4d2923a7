// How a table in text is written: what separates the cells, how decimals look, whether the first row names the columns.
#pragma once

#include "core/formats/tensor_source.h"

#include <string_view>

namespace quantoscope {

struct CsvDialect {
    char separator = ',';
    char decimalMark = '.';
    bool header = false;
};

/// The dialect of a table from its beginning (without byte order mark); `complete` when that is all of it, else its
/// last row is not trusted. What the options say is taken as said. Of the separators ; tab | and comma the one wins
/// whose rows are all equally wide, then the one that makes more cells numbers. The first row is a header if it has
/// text over a column of numbers, or an empty first cell over a column of row numbers.
CsvDialect detectDialect(std::string_view head, bool complete, const OpenOptions& options);

} // namespace quantoscope
