#include "jit/jit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "jit/compile.h"
#include "jit/entry_audit.h"
#include "jit/helper_audit.h"
#include "jit/jit_module.h"
#include "jit/native_stack.h"
#include "jit/perf_map.h"
#include "jit/verify/infer/infer.h"
#include "objmodel/attr.h"
#include "objmodel/check.h"
#include "objmodel/print.h"
#include "objmodel/shared_keys.h"
#include "objmodel/str.h"
#include "objmodel/thread.h"
#include "objmodel/type.h"
#include "runtime/code.h"
#include "runtime/frame.h"
#include "runtime/function.h"
#include "runtime/interpreter.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

// Failures of one guard after which its site is compiled without speculation.
constexpr uint32_t kMaxGuardFailures = 8;
// Calls of a function until it is compiled again after its code was given up.
constexpr uint32_t kRewarmCalls = 2;

// Invalidated units kept for the case that their dependencies hold again; the oldest go first.
constexpr size_t kMaxDormant = 64;

using Dependents = std::vector<CompiledUnit*>;

// Data that no attribute protocol applies to.
bool isPlain(Value value) {
    if (!value.isObject()) return true;
    const Type* type = value.asObject()->type;
    return !hasFlag(type, kTypeIsDescriptor) && !hasFlag(type, kTypeIsDataDescriptor);
}

uint64_t nonZero(uint64_t threshold) { return threshold == 0 ? 1 : threshold; }

}  // namespace

uint64_t JitStatistics::totalDeopts() const {
    uint64_t total = 0;
    for (const uint64_t count : deopts) total += count;
    return total;
}

// --- attaching ---------------------------------------------------------------------------------

std::unique_ptr<Jit> Jit::attach(Vm& vm, const JitOptions& options) {
    std::unique_ptr<Jit> jit(new Jit(vm, options));
    const CodePages pages = options.perf_map ? CodePages::kAnonymous : CodePages::kMemfd;
    if (options.mode != JitMode::kOff && !jit->cache_.open(pages)) {
        printTo(stderr, "tagproof: no executable memory: {}; --jit=off runs without the compiler\n",
                std::strerror(errno));
        return nullptr;
    }
    JitHooks hooks;
    hooks.context = jit.get();
    hooks.code_released = &Jit::codeReleased;
    hooks.visit_references = &Jit::visitReferences;
    hooks.weak_owners = weakOwners(*jit);
    if (options.mode != JitMode::kOff) {
        const bool always = options.mode == JitMode::kAlways;
        hooks.call_threshold = always ? 1 : static_cast<uint32_t>(nonZero(options.call_threshold));
        hooks.loop_threshold = always ? 1 : static_cast<uint32_t>(nonZero(options.loop_threshold));
        hooks.function_hot = &Jit::functionHot;
        hooks.enter_loop = &Jit::enterLoop;
        hooks.enter_resumed = &Jit::enterResumed;
        hooks.type_modified = &Jit::typeModified;
        hooks.function_modified = &Jit::functionModified;
    }
    vm.setHooks(hooks);
    addJitModules(vm);
    return jit;
}

namespace {

void dumpToStandardError(const char* what, const std::string& text, void*) {
    printTo(stderr, "-- {} --\n{}", what, text);
}

}  // namespace

Jit::Jit(Vm& vm, const JitOptions& options)
    : vm_(vm),
      options_(options),
      verify_workspace_(std::make_unique<verify::InferenceWorkspace>()) {
    if (!options.dump.empty() || !options.dump_after.empty()) dump_sink_ = dumpToStandardError;
    if (options.check_helpers) audit_ = std::make_unique<HelperAudit>(vm.heap());
    if (options.jit_dump && options.mode != JitMode::kOff) jit_dump_ = JitDump::create(".");
}

Jit::~Jit() {
    for (auto& unit : units_) {
        unregisterDependencies(*unit);
        setEntry(unit->code, nullptr);
    }
    for (Code* code : touched_) {
        delete code->compiled;
        code->compiled = nullptr;
    }
    JitHooks hooks;
    vm_.setHooks(hooks);
    for (auto& unit : units_) releaseReferences(*unit);
    for (auto& unit : dormant_) releaseReferences(*unit);
    for (auto& unit : retired_) releaseReferences(*unit);
}

