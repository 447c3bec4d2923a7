// Tables that do not depend on the data, made once and shared by everything that uses them.
#pragma once

#include "core/quant/codebook.h"

#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace quantoscope {

/// Safe from several threads. Tables that nobody uses any more are let go when there are many.
template<class Key>
class TableCache {
public:
    template<class Make>
    std::shared_ptr<const Codebook> get(const Key& key, const Make& make) {
        const std::scoped_lock lock(m_mutex);
        if (const auto known = m_tables.find(key); known != m_tables.end()) return known->second;
        if (m_tables.size() >= kMany)
            std::erase_if(m_tables, [](const auto& entry) { return entry.second.use_count() == 1; });
        return m_tables.emplace(key, std::make_shared<const Codebook>(make())).first->second;
    }

private:
    static constexpr std::size_t kMany = 32;
    std::mutex m_mutex;
    std::map<Key, std::shared_ptr<const Codebook>> m_tables;
};

} // namespace quantoscope
