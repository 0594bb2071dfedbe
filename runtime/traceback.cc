#include "runtime/traceback.h"

#include <utility>
#include <vector>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/raised_before.h"
#include "objmodel/ref.h"
#include "objmodel/type_object.h"
#include "runtime/code.h"
#include "runtime/frame.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

void deallocTraceback(Thread& thread, Object* self) {
    // Chains can be long: entries that only this one holds are released in a loop, as in CPython
    // those of the innermost calls first.
    auto* entry = reinterpret_cast<Traceback*>(self);
    Traceback* next = std::exchange(entry->next, nullptr);
    Traceback* innermost = nullptr;  // its `next` is the one further out
    while (next != nullptr && next->head.refcount == 1) {
        Traceback* const after = std::exchange(next->next, innermost);
        innermost = std::exchange(next, after);
    }
    decref(Value::of(next));
    while (innermost != nullptr) {
        Traceback* const outer = std::exchange(innermost->next, nullptr);
        decref(Value::of(std::exchange(innermost, outer)));
    }
    decref(Value::of(entry->code));
    decref(Value::of(entry->globals));
    if (entry->depth != 0) std::erase(thread.vm->handled_tracebacks, entry);
    if (entry->frame != nullptr) entry->frame->flags &= ~uint32_t{kFrameHasTraceback};
    for (uint32_t i = 0; i < entry->word_count; ++i) decref(entry->words[i]);
    freeRaw(thread, entry->words, entry->word_count * sizeof(Value));
    freeObject(thread, self);
}

void clearTraceback(Thread& thread, Object* self) {
    auto* entry = reinterpret_cast<Traceback*>(self);
    const Value next = Value::of(std::exchange(entry->next, nullptr));
    Value* const words = std::exchange(entry->words, nullptr);
    const uint32_t count = std::exchange(entry->word_count, 0U);
    decref(next);
    for (uint32_t i = 0; i < count; ++i) decref(words[i]);
    freeRaw(thread, words, count * sizeof(Value));
}

void traverseTraceback(Object* self, VisitFunction visit, void* context) {
    auto* entry = reinterpret_cast<Traceback*>(self);
    if (entry->next != nullptr) visit(Value::of(entry->next), context);
    visit(Value::of(entry->code), context);
    if (entry->globals != nullptr) visit(Value::of(entry->globals), context);
    for (uint32_t i = 0; i < entry->word_count; ++i) {
        if (!entry->words[i].isNull()) visit(entry->words[i], context);
    }
}

Traceback* entryOf(Value self) { return self.as<Traceback>(); }

Value getNext(Thread& thread, Value self) {
    Traceback* next = entryOf(self)->next;
    return next == nullptr ? thread.singletons->none : newRef(Value::of(next));
}
int setNext(Thread& thread, Value self, Value value) {
    const bool none = value == thread.singletons->none;
    if (value.isNull() || (!none && !isExactly(value, thread.types->traceback))) {
        raise(thread, ExceptionKind::kTypeError, "expected traceback object or None, got '{}'",
              value.isNull() ? "NULL" : typeName(typeOf(thread, value)));
        return -1;
    }
    for (Traceback* entry = none ? nullptr : entryOf(value); entry != nullptr;
         entry = entry->next) {
        if (entry != entryOf(self)) continue;
        raise(thread, ExceptionKind::kValueError, "traceback loop detected");
        return -1;
    }
    Traceback* next = none ? nullptr : newRef(entryOf(value));
    decref(Value::of(std::exchange(entryOf(self)->next, next)));
    return 0;
}
Value getLine(Thread&, Value self) { return Value::fixnum(entryOf(self)->line); }
Value getLastInstruction(Thread&, Value self) { return Value::fixnum(entryOf(self)->instruction); }

// tb_frame: the entry itself stands for its frame; what programs read of it are f_code, f_lineno,
// f_globals.
Value getFrame(Thread&, Value self) { return newRef(self); }
Value getCode(Thread&, Value self) { return newRef(Value::of(entryOf(self)->code)); }
Value getGlobals(Thread& thread, Value self) {
    Dict* globals = entryOf(self)->globals;
    return globals == nullptr ? thread.singletons->none : newRef(Value::of(globals));
}

}  // namespace

