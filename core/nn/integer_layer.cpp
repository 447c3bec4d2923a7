// With bytes b = x + shift and their zero point zb, an output's sum about both zero points is
//     Σ (b − zb)(w − zw) = Σ b·w − zb·Σw + K·zb·zw − zw·Σb
// where the first term is the product, the next two do not depend on the input, and the last is one number a row.
#include "core/nn/integer_layer.h"

#include "core/nn/activation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <type_traits>

namespace quantoscope {

namespace {

ByteBounds boundsOf(const CodeGrid& grid) {
    const std::int32_t shift = byteShift(grid);
    return {grid.zero + shift, grid.lowest + shift, grid.highest + shift};
}

std::array<std::uint8_t, 256> byteTable(const QuantizedLayer& layer) {
    const std::int32_t before = layer.beforeTable.lowest + byteShift(layer.beforeTable);
    std::array<std::uint8_t, 256> table{};
    for (std::size_t i = 0; i < layer.table.size(); ++i)
        table[i + static_cast<std::size_t>(before)] =
            static_cast<std::uint8_t>(layer.table[i] + byteShift(layer.output));
    return table;
}

} // namespace

Result<IntegerLayer> IntegerLayer::make(Spec spec, const QuantizedLayer& layer) {
    const auto outputs = static_cast<std::size_t>(spec.layer.outputs);
    const auto oneOrEach = [&](std::size_t count) { return count == 1 || count == outputs; };
    const bool isStatic = spec.input.has_value();
    if (layer.codes.size() != outputs * spec.inputs || !oneOrEach(layer.scales.size()) ||
        !oneOrEach(layer.zeros.size()) || (isStatic ? layer.biasCodes.size() : layer.bias.size()) != outputs ||
        layer.table.size() > 256)
        return Error{ErrorCode::InvalidArgument, "layer", "its parameters do not have its sizes"};
    const int limit = integerSupport().weightLimit;
    if (std::any_of(layer.codes.begin(), layer.codes.end(), [&](std::int8_t code) { return std::abs(code) > limit; }))
        return Error{ErrorCode::Unsupported, "layer",
                     fmt::format("weight codes beyond {} are not multiplied exactly by this processor ({})", limit,
                                 integerSupport().instructions)};

    std::vector<std::int32_t> weightSums(outputs), weightZeros(outputs), addend(outputs);
    std::vector<float> scales(outputs), multiplier(outputs);
    for (std::size_t n = 0; n < outputs; ++n) {
        for (std::size_t k = 0; k < spec.inputs; ++k) weightSums[n] += layer.codes[n * spec.inputs + k];
        weightZeros[n] = layer.zeroOf(n);
        scales[n] = layer.scaleOf(n);
    }
    Requantization after;
    if (isStatic) {
        const std::int32_t zero = spec.input->zero + byteShift(*spec.input);
        const std::optional<CodeGrid> grid = layer.table.empty() || !spec.output ? spec.output : layer.beforeTable;
        for (std::size_t n = 0; n < outputs; ++n) {
            addend[n] = layer.biasCodes[n] - zero * weightSums[n] +
                        static_cast<std::int32_t>(spec.inputs) * zero * weightZeros[n];
            multiplier[n] = grid ? spec.input->scale * scales[n] / grid->scale : spec.input->scale * scales[n];
        }
        after = {!grid, multiplier, addend, {}};
        if (grid) after.bounds = boundsOf(*grid);
        // Codes of a grid that begins below its zero point, as a hand-made one may.
        if (grid && spec.layer.activation == Activation::Relu)
            after.bounds.lowest = std::max(after.bounds.lowest, after.bounds.zero);
    }
    const ByteBounds bounds = after.bounds;
    auto product = IntegerProduct::make({outputs, spec.inputs}, layer.codes, std::move(after));
    if (!product) return product.error();

    IntegerLayer made(std::move(spec), std::move(*product));
    made.m_outputs = outputs;
    made.m_scales = std::move(scales);
    made.m_bias = layer.bias;
    made.m_weightSums = std::move(weightSums);
    if (!layer.symmetric()) made.m_weightZeros = std::move(weightZeros);
    made.m_addend = std::move(addend);
    made.m_multiplier = std::move(multiplier);
    made.m_bounds = bounds;
    if (made.m_spec.output && !layer.table.empty()) made.m_table = byteTable(layer);
    return made;
}

SumTerms IntegerLayer::terms() const {
    SumTerms terms;
    terms.outputs = m_outputs;
    terms.addend = m_addend.data();
    terms.multiplier = m_multiplier.data();
    if (!m_weightZeros.empty()) {
        terms.weightZero = m_weightZeros.data();
        terms.rowSums = m_rowSums.data();
    }
    return terms;
}

/// Calls body(first sample, samples). A dense product that requantizes itself leaves nothing for a second pass.
template<class Body>
void IntegerLayer::forEachTile(std::size_t samples, bool fused, const Body& body) {
    std::size_t step = samples;
    if (!fused || m_spec.windows)
        step = std::clamp<std::size_t>(m_product.tileRows() / rowsOf(1), 1, std::max<std::size_t>(1, samples));
    for (std::size_t begin = 0; begin < samples; begin += step) body(begin, std::min(step, samples - begin));
}

const std::uint8_t* IntegerLayer::windowsOf(const std::uint8_t* bytes, std::size_t samples, std::uint8_t zero) {
    if (!m_spec.windows) return bytes;
    m_columns.resize(rowsOf(samples) * m_spec.inputs);
    gatherWindows(*m_spec.windows, bytes, samples, zero, m_columns.data());
    return m_columns.data();
}

/// The sums of a tile's rows, and the rows' own sums where the weights' zero points need them.
void IntegerLayer::sumUp(const std::uint8_t* rows, std::size_t count, std::int32_t* sums) {
    m_product.accumulate(rows, count, sums);
    if (!m_weightZeros.empty()) {
        m_rowSums.resize(count);
        sumRows(rows, count, m_spec.inputs, m_rowSums.data());
    }
}

template<class To>
void IntegerLayer::runStatic(const std::uint8_t* bytes, std::size_t samples, To* out) {
    const auto zero = static_cast<std::uint8_t>(m_spec.input->zero + byteShift(*m_spec.input));
    const bool fused = m_weightZeros.empty();
    forEachTile(samples, fused, [&](std::size_t begin, std::size_t count) {
        const std::uint8_t* rows = windowsOf(bytes + begin * m_spec.in, count, zero);
        To* to = out + begin * m_spec.out;
        if (fused) {
            m_product.run(rows, rowsOf(count), to);
        } else {
            m_sums.resize(count * m_spec.out);
            const std::int32_t* sums = m_sums.data();
            sumUp(rows, rowsOf(count), m_sums.data());
            if constexpr (std::is_same_v<To, float>)
                sumsToReals(sums, rowsOf(count), terms(), nullptr, false, to);
            else
                sumsToBytes(sums, rowsOf(count), terms(), m_bounds, to);
        }
        if constexpr (std::is_same_v<To, float>) {
            activate(m_spec.layer.activation, {to, count * m_spec.out});
        } else if (m_table) {
            for (std::size_t i = 0; i < count * m_spec.out; ++i) to[i] = (*m_table)[to[i]];
        }
    });
}

void IntegerLayer::run(const std::uint8_t* bytes, std::size_t samples, std::uint8_t* out) {
    runStatic(bytes, samples, out);
}
void IntegerLayer::run(const std::uint8_t* bytes, std::size_t samples, float* out) { runStatic(bytes, samples, out); }

void IntegerLayer::run(const float* values, std::size_t samples, float* out) {
    const CodeGrid grid = dynamicGrid(rangeOf({values, samples * m_spec.in}), m_spec.symmetric);
    const std::int32_t zero = grid.zero + byteShift(grid);
    for (std::size_t n = 0; n < m_outputs; ++n) {
        m_multiplier[n] = grid.scale * m_scales[n];
        m_addend[n] = -zero * m_weightSums[n];
        if (!m_weightZeros.empty()) m_addend[n] += static_cast<std::int32_t>(m_spec.inputs) * zero * m_weightZeros[n];
    }
    const bool relu = m_spec.layer.activation == Activation::Relu;
    forEachTile(samples, false, [&](std::size_t begin, std::size_t count) {
        m_bytes.resize(count * m_spec.in);
        encodeBytes({values + begin * m_spec.in, count * m_spec.in}, grid, m_bytes.data());
        const std::uint8_t* rows = windowsOf(m_bytes.data(), count, static_cast<std::uint8_t>(zero));
        float* to = out + begin * m_spec.out;
        // Sums have the size of the reals they become, and become them in place: nothing else is moved through the
        // cache.
        auto* sums = reinterpret_cast<std::int32_t*>(to);
        sumUp(rows, rowsOf(count), sums);
        sumsToReals(sums, rowsOf(count), terms(), m_bias.data(), relu, to);
        if (!relu) activate(m_spec.layer.activation, {to, count * m_spec.out});
    });
}

} // namespace quantoscope
