#pragma once
// Where the passes after the parser report errors: only the first of a compilation is kept, and
// once there is one the passes do no more than come back.

#include <string>
#include <string_view>

#include "runtime/frontend/ast.h"
#include "runtime/frontend/diagnostic.h"

namespace tagproof::frontend {

class ErrorSink {
  public:
    // Both are borrowed for the sink's life.
    ErrorSink(Diagnostics& diagnostics, std::string_view filename)
        : diagnostics_(diagnostics), filename_(filename) {}

    // A location without an end (end_lineno 0) is a single column.
    void add(const Location& location,
             std::string message,
             DiagnosticKind kind = DiagnosticKind::kSyntaxError) {
        if (failed_) return;
        failed_ = true;
        diagnostics_.add(
            {.kind = kind,
             .message = std::move(message),
             .filename = std::string(filename_),
             .line = location.lineno,
             .column = location.col_offset + 1,
             .end_line = location.end_lineno,
             .end_column = location.end_lineno == 0 ? 0 : location.end_col_offset + 1});
    }
    [[nodiscard]] bool failed() const { return failed_; }

  private:
    Diagnostics& diagnostics_;
    std::string_view filename_;
    bool failed_ = false;
};

}  // namespace tagproof::frontend