Jit& Jit::of(const Thread& thread) { return *static_cast<Jit*>(thread.vm->hooks().context); }

void Jit::setCallThreshold(uint32_t calls) {
    JitHooks hooks = vm_.hooks();
    hooks.call_threshold = calls;
    vm_.setHooks(hooks);
}

void Jit::setEnabled(bool enabled) {
    if (options_.mode == JitMode::kOff) return;
    enabled_ = enabled;
    JitHooks hooks = vm_.hooks();
    hooks.function_hot = enabled ? &Jit::functionHot : nullptr;
    hooks.enter_loop = enabled ? &Jit::enterLoop : nullptr;
    hooks.enter_resumed = enabled ? &Jit::enterResumed : nullptr;
    vm_.setHooks(hooks);
    for (const auto& unit : units_) {
        if (hir::entersFrame(unit->entry_kind) || !unit->isValid()) continue;
        setEntry(unit->code, enabled ? entryOf(*unit) : nullptr);
    }
}

Thread& Jit::thread() const { return vm_.thread(); }

void Jit::setDumpSink(DumpSink sink, void* context) {
    dump_sink_ = sink;
    dump_context_ = context;
}

void Jit::setCheckedSink(CheckedSink sink, void* context) {
    checked_sink_ = sink;
    checked_context_ = context;
}

void Jit::setUnitSink(UnitSink sink, void* context) {
    unit_sink_ = sink;
    unit_context_ = context;
}

// --- compiling ---------------------------------------------------------------------------------

CompiledState& Jit::stateOf(Code* code) {
    if (code->compiled == nullptr) {
        code->compiled = new CompiledState;
        touched_.insert(code);
    }
    return *code->compiled;
}

CompiledUnit* Jit::unitOf(const Code* code) const {
    return code->compiled == nullptr ? nullptr : code->compiled->normal;
}

const CompiledUnit* Jit::unitAt(const void* address) const {
    const auto* byte = static_cast<const uint8_t*>(address);
    for (const auto& unit : units_) {
        if (byte >= unit->bytes.data() && byte < unit->bytes.data() + unit->bytes.size()) {
            return unit.get();
        }
    }
    return nullptr;
}

Result<CompiledUnit*> Jit::forceCompile(Function* function) {
    if (options_.mode == JitMode::kOff) {
        return CompileError{CompileErrorKind::kUnsupported, "the compiler is off"};
    }
    CompiledState& state = stateOf(function->code);
    if (state.normal != nullptr) return state.normal;
    function->code->jit_flags &= ~static_cast<uint32_t>(kCodeNeverCompile);
    CompileRequest request{.function = function};
    request.failed_sites = &state.failed_sites;
    auto compiled = compileUnit(request);
    const bool has_body = (function->code->body->flags & kCodeIsGenerator) != 0;
    if (compiled.ok() && has_body) {
        auto body = compileGeneratorBody(function);
        if (!body.ok()) return body;
    }
    return compiled;
}

Result<CompiledUnit*> Jit::compileUnit(const CompileRequest& asked) {
    if (options_.mode == JitMode::kOff || !enabled_) {
        return CompileError{CompileErrorKind::kUnsupported, "the compiler is off"};
    }
    if (CompiledUnit* unit = reviveDormant(asked.function->code, asked.entry, asked.osr_target)) {
        return unit;
    }
    freeRetired();
    CompileRequest request = asked;
    request.first_exit_id = static_cast<uint32_t>(exits_.size());
    CompileRecord record;
    const CompileObserver observer{dump_sink_, dump_context_, checked_sink_, checked_context_};
    auto compiled =
        compile(vm_.thread(), request, options_, cache_, *verify_workspace_, observer, record);
    statistics_.compile_nanoseconds += record.total_nanoseconds;
    statistics_.verify_nanoseconds += record.verify_nanoseconds;
    statistics_.verify_times += record.verify_times;
    statistics_.publish_nanoseconds += record.publish_nanoseconds;
    if (!compiled.ok()) {
        if (request.entry == hir::EntryKind::kNormal) {
            request.function->code->jit_flags |= kCodeNeverCompile;
        }
        recordFailure(request, compiled.error());
        return compiled.error();
    }
    return install(std::move(compiled.value()));
}

