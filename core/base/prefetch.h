// Memory that is fetched into the first cache where the processor does not guess that it is next.
#pragma once

#include <hwy/cache_control.h>

#include <cstddef>
#include <cstdint>

namespace quantoscope {

/// So many places behind, where there need be nothing: only to fetch from.
template<class T>
const T* beyond(const T* place, std::size_t behind) {
    return reinterpret_cast<const T*>(reinterpret_cast<std::uintptr_t>(place) + behind * sizeof(T));
}

/// The line so many places behind.
template<class T>
void fetch(const T* place, std::size_t behind) {
    hwy::Prefetch(beyond(place, behind));
}

/// So many numbers side by side, at least one.
template<class T>
void fetchRow(const T* row, std::size_t count) {
    constexpr std::size_t line = 64 / sizeof(T);
    for (std::size_t i = 0; i < count; i += line) fetch(row, i);
    fetch(row, count - 1);
}

} // namespace quantoscope
