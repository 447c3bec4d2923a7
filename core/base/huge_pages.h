// Memory for large arrays.
#pragma once

#include <cstddef>

namespace quantoscope {

/// From the start of a line of the cache on, where no aligned vector crosses one; from two megabytes on in huge pages
/// where the system has them. Throws std::bad_alloc.
void* allocateLarge(std::size_t bytes);
/// What allocateLarge gave for as many bytes.
void freeLarge(void* memory, std::size_t bytes);

} // namespace quantoscope
