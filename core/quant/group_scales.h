// What the values of every group are coded by.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

namespace quantoscope {

/// What the values of a group are coded by, and nothing else: of small blocks there is much of it to read.
struct GroupScale {
    float scale = 1; // positive and finite
    float offset = 0;
    std::int32_t zero = 0;
    std::uint32_t codebook = 0; // index into Quantizer::codebooks

    float decode(float level) const { return offset + scale * (level - static_cast<float>(zero)); }
};

/// A number for every group, which is kept once where it is the same for all.
template<class T>
class GroupNumbers {
public:
    T operator[](std::size_t group) const { return m_numbers[m_alike ? 0 : group]; }
    bool alike() const { return m_alike; }
    /// Those of all groups; where they are alike, that one.
    const T* data() const { return m_numbers.data(); }

    void reserve(std::size_t groups) {
        m_reserved = groups;
        if (!m_alike) m_numbers.reserve(groups);
    }
    /// That of group `group`, which is the next one.
    void push(std::size_t group, T number) {
        if (group == 0) {
            m_numbers.assign(1, number);
            m_alike = true;
        } else if (m_alike && std::bit_cast<std::uint32_t>(number) != std::bit_cast<std::uint32_t>(m_numbers[0])) {
            m_alike = false;
            m_numbers.reserve(std::max(m_reserved, group + 1));
            m_numbers.resize(group, m_numbers[0]);
        }
        if (!m_alike) m_numbers.push_back(number);
    }

private:
    std::vector<T> m_numbers;
    std::size_t m_reserved = 0;
    bool m_alike = true;
};

/// Number by number, not group by group: encoding small blocks takes as long as to read them.
class GroupScales {
public:
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = GroupScale;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = GroupScale;

        Iterator(const GroupScales& of, std::size_t group) : m_of(&of), m_group(group) {}
        GroupScale operator*() const { return (*m_of)[m_group]; }
        Iterator& operator++() {
            ++m_group;
            return *this;
        }
        Iterator operator++(int) {
            Iterator before = *this;
            ++m_group;
            return before;
        }
        bool operator==(const Iterator& other) const { return m_group == other.m_group; }

    private:
        const GroupScales* m_of;
        std::size_t m_group;
    };

    std::size_t size() const { return m_size; }
    GroupScale operator[](std::size_t group) const {
        return {m_scale[group], m_offset[group], m_zero[group], m_codebook[group]};
    }
    Iterator begin() const { return {*this, 0}; }
    Iterator end() const { return {*this, m_size}; }

    const GroupNumbers<float>& scales() const { return m_scale; }
    const GroupNumbers<float>& offsets() const { return m_offset; }
    const GroupNumbers<std::int32_t>& zeros() const { return m_zero; }
    const GroupNumbers<std::uint32_t>& codebooks() const { return m_codebook; }

    void reserve(std::size_t groups) {
        m_scale.reserve(groups);
        m_offset.reserve(groups);
        m_zero.reserve(groups);
        m_codebook.reserve(groups);
    }
    void push_back(const GroupScale& group) {
        m_scale.push(m_size, group.scale);
        m_offset.push(m_size, group.offset);
        m_zero.push(m_size, group.zero);
        m_codebook.push(m_size, group.codebook);
        ++m_size;
    }

private:
    std::size_t m_size = 0;
    GroupNumbers<float> m_scale, m_offset;
    GroupNumbers<std::int32_t> m_zero;
    GroupNumbers<std::uint32_t> m_codebook;
};

} // namespace quantoscope
