// Compiled units and the cycle collector. A unit owns a count of everything its code names: types,
// callees, namespaces, cells, constants. As long as the unit can run these are alive by other
// means; the counts only keep an address from being used again while the code compares with it. So
// they are no reason to keep an object that the program has lost: the unit goes with it. That is
// also how a function goes whose own unit is the last to refer to it.
//
// A unit stays when the program still reaches all that it names, or when it may be running. Its
// stand-in for the compiled function belongs to it alone and stays with it. Retired units, which
// wait until no stack mentions them, count as the program's until then.

#include <algorithm>

#include "jit/jit.h"
#include "jit/native_stack.h"
#include "objmodel/reference_graph.h"
#include "runtime/garbage_collector.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

// The program reaches all that the unit's code names.
bool isWhole(const CompiledUnit& unit, const ReferenceGraph& graph) {
    return std::ranges::all_of(unit.references, [&](Value value) {
        return value == Value::of(unit.function) || graph.isReached(value);
    });
}

void keep(const CompiledUnit& unit, ReferenceGraph& graph) {
    for (const Value value : unit.references) graph.reach(value);
}

}  // namespace

WeakOwners Jit::weakOwners(Jit& jit) {
    WeakOwners owners;
    owners.context = &jit;
    owners.prepare = [](void* context) { static_cast<Jit*>(context)->freeRetired(); };
    owners.visit = [](void* context, VisitFunction visit, void* visit_context) {
        for (const CompiledUnit* unit : static_cast<Jit*>(context)->enterableUnits()) {
            for (const Value value : unit->references) visit(value, visit_context);
        }
    };
    owners.keep = [](void* context, ReferenceGraph& graph) {
        static_cast<Jit*>(context)->keepUnits(graph);
    };
    owners.give_up = [](void* context, const ReferenceGraph& graph) {
        static_cast<Jit*>(context)->giveUpUnits(graph);
    };
    return owners;
}

// Those that run, and those that may again.
std::vector<CompiledUnit*> Jit::enterableUnits() const {
    std::vector<CompiledUnit*> result;
    for (const auto* list : {&units_, &dormant_}) {
        for (const auto& unit : *list) result.push_back(unit.get());
    }
    return result;
}

// What one unit keeps may be what another waits for.
void Jit::keepUnits(ReferenceGraph& graph) {
    std::vector<CompiledUnit*> waiting = enterableUnits();
    const auto keep_those = [&](auto stays) {
        const auto middle = std::stable_partition(waiting.begin(), waiting.end(),
                                                  [&](auto* unit) { return !stays(*unit); });
        const std::vector<CompiledUnit*> kept(middle, waiting.end());
        waiting.erase(middle, waiting.end());
        for (const CompiledUnit* unit : kept) keep(*unit, graph);
        return !kept.empty();
    };
    const auto is_whole = [&](const CompiledUnit& unit) { return isWhole(unit, graph); };
    while (keep_those(is_whole)) {
    }
    if (waiting.empty()) return;
    const NativeStack stack;
    keep_those([&](const CompiledUnit& unit) { return stack.mentions(unit.bytes); });
    while (keep_those(is_whole)) {
    }
}

// At the end of the program every unit goes: its statistics are those of before.
void Jit::giveUpUnits(const ReferenceGraph& graph) {
    const uint64_t live_code_bytes = statistics_.live_code_bytes;
    const uint64_t invalidations = statistics_.invalidations;
    uint64_t given_up = 0;
    for (CompiledUnit* unit : enterableUnits()) {
        if (isWhole(*unit, graph)) continue;
        ++given_up;
        const bool is_active =
            std::ranges::find(units_, unit, &std::unique_ptr<CompiledUnit>::get) != units_.end();
        if (is_active) {
            invalidate(*unit, false);
        } else {
            retireDormant(*unit);
        }
    }
    freeRetired();
    statistics_.invalidations = invalidations;
    if (vm_.collector().programIsOver()) {
        statistics_.live_code_bytes = live_code_bytes;
    } else {
        statistics_.units_collected += given_up;
    }
}

}  // namespace tagproof
