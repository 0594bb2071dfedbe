#pragma once
// The source line of a traceback entry and the carets below it.

#include <string>
#include <unordered_map>

#include "runtime/code.h"

namespace tagproof {

// Source files read for one printing.
class SourceFiles {
  public:
    // Line `number` (from 1) without its line end; false when it cannot be read.
    [[nodiscard]] bool line(const std::string& path, uint32_t number, std::string* text);

  private:
    std::unordered_map<std::string, std::string> files_;  // text by path; empty when unreadable
};

// The carets below `line` for an instruction at `range`, aligned with the line as it is shown (its
// leading blanks replaced by four); empty when CPython prints none.
[[nodiscard]] std::string caretLine(const std::string& line, const SourceRange& range);

}  // namespace tagproof