namespace {

// The new entry, owned by the pending exception; null when there is no memory for it.
Traceback* newEntry(Thread& thread, Code* code, Dict* globals, uint32_t instruction) {
    // Made without an exception in the way; failing to make one must not hide it.
    Ref pending(takePending(thread));
    auto* entry = allocateObject<Traceback>(thread, thread.types->traceback);
    if (entry == nullptr) {
        clearPending(thread);
    } else {
        auto* exception = pending.as<ExceptionObject>();
        entry->next = exception->traceback.as<Traceback>();
        entry->code = newRef(code);
        entry->globals = globals == nullptr ? nullptr : newRef(globals);
        entry->instruction = takeRaisedBefore(exception) ? instruction - 1 : instruction;
        entry->line = lineOf(code, entry->instruction);
        exception->traceback = Value::of(entry);
    }
    restorePending(thread, pending.release());
    return entry;
}

}  // namespace

void addTraceback(Thread& thread, Code* code, Dict* globals, uint32_t instruction) {
    static_cast<void>(newEntry(thread, code, globals, instruction));
}

void addHandledTraceback(Thread& thread, Code* code, uint32_t instruction) {
    Traceback* entry = newEntry(thread, code, nullptr, instruction);
    if (entry == nullptr) return;
    giveHandledTraceback(thread, nullptr);  // one entry of an activation keeps its locals
    entry->depth = thread.recursion_depth;
    thread.vm->handled_tracebacks.push_back(entry);
}

bool hasHandledTraceback(const Thread& thread) {
    const std::vector<Traceback*>& entries = thread.vm->handled_tracebacks;
    return !entries.empty() && entries.back()->depth == thread.recursion_depth;
}

void giveHandledTraceback(Thread& thread, Frame* frame) {
    if (!hasHandledTraceback(thread)) return;
    std::vector<Traceback*>& entries = thread.vm->handled_tracebacks;
    Traceback* entry = entries.back();
    entries.pop_back();
    entry->depth = 0;
    if (frame == nullptr) return;
    frame->flags |= kFrameHasTraceback;
    frame->traceback = entry;
    entry->frame = frame;
}

void addFrameTraceback(Thread& thread, Frame* frame) {
    Traceback* entry = newEntry(thread, frame->code, frame->globals, frame->pcIndex());
    if (entry == nullptr) return;
    if ((frame->flags & kFrameHasTraceback) != 0) frame->traceback->frame = nullptr;
    frame->flags |= kFrameHasTraceback;
    frame->traceback = entry;
    entry->frame = frame;
}

void keepWords(Thread& thread, Traceback* entry, Value* words, uint32_t count) {
    if (entry->words != nullptr || count == 0) return;
    Ref pending(takePending(thread));
    auto* kept = static_cast<Value*>(allocateRaw(thread, count * sizeof(Value)));
    if (kept == nullptr) {
        clearPending(thread);
    } else {
        for (uint32_t i = 0; i < count; ++i) {
            const bool owner = isExceptionInstance(words[i]) &&
                               words[i].as<ExceptionObject>()->traceback == Value::of(entry);
            kept[i] = owner ? Value::null() : std::exchange(words[i], Value::null());
        }
        entry->words = kept;
        entry->word_count = count;
    }
    restorePending(thread, pending.release());
}

bool initTracebackType(Thread& thread) {
    Type* type = thread.types->traceback;
    setNativeLayout(type, CellFamily::kOther, sizeof(Traceback), 0);
    type->slots.dealloc = deallocTraceback;
    type->slots.traverse = traverseTraceback;
    type->slots.clear = clearTraceback;
    addGetSet(thread, type, "tb_next", getNext, setNext);
    addGetSet(thread, type, "tb_lineno", getLine, nullptr);
    addGetSet(thread, type, "tb_lasti", getLastInstruction, nullptr);
    addGetSet(thread, type, "tb_frame", getFrame, nullptr);
    addGetSet(thread, type, "f_code", getCode, nullptr);
    addGetSet(thread, type, "f_lineno", getLine, nullptr);
    addGetSet(thread, type, "f_globals", getGlobals, nullptr);
    return finishNativeType(thread, type);
}

}  // namespace tagproof
