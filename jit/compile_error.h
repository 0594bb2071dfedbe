#pragma once
// What can go wrong in a compile. The function then stays interpreted; nothing is thrown.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace tagproof {

enum class CompileErrorKind : uint8_t {
    kUnsupported,  // a construct the compiler has no lowering for
    kLimit,        // too large: arguments, frame words, code bytes
    kOutOfMemory,
    kAssembler,     // the assembler refused
    kVerifyFailed,  // the verifier found a violation: reported, never published
};

[[nodiscard]] std::string_view toString(CompileErrorKind kind);

struct CompileError {
    CompileErrorKind kind;
    std::string message;  // for people: what, and where
};

// A value or a CompileError.
template <typename T>
class [[nodiscard]] Result {
  public:
    Result(T value) : content_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
    Result(CompileError error)
        : content_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool ok() const { return content_.index() == 0; }
    [[nodiscard]] T& value() { return *std::get_if<0>(&content_); }
    [[nodiscard]] const CompileError& error() const { return *std::get_if<1>(&content_); }

  private:
    std::variant<T, CompileError> content_;
};

}  // namespace tagproof
