// Attributes: what a site's cache has seen, as guards and plain loads.
//
//   inline value   GuardType, GuardValues, LoadValue, null test
//   class data     GuardType, (no instance attribute of that name,) LoadCell
//
// Methods: build_methods.cc; attributes of classes and modules: build_namespaces.cc; __getattr__
// and its kin: build_hooks.cc. That the type's lookup still finds what it found at compile time is
// a dependency, not a test.

#include <algorithm>
#include <span>

#include "jit/hir/bytecode_builder.h"
#include "objmodel/attr.h"
#include "objmodel/cell.h"
#include "objmodel/core_types.h"
#include "objmodel/descriptors.h"
#include "objmodel/heap.h"
#include "objmodel/shared_keys.h"
#include "objmodel/singletons.h"
#include "objmodel/thread.h"
#include "objmodel/tuple.h"
#include "objmodel/type.h"
#include "runtime/attr_lookup.h"
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
    const bool plain = !objectHasFlag(found.value, kTypeIsDataDescriptor);
    const bool in_class =
        stale.kind == AttrKind::kTypeAttribute || stale.kind == AttrKind::kTypeClassMethod;
    if (!plain && !objectHasFlag(found.value, kTypeIsDescriptor)) return std::nullopt;
    if (!plain && !in_class && objectHasFlag(found.value, kTypeIsHeap)) {
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
        case AttrKind::kClassMethod:
        case AttrKind::kTypeClassMethod:
            entry.value = wrappedFunction(thread_, found.value);
            return entry.value.isNull() ? std::nullopt : std::optional(entry);
        case AttrKind::kClassCell:
        case AttrKind::kTypeAttribute: {
            const bool data =
                plain && !found.value.isNull() && !objectHasFlag(found.value, kTypeIsDescriptor);
            return data ? std::optional(entry) : std::nullopt;
        }
        case AttrKind::kNone:
        case AttrKind::kSplitDict:
        case AttrKind::kCombinedDict:
        case AttrKind::kSlotMember:
        case AttrKind::kProperty:
        case AttrKind::kGetSet:
        case AttrKind::kDescriptor:
        case AttrKind::kModuleAttribute:
        case AttrKind::kHook:
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
                             accessProtocol(thread_, type), nullptr, nullptr,
                             callsOf(thread_, value)});
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
        case AttrKind::kGetSet:
            return loadGetSet(entry, name);
        case AttrKind::kDescriptor:
            return loadDescriptor(entry, name);
        case AttrKind::kMethod:
        case AttrKind::kClassMethod:
            return loadBoundMethod(entry, name);
        case AttrKind::kHook:
            return loadThroughHook(entry, name);
        case AttrKind::kNone:
        case AttrKind::kSplitDict:
        case AttrKind::kCombinedDict:
        case AttrKind::kTypeClassMethod:
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
    if (entry.cell == nullptr && !entry.value.isNull()) return loadStaticMethod(entry, name);
    const TypeAttribute found = findTypeAttribute(thread_, entry.type, name);
    if (found.cell == nullptr || found.cell != entry.cell) return false;
    dependOnLookup(entry.type, name, false);
    Instr* owner = guardType(top().value, entry.type);
    if (!guardNoInstanceAttribute(owner, entry.type, name)) return false;
    replaceOwner(guardNotNull(loadCell(found.cell), DeoptReason::kEmptyAttribute), Own::kUnstable);
    return true;
}

bool BytecodeBuilder::loadStaticMethod(const AttrEntry& entry, Str* name) {
    dependOnLookup(entry.type, name, true);
    Instr* owner = guardType(top().value, entry.type);
    if (!guardNoInstanceAttribute(owner, entry.type, name)) return false;
    replaceOwner(constant(entry.value), Own::kStable);
    return true;
}

bool BytecodeBuilder::loadProperty(const AttrEntry& entry, Str* name) {
    if (!isFunction(thread_, entry.value)) return false;
    auto* getter = entry.value.as<tagproof::Function>();
    if (!hasPlainParameters(getter->code, 1)) return false;
    dependOnLookup(entry.type, name, true);
    Instr* owner = guardType(top().value, entry.type);
    replaceOperands(1, callForAttribute(getter, {owner}, owner, name));
    return true;
}

