// What an operation that can fail returns: its value, or an Error that names what failed, where, and why.
#pragma once

#include <tl/expected.hpp>

#include <new>
#include <stdexcept>
#include <string>
#include <utility>

namespace quantoscope {

enum class ErrorCode {
    InvalidArgument, // the caller asked for something that has no meaning (a parameter, a shape, a name)
    NotFound,        // no such file, tensor, scheme or format
    Unreadable,      // the system refused to read
    Malformed,       // the bytes contradict the format
    Truncated,       // the file ends before its data does
    Unsupported,     // well formed, but of a kind this program does not handle
    TooLarge,        // would need more than can be held
    NonFinite,       // NaN or infinity without the user's leave
    Exists,          // the output is there already
    WriteFailed,     // the system refused to write
    Cancelled,       // stopped by the user
};

struct Error {
    ErrorCode code = ErrorCode::InvalidArgument;
    std::string where;  // the file, tensor or parameter, with the place inside it where that is known
    std::string detail; // the reason, in one sentence without a full stop

    std::string message() const { return where.empty() ? detail : where + ": " + detail; }
};

inline Error cancelled() { return {ErrorCode::Cancelled, {}, "cancelled"}; }

// tl::expected with an implicit way from Error, so that a failure reads `return Error{...};`.
template<class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
    using Base = tl::expected<T, Error>;

public:
    using Base::Base;
    Result(Error error) : Base(tl::unexpect, std::move(error)) {}
};

using Status = Result<void>;

/// What the work returns; where there is not enough memory for it, TooLarge.
template<class Work>
auto withinMemory(const std::string& where, const Work& work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::TooLarge, where, "there is not enough memory"};
    } catch (const std::length_error&) {
        return Error{ErrorCode::TooLarge, where, "there is not enough memory"};
    }
}

} // namespace quantoscope
