// Entries from a frame that exists: loops that run in the interpreter, bodies of generators. The
// frame lends its words to compiled code, which gives them back where it leaves into the frame, and
// has released them where it returns or raises.

#include "jit/compile.h"
#include "jit/hir/bytecode_cfg.h"
#include "jit/jit.h"
#include "objmodel/error.h"
#include "objmodel/ref.h"
#include "objmodel/thread.h"
#include "runtime/code.h"
#include "runtime/frame.h"
#include "runtime/function.h"
#include "runtime/generator.h"
#include "runtime/native_depth.h"
#include "runtime/validate_bytecode.h"

namespace tagproof {

// --- which units there are ---------------------------------------------------------------------

void FrameEntries::add(CompiledUnit& unit) {
    std::vector<CompiledUnit*>& units = units_[static_cast<size_t>(unit.entry_kind)];
    if (unit.osr_target >= units.size()) units.resize(unit.osr_target + 1);
    if (units[unit.osr_target] == nullptr) ++count_;
    units[unit.osr_target] = &unit;
}

void FrameEntries::remove(const CompiledUnit& unit) {
    std::vector<CompiledUnit*>& units = units_[static_cast<size_t>(unit.entry_kind)];
    if (find(unit.entry_kind, unit.osr_target) != &unit) return;
    units[unit.osr_target] = nullptr;
    --count_;
}

// --- entering ------------------------------------------------------------------------------------

FrameEntry Jit::enterLoop(Thread& thread, Frame& frame, uint32_t target, Value* result) {
    return of(thread).enterFrame(frame, hir::EntryKind::kLoop, target, result);
}

FrameEntry Jit::enterResumed(Thread& thread, Frame& frame, Value* result) {
    const uint32_t target = frame.pcIndex();
    if (!hasPending(thread)) {
        return of(thread).enterFrame(frame, hir::EntryKind::kResume, target, result);
    }
    // The interpreter is quicker at leaving a frame.
    if (hir::findHandler(*frame.code->body, target) == nullptr) return FrameEntry::kNotEntered;
    return of(thread).enterFrame(frame, hir::EntryKind::kThrow, target, result);
}

// Hands the frame's words to the compiled code, which owns them from then on.
FrameEntry Jit::enterFrame(Frame& frame, hir::EntryKind kind, uint32_t target, Value* result) {
    CompiledUnit* unit = frameUnit(frame, kind, target);
    if (unit == nullptr) return FrameEntry::kNotEntered;
    Thread& thread = this->thread();
    const auto words = static_cast<size_t>(frame.stack_top - frame.slots());
    for (size_t i = 0; i < words; ++i) {
        thread.osr_values[i] = frame.slots()[i];
        frame.slots()[i] = Value::null();
    }
    frame.stack_top = frame.stackBase();
    using Enter = uint64_t (*)(Thread*);
    const NativeDepthScope scope(thread);
    const uint64_t outcome = reinterpret_cast<Enter>(unit->entry())(&thread);
    if (outcome == layout::kTagSentinel) return FrameEntry::kResumed;
    if (outcome == 0) return FrameEntry::kRaised;
    *result = Value{outcome};
    const Generator* generator = frame.generator;
    const bool yielded = generator != nullptr && generator->state == GeneratorState::kSuspended;
    return yielded ? FrameEntry::kYielded : FrameEntry::kReturned;
}

CompiledUnit* Jit::frameUnit(Frame& frame, hir::EntryKind kind, uint32_t target) {
    if (frame.function == nullptr) frame.code->back_edges = 0;  // module bodies: asked seldom
    if (thread().poll != 0 || frame.function == nullptr) return nullptr;
    if (!hasRoomForCompiled(thread())) return nullptr;
    if ((frame.code->jit_flags & kCodeHasManyGlobals) != 0) return nullptr;
    const CompiledState* state = frame.code->compiled;
    CompiledUnit* known = state == nullptr ? nullptr : state->frame_entries.find(kind, target);
    if (known != nullptr) return known;
    const bool never = (frame.code->jit_flags & kCodeNeverCompile) != 0 ||
                       (state != nullptr && state->refused.contains({kind, target}));
    if (never) {
        frame.code->back_edges = 0;
        return nullptr;
    }
    const auto depth = static_cast<size_t>(frame.stack_top - frame.stackBase());
    // What is thrown in is not the compiler's: its own failures must not take it away.
    Ref thrown(hasPending(thread()) ? takePending(thread()) : Value::null());
    auto compiled = compileFrameUnit(frame.function, kind, target, depth);
    if (thrown) restorePending(thread(), thrown.release());
    return compiled.ok() ? compiled.value() : nullptr;
}

Result<CompiledUnit*> Jit::compileFrameUnit(Function* function,
                                            hir::EntryKind kind,
                                            uint32_t target,
                                            size_t depth) {
    CompiledState& state = stateOf(function->code);
    CompileRequest request{.function = function};
    request.entry = kind;
    request.osr_target = target;
    request.osr_depth = static_cast<uint32_t>(depth);
    request.failed_sites = &state.failed_sites;
    auto compiled = compileUnit(request);
    if (!compiled.ok()) state.refused.insert({kind, target});
    return compiled;
}

// --- ahead of time -------------------------------------------------------------------------------

// A unit for each place where the body goes on: its start, behind each yield.
Result<CompiledUnit*> Jit::compileGeneratorBody(Function* function) {
    const CodeBody& body = *function->code->body;
    const std::vector<int> depths = stackDepths(viewOf(body));
    Result<CompiledUnit*> last = static_cast<CompiledUnit*>(nullptr);
    for (uint32_t i = 0; i < body.instructions.size() && last.ok(); ++i) {
        const Opcode op = body.instructions[i].op();
        if (op != Opcode::RETURN_GENERATOR && op != Opcode::YIELD_VALUE) continue;
        const CompiledState& state = stateOf(function->code);
        if (state.frame_entries.find(hir::EntryKind::kResume, i + 1) != nullptr) continue;
        const auto depth = static_cast<size_t>(depths[i + 1]);
        last = compileFrameUnit(function, hir::EntryKind::kResume, i + 1, depth);
    }
    return last;
}

}  // namespace tagproof
