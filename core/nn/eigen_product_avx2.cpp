// Eigen's product for AVX2 and FMA; the build gives this file those instructions, which no other may run unasked.
#ifdef __x86_64__
#define Eigen EigenAvx2
#define QUANTOSCOPE_EIGEN_PRODUCT eigenProductAvx2
#include "core/nn/eigen_product_body.h"
#endif
