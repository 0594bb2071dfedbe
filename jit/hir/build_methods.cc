// Methods, on their way to a call: callable and owner, or callable and null.
//
//   method         GuardType, (no instance attribute of that name,) constant, owner
//   staticmethod   GuardType, (the same,) constant, null
//   classmethod    GuardType, (the same,) constant, the class
//   C.method       GuardIs, constant, null; a classmethod: constant, C
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
    if (entry && speculates() && loadMethodFromEntry(*entry, name)) return;
    const auto load = &BytecodeBuilder::loadMethodFromEntry;
    const auto generically = &BytecodeBuilder::loadMethodGenerically;
    if (!entry && speculates() && buildPolymorphic(instruction, load, generically)) return;
    loadMethodGenerically(instruction);
}

void BytecodeBuilder::loadMethodGenerically(Instruction instruction) {
    Str* name = body_.names[instruction.operand];
    Instr* callable =
        callHelper(Helper::kLoadMethod,
                   {top().value, immediate(name), immediate(&code_->caches[instruction.site])});
    // The helper gives the first argument without a count.
    const Slot self{emit(Op::kLoadThreadArg), Own::kUnstable};
    replaceWithCallee({callable, Own::kOwned}, self);
    guardValid();
}

// The owner on top makes way for a callable and its first argument, or null.
void BytecodeBuilder::replaceWithCallee(Slot callable, Slot self) {
    if (self.own == Own::kUnstable) makeOwned(self);
    const Slot owner = pop();
    frame_.push_back(callable);
    frame_.push_back(self);
    release(owner);
}

bool BytecodeBuilder::loadMethodFromEntry(const AttrEntry& entry, Str* name) {
    switch (entry.kind) {
        case AttrKind::kMethod:
            return loadMethod(entry, name);
        case AttrKind::kClassCell:
        case AttrKind::kClassMethod:
            return loadUnboundMethod(entry, name);
        case AttrKind::kTypeAttribute:
        case AttrKind::kTypeClassMethod:
            return loadMethodOfType(entry, name);
        case AttrKind::kGetSet:
            return loadClassToCall(entry, name);
        case AttrKind::kNone:
        case AttrKind::kInlineValue:
        case AttrKind::kSplitDict:
        case AttrKind::kCombinedDict:
        case AttrKind::kSlotMember:
        case AttrKind::kProperty:
        case AttrKind::kDescriptor:
        case AttrKind::kModuleAttribute:
        case AttrKind::kHook:
            return false;
    }
    return false;
}

// A function of the class, or a method of a built-in type.
bool BytecodeBuilder::loadMethod(const AttrEntry& entry, Str* name) {
    const TypeAttribute found = findTypeAttribute(thread_, entry.type, name);
    if (found.value != entry.value || !objectHasFlag(found.value, kTypeIsMethodDescriptor)) {
        return false;
    }
    Instr* owner = guardType(top().value, entry.type);
    if (!guardNoInstanceAttribute(owner, entry.type, name)) return false;
    dependOnLookup(entry.type, name, true);
    Slot self = pop();
    self.value = owner;
    push(constant(found.value), Own::kStable);
    frame_.push_back(self);
    return true;
}

// o.name as a value.
bool BytecodeBuilder::loadBoundMethod(const AttrEntry& entry, Str* name) {
    if (!isFunction(thread_, entry.value)) return false;
    Instr* owner = guardType(top().value, entry.type);
    if (!guardNoInstanceAttribute(owner, entry.type, name)) return false;
    dependOnLookup(entry.type, name, true);
    const bool of_class = entry.kind == AttrKind::kClassMethod;
    Instr* self = of_class ? constant(Value::of(entry.type)) : owner;
    replaceOperands(1, callHelper(Helper::kBindMethod, {constant(entry.value), self}));
    return true;
}

// What a staticmethod or a classmethod of the owner's class holds.
bool BytecodeBuilder::loadUnboundMethod(const AttrEntry& entry, Str* name) {
    const bool is_wrapped = entry.cell == nullptr && !entry.value.isNull();
    if (!is_wrapped) return false;
    Instr* owner = guardType(top().value, entry.type);
    if (!guardNoInstanceAttribute(owner, entry.type, name)) return false;
    dependOnLookup(entry.type, name, true);
    const bool is_bound = entry.kind == AttrKind::kClassMethod;
    Instr* self = is_bound ? constant(Value::of(entry.type)) : emit(Op::kNull);
    replaceWithCallee({constant(entry.value), Own::kStable}, {self, Own::kStable});
    return true;
}

// o.__class__(...)
bool BytecodeBuilder::loadClassToCall(const AttrEntry& entry, Str* name) {
    if (!isClassOfObject(entry)) return false;
    dependOnLookup(entry.type, name, true);
    guardType(top().value, entry.type);
    replaceWithCallee({constant(Value::of(entry.type)), Own::kStable},
                      {emit(Op::kNull), Own::kStable});
    return true;
}

// C.name, where the site has always seen the same class C and the name is a function of any kind.
bool BytecodeBuilder::loadMethodOfType(const AttrEntry& entry, Str* name) {
    if (entry.cell != nullptr || entry.value.isNull()) return false;
    dependOnLookup(entry.type, name, true);
    dependOnLookup(entry.type->head.type, name, true);
    guardIs(top().value, Value::of(entry.type));
    const bool is_bound = entry.kind == AttrKind::kTypeClassMethod;
    Instr* self = is_bound ? constant(Value::of(entry.type)) : emit(Op::kNull);
    replaceWithCallee({constant(entry.value), Own::kStable}, {self, Own::kStable});
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

// Whether the call that takes the null pushed at `pc` may be one of expanded arguments, which knows
// no self beside its callable. Behind the first block's end that is said of all calls of the rest.
bool BytecodeBuilder::mayExpandArguments(uint32_t pc) const {
    int depth = 0;  // words above the null
    while (++pc < body_.instructions.size()) {
        const Instruction instruction = body_.instructions[pc];
        if (cfg_.isBlockBegin(pc)) {
            return std::any_of(body_.instructions.begin() + pc, body_.instructions.end(),
                               [](Instruction it) { return it.op() == Opcode::CALL_EX; });
        }
        const StackEffect effect = stackEffect(instruction, false);
        if (effect.pops > depth) return instruction.op() == Opcode::CALL_EX;
        depth += effect.pushes - effect.pops;
    }
    return false;
}

// super().name(...) in a method of the very class of `self`: the function that the next class has.
// What follows pushes null for "no self"; it is skipped, as function and self are a call's operands
// as well as bound method and null are.
bool BytecodeBuilder::loadSuperMethod(Str* name) {
    Type* type = definingClass();
    const uint32_t next = pc_ + 1;
    if (type == nullptr || type->mro->size < 2 || cfg_.isBlockBegin(next) ||
        body_.instructions[next].op() != Opcode::PUSH_NULL || mayExpandArguments(next)) {
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
