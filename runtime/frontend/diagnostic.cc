#include "runtime/frontend/diagnostic.h"

#include <algorithm>

#include "runtime/frontend/unicode.h"

namespace tagproof::frontend {

namespace {

// The line with the given number, counted from 1, without its end; empty beyond the end.
std::string_view lineOf(std::string_view source, std::uint32_t number) {
    std::size_t begin = 0;
    for (std::uint32_t line = 1;; ++line) {
        const std::size_t end = std::min(source.find_first_of("\r\n", begin), source.size());
        if (line == number) return source.substr(begin, end - begin);
        if (end == source.size()) return {};
        begin = end + (source.substr(end, 2) == "\r\n" ? 2 : 1);
    }
}

// The source line without its indentation, and the carets below the range.
std::string markedLine(const Diagnostic& diagnostic, std::string_view line) {
    const std::size_t indentation = std::min(line.find_first_not_of(" \t\f"), line.size());
    if (indentation == line.size()) return {};
    std::string result = "    " + std::string(line.substr(indentation)) + "\n";
    if (diagnostic.column == 0) return result;
    const std::size_t begin = std::min<std::size_t>(diagnostic.column - 1, line.size());
    if (begin < indentation) return result;
    std::size_t end = begin + 1;
    if (diagnostic.end_line == diagnostic.line && diagnostic.end_column > diagnostic.column) {
        end = std::min<std::size_t>(diagnostic.end_column - 1, line.size());
    } else if (diagnostic.end_line > diagnostic.line) {
        end = line.size();
    }
    const std::size_t padding = countCodePoints(line.substr(indentation, begin - indentation));
    const std::size_t carets =
        end > line.size() ? 1 : countCodePoints(line.substr(begin, end - begin));
    return result + "    " + std::string(padding, ' ') +
           std::string(std::max<std::size_t>(carets, 1), '^') + "\n";
}

}  // namespace

std::string_view exceptionName(DiagnosticKind kind) {
    switch (kind) {
        case DiagnosticKind::kSyntaxError:
        case DiagnosticKind::kUnsupported:
            return "SyntaxError";
        case DiagnosticKind::kIndentationError:
            return "IndentationError";
        case DiagnosticKind::kTabError:
            return "TabError";
        case DiagnosticKind::kMemoryError:
            return "MemoryError";
        case DiagnosticKind::kRecursionError:
            return "RecursionError";
    }
    return {};
}

std::string formatDiagnostic(const Diagnostic& diagnostic, std::string_view source) {
    std::string text;
    if (diagnostic.line != 0) {
        text = "  File \"" + diagnostic.filename + "\", line " + std::to_string(diagnostic.line) +
               "\n";
        text += markedLine(diagnostic, lineOf(source, diagnostic.line));
    }
    text += exceptionName(diagnostic.kind);
    return text + ": " + diagnostic.message + "\n";
}

}  // namespace tagproof::frontend
