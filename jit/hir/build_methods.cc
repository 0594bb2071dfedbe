// Methods, on their way to a call: callable and owner, or callable and null.
//
//   method         GuardType, (no instance attribute of that name,) constant, owner
//   super().name   GuardIs of the class cell, GuardType of self, constant, self

#include <algorithm>
#include <span>

#include "jit/hir/bytecode_builder.h"
#include "objmodel/attr.h"
#include "objmodel/cell.h"
#include "objmodel/singletons.h"
#include "objmodel/thread.h"
#include "objmodel/tuple.h"
#include "objmodel/type.h"
#include "runtime/function.h"

namespace tagproof::hir {

// The function that `name` is on `type`, when it can be called with the owner in front; or null.
tagproof::Function* BytecodeBuilder::lookUpMethod(Type* type, Str* name) {
    const TypeAttribute found = findTypeAttribute(thread_, type, name);
    if (found.value.isNull() || !isFunction(thread_, found.value)) return nullptr;
    return found.value.as<tagproof::Function>();
}

void BytecodeBuilder::buildLOAD_METHOD(Instruction instruction) {
    Str* name = body_.names[instruction.operand];
    const std::optional<AttrEntry> entry = monomorphicEntry(instruction);
    if (entry && speculates() && entry->kind == AttrKind::kMethod && loadMethod(*entry, name)) {
        return;
    }
    Instr* callable =
        callHelper(Helper::kLoadMethod,
                   {top().value, immediate(name), immediate(&code_->caches[instruction.site])});
    // The helper hands the owner back without a count.
    Slot self{emit(Op::kLoadThreadArg), Own::kUnstable};
    makeOwned(self);
    const Slot owner = pop();
    push(callable, Own::kOwned);
    frame_.push_back(self);
    release(owner);
    guardValid();
}

bool BytecodeBuilder::loadMethod(const AttrEntry& entry, Str* name) {
    tagproof::Function* method = lookUpMethod(entry.type, name);
    if (method == nullptr) return false;
    Instr* owner = guardType(top().value, entry.type);
    if (!guardNoInstanceAttribute(owner, entry.type, name)) return false;
    dependOnLookup(entry.type, name, true);
    Slot self = pop();
    self.value = owner;
    push(constant(Value::of(method)), Own::kStable);
    frame_.push_back(self);
    return true;
}

// The class that zero-argument super() of the compiled function starts behind, or null.
Type* BytecodeBuilder::definingClass() const {
    const Tuple* closure = request_.guest->closure;
    for (size_t i = 0; closure != nullptr && i < closure->size; ++i) {
        if (body_.cell_names[body_.own_cells + i] != thread_.singletons->names.class_) {
            continue;
        }
        const Value value = closure->items()[i].as<Cell>()->value;
        if (objectHasFlag(value, kTypeIsType)) return value.as<Type>();
    }
    return nullptr;
}

// super().name(...) in a method of the very class of `self`: the function that the next class has.
// What follows pushes null for "no self"; it is skipped, as function and self are a call's operands
// as well as bound method and null are.
bool BytecodeBuilder::loadSuperMethod(Str* name) {
    Type* type = definingClass();
    const uint32_t next = pc_ + 1;
    if (type == nullptr || type->mro->size < 2 || cfg_.isBlockBegin(next) ||
        body_.instructions[next].op() != Opcode::PUSH_NULL) {
        return false;
    }
    auto* base = type->mro->items()[1].as<Type>();
    const bool single = std::ranges::equal(std::span(base->mro->items(), base->mro->size),
                                           std::span(type->mro->items() + 1, type->mro->size - 1));
    tagproof::Function* method = single ? lookUpMethod(base, name) : nullptr;
    if (method == nullptr) return false;
    dependOnLookup(base, name, true);
    function_.addDependency({type, name, nullptr, Value::null(), -1, 0, type->mro});
    function_.addReference(Value::of(type));
    function_.addReference(Value::of(type->mro));
    guardIs(top(2).value, Value::of(type));
    Instr* self = guardType(top(1).value, type);
    Slot owner = pop();
    owner.value = self;
    const Slot cls = pop();
    push(constant(Value::of(method)), Own::kStable);
    frame_.push_back(owner);
    ++pc_;
    after_pc_ = pc_ + 1;
    release(cls);
    return true;
}

void BytecodeBuilder::buildLOAD_SUPER_ATTR(Instruction instruction) {
    if (speculates() && loadSuperMethod(body_.names[instruction.operand])) return;
    Instr* value =
        callHelper(Helper::kLoadSuperAttr,
                   {top(2).value, top(1).value, immediate(body_.names[instruction.operand])});
    replaceOperands(2, value);
}

}  // namespace tagproof::hir
