#include "runtime/code.h"

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/attr_cache.h"
#include "runtime/attr_lookup.h"
#include "runtime/frame.h"
#include "runtime/interpreter.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

static_assert(offsetof(Code, entry) == layout::kCodeEntry);

// Arguments that a call must give, and may give at most, to need no binding.
uint32_t exactCount(const CodeBody& body) {
    const bool plain =
        body.keyword_only == 0 && (body.flags & (kCodeHasVarArgs | kCodeHasVarKeywords)) == 0;
    return plain ? body.positional : kNeedsBinding;
}

void releaseBody(CodeBody* body) {
    for (Value constant : body->constants) decref(constant);
    for (auto* names : {&body->names, &body->local_names, &body->cell_names}) {
        for (Str* name : *names) decref(Value::of(name));
    }
    for (Str* text : {body->name, body->qualified_name, body->filename}) decref(Value::of(text));
    decref(body->docstring);
    delete body;
}

void deallocCode(Thread& thread, Object* self) {
    auto* code = reinterpret_cast<Code*>(self);
    const JitHooks& hooks = thread.vm->hooks();
    if (hooks.code_released != nullptr) hooks.code_released(thread, code);
    const size_t caches = code->body->cache_count;
    for (size_t i = 0; i < caches; ++i) clearCache(code->caches[i]);
    freeRaw(thread, code->caches, caches * sizeof(AttrCache));
    freeRaw(thread, code->feedback, code->body->feedback_count * sizeof(Feedback));
    releaseBody(code->body);
    freeObject(thread, self);
}

void discardCode(Object* self) { delete reinterpret_cast<Code*>(self)->body; }

void traverseCode(Object* self, VisitFunction visit, void* context) {
    const auto* code = reinterpret_cast<Code*>(self);
    const CodeBody* body = code->body;
    for (Value constant : body->constants) visit(constant, context);
    for (const auto* names : {&body->names, &body->local_names, &body->cell_names}) {
        for (const Str* name : *names) visit(Value::of(name), context);
    }
    for (const Str* text : {body->name, body->qualified_name, body->filename}) {
        visit(Value::of(text), context);
    }
    if (body->docstring) visit(body->docstring, context);
    for (size_t i = 0; i < body->cache_count; ++i) {
        traverseCache(code->caches[i], visit, context);
    }
}

void clearCode(Thread&, Object* self) {
    auto* code = reinterpret_cast<Code*>(self);
    for (size_t i = 0; i < code->body->cache_count; ++i) clearCache(code->caches[i]);
}

bool allocateCaches(Thread& thread, Code* code) {
    const CodeBody& body = *code->body;
    code->caches =
        static_cast<AttrCache*>(allocateRaw(thread, body.cache_count * sizeof(AttrCache)));
    if (code->caches == nullptr) return false;
    code->feedback =
        static_cast<Feedback*>(allocateRaw(thread, body.feedback_count * sizeof(Feedback)));
    if (code->feedback == nullptr) {
        freeRaw(thread, code->caches, body.cache_count * sizeof(AttrCache));
        return false;
    }
    std::uninitialized_default_construct_n(code->caches, body.cache_count);
    std::uninitialized_default_construct_n(code->feedback, body.feedback_count);
    return true;
}

// --- attributes ----------------------------------------------------------------------------------

const CodeBody& bodyOf(Value self) { return *self.as<Code>()->body; }

Value namesTuple(Thread& thread, Str* const* names, size_t count) {
    Tuple* tuple = allocateTuple(thread, count);
    if (tuple == nullptr) return Value::null();
    for (size_t i = 0; i < count; ++i) tuple->items()[i] = newRef(Value::of(names[i]));
    return Value::of(tuple);
}

