#include "core/nn/eigen_product.h"

#define QUANTOSCOPE_EIGEN_PRODUCT eigenProductBaseline
#include "core/nn/eigen_product_body.h"

namespace quantoscope {

namespace {

struct Choice {
    EigenProduct* product;
    std::string_view instructions;
};

const Choice& choice() {
    static const Choice chosen = []() -> Choice {
#ifdef __x86_64__
        if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("fma"))
            return {eigenProductAvx512, "AVX-512"};
        if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return {eigenProductAvx2, "AVX2"};
        return {eigenProductBaseline, "SSE2"};
#else
        return {eigenProductBaseline, "portable"};
#endif
    }();
    return chosen;
}

} // namespace

void eigenProduct(const ProductShape& shape, const float* x, const float* weights, const float* bias, bool relu,
                  float* y) {
    choice().product(shape, x, weights, bias, relu, y);
}

std::string_view eigenInstructions() { return choice().instructions; }

} // namespace quantoscope