CompiledUnit* Jit::install(std::unique_ptr<CompiledUnit> owned) {
    CompiledUnit* unit = owned.get();
    units_.push_back(std::move(owned));
    for (const ExitRecord& record : unit->exits) exits_.push_back({unit, &record});
    activate(*unit);
    if (unit->entry_kind == hir::EntryKind::kLoop) ++statistics_.loops_compiled;
    const bool resumes =
        unit->entry_kind == hir::EntryKind::kResume || unit->entry_kind == hir::EntryKind::kThrow;
    if (resumes) ++statistics_.resumptions_compiled;
    ++statistics_.functions_compiled;
    auto& published = stateOf(unit->code).published;
    if (!published.insert({unit->entry_kind, unit->osr_target}).second) {
        ++statistics_.recompilations;
    }
    statistics_.code_bytes += unit->bytes.size();
    addProof(unit->proof);
    if (options_.perf_map) appendToPerfMap(unit->bytes, unit->name);
    if (jit_dump_ != nullptr) jit_dump_->add(*unit);
    if (unit_sink_ != nullptr) unit_sink_(*unit, unit_context_);
    return unit;
}

// Where calls enter the unit.
void* Jit::entryOf(const CompiledUnit& unit) const {
    return audit_ == nullptr ? unit.entry() : reinterpret_cast<void*>(&auditedEntry);
}

// Makes the unit the one that runs.
void Jit::activate(CompiledUnit& unit) {
    registerDependencies(unit);
    CompiledState& state = stateOf(unit.code);
    if (hir::entersFrame(unit.entry_kind)) {
        state.frame_entries.add(unit);
        unit.code->jit_flags |= kCodeHasFrameEntries;
    } else {
        state.normal = &unit;
        setEntry(unit.code, entryOf(unit));
    }
    statistics_.live_code_bytes += unit.bytes.size();
}

// Classes that are patched back and forth would have the same code compiled again and again.
CompiledUnit* Jit::reviveDormant(Code* code, hir::EntryKind kind, uint32_t target) {
    const auto found = std::ranges::find_if(dormant_, [&](const auto& unit) {
        return unit->code == code && unit->entry_kind == kind && unit->osr_target == target &&
               dependenciesHold(*unit);
    });
    return found == dormant_.end() ? nullptr
                                   : revive(static_cast<size_t>(found - dormant_.begin()));
}

CompiledUnit* Jit::revive(size_t index) {
    CompiledUnit* unit = dormant_[index].get();
    units_.push_back(std::move(dormant_[index]));
    dormant_.erase(dormant_.begin() + static_cast<std::ptrdiff_t>(index));
    *unit->valid = 1;
    activate(*unit);
    ++statistics_.revivals;
    return unit;
}

bool Jit::hasActiveUnit(const CompiledUnit& dormant) const {
    const CompiledState* state = dormant.code->compiled;
    if (state == nullptr) return false;
    if (!hir::entersFrame(dormant.entry_kind)) return state->normal != nullptr;
    return state->frame_entries.find(dormant.entry_kind, dormant.osr_target) != nullptr;
}

// A change of `type` may have brought back what dormant units rely on.
void Jit::reviveDependents(const Type* type) {
    for (size_t i = dormant_.size(); i-- > 0;) {
        const CompiledUnit& unit = *dormant_[i];
        const bool relies = std::ranges::any_of(
            unit.dependencies, [&](const auto& relied) { return relied.type == type; });
        const bool fits = relies && enabled_ && !hasActiveUnit(unit) && dependenciesHold(unit);
        if (fits) static_cast<void>(revive(i));
    }
}

void Jit::addProof(const verify::Statistics& proof) {
    verify::Statistics& sum = statistics_.proof;
    sum.instructions += proof.instructions;
    sum.bytes += proof.bytes;
    sum.labels += proof.labels;
    sum.calls += proof.calls;
    sum.exits += proof.exits;
    for (size_t i = 0; i < verify::kWriteClassCount; ++i) sum.writes[i] += proof.writes[i];
    for (size_t i = 0; i < verify::kMaxRows; ++i) sum.row_uses[i] += proof.row_uses[i];
}

