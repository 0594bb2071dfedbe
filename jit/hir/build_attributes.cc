// Attributes: what a site's cache has seen, as guards and plain loads.
//
//   inline value   GuardType, GuardValues, LoadValue, null test
//   class data     GuardType, (no instance attribute of that name,) LoadCell
//   method         GuardType, (no instance attribute of that name,) constant
//   type, module   GuardIs, LoadCell
//
// That the type's lookup still finds what it found at compile time is a dependency, not a test.

#include <algorithm>
#include <span>

#include "jit/hir/bytecode_builder.h"
#include "objmodel/attr.h"
#include "objmodel/cell.h"
#include "objmodel/core_types.h"
#include "objmodel/heap.h"
#include "objmodel/shared_keys.h"
#include "objmodel/singletons.h"
#include "objmodel/thread.h"
#include "objmodel/tuple.h"
#include "objmodel/type.h"
#include "runtime/function.h"

namespace tagproof::hir {

// --- guards and dependencies -------------------------------------------------------------------

Instr* BytecodeBuilder::guardType(Instr* value, const Type* type) {
    if (value->type.exact() == type) return value;
    Instr* guard = emitGuard(Op::kGuardType, DeoptReason::kWrongType, {nonNull(value)});
    guard->type = HirType(HirType::kHeapBit, type);
    guard->immediates[0].type = type;
    function_.addReference(Value::of(type));
    return guard;
}

Instr* BytecodeBuilder::guardValuesForm(Instr* owner) {
    return emitGuard(Op::kGuardValues, DeoptReason::kNotValuesForm, {owner});
}

Instr* BytecodeBuilder::guardNotNull(Instr* value, DeoptReason reason) {
    return emitGuard(Op::kGuardNotNull, reason, {value});
}

// The one entry of a monomorphic cache, brought up to date, or nothing.
std::optional<AttrEntry> BytecodeBuilder::monomorphicEntry(Instruction instruction) const {
    const AttrCache& cache = code_->caches[instruction.site];
    if (cache.state != CacheState::kMono) return std::nullopt;
    return currentEntry(instruction, cache.entries[0]);
}

// The entry brought up to date, or nothing.
std::optional<AttrEntry> BytecodeBuilder::currentEntry(Instruction instruction,
                                                       const AttrEntry& entry) const {
    const bool is_live = entry.type != nullptr && thread_.heap->isLiveObject(entry.type) &&
                         entry.type->version_tag != 0;
    if (!is_live) return std::nullopt;
    if (entry.type->version_tag == entry.version) return entry;
    if (instruction.op() == Opcode::BEFORE_WITH) return entry;  // looked up anew anyway
    return renewed(entry, body_.names[instruction.operand]);
}

// The type has changed since the site was last executed, perhaps in nothing that matters here.
std::optional<AttrEntry> BytecodeBuilder::renewed(const AttrEntry& stale, Str* name) const {
    constexpr uint32_t kDefaultAccess = kTypeDefaultGetAttribute | kTypeDefaultSetAttribute;
    if ((stale.type->type_flags & kDefaultAccess) != kDefaultAccess) return std::nullopt;
    const TypeAttribute found = findTypeAttribute(thread_, stale.type, name);
    AttrEntry entry = stale;
    entry.version = stale.type->version_tag;
    entry.cell = found.cell;
    entry.value = found.value;
    const bool plain =
        !found.value.isObject() || !hasFlag(found.value.asObject()->type, kTypeIsDataDescriptor);
    const bool in_class = stale.kind == AttrKind::kTypeAttribute;
    if (!plain && !in_class && hasFlag(found.value.asObject()->type, kTypeIsHeap)) {
        entry.kind = AttrKind::kDescriptor;
        return entry;
    }
    if (stale.kind == AttrKind::kDescriptor) entry.kind = AttrKind::kInlineValue;
    switch (entry.kind) {
        case AttrKind::kInlineValue: {
            const SharedKeys* keys = stale.type->shared_keys;
            const int key = keys == nullptr ? -1 : findSharedKey(keys, name);
            entry.index = static_cast<uint16_t>(key);
            return plain && key >= 0 ? std::optional(entry) : std::nullopt;
        }
        case AttrKind::kMethod:
            return isFunction(thread_, found.value) ? std::optional(entry) : std::nullopt;
        case AttrKind::kClassCell:
        case AttrKind::kTypeAttribute: {
            const bool data = plain && !found.value.isNull() &&
                              (!found.value.isObject() ||
                               !hasFlag(found.value.asObject()->type, kTypeIsDescriptor));
            return data ? std::optional(entry) : std::nullopt;
        }
        case AttrKind::kNone:
        case AttrKind::kSplitDict:
        case AttrKind::kCombinedDict:
        case AttrKind::kSlotMember:
        case AttrKind::kProperty:
        case AttrKind::kDescriptor:
        case AttrKind::kModuleAttribute:
        case AttrKind::kGetAttrHook:
            return std::nullopt;
    }
    return std::nullopt;
}

namespace {

int sharedKeyIndex(const Type* type, Str* name) {
    return type->shared_keys == nullptr ? -1 : findSharedKey(type->shared_keys, name);
}

}  // namespace

void BytecodeBuilder::dependOnLookup(Type* type, Str* name, bool constant) {
    const TypeAttribute found = findTypeAttribute(thread_, type, name);
    const Value value = constant && found.cell != nullptr ? found.cell->value : Value::null();
    function_.addDependency({type, name, found.cell, value, sharedKeyIndex(type, name),
                             accessProtocol(thread_, type), nullptr});
    function_.addReference(Value::of(type));
    function_.addReference(Value::of(name));
    // Kept, so that no other object can take its address and pass for it.
    if (!value.isNull()) function_.addReference(value);
}

// Makes sure that instances of `type` have no attribute `name` of their own. False = cannot.
bool BytecodeBuilder::guardNoInstanceAttribute(Instr* owner, const Type* type, Str* name) {
    if (!hasFlag(type, kTypeHasManagedDict)) return true;
    if (!hasFlag(type, kTypeHasInlineValues)) return false;
    Instr* values = guardValuesForm(owner);
    const int index = findSharedKey(type->shared_keys, name);
    if (index >= 0) {
        Instr* load = emit(Op::kLoadValue, {values});
        load->immediates[0].bits = static_cast<uint64_t>(index);
        Instr* guard =
            emitGuard(Op::kGuardFlag, DeoptReason::kEmptyAttribute, {emit(Op::kIsNull, {load})});
        guard->immediates[0].bits = 1;
    }
    return true;
}

// The operand on top, replaced by what was loaded from it.
void BytecodeBuilder::replaceOwner(Instr* value, Own own) {
    const Slot owner = pop();
    push(value, own);
    release(owner);
}

// --- loads -------------------------------------------------------------------------------------

void BytecodeBuilder::buildLOAD_ATTR(Instruction instruction) {
    Str* name = body_.names[instruction.operand];
    const std::optional<AttrEntry> entry = monomorphicEntry(instruction);
    if (entry && speculates() && loadFromEntry(*entry, name)) return;
    const auto load = &BytecodeBuilder::loadFromEntry;
    const auto generically = &BytecodeBuilder::loadGenerically;
    if (!entry && speculates() && buildPolymorphic(instruction, load, generically)) return;
    loadGenerically(instruction);
}

void BytecodeBuilder::loadGenerically(Instruction instruction) {
    Str* name = body_.names[instruction.operand];
    Instr* value = callHelper(Helper::kLoadAttr, {top().value, immediate(name),
                                                  immediate(&code_->caches[instruction.site])});
    replaceOperands(1, value);
}

bool BytecodeBuilder::loadFromEntry(const AttrEntry& entry, Str* name) {
    switch (entry.kind) {
        case AttrKind::kInlineValue:
            return loadInlineValue(entry, name);
        case AttrKind::kSlotMember:
            return loadSlotMember(entry, name);
        case AttrKind::kClassCell:
            return loadClassCell(entry, name);
        case AttrKind::kProperty:
            return loadProperty(entry, name);
        case AttrKind::kTypeAttribute:
            return loadTypeAttribute(entry, name);
        case AttrKind::kModuleAttribute:
            return loadModuleAttribute(entry, name);
        case AttrKind::kDescriptor:
            return loadDescriptor(entry, name);
        case AttrKind::kNone:
        case AttrKind::kSplitDict:
        case AttrKind::kCombinedDict:
        case AttrKind::kMethod:
        case AttrKind::kGetAttrHook:
            return false;
    }
    return false;
}

bool BytecodeBuilder::loadInlineValue(const AttrEntry& entry, Str* name) {
    dependOnLookup(entry.type, name, false);
    Instr* owner = guardType(top().value, entry.type);
    Instr* load = emit(Op::kLoadValue, {guardValuesForm(owner)});
    load->immediates[0].bits = entry.index;
    replaceOwner(guardNotNull(load, DeoptReason::kEmptyAttribute), Own::kUnstable);
    return true;
}

bool BytecodeBuilder::loadSlotMember(const AttrEntry& entry, Str* name) {
    dependOnLookup(entry.type, name, true);
    Instr* owner = guardType(top().value, entry.type);
    Instr* load = emit(Op::kLoadSlotMember, {owner});
    load->immediates[0].bits = entry.index;
    replaceOwner(guardNotNull(load, DeoptReason::kEmptyAttribute), Own::kUnstable);
    return true;
}

bool BytecodeBuilder::loadClassCell(const AttrEntry& entry, Str* name) {
    const TypeAttribute found = findTypeAttribute(thread_, entry.type, name);
    if (found.cell == nullptr || found.cell != entry.cell) return false;
    dependOnLookup(entry.type, name, false);
    Instr* owner = guardType(top().value, entry.type);
    if (!guardNoInstanceAttribute(owner, entry.type, name)) return false;
    replaceOwner(guardNotNull(loadCell(found.cell), DeoptReason::kEmptyAttribute), Own::kUnstable);
    return true;
}

bool BytecodeBuilder::loadProperty(const AttrEntry& entry, Str* name) {
    if (!isFunction(thread_, entry.value)) return false;
    auto* getter = entry.value.as<tagproof::Function>();
    if (!hasPlainParameters(getter->code, 1)) return false;
    dependOnLookup(entry.type, name, true);
    Instr* owner = guardType(top().value, entry.type);
    replaceOperands(1, callFunction(getter, {owner}));
    return true;
}

// What the class of a data descriptor written in the guest language gives as __get__ or __set__.
// The code relies on that class and on the cell that holds the descriptor, which may be replaced by
// another one of the class.
BytecodeBuilder::DescriptorAccess BytecodeBuilder::descriptorAccess(const AttrEntry& entry,
                                                                    Str* name,
                                                                    Str* special) {
    constexpr size_t kParameters = 3;  // self, instance, owner or value
    const auto& names = thread_.singletons->names;
    const TypeAttribute found = findTypeAttribute(thread_, entry.type, name);
    if (found.cell == nullptr || found.value != entry.value) return {};
    Type* type = entry.value.asObject()->type;
    const bool is_data = lookUpMethod(type, names.get) != nullptr &&
                         lookUpMethod(type, names.set) != nullptr && type->version_tag != 0;
    if (!is_data) return {};
    tagproof::Function* method = lookUpMethod(type, special);
    if (!hasPlainParameters(method->code, kParameters)) return {};
    function_.addDependency({entry.type, name, found.cell, Value::null(),
                             sharedKeyIndex(entry.type, name), accessProtocol(thread_, entry.type),
                             nullptr, type});
    function_.addReference(Value::of(entry.type));
    function_.addReference(Value::of(name));
    function_.addReference(Value::of(type));
    dependOnLookup(type, names.get, true);
    dependOnLookup(type, names.set, true);
    Instr* held = guardNotNull(loadCell(found.cell), DeoptReason::kEmptyAttribute);
    return {method, guardType(held, type)};
}

bool BytecodeBuilder::loadDescriptor(const AttrEntry& entry, Str* name) {
    const DescriptorAccess get = descriptorAccess(entry, name, thread_.singletons->names.get);
    if (get.method == nullptr) return false;
    Instr* owner = guardType(top().value, entry.type);
    push(get.descriptor, Own::kUnstable);
    Instr* result =
        callFunction(get.method, {get.descriptor, owner, constant(Value::of(entry.type))});
    replaceOperands(2, result);
    return true;
}

// C.x where the site has always seen the same class C.
bool BytecodeBuilder::loadTypeAttribute(const AttrEntry& entry, Str* name) {
    const TypeAttribute found = findTypeAttribute(thread_, entry.type, name);
    if (found.cell == nullptr || found.cell != entry.cell) return false;
    dependOnLookup(entry.type, name, false);
    dependOnLookup(entry.type->head.type, name, true);
    guardIs(top().value, Value::of(entry.type));
    replaceOwner(guardNotNull(loadCell(found.cell), DeoptReason::kEmptyAttribute), Own::kUnstable);
    return true;
}

// m.x where the cell is part of module m's namespace.
bool BytecodeBuilder::loadModuleAttribute(const AttrEntry& entry, Str*) {
    Instr* module = top().value;
    if (module->op != Op::kConst || entry.cell == nullptr) return false;
    replaceOwner(guardNotNull(loadCell(entry.cell), DeoptReason::kEmptyAttribute), Own::kUnstable);
    return true;
}

Instr* BytecodeBuilder::guardIs(Instr* value, Value expected) {
    if (value->op == Op::kConst && value->immediates[0].bits == expected.bits) return value;
    Instr* guard = emitGuard(Op::kGuardIs, DeoptReason::kWrongObject, {nonNull(value)});
    guard->immediates[0].bits = expected.bits;
    function_.addReference(expected);
    return constant(expected);
}

// --- stores ------------------------------------------------------------------------------------

void BytecodeBuilder::buildSTORE_ATTR(Instruction instruction) {
    Str* name = body_.names[instruction.operand];
    const std::optional<AttrEntry> entry = monomorphicEntry(instruction);
    if (entry && speculates() && storeToEntry(*entry, name)) return;
    const auto store = &BytecodeBuilder::storeToEntry;
    const auto generically = &BytecodeBuilder::storeGenerically;
    if (!entry && speculates() && buildPolymorphic(instruction, store, generically)) return;
    storeGenerically(instruction);
}

void BytecodeBuilder::storeGenerically(Instruction instruction) {
    Str* name = body_.names[instruction.operand];
    callStatus(Helper::kStoreAttr, {top(1).value, immediate(name), top(2).value,
                                    immediate(&code_->caches[instruction.site])});
    dropOperands(2);
}

bool BytecodeBuilder::storeToEntry(const AttrEntry& entry, Str* name) {
    switch (entry.kind) {
        case AttrKind::kInlineValue:
            return storeInlineValue(entry, name);
        case AttrKind::kTypeAttribute:
            return storeTypeAttribute(entry, name);
        case AttrKind::kSlotMember:
            return storeSlotMember(entry, name);
        case AttrKind::kProperty:
            return storeThroughProperty(entry, name);
        case AttrKind::kDescriptor:
            return storeThroughDescriptor(entry, name);
        case AttrKind::kNone:
        case AttrKind::kSplitDict:
        case AttrKind::kCombinedDict:
        case AttrKind::kClassCell:
        case AttrKind::kMethod:
        case AttrKind::kModuleAttribute:
        case AttrKind::kGetAttrHook:
            return false;
    }
    return false;
}

// The store takes the value's reference and releases the old one, so it may run guest code: the
// owner's reference is the only operand still to be given back afterwards.
void BytecodeBuilder::finishStore(Instr* store) {
    const Slot owner = pop();
    pop();
    if (owner.own == Own::kOwned) releasing_.push_back(owner);
    store->reason = DeoptReason::kInvalidated;
    store->frame = frameAt(after_pc_);
    releasing_.clear();
    append(store);
    release(owner);
}

bool BytecodeBuilder::storeInlineValue(const AttrEntry& entry, Str* name) {
    dependOnLookup(entry.type, name, false);
    makeOwned(top(2));
    countUnstable();
    Instr* owner = guardType(top().value, entry.type);
    Instr* values = guardValuesForm(owner);
    Instr* store = function_.newInstr(Op::kStoreValue, types::kNothing);
    store->operands = {owner, values, nonNull(top(2).value)};
    store->immediates[0].bits = entry.index;
    store->immediates[1].name = name;
    function_.addReference(Value::of(name));
    finishStore(store);
    return true;
}

bool BytecodeBuilder::storeSlotMember(const AttrEntry& entry, Str* name) {
    dependOnLookup(entry.type, name, true);
    makeOwned(top(2));
    countUnstable();
    Instr* owner = guardType(top().value, entry.type);
    Instr* store = function_.newInstr(Op::kStoreSlotMember, types::kNothing);
    store->operands = {owner, nonNull(top(2).value)};
    store->immediates[0].bits = entry.index;
    finishStore(store);
    return true;
}

bool BytecodeBuilder::storeThroughDescriptor(const AttrEntry& entry, Str* name) {
    const DescriptorAccess set = descriptorAccess(entry, name, thread_.singletons->names.set);
    if (set.method == nullptr) return false;
    Instr* owner = guardType(top().value, entry.type);
    Instr* value = nonNull(top(2).value);
    push(set.descriptor, Own::kUnstable);
    push(callFunction(set.method, {set.descriptor, owner, value}), Own::kOwned);
    dropOperands(4);
    return true;
}

bool BytecodeBuilder::storeThroughProperty(const AttrEntry& entry, Str* name) {
    if (!isFunction(thread_, entry.value)) return false;
    auto* setter = entry.value.as<tagproof::Function>();
    if (!hasPlainParameters(setter->code, 2)) return false;
    dependOnLookup(entry.type, name, true);
    Instr* owner = guardType(top().value, entry.type);
    push(callFunction(setter, {owner, nonNull(top(2).value)}), Own::kOwned);
    dropOperands(3);
    return true;
}

// C.x = plain data over plain data: the cell is written, the version stays.
bool BytecodeBuilder::storeTypeAttribute(const AttrEntry& entry, Str* name) {
    Instr* value = nonNull(top(2).value);
    const TypeAttribute found = findTypeAttribute(thread_, entry.type, name);
    if (found.cell == nullptr || found.cell != entry.cell || found.holder != entry.type)
        return false;
    value = guardPlain(value, found.cell);
    if (value == nullptr) return false;
    dependOnLookup(entry.type, name, false);
    dependOnLookup(entry.type->head.type, name, true);
    guardIs(top().value, Value::of(entry.type));
    makeOwned(top(2));
    countUnstable();
    Instr* store = function_.newInstr(Op::kStoreCell, types::kNothing);
    store->operands = {value};
    store->immediates[0].cell = found.cell;
    function_.addReference(Value::of(found.cell));
    finishStore(store);
    return true;
}

// A value that is certainly no descriptor: its type is known, or speculated to be that of what lies
// in the cell now, and is a built-in one, which stays as it is; null when there is no such type.
Instr* BytecodeBuilder::guardPlain(Instr* value, const Cell* cell) {
    const auto is_plain = [](const Type* type) {
        return !hasFlag(type, kTypeIsHeap) && type->slots.descriptor_get == nullptr &&
               type->slots.descriptor_set == nullptr;
    };
    if (value->type.isUncounted()) return value;
    if (value->type.exact() != nullptr) return is_plain(value->type.exact()) ? value : nullptr;
    if (!cell->value.isObject()) {
        return emitGuard(Op::kGuardImmediate, DeoptReason::kWrongType, {value});
    }
    const Type* type = cell->value.asObject()->type;
    return is_plain(type) ? guardType(value, type) : nullptr;
}

void BytecodeBuilder::buildDELETE_ATTR(Instruction instruction) {
    callStatus(Helper::kDeleteAttr, {top().value, immediate(body_.names[instruction.operand])});
    dropOperands(1);
}

// --- methods -----------------------------------------------------------------------------------

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
