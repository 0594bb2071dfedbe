#pragma once
// HIR from the text that printer.h prints, so that a pass can be tested alone:
//
//   function = "fun" name [ "(" n "arguments" ")" | "(" "loop at" pc "," n "words" ")" ] line {
//   block } block    = "bb"n [ "cold" ] [ "loop" ] [ "from" "bb"n { "," "bb"n } ] ":" line { instr
//   } instr    = [ "v"n ":" type "=" ] op [ "<" immediate { "," immediate } ">" ]
//              [ "v"n { "," "v"n } ] [ "->" "bb"n { "," "bb"n } ] { frame } line
//   frame    = "[" [ code ] "pc" n [ "," reason ] ":" { slot } "|" { slot } [ "|" { slot } ] "]"
//   slot     = "v"n [ "b" | "o" ]
//   type     = name { "|" name }        line = [ "#" comment ] newline
//
// Grammar, names and numbers are checked here, everything else by checker.h. What text cannot say
// (source positions) is left out; numbers of values and blocks are kept, so that printing gives the
// same text again.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "jit/hir/ir.h"

namespace tagproof::hir {

// What the names in a text stand for. Results are borrowed and outlive the function; null (or an
// empty word) = unknown, which is an error in the text.
class SymbolResolver {
  public:
    virtual ~SymbolResolver() = default;

    // A constant other than a number or a string: "None", "True", "Point", "function f", "a list".
    [[nodiscard]] virtual Value value(std::string_view text) = 0;
    [[nodiscard]] virtual const Type* type(std::string_view name) = 0;
    // An attribute name, or the text of a string constant.
    [[nodiscard]] virtual Str* string(std::string_view text) = 0;
    [[nodiscard]] virtual tagproof::Cell* cell(std::string_view name) = 0;  // "cell0"
    [[nodiscard]] virtual tagproof::Function* function(std::string_view name) = 0;
    [[nodiscard]] virtual Code* code(std::string_view name) = 0;
    [[nodiscard]] virtual uint64_t address(std::string_view name) = 0;  // "address0"
};

struct ParseError {
    uint32_t line = 0;    // from 1
    uint32_t column = 0;  // from 1
    std::string message;

    [[nodiscard]] std::string toString() const;  // "3:14: unknown op 'LoadArgs'"
};

// One function. The code it is said to be compiled from is symbols.code(name behind "fun").
using ParseResult = std::variant<std::unique_ptr<Function>, ParseError>;
[[nodiscard]] ParseResult parse(std::string_view text, SymbolResolver& symbols);

}  // namespace tagproof::hir