// Whether the entry is that of object.__class__: the type itself.
bool BytecodeBuilder::isClassOfObject(const AttrEntry& entry) const {
    return entry.kind == AttrKind::kGetSet &&
           entry.value ==
               findTypeAttribute(thread_, thread_.types->object, thread_.singletons->names.class_)
                   .value;
}

bool BytecodeBuilder::loadGetSet(const AttrEntry& entry, Str* name) {
    dependOnLookup(entry.type, name, true);
    Instr* owner = guardType(top().value, entry.type);
    if (isClassOfObject(entry)) {
        replaceOwner(constant(Value::of(entry.type)), Own::kStable);
        return true;
    }
    Instr* descriptor = immediate(entry.value.as<GetSetDescriptor>());
    function_.addReference(entry.value);
    replaceOperands(1, callHelper(Helper::kLoadGetSet, {owner, descriptor}));
    return true;
}

// What the class of a descriptor written in the guest language gives as __get__ or __set__. The
// code relies on that class and on the cell that holds the descriptor, which may be replaced by
// another one of the class.
BytecodeBuilder::DescriptorAccess BytecodeBuilder::descriptorAccess(const AttrEntry& entry,
                                                                    Str* name,
                                                                    Str* special) {
    constexpr size_t kParameters = 3;  // self, instance, owner or value
    const auto& names = thread_.singletons->names;
    const TypeAttribute found = findTypeAttribute(thread_, entry.type, name);
    if (found.cell == nullptr || found.value != entry.value) return {};
    Type* type = entry.value.asObject()->type;
    tagproof::Function* method = lookUpMethod(type, special);
    if (method == nullptr || type->version_tag == 0) return {};
    const bool is_data =
        lookUpMethod(type, names.get) != nullptr && lookUpMethod(type, names.set) != nullptr;
    const bool gives_way = special == names.get && type->slots.descriptor_set == nullptr;
    if (!(is_data || gives_way) || !hasPlainParameters(method->code, kParameters)) return {};
    function_.addDependency({entry.type, name, found.cell, Value::null(),
                             sharedKeyIndex(entry.type, name), accessProtocol(thread_, entry.type),
                             nullptr, type});
    function_.addReference(Value::of(entry.type));
    function_.addReference(Value::of(name));
    function_.addReference(Value::of(type));
    for (Str* relied : {names.get, names.set, names.delete_}) dependOnLookup(type, relied, true);
    Instr* held = guardNotNull(loadCell(found.cell), DeoptReason::kEmptyAttribute);
    return {method, guardType(held, type), gives_way};
}

bool BytecodeBuilder::loadDescriptor(const AttrEntry& entry, Str* name) {
    const DescriptorAccess get = descriptorAccess(entry, name, thread_.singletons->names.get);
    if (get.method == nullptr) return false;
    Instr* owner = guardType(top().value, entry.type);
    if (get.gives_way && !guardNoInstanceAttribute(owner, entry.type, name)) return false;
    push(get.descriptor, Own::kUnstable);
    Instr* result = callForAttribute(
        get.method, {get.descriptor, owner, constant(Value::of(entry.type))}, owner, name);
    replaceOperands(2, result);
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
        case AttrKind::kModuleAttribute:
            return storeModuleAttribute(entry, name);
        case AttrKind::kHook:
            return storeThroughHook(entry, name);
        case AttrKind::kNone:
        case AttrKind::kSplitDict:
        case AttrKind::kCombinedDict:
        case AttrKind::kClassCell:
        case AttrKind::kMethod:
        case AttrKind::kClassMethod:
        case AttrKind::kTypeClassMethod:
        case AttrKind::kGetSet:
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

void BytecodeBuilder::buildDELETE_ATTR(Instruction instruction) {
    callStatus(Helper::kDeleteAttr, {top().value, immediate(body_.names[instruction.operand])});
    dropOperands(1);
}

}  // namespace tagproof::hir
