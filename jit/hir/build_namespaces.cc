// Attributes of classes and modules: where a site has always seen the same one, its identity is
// tested and the attribute's cell is used.
//
//   C.x         GuardIs, LoadCell               the lookup of x on C and on its metatype:
//   dependencies C.x = v     GuardIs, v is plain, StoreCell m.x         GuardIs, GuardType,
//   LoadCell    a module may become one of another class m.x = v     GuardIs, GuardType, the cell
//   is not empty, StoreCell

#include "jit/hir/bytecode_builder.h"
#include "objmodel/attr.h"
#include "objmodel/cell.h"
#include "objmodel/core_types.h"
#include "objmodel/dict.h"
#include "objmodel/heap.h"
#include "objmodel/singletons.h"
#include "objmodel/str.h"
#include "objmodel/thread.h"
#include "objmodel/type.h"
#include "runtime/module.h"
#include "runtime/vm.h"

namespace tagproof::hir {

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

// --- modules -----------------------------------------------------------------------------------

// The module in sys.modules whose namespace the entry has recorded, or null.
Value BytecodeBuilder::cachedModule(const AttrEntry& entry, Str* name) const {
    const Value found = entry.value;
    const bool is_dict = found.isObject() && thread_.heap->isLiveObject(found.asObject()) &&
                         isExactly(found, thread_.types->dict);
    if (!is_dict) return Value::null();
    auto* dict = found.as<Dict>();
    if (!dict->holds_cells || dictFindCell(dict, name) != entry.cell) return Value::null();
    const Value module_name = dictGetStr(dict, thread_.singletons->names.name);
    if (!isExactly(module_name, thread_.types->str)) return Value::null();
    const Value module = dictGetStr(thread_.vm->modules(), module_name.as<Str>());
    const bool is_it = isExactly(module, thread_.types->module) && moduleDict(module) == dict;
    return is_it ? module : Value::null();
}

// The cell's content, where the owner on top is the module that the site has always seen; or null.
Instr* BytecodeBuilder::loadModuleCell(const AttrEntry& entry, Str* name) {
    const Value module = cachedModule(entry, name);
    if (module.isNull()) return nullptr;
    guardType(guardIs(top().value, module), thread_.types->module);
    return guardNotNull(loadCell(entry.cell), DeoptReason::kEmptyAttribute);
}

bool BytecodeBuilder::loadModuleAttribute(const AttrEntry& entry, Str* name) {
    Instr* content = loadModuleCell(entry, name);
    if (content == nullptr) return false;
    replaceOwner(content, Own::kUnstable);
    return true;
}

// An empty cell leaves: the namespace counts its names and keeps their order.
bool BytecodeBuilder::storeModuleAttribute(const AttrEntry& entry, Str* name) {
    if (cachedModule(entry, name).isNull()) return false;
    makeOwned(top(2));
    countUnstable();
    loadModuleCell(entry, name);
    Instr* store = function_.newInstr(Op::kStoreCell, types::kNothing);
    store->operands = {nonNull(top(2).value)};
    store->immediates[0].cell = entry.cell;
    function_.addReference(Value::of(entry.cell));
    finishStore(store);
    return true;
}

}  // namespace tagproof::hir
