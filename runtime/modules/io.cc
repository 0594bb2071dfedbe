// The _io module: files in memory, and what is common to files. The rest of io is
// runtime/stdlib/io.py.

#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/modules/io_types.h"
#include "runtime/modules/native_modules.h"

namespace tagproof {

namespace {

// class UnsupportedOperation(OSError, ValueError), of the module io.
Value newUnsupportedOperation(Thread& thread) {
    const Value parents[] = {Value::of(exceptionType(thread, ExceptionKind::kOSError)),
                             Value::of(exceptionType(thread, ExceptionKind::kValueError))};
    const Ref bases(Value::of(makeTuple(thread, parents, 2)));
    const Ref names(Value::of(newDict(thread)));
    const Ref module(Value::of(makeStr(thread, "io")));
    Str* const name = internStr(thread, "UnsupportedOperation");
    if (!bases || !names || !module || name == nullptr ||
        dictSetStr(thread, names.as<Dict>(), thread.singletons->names.module, module.get()) < 0) {
        return Value::null();
    }
    return createType(thread, thread.types->type, name, bases.as<Tuple>(), names.as<Dict>());
}

}  // namespace

bool initIoModule(Thread& thread, Value module) {
    Type* const io_base = newIoBaseType(thread);
    Type* const text_io_base = io_base != nullptr ? newTextIoBaseType(thread, io_base) : nullptr;
    Type* const string_io =
        text_io_base != nullptr ? newStringIoType(thread, text_io_base) : nullptr;
    return string_io != nullptr &&
           addValue(thread, module, "_IOBase", newRef(Value::of(io_base))) &&
           addValue(thread, module, "_TextIOBase", newRef(Value::of(text_io_base))) &&
           addValue(thread, module, "StringIO", newRef(Value::of(string_io))) &&
           addValue(thread, module, "UnsupportedOperation", newUnsupportedOperation(thread));
}

}  // namespace tagproof
