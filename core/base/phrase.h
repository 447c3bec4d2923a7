// What is said to a person, in words that can be put into another language.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace quantoscope {

/// An English text with slots {0}, {1}, ... and what goes into them: other phrases, or text and whole numbers, which
/// are the same in every language. The English is the key of its translations, whose slots may be in another order.
class Phrase {
public:
    Phrase() = default;
    template<class... Arguments>
    explicit Phrase(std::string_view english, Arguments&&... arguments) : m_text(english), m_translatable(true) {
        (m_arguments.push_back(asPhrase(std::forward<Arguments>(arguments))), ...);
    }
    /// Text that is the same in every language.
    static Phrase verbatim(std::string text) {
        Phrase phrase;
        phrase.m_text = std::move(text);
        return phrase;
    }
    /// One after the other.
    static Phrase joined(std::vector<Phrase> phrases, std::string_view between);

    bool empty() const { return m_text.empty(); }
    std::string english() const;
    /// translation(english) for it and for the phrases in its slots.
    using Translation = std::function<std::string(std::string_view)>;
    std::string said(const Translation& translation) const;

private:
    template<class Argument>
    static Phrase asPhrase(Argument&& argument) {
        using Plain = std::remove_cvref_t<Argument>;
        if constexpr (std::is_same_v<Plain, Phrase>)
            return std::forward<Argument>(argument);
        else if constexpr (std::is_integral_v<Plain>)
            return verbatim(std::to_string(argument));
        else
            return verbatim(std::string(std::forward<Argument>(argument)));
    }

    std::string m_text;
    bool m_translatable = false;
    std::vector<Phrase> m_arguments;
};

} // namespace quantoscope
