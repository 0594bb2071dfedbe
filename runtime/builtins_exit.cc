// exit and quit, as CPython's site module makes them.

#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/owned_values.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"

namespace tagproof {

namespace {

struct Quitter {
    Object head;
    Value name;  // owned
    Value eof;   // what to type instead, owned
};

Value reprQuitter(Thread& thread, Value self) {
    const auto* quitter = self.as<Quitter>();
    return Value::of(makeStr(thread, "Use " + toUtf8(quitter->name.as<Str>()) + "() or " +
                                         toUtf8(quitter->eof.as<Str>()) + " to exit"));
}

Value callQuitter(
    Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"code", nullptr};
    const ParameterList parameters{.function = "__call__",
                                   .names = kNames,
                                   .positional_only = 0,
                                   .max_positional = 1,
                                   .required = 0};
    Value code;
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, &code)) {
        return Value::null();
    }
    if (code.isNull()) code = thread.singletons->none;
    const Ref exception(
        newException(thread, exceptionType(thread, ExceptionKind::kSystemExit), &code, 1));
    return exception ? raiseObject(thread, exception.get()) : Value::null();
}

Type* newQuitterType(Thread& thread) {
    Type* const type = newNativeType(thread, "_sitebuiltins.Quitter", thread.types->object);
    if (type == nullptr) return nullptr;
    setNativeLayout(type, CellFamily::kOther, sizeof(Quitter), 0);
    OwnedValues<Quitter, &Quitter::name, &Quitter::eof>::setSlots(type);
    type->slots.repr = reprQuitter;
    type->slots.call = callQuitter;
    addMember(thread, type, "name", offsetof(Quitter, name), false, false);
    addMember(thread, type, "eof", offsetof(Quitter, eof), false, false);
    return finishNativeType(thread, type) ? type : nullptr;
}

}  // namespace

bool addExitBuiltins(Thread& thread, Value module) {
    Type* const type = newQuitterType(thread);
    if (type == nullptr) return false;
    for (const char* const name : {"exit", "quit"}) {
        Object* const object = allocateObject(thread, type);
        if (object == nullptr) return false;
        const Ref made(Value::of(object));
        auto* const quitter = made.as<Quitter>();
        quitter->name = Value::of(internStr(thread, name));
        quitter->eof = Value::of(internStr(thread, "Ctrl-D (i.e. EOF)"));
        if (quitter->name.isNull() || quitter->eof.isNull() ||
            !addValue(thread, module, name, newRef(made.get()))) {
            return false;
        }
    }
    return true;
}

}  // namespace tagproof
