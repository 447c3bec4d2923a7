// A std::vector whose resize leaves new numbers unset: for large arrays that are written in full right after, where
// filling them with zeros first would cost as much as the work itself, and on one thread. Large ones are in huge pages
// where the system has them: to be given ten thousand small pages takes as long as to sort what is in them.
#pragma once

#include "core/base/huge_pages.h"

#include <algorithm>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace quantoscope {

template<class T>
struct RawAllocator : std::allocator<T> {
    static_assert(std::is_trivially_copyable_v<T>);
    template<class U>
    struct rebind {
        using other = RawAllocator<U>;
    };

    T* allocate(std::size_t count) { return static_cast<T*>(allocateLarge(count * sizeof(T))); }
    void deallocate(T* place, std::size_t count) { freeLarge(place, count * sizeof(T)); }

    template<class U>
    void construct(U* place) {
        ::new (static_cast<void*>(place)) U;
    }
    template<class U, class... Arguments>
    void construct(U* place, Arguments&&... arguments) {
        ::new (static_cast<void*>(place)) U(std::forward<Arguments>(arguments)...);
    }
};

template<class T>
using RawVector = std::vector<T, RawAllocator<T>>;

template<class T>
bool operator==(const RawVector<T>& a, const std::vector<T>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

} // namespace quantoscope
