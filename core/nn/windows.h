// Square windows over pictures that are laid out height × width × channels: gathering them into rows, so that a
// convolution is a matrix product (im2col), adding rows back to where they came from, and the order of flattening.
#pragma once

#include "core/nn/network.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace quantoscope {

/// Where the windows of a layer lie in one picture.
struct Windows {
    std::size_t height, width, channels; // of what comes in
    std::size_t rows, columns;           // how many windows down and across
    std::size_t size, stride, padding;

    Windows(const LayerSpec& layer, const Shape& in, const Shape& out)
        : height(static_cast<std::size_t>(in[0])),
          width(static_cast<std::size_t>(in[1])),
          channels(static_cast<std::size_t>(in[2])),
          rows(static_cast<std::size_t>(out[0])),
          columns(static_cast<std::size_t>(out[1])),
          size(static_cast<std::size_t>(layer.size)),
          stride(static_cast<std::size_t>(layer.stride)),
          padding(static_cast<std::size_t>(layer.padding)) {}

    std::size_t count() const { return rows * columns; }
    std::size_t taps() const { return size * size * channels; }
    std::size_t picture() const { return height * width * channels; }

    /// Calls body(row of taps, offset in the picture, channels) for each pixel of each window; the offset is -1 outside
    /// the picture.
    template<class Body>
    void forEachPixel(const Body& body) const {
        for (std::size_t r = 0; r < rows; ++r)
            for (std::size_t c = 0; c < columns; ++c)
                for (std::size_t y = 0; y < size; ++y)
                    for (std::size_t x = 0; x < size; ++x) {
                        const std::size_t py = r * stride + y, px = c * stride + x; // in the padded picture
                        const bool inside =
                            py >= padding && py < height + padding && px >= padding && px < width + padding;
                        const std::ptrdiff_t offset =
                            inside ? static_cast<std::ptrdiff_t>(((py - padding) * width + px - padding) * channels)
                                   : -1;
                        body(((r * columns + c) * size * size + y * size + x) * channels, offset);
                    }
    }
};

/// count() rows of taps() values a picture; pixels outside it are `outside`.
template<class T>
void gatherWindows(const Windows& windows, const T* pictures, std::size_t count, T outside, T* rows) {
    for (std::size_t i = 0; i < count; ++i) {
        const T* picture = pictures + i * windows.picture();
        T* out = rows + i * windows.count() * windows.taps();
        windows.forEachPixel([&](std::size_t tap, std::ptrdiff_t offset) {
            if (offset < 0)
                std::fill_n(out + tap, windows.channels, outside);
            else
                std::copy_n(picture + offset, windows.channels, out + tap);
        });
    }
}

/// Adds rows of windows to the pixels they were gathered from: the transpose of gatherWindows.
inline void scatterWindows(const Windows& windows, const float* rows, std::size_t count, float* pictures) {
    for (std::size_t i = 0; i < count; ++i) {
        float* picture = pictures + i * windows.picture();
        const float* in = rows + i * windows.count() * windows.taps();
        windows.forEachPixel([&](std::size_t tap, std::ptrdiff_t offset) {
            if (offset < 0) return;
            for (std::size_t c = 0; c < windows.channels; ++c)
                picture[static_cast<std::size_t>(offset) + c] += in[tap + c];
        });
    }
}

/// Flattening puts channels first, as PyTorch's layout has them: position j of the row comes from order[j] of the
/// picture.
inline std::vector<std::size_t> flattenOrder(const Shape& picture) {
    const auto height = static_cast<std::size_t>(picture[0]), width = static_cast<std::size_t>(picture[1]),
               channels = static_cast<std::size_t>(picture[2]);
    std::vector<std::size_t> order;
    order.reserve(height * width * channels);
    for (std::size_t c = 0; c < channels; ++c)
        for (std::size_t pixel = 0; pixel < height * width; ++pixel) order.push_back(pixel * channels + c);
    return order;
}

} // namespace quantoscope
