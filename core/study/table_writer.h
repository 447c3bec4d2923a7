// A Table as text for programs and papers: .csv .tsv .json .md .tex.
//
// Numbers have the shortest digits that read back the same number, with a point whatever the locale: values of the data
// the same float32, figures the same double. In JSON both are doubles, because readers know no others.
//
//            empty   +∞    −∞     NaN    names
// .csv .tsv          inf   -inf   nan    ids; quoted as RFC 4180 wants (.csv), separators in text become spaces (.tsv)
// .json      null    null  null   null   ids; an array with an object a row
// .md .tex   –       ∞     −∞     NaN    labels and units; a pipe table, and a tabular that needs no package
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/study/table.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace quantoscope {

enum class TableFormat { Csv, Tsv, Json, Markdown, Latex };

/// By lower-case extension without dot; none where it is not a table's.
std::optional<TableFormat> tableFormatForExtension(std::string_view extension);

/// Takes the text in pieces. Errors: the sink's own, Cancelled.
Status writeTable(const Table& table, TableFormat format, const std::function<Status(std::string_view)>& sink,
                  const JobControl& job = {});

std::string tableText(const Table& table, TableFormat format);

/// A float64 or float32 as files have it; "inf", "-inf", "nan".
std::string numberText(double value);
std::string numberText(float value);

} // namespace quantoscope
