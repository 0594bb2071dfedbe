#include "runtime/runtime_hooks.h"

#include <pthread.h>

#include <algorithm>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/cell.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "runtime/frame.h"
#include "runtime/output.h"
#include "runtime/runtime_names.h"
#include "runtime/text_file.h"
#include "runtime/traceback.h"
#include "runtime/version_info.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

// Native code below the interpreter may need this much.
constexpr uint64_t kStackReserve = uint64_t{512} * 1024;
// What a program may use however small its memory limit is: that of a main thread.
constexpr size_t kLeastStack = size_t{8} << 20;

Value currentModule(Thread& thread) {
    if (thread.frame == nullptr) return Value::null();
    return newRef(dictGetStr(thread.frame->globals, thread.singletons->names.name));
}

int raiseSuper(Thread& thread, const char* reason) {
    raise(thread, ExceptionKind::kRuntimeError, "super(): {}", reason);
    return -1;
}

// The __class__ cell and the first argument of the innermost frame.
int superArguments(Thread& thread, Type** type, Value* self) {
    Frame* frame = thread.frame;
    if (frame == nullptr) return raiseSuper(thread, "no current frame");
    const CodeBody& body = *frame->code->body;
    if (body.positional == 0) return raiseSuper(thread, "no arguments");
    *self = frame->slots()[0];
    for (size_t i = 0; self->isNull() && i < body.own_cells; ++i) {
        const Value cell = frame->cells()[i];
        if (body.cell_parameters[i] == 0 && !cell.isNull()) *self = cell.as<Cell>()->value;
    }
    if (self->isNull()) return raiseSuper(thread, "arg[0] deleted");
    for (size_t i = body.own_cells; i < body.cell_names.size(); ++i) {
        if (body.cell_names[i] != thread.singletons->names.class_) continue;
        const Value cls = frame->cells()[i].as<Cell>()->value;
        if (cls.isNull()) return raiseSuper(thread, "empty __class__ cell");
        if (!isType(cls)) {
            raise(thread, ExceptionKind::kRuntimeError, "super(): __class__ is not a type ({})",
                  typeName(typeOf(thread, cls)));
            return -1;
        }
        *type = cls.as<Type>();
        return 0;
    }
    return raiseSuper(thread, "__class__ cell not found");
}

// "Exception ignored in: <where>" and the traceback.
// To sys.stderr; nowhere when that is None or deleted, as in CPython.
void printUnraisable(Thread& thread, const char* head, Value exception, Value where) {
    const Value file = dictGetStr(thread.vm->sysNamespace(), runtimeNames(thread).stderr_);
    if (file.isNull() || file == thread.singletons->none) return;
    std::string text = std::string(head) + ": ";
    const Ref place(where.isNull() ? Value::null() : reprOf(thread, where));
    text += place ? toUtf8(place.as<Str>()) : "<object repr() failed>";
    clearPending(thread);
    text += "\n" + formatUnraisable(thread, exception);
    if (isTextFile(thread, file)) {
        static_cast<void>(thread.vm->standardError().write(text));
        return;
    }
    const Ref keep = Ref::borrow(file);
    const Ref line(Value::of(makeStr(thread, text)));
    const Value argument = line.get();
    const Ref written(line ? callMethod(thread, file, thread.singletons->names.write, &argument, 1)
                           : Value::null());
    if (!written) clearPending(thread);
}

// What sys.unraisablehook is given. New reference, or null + pending.
Value unraisableArguments(Thread& thread, Value exception, Value where) {
    const Value none = thread.singletons->none;
    const Value traceback = exception.as<ExceptionObject>()->traceback;
    return newNamespace(thread, {{"exc_type", Value::of(exception.asObject()->type)},
                                 {"exc_value", exception},
                                 {"exc_traceback", traceback ? traceback : none},
                                 {"err_msg", none},
                                 {"object", where ? where : none}});
}

// Through sys.unraisablehook where a program has set one.
void reportThroughHook(Thread& thread, Value exception, Value where) {
    const RuntimeNames& names = runtimeNames(thread);
    const Ref hook = Ref::borrow(dictGetStr(thread.vm->sysNamespace(), names.unraisablehook));
    const Value plain = dictGetStr(thread.vm->sysNamespace(), names.default_unraisablehook);
    if (!hook || hook.get() == plain) {
        printUnraisable(thread, "Exception ignored in", exception, where);
        return;
    }
    const Ref arguments(unraisableArguments(thread, exception, where));
    const Ref result(arguments ? call(thread, hook.get(), {arguments.get()}) : Value::null());
    if (result) return;
    const Ref error(takePending(thread));
    printUnraisable(thread, "Exception ignored in sys.unraisablehook", error.get(), hook.get());
}

}  // namespace

void printUnraisableArguments(Thread& thread, Value arguments) {
    const RuntimeNames& names = runtimeNames(thread);
    const Ref exception(getAttr(thread, arguments, names.exc_value));
    if (!exception) return;
    const Ref where(getAttr(thread, arguments, names.object));
    if (!where || !isExceptionInstance(exception.get())) return;
    const Value place = where.get() == thread.singletons->none ? Value::null() : where.get();
    printUnraisable(thread, "Exception ignored in", exception.get(), place);
}

void setRuntimeHooks(Heap& heap) {
    heap.hooks.current_module = currentModule;
    heap.hooks.super_arguments = superArguments;
    heap.hooks.unraisable = reportThroughHook;
}

uint64_t nativeStackLimit(size_t memory_limit) {
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
    void* begin = nullptr;
    size_t size = 0;
    pthread_attr_getstack(&attributes, &begin, &size);
    pthread_attr_destroy(&attributes);
    const uint64_t lowest = reinterpret_cast<uint64_t>(begin);
    // A program that may use little memory may not use much stack instead.
    const uint64_t allowed = memory_limit == 0 ? size : std::max(memory_limit, kLeastStack);
    return lowest + size - std::min<uint64_t>(size, allowed + kStackReserve) + kStackReserve;
}

}  // namespace tagproof
