// What a report says in the engine's English (names of settings and figures, column headings, a few phrases), in the
// user's language. The translations are in the context "Report", and in "core" where screens show the same.
#pragma once

#include <QString>

#include <string_view>

namespace quantoscope::ui {

/// A name or a heading. What has no translation stays as it is.
QString reportText(std::string_view english);
/// A setting or a result, such as "60 (all)": phrases translated, "1.2e-07" as "1.2 × 10⁻⁷", true minus signs. Not for
/// names and paths, which are nobody's to change.
QString reportValue(std::string_view english);
/// The number of a table's cell likewise, without its padding.
QString reportNumber(std::string_view digits);

} // namespace quantoscope::ui
