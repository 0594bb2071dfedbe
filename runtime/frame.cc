#include "runtime/frame.h"

#include <algorithm>

#include "objmodel/cell.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "runtime/function.h"
#include "runtime/traceback.h"

namespace tagproof {

namespace {

constexpr size_t kChunkWords = 64 * 1024 / 8;
// However high the guest sets its recursion limit, its frames take no more.
constexpr size_t kMaxFrameBytes = size_t{1} << 30;

size_t bytesOf(const FrameChunk* chunk) {
    return static_cast<size_t>(reinterpret_cast<const char*>(chunk->end) -
                               reinterpret_cast<const char*>(chunk));
}

// What both kinds of frame start with.
void startFrame(Thread& thread, Frame* frame, Code* code) {
    frame->code = newRef(code);
    frame->names = Value::null();
    frame->previous = thread.frame;
    frame->pc = code->body->instructions.data();
    frame->generator = nullptr;
    frame->constructed = Value::null();
    frame->flags = 0;
    frame->slot_count = code->slot_count;
    std::fill_n(frame->slots(), code->slot_count, Value::null());
    frame->stack_top = frame->stackBase();
    thread.frame = frame;
    ++thread.recursion_depth;
}

bool enterDepth(Thread& thread) {
    if (thread.recursion_depth < thread.recursion_limit) [[likely]]
        return true;
    raiseRecursionError(thread, "");
    return false;
}

}  // namespace

Frame* growFrameStack(Thread& thread, const Code* code) {
    const size_t words = std::max<size_t>(kChunkWords, code->frame_words);
    const size_t bytes = sizeof(FrameChunk) + words * 8;
    const size_t bytes_below = thread.frame_chunk == nullptr ? 0 : thread.frame_chunk->bytes_up_to;
    if (bytes > kMaxFrameBytes - bytes_below) {
        raiseRecursionError(thread, "");
        return nullptr;
    }
    auto* chunk = static_cast<FrameChunk*>(allocateRaw(thread, bytes));
    if (chunk == nullptr) return nullptr;
    chunk->previous = thread.frame_chunk;
    chunk->bytes_up_to = bytes_below + bytes;
    chunk->saved_top = thread.frame_top;
    chunk->begin = reinterpret_cast<uint64_t*>(chunk + 1);
    chunk->end = chunk->begin + words;
    thread.frame_chunk = chunk;
    thread.frame_end = chunk->end;
    thread.frame_top = chunk->begin + code->frame_words;
    return reinterpret_cast<Frame*>(chunk->begin);
}

void leaveFrameChunk(Thread& thread) {
    FrameChunk* chunk = thread.frame_chunk;
    thread.frame_chunk = chunk->previous;
    thread.frame_top = chunk->saved_top;
    thread.frame_end = chunk->previous->end;
    freeRaw(thread, chunk, bytesOf(chunk));
}

void freeFrameStack(Thread& thread) {
    while (thread.frame_chunk != nullptr) {
        FrameChunk* chunk = thread.frame_chunk;
        thread.frame_chunk = chunk->previous;
        freeRaw(thread, chunk, bytesOf(chunk));
    }
    thread.frame_top = thread.frame_end = nullptr;
}

Frame* pushFrame(Thread& thread, Function* function) {
    if (!enterDepth(thread)) return nullptr;
    Frame* frame = takeFrameWords(thread, function->code);
    if (frame == nullptr) return nullptr;
    frame->function = newRef(function);
    frame->globals = function->globals;
    frame->builtins = function->builtins;
    startFrame(thread, frame, function->code);
    if (function->closure != nullptr) copyClosure(frame, function);
    return frame;
}

Frame* pushModuleFrame(Thread& thread, Code* code, Dict* globals, Dict* builtins, Value names) {
    if (!enterDepth(thread)) return nullptr;
    Frame* frame = takeFrameWords(thread, code);
    if (frame == nullptr) return nullptr;
    frame->function = nullptr;
    frame->globals = newRef(globals);
    frame->builtins = newRef(builtins);
    startFrame(thread, frame, code);
    frame->names = newRef(names);
    return frame;
}

void copyClosure(Frame* frame, const Function* function) {
    Value* free_variables = frame->cells() + frame->code->body->own_cells;
    for (size_t i = 0; i < function->closure->size; ++i) {
        free_variables[i] = newRef(function->closure->items()[i]);
    }
}

void clearFrame(Frame* frame) {
    Value* base = frame->stackBase();
    while (frame->stack_top > base) {
        const Value word = *--frame->stack_top;
        decref(word);
    }
    for (Value* slot = frame->slots(); slot < base; ++slot) {
        const Value word = *slot;
        *slot = Value::null();
        decref(word);
    }
}

void releaseFrameContext(Frame* frame) {
    if (frame->function != nullptr) {
        decref(Value::of(frame->function));
    } else {
        decref(Value::of(frame->globals));
        decref(Value::of(frame->builtins));
    }
    decref(frame->names);
    decref(frame->constructed);
    decref(Value::of(frame->code));
}

void detachTraceback(Thread& thread, Frame* frame) {
    if ((frame->flags & kFrameHasTraceback) == 0) return;
    frame->flags &= ~uint32_t{kFrameHasTraceback};
    Traceback* entry = frame->traceback;
    entry->frame = nullptr;
    keepWords(thread, entry, frame->slots(), frame->slot_count);
}

void popFrame(Thread& thread, Frame* frame) {
    detachTraceback(thread, frame);
    clearFrame(frame);
    thread.frame = frame->previous;
    --thread.recursion_depth;
    releaseFrameContext(frame);
    giveFrameWords(thread, frame);
}

Value frameLocals(Thread& thread, Frame* frame) {
    if (!frame->names.isNull()) return newRef(frame->names);
    const CodeBody& body = *frame->code->body;
    if ((body.flags & kCodeIsModule) != 0) return newRef(Value::of(frame->globals));
    Ref locals(Value::of(newDict(thread)));
    if (!locals) return Value::null();
    for (size_t i = 0; i < body.local_names.size(); ++i) {
        const Value value = frame->slots()[i];
        if (value.isNull()) continue;
        if (dictSetStr(thread, locals.as<Dict>(), body.local_names[i], value) < 0) {
            return Value::null();
        }
    }
    for (size_t i = 0; i < body.cell_names.size(); ++i) {
        const Value cell = frame->cells()[i];
        if (cell.isNull() || cell.as<Cell>()->value.isNull()) continue;
        const Value value = cell.as<Cell>()->value;
        if (dictSetStr(thread, locals.as<Dict>(), body.cell_names[i], value) < 0) {
            return Value::null();
        }
    }
    return locals.release();
}

}  // namespace tagproof
