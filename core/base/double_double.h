// Numbers of about 106 bits as an unevaluated sum of two doubles, for sums whose differences must keep 1e-12 and
// better. Error-free transformations: Dekker 1971; Knuth TAOCP 2, 4.2.2. Needs strict IEEE arithmetic
// (-ffp-contract=off).
#pragma once

namespace quantoscope {

struct DoubleDouble {
    double high = 0;
    double low = 0;

    constexpr double value() const { return high + low; }
};

constexpr DoubleDouble twoSum(double a, double b) {
    const double sum = a + b;
    const double bVirtual = sum - a;
    return {sum, (a - (sum - bVirtual)) + (b - bVirtual)};
}

constexpr DoubleDouble quickTwoSum(double a, double b) { // |a| >= |b|
    const double sum = a + b;
    return {sum, b - (sum - a)};
}

constexpr DoubleDouble twoProduct(double a, double b) {
    constexpr double splitter = 134217729.0; // 2^27 + 1
    const double ta = splitter * a, tb = splitter * b;
    const double ah = ta - (ta - a), al = a - ah;
    const double bh = tb - (tb - b), bl = b - bh;
    const double product = a * b;
    return {product, ((ah * bh - product) + ah * bl + al * bh) + al * bl};
}

constexpr DoubleDouble operator+(DoubleDouble a, DoubleDouble b) {
    const DoubleDouble s = twoSum(a.high, b.high), t = twoSum(a.low, b.low);
    const DoubleDouble u = quickTwoSum(s.high, s.low + t.high);
    return quickTwoSum(u.high, u.low + t.low);
}

constexpr DoubleDouble operator-(DoubleDouble a) { return {-a.high, -a.low}; }
constexpr DoubleDouble operator-(DoubleDouble a, DoubleDouble b) { return a + (-b); }

constexpr DoubleDouble operator*(DoubleDouble a, DoubleDouble b) {
    const DoubleDouble p = twoProduct(a.high, b.high);
    return quickTwoSum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

constexpr DoubleDouble operator*(DoubleDouble a, double b) {
    const DoubleDouble p = twoProduct(a.high, b);
    return quickTwoSum(p.high, p.low + a.low * b);
}

constexpr DoubleDouble operator/(DoubleDouble a, double b) {
    const double q1 = a.high / b;
    const DoubleDouble r = a - twoProduct(q1, b);
    return quickTwoSum(q1, r.value() / b);
}

} // namespace quantoscope
