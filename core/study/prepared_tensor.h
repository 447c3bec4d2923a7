// A tensor made ready to be studied: non-finite values dealt with, and its distributions, each sorted once on first use
// and shared from then on. Safe to use from several threads.
//
// A tensor larger than the memory budget stays in its file: values() is empty, read() gives slices, and distributions
// are coarse, with a stated bound (tensor/distribution.h), or exact where so few distinct values occur that all fit.
#pragma once

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/measure/rate_bound.h"
#include "core/quant/grouping.h"
#include "core/tensor/distribution.h"
#include "core/tensor/tensor.h"

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

namespace quantoscope {

enum class NonFinitePolicy {
    Stop,  // quantizing is refused while there are any
    Drop,  // they keep their positions and come back as they were; only the others are quantized
    Clamp, // infinities become the largest and smallest finite value; NaN is dropped
};

class TensorSource;
class ValueCells;
class PreparedTensor;
using PreparedTensorPtr = std::shared_ptr<const PreparedTensor>;

class PreparedTensor {
public:
    struct Sorted {
        std::vector<DistributionPtr> groups; // one for the whole tensor, or one a channel
        double seconds = 0;                  // what sorting took
    };

    static PreparedTensorPtr make(TensorPtr tensor, NonFinitePolicy policy = NonFinitePolicy::Stop);

    /// A tensor that stays in its file: goes over it once for its extremes and what is not finite. Its distributions
    /// and what is computed from slices keep within `budget` bytes. Errors: of reading, Cancelled, TooLarge (also where
    /// slices are costly).
    static Result<PreparedTensorPtr> open(std::shared_ptr<const TensorSource> source, std::size_t entry,
                                          NonFinitePolicy policy, std::uint64_t budget, const JobControl& job = {});

    /// The same values, each with an importance ≥ 0 by which schemes that can (SchemeInfo::usesImportance) weigh its
    /// squared error; null takes it away. What has been sorted is shared. Errors: InvalidArgument (another shape, a
    /// number that is negative or not finite, none above zero), TooLarge (also where the values are not resident()).
    static Result<PreparedTensorPtr> withImportance(const PreparedTensorPtr& data, TensorPtr importance);

    /// Some groups of a layout, no two the same, as a tensor in which the same grouping finds them again, in this
    /// order; of blocks only the last may be a short one. What has been sorted is shared.
    static Result<PreparedTensorPtr> ofGroups(const PreparedTensor& whole, const GroupLayout& layout,
                                              std::span<const std::size_t> groups);

    const Tensor& tensor() const { return *m_tensor; }
    const TensorPtr& tensorPtr() const { return m_tensor; }
    /// Whether the values are in memory.
    bool resident() const { return m_source == nullptr; }
    /// An error where they are not: says that this (a noun, "the value table") needs them all at once.
    Status needsValues(std::string_view what) const;
    std::uint64_t budget() const { return m_budget; } // bytes, where not resident
    bool readsAnywhere() const;                       // TensorSource::slices
    /// Values from a position on, in memory or not: clamped where the policy says so; those left out are not finite.
    /// Errors: of reading, Cancelled.
    Status read(std::uint64_t first, std::span<float> out, const JobControl& job = {}) const;
    std::uint64_t valueCount() const { return resident() ? m_tensor->values.size() : m_count; }
    NonFinitePolicy policy() const { return m_policy; }
    const NonFiniteCount& nonFinite() const { return m_nonFinite; }
    /// Whether quantizing is refused until the user has chosen another policy.
    bool blocked() const { return m_policy == NonFinitePolicy::Stop && m_nonFinite.total() > 0; }

