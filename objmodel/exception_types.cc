// BaseException and the set-up of the hierarchy in exceptions.def. An instance is the fixed part of
// ExceptionObject and as many extras as its class has names for.

#include "objmodel/exception_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "objmodel/attr.h"
#include "objmodel/check.h"
#include "objmodel/descriptors.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/managed_dict.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "objmodel/type_setup.h"

namespace tagproof {
namespace {

struct ExceptionRow {
    const char* name;
    ExceptionKind base;
    std::string_view extras;
};
constexpr ExceptionRow kRows[] = {
#define EXCEPTION(name, base, extras) {#name, ExceptionKind::k##base, extras},
#include "objmodel/exceptions.def"
#undef EXCEPTION
};

size_t extrasCount(const Object* self) {
    const size_t payload = self->type->native_size;
    return (payload - exceptionPayload(0)) / sizeof(Value);
}

// --- memory ------------------------------------------------------------------------------------

void traverseException(Object* self, VisitFunction visit, void* context) {
    auto* exception = reinterpret_cast<ExceptionObject*>(self);
    if (exception->args != nullptr) visit(Value::of(exception->args), context);
    const Value fields[] = {exception->traceback, exception->context, exception->cause};
    for (const Value field : fields) {
        if (field) visit(field, context);
    }
    for (size_t k = 0; k < extrasCount(self); ++k) {
        if (exception->extras[k]) visit(exception->extras[k], context);
    }
}

void clearException(Thread&, Object* self) {
    // In CPython's order: what the traceback alone keeps alive is released by it.
    auto* exception = reinterpret_cast<ExceptionObject*>(self);
    for (size_t k = 0; k < extrasCount(self); ++k) {
        decref(std::exchange(exception->extras[k], Value::null()));
    }
    decref(Value::of(std::exchange(exception->args, nullptr)));
    decref(std::exchange(exception->traceback, Value::null()));
    decref(std::exchange(exception->cause, Value::null()));
    decref(std::exchange(exception->context, Value::null()));
}

void deallocException(Thread& thread, Object* self) {
    clearException(thread, self);
    freeObject(thread, self);
}

// --- attributes --------------------------------------------------------------------------------

Value getArgs(Thread&, Value self) { return Value::of(newRef(self.as<ExceptionObject>()->args)); }

int setArgs(Thread& thread, Value self, Value value) {
    if (value.isNull()) {
        raise(thread, ExceptionKind::kTypeError, "args may not be deleted");
        return -1;
    }
    Tuple* const args = tupleFromIterable(thread, value);
    if (args == nullptr) return -1;
    decref(Value::of(std::exchange(self.as<ExceptionObject>()->args, args)));
    return 0;
}

template <Value ExceptionObject::*Field>
Value getField(Thread& thread, Value self) {
    const Value value = self.as<ExceptionObject>()->*Field;
    return value ? newRef(value) : thread.singletons->none;
}

int setTraceback(Thread& thread, Value self, Value value) {
    const bool is_traceback = isExactly(value, thread.types->traceback);
    if (value.isNull() || (!is_traceback && value != thread.singletons->none)) {
        raise(thread, ExceptionKind::kTypeError, "{}",
              value.isNull() ? "__traceback__ may not be deleted"
                             : "__traceback__ must be a traceback or None");
        return -1;
    }
    const Value stored = is_traceback ? newRef(value) : Value::null();
    decref(std::exchange(self.as<ExceptionObject>()->traceback, stored));
    return 0;
}

template <Value ExceptionObject::*Field>
int setLink(Thread& thread, Value self, Value value, const char* name) {
    if (value.isNull()) {
        raise(thread, ExceptionKind::kTypeError, "{} may not be deleted", name);
        return -1;
    }
    const bool none = value == thread.singletons->none;
    if (!none && !isExceptionInstance(value)) {
        raise(thread, ExceptionKind::kTypeError,
              "exception {} must be None or derive from BaseException",
              std::string_view(name).substr(2, std::string_view(name).size() - 4));
        return -1;
    }
    Value& field = self.as<ExceptionObject>()->*Field;
    decref(std::exchange(field, none ? Value::null() : newRef(value)));
    return 0;
}

int setContextAttribute(Thread& thread, Value self, Value value) {
    return setLink<&ExceptionObject::context>(thread, self, value, "__context__");
}

int setCauseAttribute(Thread& thread, Value self, Value value) {
    if (setLink<&ExceptionObject::cause>(thread, self, value, "__cause__") < 0) return -1;
    self.as<ExceptionObject>()->suppress_context = true;
    return 0;
}

Value getSuppressContext(Thread& thread, Value self) {
    return boolValue(thread, self.as<ExceptionObject>()->suppress_context);
}

int setSuppressContext(Thread& thread, Value self, Value value) {
    const bool is_bool = value == thread.singletons->true_ || value == thread.singletons->false_;
    if (!is_bool) {
        raise(thread, ExceptionKind::kTypeError, "attribute value type must be bool");
        return -1;
    }
    self.as<ExceptionObject>()->suppress_context = value == thread.singletons->true_;
    return 0;
}

// --- methods -----------------------------------------------------------------------------------

Value withTraceback(Thread& thread, Value self, const Value* args, size_t) {
    if (setTraceback(thread, self, args[0]) < 0) return Value::null();
    return newRef(self);
}

Value addNote(Thread& thread, Value self, const Value* args, size_t) {
    if (!isStr(args[0])) {
        return raise(thread, ExceptionKind::kTypeError, "note must be a str, not '{}'",
                     typeName(typeOf(thread, args[0])));
    }
    Str* const name = thread.singletons->names.notes;
    Ref notes(getAttrOrNull(thread, self, name));
    if (!notes) {
        if (hasPending(thread)) return Value::null();
        notes = Ref(Value::of(makeList(thread)));
        if (!notes || setAttr(thread, self, name, notes.get()) < 0) return Value::null();
    }
    if (!isList(notes.get())) {
        return raise(thread, ExceptionKind::kTypeError, "Cannot add note: __notes__ is not a list");
    }
    if (!listAppend(thread, notes.as<List>(), args[0])) return Value::null();
    return thread.singletons->none;
}

Value reprOfException(Thread& thread, Value self) {
    const Tuple* const args = self.as<ExceptionObject>()->args;
    const Ref text(args->size == 1 ? reprOf(thread, args->items()[0])
                                   : reprOf(thread, Value::of(args)));
    if (!text) return Value::null();
    const std::string name = typeName(self.asObject()->type);
    const std::string inner = toUtf8(text.as<Str>());
    return Value::of(
        makeStr(thread, args->size == 1 ? fmt::format("{}({})", name, inner) : name + inner));
}

// --- set-up ------------------------------------------------------------------------------------

void addExtras(Thread& thread, Type* type, std::string_view names, bool writable) {
    size_t offset = offsetof(ExceptionObject, extras);
    while (!names.empty()) {
        const size_t end = std::min(names.find(' '), names.size());
        addMember(thread, type, names.substr(0, end), offset, writable, true);
        offset += sizeof(Value);
        names.remove_prefix(std::min(end + 1, names.size()));
    }
}

size_t countWords(std::string_view names) {
    if (names.empty()) return 0;
    return 1 + static_cast<size_t>(std::count(names.begin(), names.end(), ' '));
}

void initBaseException(Thread& thread, Type* type) {
    type->slots.dealloc = deallocException;
    type->slots.traverse = traverseException;
    type->slots.clear = clearException;
    type->slots.construct = constructException;
    type->slots.init = initException;
    type->slots.repr = reprOfException;
    type->slots.str = strOfException;
    addGetSet(thread, type, "args", getArgs, setArgs);
    addGetSet(thread, type, "__traceback__", getField<&ExceptionObject::traceback>, setTraceback);
    addGetSet(thread, type, "__context__", getField<&ExceptionObject::context>,
              setContextAttribute);
    addGetSet(thread, type, "__cause__", getField<&ExceptionObject::cause>, setCauseAttribute);
    addGetSet(thread, type, "__suppress_context__", getSuppressContext, setSuppressContext);
    addMethod(thread, type, "with_traceback", withTraceback, 1, 1);
    addMethod(thread, type, "add_note", addNote, 1, 1);
    static_cast<void>(addManagedDictAttribute(thread, type));
}

}  // namespace

int setExceptionArgs(Thread& thread, Value self, const Value* args, size_t count) {
    Tuple* const tuple = makeTuple(thread, args, count);
    if (tuple == nullptr) return -1;
    decref(Value::of(std::exchange(self.as<ExceptionObject>()->args, tuple)));
    return 0;
}

Value constructException(
    Thread& thread, Value callee, const Value* args, size_t positional, Value) {
    Ref self(Value::of(allocateObject(thread, callee.as<Type>())));
    if (!self || setExceptionArgs(thread, self.get(), args, positional) < 0) return Value::null();
    return self.release();
}

int initException(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    if (keyword_names && !rejectKeywords(thread, typeName(self.asObject()->type), keyword_names)) {
        return -1;
    }
    return setExceptionArgs(thread, self, args, positional);
}

Value strOfException(Thread& thread, Value self) {
    const Tuple* const args = self.as<ExceptionObject>()->args;
    if (args->size == 0) return newRef(thread.singletons->empty_str);
    return strOf(thread, args->size == 1 ? args->items()[0] : Value::of(args));
}

namespace {

// class ExceptionGroup(BaseExceptionGroup, Exception): the one class with two bases.
void addSecondBase(Thread& thread, Type* type, Type* second) {
    Tuple* const bases = makeTuple(thread, Value::of(type->base), Value::of(second));
    if (bases == nullptr) return;
    Tuple* const old_bases = std::exchange(type->bases, bases);
    Tuple* const mro = computeMro(thread, type);
    TAGPROOF_CHECK(mro != nullptr, "the bases of ExceptionGroup have an order");
    Tuple* const old_mro = std::exchange(type->mro, mro);
    addSubclass(second, type);
    decref(Value::of(old_bases));
    decref(Value::of(old_mro));
}

}  // namespace

void initExceptionTypes(Thread& thread) {
    constexpr uint32_t kFlags = kTypeAllowsSubclass | kTypeIsException | kTypeHasManagedDict;
    for (size_t k = 0; k < kExceptionKindCount; ++k) {
        Type* const type = thread.types->exceptions[k];
        const ExceptionRow& row = kRows[k];
        const size_t extras = countWords(row.extras);
        const size_t size = extras > 0 ? sizeof(Object) + exceptionPayload(extras)
                            : k == 0   ? sizeof(Object) + exceptionPayload(0)
                                       : exceptionType(thread, row.base)->instance_size;
        setNativeLayout(type, CellFamily::kException, size, kFlags);
        if (k == 0) initBaseException(thread, type);
        // What a group is made of is relied on by everything that splits it.
        const bool writable = k != static_cast<size_t>(ExceptionKind::kBaseExceptionGroup);
        addExtras(thread, type, row.extras, writable);
    }
    initExceptionVariants(thread);
    addSecondBase(thread, exceptionType(thread, ExceptionKind::kExceptionGroup),
                  exceptionType(thread, ExceptionKind::kException));
}

}  // namespace tagproof