void Jit::recordFailure(const CompileRequest& request, const CompileError& error) {
    const CodeBody& body = *request.function->code->body;
    const std::string name = unitName(request);
    const std::string place = fmt::format("{}:{}", toUtf8(body.filename), body.first_line);
    statistics_.not_compiled.push_back({name, place, error.kind, error.message});
    if (error.kind != CompileErrorKind::kVerifyFailed) return;
    ++statistics_.rejected;
    printTo(stderr, "tagproof: {} ({}) stays interpreted: {}\n", name, place, error.message);
}

// --- hooks -------------------------------------------------------------------------------------

void Jit::functionHot(Thread& thread, Function* function) {
    Jit& jit = of(thread);
    CompiledState& state = jit.stateOf(function->code);
    if (state.normal != nullptr) return;
    CompileRequest request{.function = function};
    request.failed_sites = &state.failed_sites;
    static_cast<void>(jit.compileUnit(request));
}

void Jit::typeModified(Thread& thread, Type* type, Str*) {
    Jit& jit = of(thread);
    if (const auto* dependents = static_cast<Dependents*>(type->dependents)) {
        const Dependents affected = *dependents;
        for (CompiledUnit* unit : affected) {
            if (unit->isValid() && !jit.dependenciesHold(*unit)) jit.invalidate(*unit, true);
        }
    }
    jit.reviveDependents(type);
}

// Code or defaults of a function were replaced.
void Jit::functionModified(Thread& thread, Function* function) {
    Jit& jit = of(thread);
    std::vector<CompiledUnit*> affected;
    for (const auto& unit : jit.units_) {
        const bool relies = std::ranges::any_of(unit->functions_relied, [&](const auto& relied) {
            return relied.function == function;
        });
        if (relies) affected.push_back(unit.get());
    }
    for (CompiledUnit* unit : affected) jit.invalidate(*unit, false);
}

void Jit::codeReleased(Thread& thread, Code* code) {
    of(thread).touched_.erase(code);
    delete code->compiled;
    code->compiled = nullptr;
}

void Jit::visitReferences(void* jit, VisitFunction visit, void* visit_context) {
    const auto* self = static_cast<Jit*>(jit);
    for (const auto* units : {&self->units_, &self->dormant_, &self->retired_}) {
        for (const auto& unit : *units) {
            for (const Value reference : unit->references) visit(reference, visit_context);
        }
    }
}

// --- dependencies ------------------------------------------------------------------------------

void Jit::registerDependencies(CompiledUnit& unit) {
    for (const hir::Dependency& dependency : unit.dependencies) {
        auto*& list = dependency.type->dependents;
        if (list == nullptr) list = new Dependents;
        auto& dependents = *static_cast<Dependents*>(list);
        if (std::ranges::find(dependents, &unit) == dependents.end()) dependents.push_back(&unit);
    }
}

void Jit::unregisterDependencies(CompiledUnit& unit) {
    for (const hir::Dependency& dependency : unit.dependencies) {
        auto* dependents = static_cast<Dependents*>(dependency.type->dependents);
        if (dependents == nullptr) continue;
        std::erase(*dependents, &unit);
        if (!dependents->empty()) continue;
        delete dependents;
        dependency.type->dependents = nullptr;
    }
}

bool Jit::dependenciesHold(const CompiledUnit& unit) const {
    const bool functions_hold = std::ranges::all_of(unit.functions_relied, [](const auto& relied) {
        return relied.function->version == relied.version;
    });
    if (!functions_hold) return false;
    return std::ranges::all_of(unit.dependencies, [&](const hir::Dependency& relied) {
        if (relied.mro != nullptr) return relied.type->mro == relied.mro;
        if (hir::accessProtocol(vm_.thread(), relied.type) != relied.protocol) return false;
        const TypeAttribute now = findTypeAttribute(vm_.thread(), relied.type, relied.name);
        const SharedKeys* keys = relied.type->shared_keys;
        const int key = keys == nullptr ? -1 : findSharedKey(keys, relied.name);
        const bool same_value =
            relied.constant.isNull() ||
            (relied.constant == now.value && callsOf(vm_.thread(), now.value) == relied.calls);
        const bool same_kind = relied.held_type != nullptr
                                   ? isExactly(now.value, relied.held_type)
                                   : !relied.constant.isNull() || isPlain(now.value);
        return now.cell == relied.cell && same_value && same_kind && key == relied.key_index;
    });
}

