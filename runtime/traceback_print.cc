// The text of an uncaught exception, as CPython 3.11's pythonrun.c writes it: the chain of causes
// and contexts first, then the traceback, the place of a SyntaxError, the message, notes; exception
// groups as a tree with margins.

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/code.h"
#include "runtime/source_carets.h"
#include "runtime/suggestions.h"
#include "runtime/traceback.h"

namespace tagproof {

namespace {

constexpr int kRepeatCutoff = 3;  // equal entries shown before "repeated"
constexpr size_t kEntryLimit = 1000;
constexpr size_t kMaxGroupWidth = 15;
constexpr size_t kMaxGroupDepth = 10;
constexpr int kMaxChain = 900;  // nested causes and contexts that are followed

class ExceptionPrinter {
  public:
    explicit ExceptionPrinter(Thread& thread) : thread_(thread) {}
    void printChain(Value exception);
    void printUnraisable(Value exception);
    [[nodiscard]] std::string take() { return std::move(out_); }

  private:
    void indent();
    void line(const std::string& text);  // with indentation and margin
    void printChained(Value exception, const char* message);
    void printOne(Value exception);
    void printGroup(Value group);
    void printGroupMember(const Tuple* members, size_t index);
    void printTraceback(const Traceback* entry);
    void printEntry(const Traceback* entry);
    void printRepeats(int count);
    void printSyntaxPlace(Value exception);
    void printSyntaxText(const std::string& text, int64_t offset, int64_t end_offset);
    void printMessage(Value exception);
    void printNotes(Value exception);
    [[nodiscard]] bool isGroup(Value exception) const;
    [[nodiscard]] std::string textOf(Value value, const char* fallback);
    [[nodiscard]] std::string className(Value exception);

