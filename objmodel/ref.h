#pragma once
// Ref owns one reference to a value and gives it back when it goes out of scope. Construct it from
// a new reference (`Ref r(f(thread))`), or from a borrowed one with Ref::borrow. May hold null.

#include <utility>

#include "objmodel/object.h"

namespace tagproof {

class Ref {
  public:
    Ref() = default;
    explicit Ref(Value owned) : value_(owned) {}
    Ref(Ref&& other) noexcept : value_(other.release()) {}
    Ref& operator=(Ref&& other) noexcept {
        Value old = std::exchange(value_, other.release());
        decref(old);
        return *this;
    }
    Ref(const Ref&) = delete;
    Ref& operator=(const Ref&) = delete;
    ~Ref() { decref(value_); }

    [[nodiscard]] static Ref borrow(Value value) { return Ref(newRef(value)); }

    [[nodiscard]] Value get() const { return value_; }
    [[nodiscard]] explicit operator bool() const { return !value_.isNull(); }
    template <typename T>
    [[nodiscard]] T* as() const {
        return value_.as<T>();
    }
    // Gives the reference up to the caller.
    [[nodiscard]] Value release() { return std::exchange(value_, Value::null()); }

  private:
    Value value_;  // owned, or null
};

}  // namespace tagproof
