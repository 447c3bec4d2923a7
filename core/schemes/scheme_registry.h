// Every scheme the program knows, in the order menus show them. Adding one is one file and one line in
// scheme_registry.cpp.
#pragma once

#include "core/quant/scheme.h"

#include <span>

namespace quantoscope {

std::span<const Scheme* const> schemes();

/// Errors: NotFound, with the ids there are.
Result<const Scheme*> findScheme(std::string_view id);

} // namespace quantoscope
