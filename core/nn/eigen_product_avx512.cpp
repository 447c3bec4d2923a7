// Eigen's product for AVX-512; the build gives this file those instructions, which no other may run unasked.
#ifdef __x86_64__
#if defined(__GNUC__) && !defined(__clang__)
// GCC 12 takes its own intrinsics' undefined registers for variables that someone forgot to set (its bug 105593).
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif
#define Eigen EigenAvx512
#define QUANTOSCOPE_EIGEN_PRODUCT eigenProductAvx512
#include "core/nn/eigen_product_body.h"
#endif
