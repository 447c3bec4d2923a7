// Memory for large arrays.
#pragma once

#include <cstddef>

namespace quantoscope {

/// As operator new, but from two megabytes on in huge pages where the system has them. Throws std::bad_alloc.
void* allocateLarge(std::size_t bytes);
/// What allocateLarge gave for as many bytes.
void freeLarge(void* memory, std::size_t bytes);

} // namespace quantoscope
