// The product itself, included once by each eigen_product_*.cpp after it has defined QUANTOSCOPE_EIGEN_PRODUCT, the
// name of the function, and has renamed Eigen. Two files with different instructions would otherwise define the same
// inline functions of Eigen, the linker would keep one of them, and it might be the one this processor cannot run.
#include "core/nn/eigen_product.h"

#include <Eigen/Core>

namespace quantoscope {

void QUANTOSCOPE_EIGEN_PRODUCT(const ProductShape& shape, const float* x, const float* weights, const float* bias,
                               bool relu, float* y) {
    using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    using Vector = Eigen::Matrix<float, Eigen::Dynamic, 1>;
    const auto rows = static_cast<Eigen::Index>(shape.rows), outputs = static_cast<Eigen::Index>(shape.outputs),
               inputs = static_cast<Eigen::Index>(shape.inputs);
    const Eigen::Map<const Matrix> w(weights, outputs, inputs);
    const Eigen::Map<const Vector> b(bias, outputs);
    if (rows == 1) { // Eigen has a product of a matrix and a vector, and takes it only when it sees one
        const Eigen::Map<const Vector> in(x, inputs);
        Eigen::Map<Vector> out(y, outputs);
        out = b;
        out.noalias() += w * in;
        if (relu) out = out.cwiseMax(0.0f);
        return;
    }
    const Eigen::Map<const Matrix> in(x, rows, inputs);
    Eigen::Map<Matrix> out(y, rows, outputs);
    out.rowwise() = b.transpose();
    out.noalias() += in * w.transpose();
    if (relu) out = out.cwiseMax(0.0f);
}

} // namespace quantoscope
