// Classes that define how their attributes are found: the special method is called directly.
//
//   __getattribute__    GuardType, CallFunction
//   __getattr__         GuardType, no instance attribute of that name, CallFunction
//   __setattr__         GuardType, CallFunction
//
// That the class has that method, and nothing that comes before it, is a dependency.

#include "jit/hir/bytecode_builder.h"
#include "objmodel/attr.h"
#include "objmodel/core_types.h"
#include "objmodel/singletons.h"
#include "objmodel/thread.h"
#include "objmodel/type.h"
#include "runtime/function.h"

namespace tagproof::hir {

// The method that a load of `name` calls at once, or null.
tagproof::Function* BytecodeBuilder::hookOfLoad(Type* type, Str* name) {
    const auto& names = thread_.singletons->names;
    const Value finder = findTypeAttribute(thread_, type, names.getattribute).value;
    const Value usual = findTypeAttribute(thread_, thread_.types->object, names.getattribute).value;
    const bool has_fallback = !findTypeAttribute(thread_, type, names.getattr).value.isNull();
    if (finder != usual) return has_fallback ? nullptr : lookUpMethod(type, names.getattribute);
    const bool is_absent = findTypeAttribute(thread_, type, name).value.isNull();
    return is_absent ? lookUpMethod(type, names.getattr) : nullptr;
}

bool BytecodeBuilder::loadThroughHook(const AttrEntry& entry, Str* name) {
    const auto& names = thread_.singletons->names;
    tagproof::Function* hook = hookOfLoad(entry.type, name);
    if (hook == nullptr || !hasPlainParameters(hook->code, 2)) return false;
    Instr* owner = guardType(top().value, entry.type);
    const bool is_fallback = hook == lookUpMethod(entry.type, names.getattr);
    if (is_fallback && !guardNoInstanceAttribute(owner, entry.type, name)) return false;
    for (Str* relied : {names.getattribute, names.getattr}) {
        dependOnLookup(entry.type, relied, true);
    }
    // Whether the class has the name, not what: that must not be kept alive.
    dependOnLookup(entry.type, name, false);
    replaceOperands(1, callForAttribute(hook, {owner, constant(Value::of(name))}, owner, name));
    return true;
}

bool BytecodeBuilder::storeThroughHook(const AttrEntry& entry, Str* name) {
    constexpr size_t kParameters = 3;
    Str* special = thread_.singletons->names.setattr;
    tagproof::Function* hook = lookUpMethod(entry.type, special);
    if (hook == nullptr || !hasPlainParameters(hook->code, kParameters)) return false;
    dependOnLookup(entry.type, special, true);
    Instr* owner = guardType(top().value, entry.type);
    Instr* value = nonNull(top(2).value);
    push(callFunction(hook, {owner, constant(Value::of(name)), value}), Own::kOwned);
    dropOperands(3);
    return true;
}

}  // namespace tagproof::hir