// `may_hold_again`: nothing but the dependencies speaks against the unit.
void Jit::invalidate(CompiledUnit& unit, bool may_hold_again) {
    *unit.valid = 0;
    ++statistics_.invalidations;
    Code* code = unit.code;
    CompiledState& state = stateOf(code);
    if (state.normal == &unit) {
        state.normal = nullptr;
        setEntry(code, nullptr);
        rewarm(code);
    }
    state.frame_entries.remove(unit);
    if (state.frame_entries.isEmpty()) {
        code->jit_flags &= ~static_cast<uint32_t>(kCodeHasFrameEntries);
        code->back_edges = 0;
    }
    unregisterDependencies(unit);
    statistics_.live_code_bytes -= unit.bytes.size();
    const auto owner = std::ranges::find(units_, &unit, &std::unique_ptr<CompiledUnit>::get);
    std::unique_ptr<CompiledUnit> owned = std::move(*owner);
    units_.erase(owner);
    if (!may_hold_again) {
        retired_.push_back(std::move(owned));
        return;
    }
    dormant_.push_back(std::move(owned));
    if (dormant_.size() <= kMaxDormant) return;
    retired_.push_back(std::move(dormant_.front()));
    dormant_.erase(dormant_.begin());
}

void Jit::retireDormant(CompiledUnit& unit) {
    const auto owner = std::ranges::find(dormant_, &unit, &std::unique_ptr<CompiledUnit>::get);
    retired_.push_back(std::move(*owner));
    dormant_.erase(owner);
}

// Lets the function get hot again soon, with what the interpreter has learnt meanwhile.
void Jit::rewarm(Code* code) {
    const uint32_t threshold = vm_.hooks().call_threshold;
    code->calls = threshold > kRewarmCalls ? threshold - kRewarmCalls : 0;
}

void Jit::forceUncompile(Code* code) {
    if (CompiledUnit* unit = unitOf(code)) invalidate(*unit, false);
}

// Units that no return address on the stack points into.
void Jit::freeRetired() {
    if (retired_.empty()) return;
    const NativeStack stack;
    const auto gone =
        std::stable_partition(retired_.begin(), retired_.end(),
                              [&](const auto& unit) { return stack.mentions(unit->bytes); });
    std::vector<std::unique_ptr<CompiledUnit>> freed(std::make_move_iterator(gone),
                                                     std::make_move_iterator(retired_.end()));
    retired_.erase(gone, retired_.end());
    for (auto& unit : freed) {
        for (uint32_t i = 0; i < unit->exits.size(); ++i) exits_[unit->first_exit_id + i] = {};
        cache_.release(unit->bytes);
        releaseReferences(*unit);
    }
}

// --- exits -------------------------------------------------------------------------------------

Jit::ExitPlace Jit::exitPlace(uint64_t exit_id, x64::ExitAction action) const {
    const ExitPlace& place = exits_[exit_id];
    TAGPROOF_CHECK(place.record->action == action, "an exit calls the helper of another action");
    return place;
}

void Jit::noteExit(const ExitPlace& place) {
    using hir::DeoptReason;
    CompiledUnit& unit = *place.unit;
    const ExitRecord& record = *place.record;
    ++const_cast<ExitRecord&>(record).taken;
    ++statistics_.deopts[static_cast<size_t>(record.reason)];
    if (options_.explain_deopts) {
        printTo(stderr, "deopt: {} line {}: {}\n", unit.name, lineOf(unit.code, record.guard_pc),
                hir::toString(record.reason));
    }
    const bool expected = record.reason == DeoptReason::kPoll ||
                          record.reason == DeoptReason::kInvalidated ||
                          record.reason == DeoptReason::kTracebackLives || options_.deopt_stress;
    if (expected || !unit.isValid()) return;
    CompiledState& state = stateOf(unit.code);
    if (++state.failures[record.guard_pc] < kMaxGuardFailures) return;
    state.failures.erase(record.guard_pc);
    state.failed_sites.push_back(record.guard_pc);
    invalidate(unit, false);
}

void Jit::clearDeoptStatistics() { statistics_.deopts = {}; }

}  // namespace tagproof
