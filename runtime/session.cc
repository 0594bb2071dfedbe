#include "runtime/session.h"

#include <algorithm>

#include "objmodel/attr.h"
#include "objmodel/dict.h"
#include "objmodel/dir.h"
#include "objmodel/error.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "runtime/frontend/token.h"
#include "runtime/import.h"
#include "runtime/module.h"
#include "runtime/output.h"
#include "runtime/poll.h"
#include "runtime/runtime_names.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

// str(sys.<name>), or nothing without one.
std::string promptText(Thread& thread, Str* name) {
    const Value prompt = dictGetStr(thread.vm->sysNamespace(), name);
    if (prompt.isNull()) return "";
    const Ref kept = Ref::borrow(prompt);
    const Ref text(strOf(thread, prompt));
    if (!text) clearPending(thread);
    return text ? toUtf8(text.as<Str>()) : "";
}

// sys.last_type and its like, for looking at an exception afterwards.
void keepLastException(Thread& thread) {
    const Ref exception = Ref::borrow(thread.pending);
    if (!exception) return;
    const Value traceback = exception.as<ExceptionObject>()->traceback;
    const struct {
        const char* name;
        Value value;
    } rows[] = {
        {"last_type", Value::of(exception.get().asObject()->type)},
        {"last_value", exception.get()},
        {"last_traceback", traceback.isNull() ? thread.singletons->none : traceback},
    };
    const Ref pending(takePending(thread));
    for (const auto& row : rows) {
        const Ref name(Value::of(internStr(thread, row.name)));
        if (!name || dictSetStr(thread, thread.vm->sysNamespace(), name.as<Str>(), row.value) < 0) {
            clearPending(thread);
        }
    }
    raiseObject(thread, pending.get());
}

enum class EntryEvent : uint8_t { kCode, kNothing, kException, kEnd };

// Reads the lines of one entry. kCode: `*code` is a new reference.
EntryEvent readEntry(Thread& thread, LineReader& lines, Value* code) {
    Vm& vm = *thread.vm;
    std::string text;
    std::string line;
    Str* prompt = vm.names().ps1;
    for (;;) {
        const LineReader::Result result = lines.read(promptText(thread, prompt), &line);
        if (result == LineReader::Result::kInterrupted) {
            static_cast<void>(vm.standardError().write("\nKeyboardInterrupt\n"));
            return EntryEvent::kNothing;
        }
        const bool is_end = result == LineReader::Result::kEnd;
        if (is_end) static_cast<void>(vm.standardError().write("\n"));
        if (is_end && text.empty()) return EntryEvent::kEnd;
        if (!is_end) text += line + "\n";
        *code = compileSessionEntry(thread, text, is_end);
        if (!code->isNull()) return EntryEvent::kCode;
        if (hasPending(thread)) return EntryEvent::kException;
        prompt = vm.names().ps2;
    }
}

bool setPrompts(Thread& thread, Dict* sys) {
    const RuntimeNames& names = runtimeNames(thread);
    const Ref first(Value::of(makeStr(thread, ">>> ")));
    const Ref next(Value::of(makeStr(thread, "... ")));
    return first && next && dictSetStr(thread, sys, names.ps1, first.get()) == 0 &&
           dictSetStr(thread, sys, names.ps2, next.get()) == 0;
}

}  // namespace

// False: the program is to end, with the exception that is pending.
bool Vm::runSessionEntry(LineReader& lines, bool* is_end) {
    Thread& thread = *thread_;
    Value compiled;
    const EntryEvent event = readEntry(thread, lines, &compiled);
    *is_end = event == EntryEvent::kEnd;
    if (event == EntryEvent::kCode) {
        const Ref code(compiled);
        if (options_.program_compiled != nullptr) {
            options_.program_compiled(thread, code.as<Code>());
        }
        Dict* const names = moduleDict(main_);
        const Ref result(runCode(thread, code.get(), names, Value::of(names)));
    }
    if (hasPending(thread)) {
        if (pendingMatches(thread, ExceptionKind::kSystemExit)) return false;
        printInSession();
    }
    static_cast<void>(stdout_->flush());
    static_cast<void>(stderr_->flush());
    return true;
}

// The pending exception, which the program can look at afterwards.
void Vm::printInSession() {
    static_cast<void>(stdout_->flush());
    keepLastException(*thread_);
    printPending();
}

int Vm::runSession(LineReader& lines) {
    if (!setProgramName("", "")) return finishProgram(false);
    return continueInSession(lines);
}

int Vm::continueInSession(LineReader& lines) {
    Thread& thread = *thread_;
    if (!setPrompts(thread, sys_)) return finishProgram(false);
    std::unique_ptr<InterruptScope> interrupts;
    if (options_.interrupts) interrupts = std::make_unique<InterruptScope>(thread);
    bool is_end = false;
    while (!is_end) {
        if (!runSessionEntry(lines, &is_end)) return finishProgram(false);
    }
    return finishProgram(true);
}

// --- completion ----------------------------------------------------------------------------------

namespace {

struct Matches {
    std::string_view head;   // the object and its dot, or nothing
    std::string_view start;  // of the name
    std::vector<std::string> words;

    void add(Value name) {
        if (!isStr(name)) return;
        const std::string text = toUtf8(name.as<Str>());
        const bool is_hidden = !head.empty() && text.starts_with("_") && !start.starts_with("_");
        if (text.starts_with(start) && !is_hidden) words.push_back(std::string(head) + text);
    }
    void addKeys(Dict* names) {
        size_t position = 0;
        Value key;
        Value value;
        while (dictNext(names, &position, &key, &value)) add(key);
    }
};

// The object that `path`, names with dots between, stands for; null when there is none.
Ref resolvePath(Thread& thread, std::string_view path) {
    Ref object;
    while (!path.empty()) {
        const std::string_view part = path.substr(0, path.find('.'));
        path.remove_prefix(std::min(path.size(), part.size() + 1));
        const Ref name(Value::of(internStr(thread, part)));
        if (!name) return Ref();
        if (object) {
            object = Ref(getAttrOrNull(thread, object.get(), name.as<Str>()));
        } else {
            Vm& vm = *thread.vm;
            const Value global = dictGetStr(moduleDict(vm.mainModule()), name.as<Str>());
            object = Ref::borrow(global ? global : dictGetStr(vm.builtins(), name.as<Str>()));
        }
        if (!object) return Ref();
    }
    return object;
}

constexpr std::string_view kKeywords[] = {
#define TAGPROOF_TEXT(name, text) text,
    TAGPROOF_FOR_EACH_KEYWORD(TAGPROOF_TEXT)
#undef TAGPROOF_TEXT
};

}  // namespace

std::vector<std::string> completions(Thread& thread, std::string_view word) {
    const size_t dot = word.rfind('.');
    const size_t head = dot == std::string_view::npos ? 0 : dot + 1;
    Matches matches{word.substr(0, head), word.substr(head), {}};
    if (head == 0) {
        for (const std::string_view keyword : kKeywords) {
            if (keyword.starts_with(word)) matches.words.emplace_back(keyword);
        }
        matches.addKeys(moduleDict(thread.vm->mainModule()));
        matches.addKeys(thread.vm->builtins());
    } else if (const Ref object = resolvePath(thread, word.substr(0, dot)); object) {
        const Ref names(isType(object.get()) ? dirOfClass(thread, object.get())
                                             : dirOfObject(thread, object.get()));
        for (size_t i = 0; names && i < names.as<List>()->size; ++i) {
            matches.add(names.as<List>()->items[i]);
        }
    }
    clearPending(thread);
    std::vector<std::string>& words = matches.words;
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

}  // namespace tagproof
