// Pools over square windows without padding, and the reordering of flattened pictures, of numbers or of codes in bytes.
#pragma once

#include "core/nn/windows.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace quantoscope {

/// The mean of `count` codes, halves to even; a float's plain mean.
inline float meanOf(float sum, std::size_t count) { return sum / static_cast<float>(count); }
inline std::uint8_t meanOf(std::int32_t sum, std::size_t count) {
    const auto n = static_cast<std::int32_t>(count), mean = sum / n, twice = 2 * (sum % n);
    return static_cast<std::uint8_t>(mean + (twice > n || (twice == n && mean % 2 == 1)));
}

/// Calls body(first pixel of a window, where its result goes) for each window.
template<class T, class Body>
void forEachWindow(const Windows& w, const T* pictures, std::size_t count, T* out, const Body& body) {
    for (std::size_t i = 0; i < count; ++i, pictures += w.picture())
        for (std::size_t r = 0; r < w.rows; ++r)
            for (std::size_t c = 0; c < w.columns; ++c, out += w.channels)
                body(pictures + (r * w.stride * w.width + c * w.stride) * w.channels, out);
}

template<class T>
void maxPool(const Windows& w, const T* pictures, std::size_t count, T* out) {
    forEachWindow(w, pictures, count, out, [&](const T* first, T* to) {
        std::copy_n(first, w.channels, to);
        for (std::size_t y = 0; y < w.size; ++y)
            for (std::size_t x = 0; x < w.size; ++x) {
                const T* pixel = first + (y * w.width + x) * w.channels;
                for (std::size_t c = 0; c < w.channels; ++c) to[c] = std::max(to[c], pixel[c]);
            }
    });
}

/// Sums of codes are whole, so that the mean is rounded once.
template<class T>
void averagePool(const Windows& w, const T* pictures, std::size_t count, T* out) {
    using Sum = std::conditional_t<std::is_same_v<T, float>, float, std::int32_t>;
    std::vector<Sum> sums(w.channels);
    forEachWindow(w, pictures, count, out, [&](const T* first, T* to) {
        std::fill(sums.begin(), sums.end(), Sum{});
        for (std::size_t y = 0; y < w.size; ++y)
            for (std::size_t x = 0; x < w.size; ++x) {
                const T* pixel = first + (y * w.width + x) * w.channels;
                for (std::size_t c = 0; c < w.channels; ++c) sums[c] += pixel[c];
            }
        for (std::size_t c = 0; c < w.channels; ++c) to[c] = meanOf(sums[c], w.size * w.size);
    });
}

/// out[j] = in[order[j]] of each sample.
template<class T>
void reorderSamples(const std::vector<std::size_t>& order, const T* in, std::size_t count, T* out) {
    for (std::size_t i = 0; i < count; ++i, in += order.size())
        for (const std::size_t from : order) *out++ = in[from];
}

/// Whether flattening leaves everything where it is: no picture, one channel, or one pixel.
inline bool flattensInPlace(const Shape& shape) {
    return shape.size() != 3 || shape[2] == 1 || shape[0] * shape[1] == 1;
}

} // namespace quantoscope
