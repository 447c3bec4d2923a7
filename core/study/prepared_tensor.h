// A tensor made ready to be studied: non-finite values dealt with, and its distributions, each sorted once on first use
// and shared from then on. Safe to use from several threads.
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/quant/grouping.h"
#include "core/tensor/distribution.h"
#include "core/tensor/tensor.h"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace quantoscope {

enum class NonFinitePolicy {
    Stop,  // quantizing is refused while there are any
    Drop,  // they keep their positions and come back as they were; only the others are quantized
    Clamp, // infinities become the largest and smallest finite value; NaN is dropped
};

class PreparedTensor;
using PreparedTensorPtr = std::shared_ptr<const PreparedTensor>;

class PreparedTensor {
public:
    struct Sorted {
        std::vector<DistributionPtr> groups; // one for the whole tensor, or one a channel
        double seconds = 0;                  // what sorting took
    };

    static PreparedTensorPtr make(TensorPtr tensor, NonFinitePolicy policy = NonFinitePolicy::Stop);

    const Tensor& tensor() const { return *m_tensor; }
    const TensorPtr& tensorPtr() const { return m_tensor; }
    NonFinitePolicy policy() const { return m_policy; }
    const NonFiniteCount& nonFinite() const { return m_nonFinite; }
    /// Whether quantizing is refused until the user has chosen another policy.
    bool blocked() const { return m_policy == NonFinitePolicy::Stop && m_nonFinite.total() > 0; }

    /// The values in the order of memory, clamped where the policy says so; those at exceptions() are not finite.
    std::span<const float> values() const {
        return m_clamped.empty() ? std::span<const float>(m_tensor->values) : m_clamped;
    }
    /// Positions of the values that are left out, ascending.
    std::span<const std::size_t> exceptions() const { return m_exceptions; }
    std::uint64_t finiteCount() const { return m_tensor->values.size() - m_exceptions.size(); }
    float minimum() const { return m_minimum; } // of the finite values; 0 where there are none
    float maximum() const { return m_maximum; }

    /// The sorted values of the whole tensor. Errors: Cancelled.
    Result<DistributionPtr> distribution(const JobControl& job = {}) const;
    /// Sorted group by group, for grouping by tensor or channel. Errors: Cancelled, InvalidArgument.
    Result<std::shared_ptr<const Sorted>> sorted(const Grouping& grouping, const JobControl& job = {}) const;

private:
    PreparedTensor() = default;

    TensorPtr m_tensor;
    NonFinitePolicy m_policy = NonFinitePolicy::Stop;
    NonFiniteCount m_nonFinite;
    std::vector<float> m_clamped;
    std::vector<std::size_t> m_exceptions;
    float m_minimum = 0;
    float m_maximum = 0;
    mutable std::mutex m_mutex;
    mutable std::map<int, std::shared_ptr<const Sorted>> m_sorted; // by axis; -1 is the whole tensor
};

} // namespace quantoscope
