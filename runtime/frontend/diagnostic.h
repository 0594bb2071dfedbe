// What the front end has to say about a source text: errors with their place, collected by the
// tokenizer, the parser, the symbol table and the bytecode compiler, and formatted once as CPython
// 3.11 prints a SyntaxError.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tagproof::frontend {

enum class DiagnosticKind : std::uint8_t {
    kSyntaxError,
    kIndentationError,
    kTabError,
    kUnsupported,     // correct Python 3.11 that this implementation does not run
    kMemoryError,     // nesting deeper than the parser's limit
    kRecursionError,  // nesting deeper than the limit of the passes after the parser
};

// The name of the exception class that reports the kind. kUnsupported is reported as SyntaxError.
[[nodiscard]] std::string_view exceptionName(DiagnosticKind kind);

struct Diagnostic {
    DiagnosticKind kind = DiagnosticKind::kSyntaxError;
    std::string message = {};
    std::string filename = {};
    // Lines count from 1; 0: no place. Columns count from 1 in bytes of UTF-8; 0: no column.
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::uint32_t end_line = 0;    // 0: the range has no end, the caret is one column wide
    std::uint32_t end_column = 0;  // exclusive
};

// The diagnostics of one compilation, in the order in which they were found.
class Diagnostics {
  public:
    void add(Diagnostic diagnostic) { list_.push_back(std::move(diagnostic)); }
    [[nodiscard]] bool empty() const { return list_.empty(); }
    [[nodiscard]] const std::vector<Diagnostic>& list() const { return list_; }
    // REQUIRES: !empty().
    [[nodiscard]] const Diagnostic& first() const { return list_.front(); }

  private:
    std::vector<Diagnostic> list_;
};

// The text that CPython 3.11 writes to stderr for the error, ending with a newline:
//
//   File "f.py", line 1
//     x = (1
//         ^
// SyntaxError: '(' was never closed
//
// The source line is found in `source`; without one (line 0, or beyond the end) only the first and
// the last line are written.
[[nodiscard]] std::string formatDiagnostic(const Diagnostic& diagnostic, std::string_view source);

}  // namespace tagproof::frontend
