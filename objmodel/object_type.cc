// The type `object`: what every object can do.

#include <fmt/format.h>

#include <bit>
#include <string>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/dir.h"
#include "objmodel/error.h"
#include "objmodel/list.h"
#include "objmodel/managed_dict.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_setup.h"

namespace tagproof {
namespace {

constexpr const char* kObjectDoc =
    "The base class of the class hierarchy.\n\n"
    "When called, it accepts no arguments and returns a new featureless\n"
    "instance that has no instance attributes and cannot be given any.\n";

bool hasArguments(size_t positional, Value keyword_names) {
    return positional != 0 || keywordCount(keyword_names) != 0;
}

// "Can't instantiate abstract class C with abstract methods f, g"
Value raiseAbstract(Thread& thread, Type* type) {
    const Value declared = dictGetStr(type->attributes, thread.singletons->names.abstractmethods);
    const Ref sorted(Value::of(declared ? listFromIterable(thread, declared) : makeList(thread)));
    if (!sorted || !listSort(thread, sorted.as<List>(), Value::null(), false)) {
        return Value::null();
    }
    std::string names;
    const List* const list = sorted.as<List>();
    for (size_t k = 0; k < list->size; ++k) {
        if (!isStr(list->items[k])) continue;
        names += (names.empty() ? "" : ", ") + toUtf8(list->items[k].as<Str>());
    }
    return raise(thread, ExceptionKind::kTypeError,
                 "Can't instantiate abstract class {} with abstract method{} {}", typeName(type),
                 list->size == 1 ? "" : "s", names);
}

// --- slots ---------------------------------------------------------------------------------------

Value reprObject(Thread& thread, Value self) {
    Type* const type = typeOf(thread, self);
    const Ref module(typeModule(thread, type));
    if (!module && !pendingMatches(thread, ExceptionKind::kAttributeError)) return Value::null();
    clearPending(thread);
    const bool shown = module && isStr(module.get()) && !strEqual(module.as<Str>(), "builtins");
    const std::string prefix = shown ? toUtf8(module.as<Str>()) + "." : std::string();
    return Value::of(makeStr(thread, fmt::format("<{}{} object at {:#x}>", prefix,
                                                 toUtf8(type->qualified_name), self.bits)));
}

Value strObject(Thread& thread, Value self) {
    return typeOf(thread, self)->slots.repr(thread, self);
}

int64_t hashObject(Thread&, Value self) {
    constexpr int kAlignmentBits = 4;
    const auto hash = static_cast<int64_t>(std::rotr(self.bits, kAlignmentBits));
    return hash == -1 ? -2 : hash;
}

// Identity; __ne__ is the inverse of whatever __eq__ says.
Value compareObject(Thread& thread, Value left, Value right, CompareOp op) {
    const Value not_implemented = thread.singletons->not_implemented;
    if (op == CompareOp::kEq) return left == right ? thread.singletons->true_ : not_implemented;
    if (op != CompareOp::kNe) return not_implemented;
    const auto compare = typeOf(thread, left)->slots.compare;
    if (compare == nullptr) return not_implemented;
    Ref equal(compare(thread, left, right, CompareOp::kEq));
    if (!equal || equal.get() == not_implemented) return equal.release();
    const int truth = isTrue(thread, equal.get());
    return truth < 0 ? Value::null() : boolValue(thread, truth == 0);
}

Value formatObject(Thread& thread, Value self, Value spec) {
    if (spec.as<Str>()->length > 0) {
        return raise(thread, ExceptionKind::kTypeError,
                     "unsupported format string passed to {}.__format__",
                     typeName(typeOf(thread, self)));
    }
    return strOf(thread, self);
}

// --- attributes ----------------------------------------------------------------------------------

Value getClass(Thread& thread, Value self) { return newRef(Value::of(typeOf(thread, self))); }

int setClass(Thread& thread, Value self, Value value) {
    if (value) return setObjectType(thread, self, value);
    raise(thread, ExceptionKind::kTypeError, "can't delete __class__ attribute");
    return -1;
}

Value dirObject(Thread& thread, Value self, const Value*, size_t) {
    return dirOfObject(thread, self);
}

Value initSubclass(Thread& thread, Value, const Value*, size_t) { return thread.singletons->none; }

Value subclassHook(Thread& thread, Value, const Value*, size_t) {
    return thread.singletons->not_implemented;
}

Value sizeOfObject(Thread& thread, Value self, const Value*, size_t) {
    return makeInt(thread, static_cast<int64_t>(typeOf(thread, self)->instance_size));
}

}  // namespace

Value constructObject(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    static_cast<void>(args);
    Type* const type = callee.as<Type>();
    if (hasArguments(positional, keyword_names)) [[unlikely]] {
        if (type->slots.construct != constructObject) {
            return raise(thread, ExceptionKind::kTypeError,
                         "object.__new__() takes exactly one argument (the type to instantiate)");
        }
        if (type->slots.init == initObject) {
            return raise(thread, ExceptionKind::kTypeError, "{}() takes no arguments",
                         typeName(type));
        }
    }
    if (hasFlag(type, kTypeIsAbstractBase)) [[unlikely]]
        return raiseAbstract(thread, type);
    return Value::of(newInstance(thread, type));
}

int initObject(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    static_cast<void>(args);
    if (!hasArguments(positional, keyword_names)) return 0;
    const Type* const type = typeOf(thread, self);
    if (type->slots.init != initObject) {
        raise(thread, ExceptionKind::kTypeError,
              "object.__init__() takes exactly one argument (the instance to initialize)");
        return -1;
    }
    if (type->slots.construct == constructObject) {
        raise(thread, ExceptionKind::kTypeError,
              "{}.__init__() takes exactly one argument (the instance to initialize)",
              typeName(type));
        return -1;
    }
    return 0;
}

void initObjectType(Thread& thread) {
    Type* const type = thread.types->object;
    setNativeLayout(type, CellFamily::kPlain, sizeof(Object), kTypeAllowsSubclass);
    type->slots.dealloc = deallocPlain;
    type->slots.construct = constructObject;
    type->slots.init = initObject;
    type->slots.repr = reprObject;
    type->slots.str = strObject;
    type->slots.hash = hashObject;
    type->slots.compare = compareObject;
    type->slots.format = formatObject;
    type->slots.get_attribute = genericGetAttr;
    type->slots.set_attribute = genericSetAttr;
    addGetSet(thread, type, "__class__", getClass, setClass);
    addMethod(thread, type, "__dir__", dirObject, 0, 0);
    addMethod(thread, type, "__sizeof__", sizeOfObject, 0, 0);
    addClassMethod(thread, type, "__init_subclass__", initSubclass, 0, 0);
    addClassMethod(thread, type, "__subclasshook__", subclassHook, 0, kAnyCount);
    const Ref doc(Value::of(makeStr(thread, kObjectDoc)));
    addConstant(thread, type, "__doc__", doc.get());
}

}  // namespace tagproof
