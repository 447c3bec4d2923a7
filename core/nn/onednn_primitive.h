// How oneDNN is asked, for the files that do: core/nn/onednn_*. It changed from 2 to 3:
//     2   descriptor of the operation, then of the primitive; output scales by value, applied to sum + int32 bias
//     3   no descriptor of the operation; scales of the weights in memory at run time, and a float bias added after
//     them
#pragma once

#include "core/nn/onednn_products.h"

#include <dlfcn.h>
#include <oneapi/dnnl/dnnl.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace quantoscope::onednn {

using dnnl::memory;
using DataType = memory::data_type;
using Tag = memory::format_tag;
using Dim = memory::dim;

/// The OpenMP that oneDNN was linked with, whichever of the several there are; null where it has threads of another
/// kind.
template<class Function>
Function* openMp(const char* symbol) {
    return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, symbol));
}

/// OpenMP keeps the count for each calling thread apart, and what it was is put back: the caller may use OpenMP too.
class OpenMpThreads {
public:
    explicit OpenMpThreads(int threads) {
        static const auto get = openMp<int()>("omp_get_max_threads");
        if (!set() || !get) return;
        m_before = get();
        set()(threads);
    }
    ~OpenMpThreads() {
        if (m_before > 0) set()(m_before);
    }
    OpenMpThreads(const OpenMpThreads&) = delete;
    OpenMpThreads& operator=(const OpenMpThreads&) = delete;

private:
    static void (*set())(int) {
        static const auto found = openMp<void(int)>("omp_set_num_threads");
        return found;
    }
    int m_before = 0;
};

inline const dnnl::engine& processor() {
    static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

inline dnnl::stream& stream() {
    thread_local dnnl::stream own(processor());
    return own;
}

inline memory::desc matrix(std::size_t rows, std::size_t columns, DataType type, Tag tag) {
    return {{static_cast<Dim>(rows), static_cast<Dim>(columns)}, type, tag};
}

inline memory over(const memory::desc& desc, const void* data) {
    return {desc, processor(), const_cast<void*>(data)}; // oneDNN has one kind of memory, for reading and writing
}

/// What a product needs of oneDNN, beside its matrices.
struct Operation {
    DataType from = DataType::f32, weights = DataType::f32, to = DataType::f32;
    std::size_t outputs = 0, inputs = 0;
    dnnl::primitive_attr attributes;
    const void* bias = nullptr; // 1 × outputs, or none
    DataType biasType = DataType::f32;
    const float* scales = nullptr; // version 3: of the weights, one an output, or none
};

inline dnnl::matmul::primitive_desc describe(const Operation& operation, std::size_t rows) {
    const auto from = matrix(rows, operation.inputs, operation.from, Tag::ab);
    const auto any = matrix(operation.inputs, operation.outputs, operation.weights, Tag::any);
    const auto to = matrix(rows, operation.outputs, operation.to, Tag::ab);
    const auto bias = operation.bias ? matrix(1, operation.outputs, operation.biasType, Tag::ab) : memory::desc();
#if DNNL_VERSION_MAJOR >= 3
    if (!operation.bias) return {processor(), from, any, to, operation.attributes};
    return {processor(), from, any, bias, to, operation.attributes};
#else
    return {operation.bias ? dnnl::matmul::desc(from, any, bias, to) : dnnl::matmul::desc(from, any, to),
            operation.attributes, processor()};
#endif
}

inline void append(dnnl::post_ops& after, dnnl::algorithm algorithm, float alpha, float beta) {
#if DNNL_VERSION_MAJOR >= 3
    after.append_eltwise(algorithm, alpha, beta);
#else
    after.append_eltwise(1, algorithm, alpha, beta);
#endif
}

/// One product, made for a number of rows and of threads.
class Packed {
public:
    Packed(const Operation& operation, std::size_t rows, const void* weights, std::vector<memory>& packs) {
        const dnnl::matmul::primitive_desc desc = describe(operation, rows);
        m_primitive = dnnl::matmul(desc);
        m_from = over(desc.src_desc(), nullptr);
        m_to = over(desc.dst_desc(), nullptr);
        m_arguments = {{DNNL_ARG_SRC, m_from},
                       {DNNL_ARG_WEIGHTS, packed(desc.weights_desc(), operation, weights, packs)},
                       {DNNL_ARG_DST, m_to}};
        if (operation.bias) m_arguments.insert({DNNL_ARG_BIAS, over(desc.bias_desc(), operation.bias)});
#if DNNL_VERSION_MAJOR >= 3
        if (operation.scales) {
            const memory::desc scales({static_cast<Dim>(operation.outputs)}, DataType::f32, Tag::a);
            m_arguments.insert({DNNL_ARG_ATTR_SCALES | DNNL_ARG_WEIGHTS, over(scales, operation.scales)});
        }
#endif
    }

    void run(const void* from, void* to) {
        m_from.set_data_handle(const_cast<void*>(from));
        m_to.set_data_handle(to);
        m_primitive.execute(stream(), m_arguments);
        stream().wait();
    }

private:
    /// The weights as the primitive wants them; primitives for other numbers of rows mostly want them the same.
    static const memory& packed(const memory::desc& wanted, const Operation& operation, const void* weights,
                                std::vector<memory>& packs) {
        const auto same =
            std::find_if(packs.begin(), packs.end(), [&](const memory& pack) { return pack.get_desc() == wanted; });
        if (same != packs.end()) return *same;
        memory plain = over(matrix(operation.inputs, operation.outputs, operation.weights, Tag::ba), weights);
        memory pack(wanted, processor());
        dnnl::reorder(plain, pack).execute(stream(), plain, pack);
        stream().wait();
        packs.push_back(std::move(pack));
        return packs.back();
    }

    dnnl::matmul m_primitive;
    memory m_from, m_to;
    std::unordered_map<int, memory> m_arguments;
};

/// The products of one operation, made when first asked for a number of rows. oneDNN says no by throwing: then there is
/// none, and the caller has another way.
class PackedProducts {
public:
    explicit PackedProducts(Operation operation) : m_operation(std::move(operation)) {}

    Packed* at(std::size_t rows, const void* weights) {
        const auto key = std::pair(rows, ProductThreads::now());
        const auto found = m_products.find(key);
        if (found != m_products.end()) return found->second ? &*found->second : nullptr;
        std::optional<Packed>& product = m_products[key];
        try {
            product.emplace(m_operation, rows, weights, m_packs);
        } catch (const dnnl::error&) {
            product.reset();
        }
        return product ? &*product : nullptr;
    }

    bool run(std::size_t rows, const void* weights, const void* from, void* to) {
        Packed* product = at(rows, weights);
        if (!product) return false;
        try {
            product->run(from, to);
        } catch (const dnnl::error&) {
            return false;
        }
        return true;
    }

private:
    Operation m_operation;
    std::vector<memory> m_packs;
    std::map<std::pair<std::size_t, int>, std::optional<Packed>> m_products;
};

inline Error sizesDiffer(const char* what) {
    return {ErrorCode::InvalidArgument, what, "weights and biases do not have the sizes of the product"};
}

} // namespace quantoscope::onednn