Value getName(Thread&, Value self) { return newRef(Value::of(bodyOf(self).name)); }
Value getQualifiedName(Thread&, Value self) {
    return newRef(Value::of(bodyOf(self).qualified_name));
}
Value getFilename(Thread&, Value self) { return newRef(Value::of(bodyOf(self).filename)); }
Value getFirstLine(Thread&, Value self) { return Value::fixnum(bodyOf(self).first_line); }
Value getArgCount(Thread&, Value self) { return Value::fixnum(bodyOf(self).positional); }
Value getPositionalOnly(Thread&, Value self) { return Value::fixnum(bodyOf(self).positional_only); }
Value getKeywordOnly(Thread&, Value self) { return Value::fixnum(bodyOf(self).keyword_only); }
Value getStackSize(Thread&, Value self) { return Value::fixnum(bodyOf(self).stack_size); }
Value getLocalCount(Thread&, Value self) {
    return Value::fixnum(static_cast<int64_t>(bodyOf(self).local_names.size()));
}
Value getLocalNames(Thread& thread, Value self) {
    const auto& names = bodyOf(self).local_names;
    return namesTuple(thread, names.data(), names.size());
}
Value getNames(Thread& thread, Value self) {
    const auto& names = bodyOf(self).names;
    return namesTuple(thread, names.data(), names.size());
}
Value getCellNames(Thread& thread, Value self) {
    return namesTuple(thread, bodyOf(self).cell_names.data(), bodyOf(self).own_cells);
}
Value getFreeNames(Thread& thread, Value self) {
    const CodeBody& body = bodyOf(self);
    return namesTuple(thread, body.cell_names.data() + body.own_cells,
                      body.cell_names.size() - body.own_cells);
}
Value getConstants(Thread& thread, Value self) {
    const auto& constants = bodyOf(self).constants;
    return Value::of(makeTuple(thread, constants.data(), constants.size()));
}

// CPython's co_flags bits of what we know.
Value getFlags(Thread&, Value self) {
    const uint32_t flags = bodyOf(self).flags;
    int64_t result = (flags & (kCodeIsModule | kCodeIsClassBody)) == 0 ? 3 : 0;
    if ((flags & kCodeHasVarArgs) != 0) result |= 4;
    if ((flags & kCodeHasVarKeywords) != 0) result |= 8;
    if ((flags & kCodeIsGenerator) != 0) result |= 0x20;
    return Value::fixnum(result);
}

Value reprCode(Thread& thread, Value self) {
    const CodeBody& body = bodyOf(self);
    return Value::of(makeStr(
        thread, fmt::format("<code object {} at {:#x}, file \"{}\", line {}>", toUtf8(body.name),
                            self.bits, toUtf8(body.filename), body.first_line)));
}

}  // namespace

Value newCode(Thread& thread, std::unique_ptr<CodeBody> body) {
    auto* code = allocateObject<Code>(thread, thread.types->code);
    if (code == nullptr) {
        releaseBody(body.release());
        return Value::null();
    }
    code->body = body.release();
    if (!allocateCaches(thread, code)) {
        releaseBody(code->body);
        freeObject(thread, &code->head);
        return Value::null();
    }
    code->exact_count = exactCount(*code->body);
    code->slot_count =
        static_cast<uint32_t>(code->body->local_names.size() + code->body->cell_names.size());
    code->frame_words = static_cast<uint32_t>(sizeof(Frame) / sizeof(Value)) + code->slot_count +
                        code->body->stack_size + kFrameStackSlack;
    setEntry(code, nullptr);
    return Value::of(code);
}

bool isCode(const Thread& thread, Value value) { return isExactly(value, thread.types->code); }

bool initCodeType(Thread& thread) {
    Type* type = thread.types->code;
    setNativeLayout(type, CellFamily::kCode, sizeof(Code), 0);
    type->slots.dealloc = deallocCode;
    type->slots.traverse = traverseCode;
    type->slots.clear = clearCode;
    type->slots.discard = discardCode;
    type->slots.repr = reprCode;
    addGetSet(thread, type, "co_name", getName, nullptr);
    addGetSet(thread, type, "co_qualname", getQualifiedName, nullptr);
    addGetSet(thread, type, "co_filename", getFilename, nullptr);
    addGetSet(thread, type, "co_firstlineno", getFirstLine, nullptr);
    addGetSet(thread, type, "co_argcount", getArgCount, nullptr);
    addGetSet(thread, type, "co_posonlyargcount", getPositionalOnly, nullptr);
    addGetSet(thread, type, "co_kwonlyargcount", getKeywordOnly, nullptr);
    addGetSet(thread, type, "co_stacksize", getStackSize, nullptr);
    addGetSet(thread, type, "co_nlocals", getLocalCount, nullptr);
    addGetSet(thread, type, "co_varnames", getLocalNames, nullptr);
    addGetSet(thread, type, "co_names", getNames, nullptr);
    addGetSet(thread, type, "co_cellvars", getCellNames, nullptr);
    addGetSet(thread, type, "co_freevars", getFreeNames, nullptr);
    addGetSet(thread, type, "co_consts", getConstants, nullptr);
    addGetSet(thread, type, "co_flags", getFlags, nullptr);
    return finishNativeType(thread, type);
}

}  // namespace tagproof