    /// The values in the order of memory, clamped where the policy says so; those at exceptions() are not finite. None
    /// where they are not resident().
    std::span<const float> values() const {
        return m_clamped.empty() ? std::span<const float>(m_tensor->values) : m_clamped;
    }
    /// In the order of the values, NaN at exceptions(); empty where all count the same.
    std::span<const float> importance() const { return m_importance; }
    const TensorPtr& importanceTensor() const { return m_importanceTensor; } // or null
    /// Positions of the values that are left out, ascending; not known where the values are not resident().
    std::span<const std::size_t> exceptions() const { return m_exceptions; }
    std::uint64_t exceptionCount() const;
    std::uint64_t finiteCount() const { return valueCount() - exceptionCount(); }
    float minimum() const { return m_minimum; } // of the finite values; 0 where there are none
    float maximum() const { return m_maximum; }

    /// The sorted values of the whole tensor. Errors: Cancelled, TooLarge (not enough memory).
    Result<DistributionPtr> distribution(const JobControl& job = {}) const;
    /// Sorted group by group, for grouping by tensor or channel. Of callers that ask at once one sorts and the others
    /// wait; each can be cancelled by itself, and where the one that sorts is, another takes over. Errors: Cancelled,
    /// InvalidArgument, TooLarge.
    Result<std::shared_ptr<const Sorted>> sorted(const Grouping& grouping, const JobControl& job = {}) const;
    /// The same weighted by importance(), which there must be.
    Result<std::shared_ptr<const Sorted>> sortedByImportance(const Grouping& grouping,
                                                             const JobControl& job = {}) const;
    /// The sorted values of one group of a layout: from those sorted ahead, or sorted now. Errors: as sorted().
    Result<DistributionPtr> distributionOf(const GroupLayout& layout, std::size_t group,
                                           const JobControl& job = {}) const;
    /// The rate–distortion limit of the finite values, known up to so many bits. Computed on first use, and once more
    /// where more bits are asked for; of callers that ask at once one computes. Errors: Cancelled, TooLarge.
    Result<RateBoundPtr> rateBound(double bits, const JobControl& job = {}) const;
    /// The limit where it has been computed, at once; null where not.
    RateBoundPtr knownRateBound() const;
    /// Whether groups of this layout are worth sorting once and for all; small ones are sorted when their turn comes.
    bool sortsAhead(const GroupLayout& layout) const;
    /// Whether each group of this layout lies together in the file and takes a small part of the budget, so that a
    /// tensor that is not resident can be gone through group by group, each exactly.
    bool streams(const GroupLayout& layout) const;

private:
    struct Entry {
        std::shared_ptr<const Sorted> sorted;
        bool underway = false;
    };

    using Entries = std::map<int, Entry>; // by axis; -1 is the whole tensor

    PreparedTensor() = default;

    TensorPtr m_tensor;
    std::shared_ptr<const TensorSource> m_source; // where the values stay in their file
    std::size_t m_entry = 0;
    std::uint64_t m_budget = 0;
    std::uint64_t m_count = 0;
    std::shared_ptr<const ValueCells> m_cells; // where its values lie
    NonFinitePolicy m_policy = NonFinitePolicy::Stop;
    NonFiniteCount m_nonFinite;
    RawVector<float> m_clamped;
    std::vector<std::size_t> m_exceptions;
    TensorPtr m_importanceTensor;
    RawVector<float> m_importance;
    float m_minimum = 0;
    float m_maximum = 0;
    Result<std::shared_ptr<const Sorted>> sortedOnce(Entries& entries, bool weighted, const Grouping& grouping,
                                                     const JobControl& job) const;
    Result<std::shared_ptr<const Sorted>> sort(const GroupLayout& layout, bool weighted, const JobControl& job) const;
    Result<std::vector<DistributionPtr>> coarsen(const GroupLayout& layout, const JobControl& job) const;

    mutable std::mutex m_mutex;
    mutable double m_conversionError = 0;        // of what has been read in slices
    mutable std::condition_variable_any m_ended; // a sort or a limit, well or not
    mutable Entries m_sorted;
    mutable Entries m_sortedByImportance;
    mutable RateBoundPtr m_bound;
    mutable bool m_boundUnderway = false;
};

} // namespace quantoscope
