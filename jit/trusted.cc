#include "jit/trusted.h"

#include <algorithm>
#include <utility>

#include "jit/compiled_unit.h"
#include "jit/helpers.h"
#include "objmodel/cell.h"
#include "objmodel/core_types.h"
#include "objmodel/heap.h"
#include "objmodel/layout.h"
#include "objmodel/shared_keys.h"
#include "objmodel/singletons.h"
#include "objmodel/str.h"
#include "objmodel/thread.h"
#include "objmodel/type.h"
#include "runtime/attr_cache.h"
#include "runtime/call.h"
#include "runtime/code.h"
#include "runtime/function.h"

namespace tagproof {

namespace {

using verify::Field;
using verify::FieldKind;

constexpr Field kThreadFields[] = {
    {.offset = layout::kThreadPoll, .width = 4, .kind = FieldKind::kInt},
    {.offset = layout::kThreadRecursionDepth,
     .width = 4,
     .kind = FieldKind::kInt,
     .writable = true},
    {.offset = layout::kThreadEntryLimit, .width = 4, .kind = FieldKind::kInt},
    {.offset = layout::kThreadPending, .kind = FieldKind::kValueOrNull},
    {.offset = layout::kThreadCallee, .kind = FieldKind::kValue, .writable = true},
    {.offset = layout::kThreadArgs,
     .count = layout::kThreadArgCount,
     .kind = FieldKind::kValueOrNull,
     .writable = true},
    {.offset = layout::kThreadOsrValues,
     .count = layout::kThreadOsrCount,
     .kind = FieldKind::kValueOrNull},
    {.offset = layout::kThreadDeoptValues,
     .count = layout::kThreadDeoptCount,
     .kind = FieldKind::kExitWord,
     .readable = false,
     .writable = true},
};

static_assert(verify::kMaxStackWords * 8 + 16 <= layout::kCompiledFrameBytes,
              "what is proven of frames is what entries from C++ rely on");

verify::ArgKind argKind(char letter) {
    using enum verify::ArgKind;
    if (isValueLetter(letter)) return kValue;
    switch (letter) {
        case 't':
            return kThread;
        case 'n':
            return kValueOrNull;
        case 'o':
            return kObject;
        case 'c':
            return kConst;
        case 'd':
            return kDouble;
        default:
            return isHandleLetter(letter) ? kHandle : kInt;
    }
}

verify::ResultKind resultKind(HelperResult result) {
    switch (result) {
        case HelperResult::kValue:
            return verify::ResultKind::kValue;
        case HelperResult::kValueOrNull:
            return verify::ResultKind::kValueOrNull;
        case HelperResult::kObjectOrNull:
            return verify::ResultKind::kObjectOrNull;
        case HelperResult::kInt:
            return verify::ResultKind::kInt;
        case HelperResult::kNone:
            return verify::ResultKind::kNone;
    }
    return verify::ResultKind::kNone;
}

bool isExit(Helper helper) {
    using enum Helper;
    return helper == kResume || helper == kLeaveLoop || helper == kUnwind ||
           helper == kLeaveGenerator;
}

std::vector<verify::Helper> makeHelpers(HelperCalls calls) {
    std::vector<verify::Helper> rows;
    for (const Helper helper : kAllHelpers) {
        const HelperInfo& info = helperInfo(helper);
        verify::Helper row;
        row.address = helperAddress(helper, calls);
        row.name = info.name;
        for (const char letter : info.arguments) {
            if (isHandleLetter(letter)) row.handle_sorts[row.arg_count] = letter;
            row.args[row.arg_count++] = argKind(letter);
        }
        if (info.arguments.ends_with('d')) --row.arg_count;
        row.result = resultKind(info.result);
        row.effect = info.effect == HelperEffect::kLeaf ? verify::CallEffect::kLeaf
                                                        : verify::CallEffect::kMayFree;
        row.is_exit = isExit(helper);
        row.result_is_sentinel = helper == Helper::kLeaveLoop;
        rows.push_back(row);
    }
    std::ranges::sort(rows, {}, &verify::Helper::address);
    return rows;
}

// Of the cache that an instruction has; 0: it has none.
char cacheSort(Opcode op) {
    switch (op) {
        case Opcode::LOAD_ATTR:
            return kLoadAttrCacheHandle;
        case Opcode::LOAD_METHOD:
            return kLoadMethodCacheHandle;
        case Opcode::STORE_ATTR:
            return kStoreAttrCacheHandle;
        case Opcode::LOAD_GLOBAL:
            return kLoadGlobalCacheHandle;
        case Opcode::STORE_GLOBAL:
            return kStoreGlobalCacheHandle;
        case Opcode::BEFORE_WITH:
            return kWithCacheHandle;
        default:
            return 0;
    }
}

template <typename Row>
void sortByAddress(std::vector<Row>& rows) {
    std::ranges::sort(rows, {}, &Row::address);
    const auto same = [](const Row& a, const Row& b) { return a.address == b.address; };
    rows.erase(std::unique(rows.begin(), rows.end(), same), rows.end());
}

}  // namespace

TrustedTables::TrustedTables(const Thread& thread,
                             const hir::Function& function,
                             const CompiledUnit& unit,
                             const std::vector<x64::Exit>& exits,
                             const Function* guest)
    : thread_(thread) {
    static const std::vector<verify::Helper> kPlain = makeHelpers(HelperCalls::kPlain);
    static const std::vector<verify::Helper> kChecked = makeHelpers(HelperCalls::kChecked);
    shared_.helpers = unit.helper_calls == HelperCalls::kPlain ? kPlain : kChecked;
    shared_.thread = kThreadFields;
    addTypes(thread, function);
    addCells(function, unit);
    addHandles(function, unit, guest);
    addExits(exits, unit.first_exit_id);
    finish(function);
}

void TrustedTables::addTypes(const Thread& thread, const hir::Function& function) {
    const CoreTypes& types = *thread.types;
    addType(types.list, {{.offset = layout::kListItems, .kind = FieldKind::kItems},
                         {.offset = layout::kListSize, .kind = FieldKind::kLength}});
    addType(types.tuple, {{.offset = layout::kTupleSize, .kind = FieldKind::kLength},
                          {.offset = layout::kTupleItems, .kind = FieldKind::kInlineItems}});
    addType(types.range_iterator,
            {{.offset = layout::kRangeIterNext, .kind = FieldKind::kInt, .writable = true},
             {.offset = layout::kRangeIterStep, .kind = FieldKind::kInt},
             {.offset = layout::kRangeIterRemaining, .kind = FieldKind::kInt, .writable = true}});
    addType(types.cell, {{.offset = layout::kCellValue, .kind = FieldKind::kValueOrNull}});
    for (const hir::Block* block : function.blocks) {
        for (const hir::Instr* instr : block->instrs) {
            const bool names_type =
                instr->op == hir::Op::kGuardType || instr->op == hir::Op::kHasType;
            if (names_type) addType(instr->immediates[0].type, {});
        }
    }
}

void TrustedTables::addType(const Type* type, std::vector<Field> native) {
    const auto address = reinterpret_cast<uint64_t>(type);
    if (std::ranges::find(types_, address, &verify::TypeRow::address) != types_.end()) return;
    verify::TypeRow row;
    row.address = address;
    row.managed = hasFlag(type, kTypeHasManagedDict);
    if (type->shared_keys != nullptr) row.capacity = type->shared_keys->count;
    if (type->slots_count > 0 && !hasFlag(type, kTypeIsStr)) {
        native.push_back({.offset = static_cast<int32_t>(type->slots_begin),
                          .count = type->slots_count,
                          .kind = FieldKind::kValueOrNull,
                          .writable = true});
    }
    row.fields = fields_.emplace_back(std::move(native));
    row.name = names_.emplace_back(toUtf8(type->name));
    types_.push_back(row);
}

void TrustedTables::addCells(const hir::Function& function, const CompiledUnit& unit) {
    regions_.push_back({.address = reinterpret_cast<uint64_t>(unit.valid.get()),
                        .size = 1,
                        .width = 1,
                        .kind = FieldKind::kInt});
    if (unit.stress_counters != nullptr) {
        regions_.push_back({.address = reinterpret_cast<uint64_t>(unit.stress_counters.get()),
                            .size = 4 * function.instrCount(),
                            .width = 4,
                            .kind = FieldKind::kInt,
                            .writable = true});
    }
    for (const hir::Block* block : function.blocks) {
        for (const hir::Instr* instr : block->instrs) {
            if (instr->op == hir::Op::kLoadCell || instr->op == hir::Op::kStoreCell) {
                const auto cell = reinterpret_cast<uint64_t>(instr->immediates[0].cell);
                regions_.push_back({.address = cell + layout::kCellValue, .writable = true});
            } else if (instr->op == hir::Op::kCallFunction) {
                const Code* callee = instr->immediates[0].function->code;
                entry_cells_.push_back({reinterpret_cast<uint64_t>(&callee->entry),
                                        static_cast<uint32_t>(parameterCount(callee))});
            }
        }
    }
}

// A class whose instances are made by object.__new__.
bool TrustedTables::isPlainClass(Value value) const {
    return isExactly(value, thread_.types->type) &&
           value.as<Type>()->slots.construct == thread_.types->object->slots.construct;
}

// By what the code object and the function have, not by what the HIR names. Types and descriptors
// are those that the unit keeps alive.
void TrustedTables::addHandles(const hir::Function& function,
                               const CompiledUnit& unit,
                               const Function* guest) {
    const auto add = [this](const void* address, char sort) {
        handles_.push_back({reinterpret_cast<uint64_t>(address), sort});
    };
    const Code& code = *unit.code;
    add(&code, kCodeHandle);
    for (const Str* name : code.body->names) add(name, kNameHandle);
    for (const Instruction instruction : code.body->instructions) {
        const char sort = cacheSort(instruction.op());
        if (sort != 0) add(&code.caches[instruction.site], sort);
    }
    if (guest != nullptr) {
        add(guest->globals, kDictHandle);
        add(guest->builtins, kDictHandle);
    }
    for (const Value value : function.references) {
        if (isPlainClass(value)) add(value.asObject(), kTypeHandle);
        if (isExactly(value, thread_.types->getset_descriptor)) {
            add(value.asObject(), kComputedAttributeHandle);
        }
    }
}

void TrustedTables::addExits(const std::vector<x64::Exit>& exits, uint32_t first_id) {
    for (size_t i = 0; i < exits.size(); ++i) {
        std::vector<verify::ExitWord>& words = exit_words_.emplace_back();
        for (const x64::ExitWord& word : exits[i].words) {
            const bool raw = word.kind == x64::WordKind::kDouble;
            words.push_back({raw ? verify::WordKind::kDouble : verify::WordKind::kTagged,
                             raw             ? verify::WordOwnership::kImmediate
                             : word.is_owned ? verify::WordOwnership::kOwned
                                             : verify::WordOwnership::kBorrowed,
                             word.is_nullable});
        }
        exits_.push_back({first_id + static_cast<uint32_t>(i), words});
    }
}

// Objects that the code embeds as values. Cells are regions instead: the code writes to them.
void TrustedTables::addConstants(const hir::Function& function) {
    for (const hir::Block* block : function.blocks) {
        for (const hir::Instr* instr : block->instrs) {
            const bool is_value = instr->op == hir::Op::kConst || instr->op == hir::Op::kGuardIs ||
                                  instr->op == hir::Op::kCallFunction;
            const Value value{instr->immediates[0].bits};
            if (is_value && value.isObject()) constants_.push_back({.address = value.bits});
            if (instr->op == hir::Op::kBoolFromFlag) addBooleans();
        }
    }
}

void TrustedTables::addBooleans() {
    constants_.push_back({.address = thread_.singletons->true_.bits});
    constants_.push_back({.address = thread_.singletons->false_.bits});
}

// An object of two sorts would stay twice, which checkTables() finds.
void TrustedTables::sortHandles() {
    const auto key = [](const verify::Handle& row) { return std::pair(row.address, row.sort); };
    std::ranges::sort(handles_, {}, key);
    const auto same = [&](const auto& a, const auto& b) { return key(a) == key(b); };
    handles_.erase(std::unique(handles_.begin(), handles_.end(), same), handles_.end());
}

void TrustedTables::finish(const hir::Function& function) {
    addConstants(function);
    sortByAddress(types_);
    sortByAddress(regions_);
    sortByAddress(constants_);
    sortByAddress(entry_cells_);
    sortHandles();
    shared_.types = types_;
    trusted_.shared = &shared_;
    trusted_.entry = function.entry_kind == hir::EntryKind::kNormal ? verify::EntryKind::kNormal
                                                                    : verify::EntryKind::kLoop;
    trusted_.arg_count = function.argument_count;
    trusted_.exits = exits_;
    trusted_.regions = regions_;
    trusted_.constants = constants_;
    trusted_.entry_cells = entry_cells_;
    trusted_.handles = handles_;
}

}  // namespace tagproof
