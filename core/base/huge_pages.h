// Memory for large arrays.
#pragma once

#include <cstddef>

namespace quantoscope {

/// From 64 KiB on it begins with a line of the cache, so that vectors need not cross one; from two megabytes on it is
/// in huge pages where the system has them. Throws std::bad_alloc.
void* allocateLarge(std::size_t bytes);
/// What allocateLarge gave for as many bytes.
void freeLarge(void* memory, std::size_t bytes);

} // namespace quantoscope
