// Source text to running code: compilation with SyntaxErrors as exceptions, execution of module
// bodies.

#include <cstring>

#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/int.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "runtime/frame.h"
#include "runtime/frontend/compile.h"
#include "runtime/import.h"
#include "runtime/interpreter.h"
#include "runtime/module.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

using frontend::CompileMode;
using frontend::Diagnostic;
using frontend::DiagnosticKind;

ExceptionKind exceptionKind(DiagnosticKind kind) {
    switch (kind) {
        case DiagnosticKind::kSyntaxError:
        case DiagnosticKind::kUnsupported:
            return ExceptionKind::kSyntaxError;
        case DiagnosticKind::kIndentationError:
            return ExceptionKind::kIndentationError;
        case DiagnosticKind::kTabError:
            return ExceptionKind::kTabError;
        case DiagnosticKind::kMemoryError:
            return ExceptionKind::kMemoryError;
        case DiagnosticKind::kRecursionError:
            return ExceptionKind::kRecursionError;
    }
    return ExceptionKind::kSyntaxError;
}

// Line `number` (from 1) of the text with its line end; empty when there is none.
std::string_view sourceLine(std::string_view text, uint32_t number) {
    for (uint32_t line = 1; line < number; ++line) {
        const size_t end = text.find('\n');
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + 1);
    }
    const size_t end = text.find('\n');
    return end == std::string_view::npos ? text : text.substr(0, end + 1);
}

// A column in bytes (from 1) as a column in characters.
int64_t characterColumn(std::string_view line, uint32_t column) {
    if (column == 0) return 0;
    int64_t characters = 0;
    for (size_t i = 0; i + 1 < column && i < line.size(); ++i) {
        if ((static_cast<unsigned char>(line[i]) & 0xc0) != 0x80) ++characters;
    }
    const int64_t beyond =
        column > line.size() + 1 ? static_cast<int64_t>(column - line.size() - 1) : 0;
    return characters + beyond + 1;
}

// Raises SyntaxError(message, (filename, line, offset, text, end line, end offset)).
// `adds_newline`: source without a last line end is read as if it had one.
void raiseDiagnostic(Thread& thread,
                     const Diagnostic& diagnostic,
                     std::string_view text,
                     bool adds_newline) {
    const ExceptionKind kind = exceptionKind(diagnostic.kind);
    if (kind == ExceptionKind::kMemoryError || kind == ExceptionKind::kRecursionError) {
        raiseText(thread, kind, diagnostic.message);
        return;
    }
    const std::string_view line = sourceLine(text, diagnostic.line);
    const uint32_t end_line = diagnostic.end_line == 0 ? diagnostic.line : diagnostic.end_line;
    const std::string_view last_line =
        end_line == diagnostic.line ? line : sourceLine(text, end_line);
    const int64_t end_column = diagnostic.end_line == 0
                                   ? characterColumn(line, diagnostic.column)
                                   : characterColumn(last_line, diagnostic.end_column);
    const Ref message(Value::of(makeStr(thread, diagnostic.message)));
    const Ref filename(Value::of(makeStr(thread, diagnostic.filename)));
    // The tokenizer's current line comes with its line end, an earlier one without.
    std::string shown(line);
    const bool earlier = diagnostic.message.ends_with("was never closed") &&
                         line.data() + line.size() != text.data() + text.size();
    if (earlier && shown.ends_with('\n')) shown.pop_back();
    if (!earlier && !shown.ends_with('\n') && adds_newline) shown.push_back('\n');
    const Ref line_text(Value::of(makeStr(thread, shown)));
    if (!message || !filename || !line_text) return;
    const Value place[] = {filename.get(),
                           Value::fixnum(diagnostic.line),
                           Value::fixnum(characterColumn(line, diagnostic.column)),
                           line.empty() ? thread.singletons->none : line_text.get(),
                           Value::fixnum(end_line),
                           Value::fixnum(end_column)};
    const Ref details(Value::of(makeTuple(thread, place, std::size(place))));
    if (!details) return;
    const Value args[] = {message.get(), details.get()};
    const Ref exception(newException(thread, exceptionType(thread, kind), args, 2));
    if (exception) raiseObject(thread, exception.get());
}

CompileMode compileMode(SourceKind kind) {
    switch (kind) {
        case SourceKind::kModule:
            return CompileMode::kModule;
        case SourceKind::kExec:
            return CompileMode::kNamespace;
        case SourceKind::kEval:
            return CompileMode::kExpression;
        case SourceKind::kSingle:
            return CompileMode::kInteractive;
    }
    return CompileMode::kModule;
}

}  // namespace

Value compileText(Thread& thread,
                  std::string_view text,
                  std::string_view filename,
                  SourceKind kind) {
    frontend::Diagnostics diagnostics;
    const Value code =
        frontend::compileSource(thread, text, filename, compileMode(kind), diagnostics);
    if (code.isNull() && !diagnostics.empty())
        raiseDiagnostic(thread, diagnostics.first(), text, kind != SourceKind::kEval);
    return code;
}

Value compileSessionEntry(Thread& thread, std::string_view text, bool is_whole) {
    frontend::Diagnostics diagnostics;
    frontend::EntryState state = frontend::EntryState::kInvalid;
    const Value code =
        frontend::compileEntry(thread, text, "<stdin>", is_whole, diagnostics, state);
    if (!code.isNull() || diagnostics.empty()) return code;
    // Lines of a session are kept for the parser's errors only.
    const bool is_parsed = state == frontend::EntryState::kComplete;
    raiseDiagnostic(thread, diagnostics.first(), is_parsed ? "" : text, true);
    return code;
}

Value runCode(Thread& thread, Value code, Dict* globals, Value names) {
    const Value found = dictGetStr(globals, thread.singletons->names.builtins);
    Dict* builtins = thread.vm->builtins();
    if (isModule(thread, found)) builtins = moduleDict(found);
    if (objectHasFlag(found, kTypeIsDict)) builtins = found.as<Dict>();
    Frame* frame = pushModuleFrame(thread, code.as<Code>(), globals, builtins, names);
    if (frame == nullptr) return Value::null();
    frame->flags = kFrameIsEntry;
    return interpret(thread, *frame);
}

bool executeSourceFile(Thread& thread, const std::string& path, Value module) {
    std::string text;
    int error = 0;
    if (!readFile(path, &text, &error)) {
        raise(thread, ExceptionKind::kOSError, "[Errno {}] {}: '{}'", error, std::strerror(error),
              path);
        return false;
    }
    return executeSource(thread, text, path, module);
}

bool executeSource(Thread& thread, std::string_view text, std::string_view filename, Value module) {
    const Ref code(compileText(thread, text, filename, SourceKind::kModule));
    if (!code) return false;
    Dict* dict = moduleDict(module);
    const Names& names = thread.singletons->names;
    if (dictSetStr(thread, dict, names.builtins, thread.vm->builtinsModule()) < 0) return false;
    const Ref result(runCode(thread, code.get(), dict, Value::null()));
    return static_cast<bool>(result);
}

}  // namespace tagproof
