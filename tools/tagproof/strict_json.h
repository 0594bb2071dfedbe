#pragma once
// JSON read strictly: what a document does not say exactly is an error, and each error names its
// place and what to write instead. Used for manifests, where a misread key would change what is
// trusted.

#include <fmt/core.h>

#include <concepts>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tagproof::cli {

// The document is not what its format says: "place: what is wrong; what to do".
class DocumentError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// Throws DocumentError for text that is no JSON, an object that has a key twice, and nesting beyond
// kMaxNesting.
[[nodiscard]] nlohmann::json parseStrictly(const std::string& text);
inline constexpr int kMaxNesting = 32;

// A name and what it stands for.
template <typename E>
struct Named {
    std::string_view name;
    E value;
};

// "a, b or c"
[[nodiscard]] std::string oneOf(std::span<const std::string_view> names);

// One object of the document and its place ("trusted.types[2]").
class ObjectReader {
  public:
    // Throws when `value` is no object, lacks a key of `required`, or has one that is in neither.
    ObjectReader(const nlohmann::json& value,
                 std::string place,
                 std::initializer_list<std::string_view> required,
                 std::initializer_list<std::string_view> optional);

    [[nodiscard]] const std::string& place() const { return place_; }
    [[nodiscard]] bool has(std::string_view key) const { return value_.contains(key); }
    [[nodiscard]] const nlohmann::json& at(std::string_view key) const { return value_.at(key); }
    [[nodiscard]] std::string placeOf(std::string_view key) const;

    // Each leaves `out` alone when the key is not there.
    template <std::integral T>
    void number(std::string_view key, T& out) const {
        if (has(key)) out = toNumber<T>(at(key), placeOf(key));
    }
    void flag(std::string_view key, bool& out) const;
    void text(std::string_view key, std::string& out) const;
    template <typename E, size_t N>
    void name(std::string_view key, const Named<E> (&names)[N], E& out) const {
        if (has(key)) out = toName(at(key), placeOf(key), names);
    }

    // Calls read(element, its place) for each element of an array.
    template <typename Read>
    void each(std::string_view key, Read read) const {
        if (!has(key)) return;
        const nlohmann::json& array = arrayAt(key);
        for (size_t i = 0; i < array.size(); ++i) {
            read(array[i], fmt::format("{}[{}]", placeOf(key), i));
        }
    }

    template <typename E, size_t N>
    [[nodiscard]] static E toName(const nlohmann::json& value,
                                  const std::string& place,
                                  const Named<E> (&names)[N]) {
        std::vector<std::string_view> all;
        for (const Named<E>& row : names) {
            if (value.is_string() && value.get_ref<const std::string&>() == row.name) {
                return row.value;
            }
            all.push_back(row.name);
        }
        failName(value, place, all);
    }

  private:
    [[nodiscard]] const nlohmann::json& arrayAt(std::string_view key) const;
    [[noreturn]] static void failName(const nlohmann::json& value,
                                      const std::string& place,
                                      std::span<const std::string_view> names);
    [[noreturn]] static void failNumber(const nlohmann::json& value,
                                        const std::string& place,
                                        const std::string& lowest,
                                        const std::string& highest);
    // The digits of a string such as "0x7f00" or "16"; false: it is no such string.
    [[nodiscard]] static bool parseUnsigned(const std::string& text, uint64_t& out);

    template <std::integral T>
    [[nodiscard]] static T toNumber(const nlohmann::json& value, const std::string& place) {
        using Limits = std::numeric_limits<T>;
        uint64_t number = 0;
        if (value.is_number_unsigned() || value.is_string()) {
            if (!value.is_string()) number = value.get<uint64_t>();
            const bool is_number =
                !value.is_string() || parseUnsigned(value.get_ref<const std::string&>(), number);
            if (is_number && std::in_range<T>(number)) return static_cast<T>(number);
        } else if (value.is_number_integer() && std::in_range<T>(value.get<int64_t>())) {
            return static_cast<T>(value.get<int64_t>());
        }
        failNumber(value, place, fmt::format("{}", Limits::min()),
                   fmt::format("{}", Limits::max()));
    }

    const nlohmann::json& value_;
    std::string place_;
};

}  // namespace tagproof::cli
