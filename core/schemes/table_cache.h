// Tables that do not depend on the data, made once and shared by everything that uses them.
#pragma once

#include "core/quant/codebook.h"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace quantoscope {

/// Safe from several threads. Tables that nobody uses any more are let go when there are many.
template<class Key>
class TableCache {
public:
    template<class Make>
    std::shared_ptr<const Codebook> get(const Key& key, const Make& make) {
        Last& last = lastOfThread();
        if (last.cache != m_number || last.key != key) last = {m_number, key, ownCount(find(key, make))};
        return last.table;
    }

private:
    /// What a thread asked for last: all groups of a tensor ask for the same, and there may be a million.
    struct Last {
        std::uint64_t cache = 0;
        std::optional<Key> key;
        std::shared_ptr<const Codebook> table;
    };
    static Last& lastOfThread() {
        thread_local Last last;
        return last;
    }
    static std::uint64_t nextNumber() {
        static std::atomic<std::uint64_t> last{0};
        return ++last;
    }
    /// The same table, but counted apart: threads that count together wait for each other.
    static std::shared_ptr<const Codebook> ownCount(std::shared_ptr<const Codebook> table) {
        const Codebook* const address = table.get();
        return {address, [table = std::move(table)](const Codebook*) mutable { table.reset(); }};
    }

    template<class Make>
    std::shared_ptr<const Codebook> find(const Key& key, const Make& make) {
        const std::scoped_lock lock(m_mutex);
        if (const auto known = m_tables.find(key); known != m_tables.end()) return known->second;
        if (m_tables.size() >= kMany)
            std::erase_if(m_tables, [](const auto& entry) { return entry.second.use_count() == 1; });
        return m_tables.emplace(key, std::make_shared<const Codebook>(make())).first->second;
    }

    static constexpr std::size_t kMany = 32;
    const std::uint64_t m_number = nextNumber(); // never that of another one
    std::mutex m_mutex;
    std::map<Key, std::shared_ptr<const Codebook>> m_tables;
};

} // namespace quantoscope
