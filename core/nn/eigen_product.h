// y = x·Wᵀ + bias by Eigen, for the widest vectors that the processor has. The program itself is built for any x86-64,
// and Eigen chooses its instructions when it is compiled: measured so, it would be half as fast as it can be, and every
// other product would look twice as good beside it. So its product is compiled three times, in files of their own.
#pragma once

#include <cstddef>
#include <string_view>

namespace quantoscope {

struct ProductShape {
    std::size_t rows = 0;    // of x and y
    std::size_t outputs = 0; // columns of y, rows of W
    std::size_t inputs = 0;  // columns of x and W
};

/// All matrices are row-major. With `relu` negative results become 0. On the calling thread alone.
void eigenProduct(const ProductShape& shape, const float* x, const float* weights, const float* bias, bool relu,
                  float* y);
/// What it runs on: "SSE2", "AVX2", "AVX-512", or "portable" elsewhere.
std::string_view eigenInstructions();

// One for each set of instructions; to be called through eigenProduct.
using EigenProduct = void(const ProductShape&, const float*, const float*, const float*, bool, float*);
EigenProduct eigenProductBaseline;
#ifdef __x86_64__
EigenProduct eigenProductAvx2, eigenProductAvx512;
#endif

} // namespace quantoscope
