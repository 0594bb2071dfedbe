// _io._IOBase and _io._TextIOBase: what every file can be asked, answered through the methods that
// a subclass has.

#include "objmodel/attr.h"
#include "objmodel/descriptors.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "runtime/import.h"
#include "runtime/modules/io_types.h"

namespace tagproof {

namespace {

// The attribute that notes that a file was closed, as in CPython.
constexpr const char* kClosedMark = "__IOBase_closed";

Value callByName(Thread& thread, Value self, const char* name) {
    Str* const interned = internStr(thread, name);
    return interned == nullptr ? Value::null() : callMethod(thread, self, interned, nullptr, 0);
}

// False + ValueError when `self.closed` is true.
bool checkOpen(Thread& thread, Value self) {
    Str* const name = internStr(thread, "closed");
    const Ref closed(name == nullptr ? Value::null() : getAttr(thread, self, name));
    const int truth = closed ? isTrue(thread, closed.get()) : -1;
    if (truth > 0) raise(thread, ExceptionKind::kValueError, "I/O operation on closed file.");
    return truth == 0;
}

template <const char* const& Operation>
Value unsupported(Thread& thread, Value, const Value*, size_t) {
    return raiseUnsupported(thread, Operation);
}
constexpr const char* kFileno = "fileno";
constexpr const char* kSeek = "seek";
constexpr const char* kTruncate = "truncate";
constexpr const char* kDetach = "detach";
constexpr const char* kRead = "read";
constexpr const char* kReadline = "readline";
constexpr const char* kWrite = "write";

Value answerNo(Thread& thread, Value, const Value*, size_t) { return thread.singletons->false_; }

Value isTerminal(Thread& thread, Value self, const Value*, size_t) {
    return checkOpen(thread, self) ? thread.singletons->false_ : Value::null();
}

Value enter(Thread& thread, Value self, const Value*, size_t) {
    return checkOpen(thread, self) ? newRef(self) : Value::null();
}
Value leave(Thread& thread, Value self, const Value*, size_t) {
    return callByName(thread, self, "close");
}

Value iterate(Thread& thread, Value self) {
    return checkOpen(thread, self) ? newRef(self) : Value::null();
}
Value nextLine(Thread& thread, Value self) {
    Ref line(callByName(thread, self, "readline"));
    if (!line) return Value::null();
    const int64_t length = lengthOf(thread, line.get());
    return length > 0 ? line.release() : Value::null();
}

Value getClosed(Thread& thread, Value self) {
    Str* const mark = internStr(thread, kClosedMark);
    if (mark == nullptr) return Value::null();
    const Ref closed(getAttrOrNull(thread, self, mark));
    if (!closed && hasPending(thread)) return Value::null();
    return boolValue(thread, static_cast<bool>(closed));
}

Value flush(Thread& thread, Value self, const Value*, size_t) {
    const Ref closed(getClosed(thread, self));
    if (!closed) return Value::null();
    if (closed.get() == thread.singletons->true_) {
        return raise(thread, ExceptionKind::kValueError, "I/O operation on closed file.");
    }
    return thread.singletons->none;
}

Value close(Thread& thread, Value self, const Value*, size_t) {
    const Ref closed(getClosed(thread, self));
    if (!closed || closed.get() == thread.singletons->true_)
        return closed ? thread.singletons->none : Value::null();
    const Ref flushed(callByName(thread, self, "flush"));
    Ref pending(takePending(thread));
    Str* const mark = internStr(thread, kClosedMark);
    const bool marked =
        mark != nullptr && setAttr(thread, self, mark, thread.singletons->true_) == 0;
    if (pending) restorePending(thread, pending.release());
    return flushed && marked ? thread.singletons->none : Value::null();
}

Value tell(Thread& thread, Value self, const Value*, size_t) {
    Str* const name = internStr(thread, "seek");
    const Value args[] = {Value::fixnum(0), Value::fixnum(1)};
    return name == nullptr ? Value::null() : callMethod(thread, self, name, args, 2);
}

Value readLines(Thread& thread, Value self, const Value* args, size_t count) {
    int64_t hint;
    if (!toOptionalSize(thread, count > 0 ? args[0] : Value::null(), -1, &hint)) {
        return Value::null();
    }
    return readAllLines(thread, self, hint);
}

Value writeLines(Thread& thread, Value self, const Value* args, size_t) {
    if (!checkOpen(thread, self)) return Value::null();
    Str* const name = internStr(thread, "write");
    if (name == nullptr) return Value::null();
    const bool written = forEach(thread, args[0], [&](Value line) {
        const Ref result(callMethod(thread, self, name, &line, 1));
        return static_cast<bool>(result);
    });
    return written ? thread.singletons->none : Value::null();
}

Value getNone(Thread& thread, Value) { return thread.singletons->none; }

}  // namespace

Value raiseUnsupported(Thread& thread, const char* operation) {
    const Ref module(importModule(thread, "_io"));
    Str* const name = internStr(thread, "UnsupportedOperation");
    if (!module || name == nullptr) return Value::null();
    const Ref type(getAttr(thread, module.get(), name));
    const Ref text(Value::of(makeStr(thread, operation)));
    if (!type || !text) return Value::null();
    const Value argument = text.get();
    const Ref exception(call(thread, type.get(), &argument, 1));
    return exception ? raiseObject(thread, exception.get()) : Value::null();
}

bool toOptionalSize(Thread& thread, Value value, int64_t missing, int64_t* size) {
    if (value.isNull() || value == thread.singletons->none) {
        *size = missing;
        return true;
    }
    if (!isInt(value) && typeOf(thread, value)->slots.index == nullptr) {
        raise(thread, ExceptionKind::kTypeError, "argument should be integer or None, not '{}'",
              typeName(typeOf(thread, value)));
        return false;
    }
    return toRepeatCount(thread, value, size);
}

Value readAllLines(Thread& thread, Value self, int64_t hint) {
    Ref lines(Value::of(makeList(thread)));
    if (!lines) return Value::null();
    int64_t total = 0;
    bool failed = false;
    const bool ended = forEach(thread, self, [&](Value line) {
        const int64_t length = lengthOf(thread, line);
        failed = length < 0 || !listAppend(thread, lines.as<List>(), line);
        total += length;
        return !failed && (hint <= 0 || total <= hint);
    });
    if (failed || (!ended && hasPending(thread))) return Value::null();
    return lines.release();
}

Type* newIoBaseType(Thread& thread) {
    Type* const type = newNativeType(thread, "_io._IOBase", thread.types->object);
    if (type == nullptr) return nullptr;
    setNativeLayout(type, CellFamily::kPlain, sizeof(Object),
                    kTypeAllowsSubclass | kTypeHasManagedDict | kTypeHasWeakrefs);
    type->slots.dealloc = deallocPlain;
    type->slots.iter = iterate;
    type->slots.next = nextLine;
    addMethod(thread, type, "__enter__", enter, 0, 0);
    addMethod(thread, type, "__exit__", leave, 0, kAnyCount);
    addMethod(thread, type, "close", close, 0, 0);
    addMethod(thread, type, "flush", flush, 0, 0);
    addMethod(thread, type, "fileno", unsupported<kFileno>, 0, 0);
    addMethod(thread, type, "isatty", isTerminal, 0, 0);
    addMethod(thread, type, "readable", answerNo, 0, 0);
    addMethod(thread, type, "writable", answerNo, 0, 0);
    addMethod(thread, type, "seekable", answerNo, 0, 0);
    addMethod(thread, type, "seek", unsupported<kSeek>, 0, kAnyCount);
    addMethod(thread, type, "tell", tell, 0, 0);
    addMethod(thread, type, "truncate", unsupported<kTruncate>, 0, kAnyCount);
    addMethod(thread, type, "readlines", readLines, 0, 1);
    addMethod(thread, type, "writelines", writeLines, 1, 1);
    addGetSet(thread, type, "closed", getClosed, nullptr);
    if (!addManagedDictAttribute(thread, type)) return nullptr;
    return finishNativeType(thread, type) ? type : nullptr;
}

Type* newTextIoBaseType(Thread& thread, Type* io_base) {
    Type* const type = newNativeType(thread, "_io._TextIOBase", io_base);
    if (type == nullptr) return nullptr;
    setNativeLayout(type, CellFamily::kPlain, sizeof(Object),
                    kTypeAllowsSubclass | kTypeHasManagedDict | kTypeHasWeakrefs);
    type->slots.dealloc = deallocPlain;
    addMethod(thread, type, "detach", unsupported<kDetach>, 0, 0);
    addMethod(thread, type, "read", unsupported<kRead>, 0, kAnyCount);
    addMethod(thread, type, "readline", unsupported<kReadline>, 0, kAnyCount);
    addMethod(thread, type, "write", unsupported<kWrite>, 0, kAnyCount);
    addGetSet(thread, type, "encoding", getNone, nullptr);
    addGetSet(thread, type, "newlines", getNone, nullptr);
    addGetSet(thread, type, "errors", getNone, nullptr);
    return finishNativeType(thread, type) ? type : nullptr;
}

}  // namespace tagproof