    Thread& thread_;
    std::string out_;  // printed so far
    SourceFiles files_;
    std::unordered_set<uint64_t> seen_;  // exceptions printed or being printed
    size_t group_depth_ = 0;
    int chain_depth_ = 0;
    bool need_close_ = false;  // a group's closing line is still due
};

void ExceptionPrinter::indent() { out_.append(2 * group_depth_, ' '); }

void ExceptionPrinter::line(const std::string& text) {
    indent();
    if (group_depth_ > 0) out_ += "| ";
    out_ += text;
    out_ += '\n';
}

bool ExceptionPrinter::isGroup(Value exception) const {
    return isInstanceOf(thread_, exception,
                        exceptionType(thread_, ExceptionKind::kBaseExceptionGroup));
}

// str(value), or `fallback` when that fails.
std::string ExceptionPrinter::textOf(Value value, const char* fallback) {
    const Ref text(strOf(thread_, value));
    if (text) return toUtf8(text.as<Str>());
    clearPending(thread_);
    return fallback;
}

// --- traceback -----------------------------------------------------------------------------------

void ExceptionPrinter::printEntry(const Traceback* entry) {
    const CodeBody& body = *entry->code->body;
    const std::string path = toUtf8(body.filename);
    line(fmt::format("  File \"{}\", line {}, in {}", path, entry->line, toUtf8(body.name)));
    std::string source;
    if (!files_.line(path, entry->line, &source)) return;
    const size_t indent = std::min(source.find_first_not_of(" \t\f"), source.size());
    line("    " + source.substr(indent));
    const std::string carets = caretLine(source, body.positions[entry->instruction]);
    if (!carets.empty()) line(carets);
}

void ExceptionPrinter::printRepeats(int count) {
    if (count <= kRepeatCutoff) return;
    const int more = count - kRepeatCutoff;
    line(fmt::format("  [Previous line repeated {} more time{}]", more, more > 1 ? "s" : ""));
}

void ExceptionPrinter::printTraceback(const Traceback* entry) {
    size_t depth = 0;
    for (const Traceback* each = entry; each != nullptr; each = each->next) ++depth;
    for (; depth > kEntryLimit; --depth) entry = entry->next;
    const Traceback* last = nullptr;
    int count = 0;
    for (; entry != nullptr; entry = entry->next) {
        const bool same = last != nullptr && last->line == entry->line &&
                          strEqual(last->code->body->filename, entry->code->body->filename) &&
                          strEqual(last->code->body->name, entry->code->body->name);
        if (!same) {
            printRepeats(count);
            count = 0;
        }
        last = entry;
        if (++count <= kRepeatCutoff) printEntry(entry);
    }
    printRepeats(count);
}

// --- SyntaxError ---------------------------------------------------------------------------------

void ExceptionPrinter::printSyntaxText(const std::string& text,
                                       int64_t offset,
                                       int64_t end_offset) {
    const int64_t repetitions = end_offset > 0 && end_offset > offset ? end_offset - offset : 1;
    --offset;
    size_t begin = 0;
    while (begin < text.size() &&
           (text[begin] == ' ' || text[begin] == '\t' || text[begin] == '\f')) {
        ++begin;
        --offset;
    }
    std::string shown = text.substr(begin);
    if (!shown.empty() && shown.back() == '\n') shown.pop_back();
    offset = std::min(offset, static_cast<int64_t>(shown.size()));
    line("    " + shown);
    if (offset < 0) return;
    line("    " + std::string(static_cast<size_t>(offset), ' ') +
         std::string(static_cast<size_t>(repetitions), '^'));
}

void ExceptionPrinter::printSyntaxPlace(Value exception) {
    if (!isInstanceOf(thread_, exception, exceptionType(thread_, ExceptionKind::kSyntaxError)))
        return;
    const Value number = exceptionExtra(exception, kSyntaxErrorLine);
    if (!number.isFixnum()) return;
    const Value filename = exceptionExtra(exception, kSyntaxErrorFilename);
    const bool named = !filename.isNull() && filename != thread_.singletons->none;
    line(fmt::format("  File \"{}\", line {}", named ? textOf(filename, "<unknown>") : "<string>",
                     number.asFixnum()));
    const Value text = exceptionExtra(exception, kSyntaxErrorText);
    const Value offset = exceptionExtra(exception, kSyntaxErrorOffset);
    if (text.isNull() || !isStr(text) || !offset.isFixnum()) return;
    const Value end_line = exceptionExtra(exception, kSyntaxErrorEndLine);
    const Value end_offset = exceptionExtra(exception, kSyntaxErrorEndOffset);
    const std::string source = toUtf8(text.as<Str>());
    const auto size = static_cast<int64_t>(source.size());
    int64_t end = end_offset.isFixnum() ? end_offset.asFixnum() : offset.asFixnum();
    if (end_line.isFixnum() && end_line.asFixnum() > number.asFixnum()) end = size;
    printSyntaxText(source, offset.asFixnum(), std::min(end, size + 1));
}

// --- message -------------------------------------------------------------------------------------

std::string ExceptionPrinter::className(Value exception) {
    Type* const type = exception.asObject()->type;
    const Ref module(getAttrOrNull(thread_, Value::of(type), thread_.singletons->names.module));
    clearPending(thread_);
    const std::string text = toUtf8(type->qualified_name);
    if (!module || !isStr(module.get())) return "<unknown>." + text;
    const std::string prefix = toUtf8(module.as<Str>());
    return prefix == "builtins" || prefix == "__main__" ? text : prefix + "." + text;
}

void ExceptionPrinter::printMessage(Value exception) {
    std::string text = className(exception);
    // The place of a SyntaxError has been printed: its message alone remains.
    const bool placed =
        isInstanceOf(thread_, exception, exceptionType(thread_, ExceptionKind::kSyntaxError)) &&
        exceptionExtra(exception, kSyntaxErrorLine).isFixnum();
    const Value shown = placed ? exceptionExtra(exception, kSyntaxErrorMessage) : exception;
    const std::string message = shown.isNull() ? "None" : textOf(shown, "<exception str() failed>");
    if (!message.empty()) text += ": " + message;
    if (const auto suggestion = suggestName(thread_, exception)) {
        text += ". Did you mean: '" + *suggestion + "'?";
    }
    // Every line of a message gets the margin.
    size_t begin = 0;
    for (size_t end; group_depth_ > 0 && (end = text.find('\n', begin)) != std::string::npos;) {
        line(text.substr(begin, end - begin));
        begin = end + 1;
    }
    line(text.substr(begin));
}

void ExceptionPrinter::printNotes(Value exception) {
    const Ref notes(getAttrOrNull(thread_, exception, thread_.singletons->names.notes));
    clearPending(thread_);
    if (!notes) return;
    if (!isTuple(notes.get()) && !objectHasFlag(notes.get(), kTypeIsList)) {
        const Ref text(reprOf(thread_, notes.get()));
        clearPending(thread_);
        if (text) line(toUtf8(text.as<Str>()));
        return;
    }
    static_cast<void>(forEach(thread_, notes.get(), [&](Value note) {
        std::string text = textOf(note, "<note str() failed>");
        size_t begin = 0;
        size_t end;
        while ((end = text.find('\n', begin)) != std::string::npos) {
            line(text.substr(begin, end - begin));
            begin = end + 1;
        }
        line(text.substr(begin));
        return true;
    }));
    clearPending(thread_);
}

// --- one exception, groups, chains
// -----------------------------------------------------------------

void ExceptionPrinter::printOne(Value exception) {
    const Value traceback = exception.as<ExceptionObject>()->traceback;
    if (isExactly(traceback, thread_.types->traceback)) {
        const bool group = isGroup(exception);
        const char* header = group ? "Exception Group Traceback (most recent call last):"
                                   : "Traceback (most recent call last):";
        if (group && group_depth_ == 1) {
            out_ += "  + " + std::string(header) + "\n";
        } else {
            line(header);
        }
        printTraceback(traceback.as<Traceback>());
    }
    printSyntaxPlace(exception);
    printMessage(exception);
    printNotes(exception);
}

void ExceptionPrinter::printGroupMember(const Tuple* members, size_t index) {
    const bool truncated = index >= kMaxGroupWidth;
    const std::string number = truncated ? "..." : fmt::format("{}", index + 1);
    indent();
    out_ +=
        fmt::format("{}+---------------- {} ----------------\n", index == 0 ? "+-" : "  ", number);
    ++group_depth_;
    if (truncated) {
        const size_t left = members->size - kMaxGroupWidth;
        line(fmt::format("and {} more exception{}", left, left > 1 ? "s" : ""));
    } else {
        printChain(members->items()[index]);
    }
}

void ExceptionPrinter::printGroup(Value group) {
    if (group_depth_ > kMaxGroupDepth) {
        return line(fmt::format("... (max_group_depth is {})", kMaxGroupDepth));
    }
    if (group_depth_ == 0) ++group_depth_;
    printOne(group);
    // extras of BaseExceptionGroup: message, exceptions
    const Value exceptions = exceptionExtra(group, 1);
    if (!exceptions.isNull() && isTuple(exceptions)) {
        const auto* members = exceptions.as<Tuple>();
        const size_t shown = std::min<size_t>(members->size, kMaxGroupWidth + 1);
        need_close_ = false;
        for (size_t i = 0; i < shown; ++i) {
            const bool last = i + 1 == shown;
            if (last) need_close_ = true;
            printGroupMember(members, i);
            if (last && need_close_) {
                indent();
                out_ += "+------------------------------------\n";
                need_close_ = false;
            }
            --group_depth_;
        }
    }
    if (group_depth_ == 1) --group_depth_;
}

void ExceptionPrinter::printChained(Value exception, const char* message) {
    const bool need_close = need_close_;
    printChain(exception);
    line("");
    line(message);
    line("");
    need_close_ = need_close;
}

void ExceptionPrinter::printChain(Value exception) {
    seen_.insert(exception.bits);
    const auto* object = exception.as<ExceptionObject>();
    if (chain_depth_ < kMaxChain) {
        ++chain_depth_;
        if (!object->cause.isNull() && isExceptionInstance(object->cause)) {
            if (!seen_.contains(object->cause.bits)) {
                printChained(
                    object->cause,
                    "The above exception was the direct cause of the following exception:");
            }
        } else if (!object->context.isNull() && isExceptionInstance(object->context) &&
                   !object->suppress_context && !seen_.contains(object->context.bits)) {
            printChained(object->context,
                         "During handling of the above exception, another exception occurred:");
        }
        --chain_depth_;
    }
    if (isGroup(exception)) {
        printGroup(exception);
    } else {
        printOne(exception);
    }
}

void ExceptionPrinter::printUnraisable(Value exception) {
    const Value traceback = exception.as<ExceptionObject>()->traceback;
    if (isExactly(traceback, thread_.types->traceback)) {
        line("Traceback (most recent call last):");
        printTraceback(traceback.as<Traceback>());
    }
    Type* const type = exception.asObject()->type;
    const Ref module(getAttrOrNull(thread_, Value::of(type), thread_.singletons->names.module));
    clearPending(thread_);
    std::string prefix = "<unknown>";
    if (module && isStr(module.get())) {
        prefix = toUtf8(module.as<Str>());
        prefix = prefix == "builtins" || prefix == "__main__" ? "" : prefix + ".";
    }
    line(prefix + toUtf8(type->qualified_name) + ": " +
         textOf(exception, "<exception str() failed>"));
}

}  // namespace

std::string formatException(Thread& thread, Value exception) {
    ExceptionPrinter printer(thread);
    printer.printChain(exception);
    clearPending(thread);
    return printer.take();
}

std::string formatUnraisable(Thread& thread, Value exception) {
    ExceptionPrinter printer(thread);
    printer.printUnraisable(exception);
    clearPending(thread);
    return printer.take();
}

}  // namespace tagproof
