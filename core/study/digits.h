// The built-in data of the laboratory: 1,797 handwritten digits of 8 × 8 pixels, 0 (paper) to 16 (ink).
// E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998 (test set);
// CC BY 4.0. The same rows as resources/samples/digits.csv.
#pragma once

#include "core/nn/dataset.h"

namespace quantoscope {

/// Pictures of shape {8, 8, 1} in the order of the file, classes "0" to "9".
Dataset digits();

} // namespace quantoscope
