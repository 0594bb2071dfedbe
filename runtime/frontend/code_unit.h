#pragma once
// What the compiler makes of one block, before any object of the runtime exists: the same content
// as CodeBody, with names as texts of the tree's arena and constants as data. Lives as long as that
// arena. runtime/frontend/make_code.h turns it into Code.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/code.h"
#include "runtime/frontend/ast.h"
#include "runtime/validate_bytecode.h"

namespace tagproof::frontend {

struct ConstantItem {
    enum class Kind : std::uint8_t {
        kNone,
        kTrue,
        kFalse,
        kEllipsis,
        kInt,
        kFloat,
        kStr,
        kBytes,
        kTuple,
        kFrozenSet,
        kCode,
    };

    Kind kind = Kind::kNone;
    bool is_negative = false;              // kInt: minus the value below
    bool int_fits = false;                 // kInt: int_value is the value, else digits of int_base
    std::uint8_t int_base = 10;            // kInt
    std::uint32_t child = 0;               // kCode: index into CodeUnit::children
    std::uint64_t int_value = 0;           // kInt
    double float_value = 0;                // kFloat
    std::string_view text = {};            // kInt: digits; kBytes; kStr: UTF-8, surrogates as three
    std::vector<ConstantItem> items = {};  // kTuple, kFrozenSet

    [[nodiscard]] static ConstantItem none() { return {}; }
    [[nodiscard]] static ConstantItem boolean(bool value) {
        return {.kind = value ? Kind::kTrue : Kind::kFalse};
    }
    [[nodiscard]] static ConstantItem str(std::string_view text) {
        return {.kind = Kind::kStr, .text = text};
    }
    [[nodiscard]] static ConstantItem integer(std::int64_t value);
    [[nodiscard]] static ConstantItem floating(double value) {
        return {.kind = Kind::kFloat, .float_value = value};
    }
    [[nodiscard]] static ConstantItem bytes(std::string_view text) {
        return {.kind = Kind::kBytes, .text = text};
    }
    // REQUIRES: not kComplex.
    [[nodiscard]] static ConstantItem of(const ConstantValue& value);
};

// Equal texts for constants that may be one object: the same type and value, the sign of zero told
// apart.
[[nodiscard]] std::string constantKey(const ConstantItem& constant);

// The constant as Python's repr() writes it; code as `<code name>`.
struct CodeUnit;
[[nodiscard]] std::string constantRepr(const CodeUnit& unit, const ConstantItem& constant);

struct CodeUnit {
    std::vector<Instruction> instructions;
    std::vector<SourceRange> positions;
    std::vector<ExceptionRange> exceptions;
    std::vector<ConstantItem> constants;
    std::vector<std::unique_ptr<CodeUnit>> children;
    std::vector<Identifier> names;
    std::vector<Identifier> local_names;
    std::vector<Identifier> cell_names;
    std::vector<std::int32_t> cell_parameters;
    Identifier name;
    std::string qualified_name;
    std::string_view docstring;  // data() null: none
    std::uint32_t first_line = 1;
    std::uint32_t flags = 0;  // CodeFlag bits
    std::uint32_t positional_only = 0;
    std::uint32_t positional = 0;
    std::uint32_t keyword_only = 0;
    std::uint32_t stack_size = 0;
    std::uint32_t own_cells = 0;
    std::uint32_t cache_count = 0;
    std::uint32_t feedback_count = 0;
};

[[nodiscard]] BytecodeView viewOf(const CodeUnit& unit);

// The unit's bytecode as text, then that of its children (runtime/bytecode_listing.h).
[[nodiscard]] std::string listingOf(const CodeUnit& unit, std::string_view filename);

}  // namespace tagproof::frontend
