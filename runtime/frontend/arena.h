// A bump allocator that owns a syntax tree: nodes, sequences and texts are freed together when the
// arena is destroyed. Objects must be trivially destructible. Running out of memory aborts.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

namespace tagproof::frontend {

class Arena {
  public:
    Arena() = default;
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    // A value-initialised T.
    template <class T, class... Args>
    [[nodiscard]] T* make(Args&&... args) {
        static_assert(std::is_trivially_destructible_v<T>);
        return ::new (allocate(sizeof(T), alignof(T))) T(std::forward<Args>(args)...);
    }

    // A copy of the elements.
    template <class T>
    [[nodiscard]] std::span<const T> copy(std::span<const T> elements) {
        static_assert(std::is_trivially_destructible_v<T>);
        if (elements.empty()) return {};
        T* first = static_cast<T*>(allocate(elements.size_bytes(), alignof(T)));
        std::uninitialized_copy(elements.begin(), elements.end(), first);
        return {first, elements.size()};
    }
    template <class T>
    [[nodiscard]] std::span<const T> copy(const std::vector<T>& elements) {
        return copy(std::span<const T>(elements));
    }

    // A sequence of the pointers that `element(i)` returns for i from 0 to size - 1.
    template <class T, class Element>
    [[nodiscard]] std::span<T* const> makeSeq(std::size_t size, const Element& element) {
        if (size == 0) return {};
        T** first = static_cast<T**>(allocate(size * sizeof(T*), alignof(T*)));
        for (std::size_t i = 0; i < size; ++i) ::new (first + i) T*(element(i));
        return {first, size};
    }

    // A copy of the text; its data() is never null, not even for the empty text.
    [[nodiscard]] std::string_view copyText(std::string_view text);

    // The one copy of this identifier: equal texts give the same data().
    [[nodiscard]] std::string_view intern(std::string_view identifier);

  private:
    // REQUIRES: `alignment` is a power of two, at most alignof(std::max_align_t).
    void* allocate(std::size_t size, std::size_t alignment);

    std::vector<std::unique_ptr<std::byte[]>> blocks_;
    std::byte* next_ = nullptr;                      // first free byte of the last small block
    std::size_t free_ = 0;                           // free bytes from next_
    std::unordered_set<std::string_view> interned_;  // the identifiers, in the arena
};

}  // namespace tagproof::frontend
