#include "core/base/huge_pages.h"

#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace quantoscope {

namespace {

constexpr std::align_val_t kLine{64};
constexpr std::size_t kAligned = std::size_t{1} << 16; // below, a heap with what lies between lines would be scattered

void* allocateSome(std::size_t bytes) {
    return bytes < kAligned ? ::operator new(bytes) : ::operator new(bytes, kLine);
}

void freeSome(void* memory, std::size_t bytes) {
    if (bytes < kAligned)
        ::operator delete(memory);
    else
        ::operator delete(memory, kLine);
}

} // namespace

#ifdef __linux__
namespace {

constexpr std::size_t kHugePage = std::size_t{1} << 21;

} // namespace

// Straight from the system, page for page, and back to it: a heap would keep what lies between aligned blocks.

void* allocateLarge(std::size_t bytes) {
    if (bytes < kHugePage) return allocateSome(bytes);
    void* const memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    madvise(memory, bytes, MADV_HUGEPAGE); // advice: without it all is as it was
    return memory;
}

void freeLarge(void* memory, std::size_t bytes) {
    if (bytes < kHugePage)
        freeSome(memory, bytes);
    else
        munmap(memory, bytes);
}
#else
void* allocateLarge(std::size_t bytes) { return allocateSome(bytes); }
void freeLarge(void* memory, std::size_t bytes) { freeSome(memory, bytes); }
#endif

} // namespace quantoscope
