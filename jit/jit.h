#pragma once
// The compiler's public face. A Jit belongs to one Vm: it installs the hooks that the interpreter
// calls when code gets hot, owns all compiled units, and keeps them consistent with the program's
// types. Nothing that the verifier rejects is ever published.

#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "jit/code_cache.h"
#include "jit/compile_error.h"
#include "jit/compiled_unit.h"
#include "jit/jit_dump.h"
#include "jit/options.h"
#include "jit/statistics.h"
#include "runtime/jit_hooks.h"

namespace tagproof {

class HelperAudit;
class ReferenceGraph;
class Vm;
namespace verify {
struct InferenceWorkspace;
}
struct CompileRequest;
struct Function;

class Jit {
  public:
    // Attaches to a Vm that has not run anything yet; registers the modules `jit`, `cinderjit` and
    // `_cinderx`. Destroy the Jit after the program has ended and before the Vm. Null with a
    // message on standard error when code memory cannot be had.
    [[nodiscard]] static std::unique_ptr<Jit> attach(Vm& vm, const JitOptions& options);
    ~Jit();
    Jit(const Jit&) = delete;
    Jit& operator=(const Jit&) = delete;

    // The Jit of a thread's Vm. It must have one.
    [[nodiscard]] static Jit& of(const Thread& thread);

    // Compiles now and publishes, of a generator function its body too; already compiled is fine.
    // The unit of the normal entry. Never leaves an exception pending.
    [[nodiscard]] Result<CompiledUnit*> forceCompile(Function* function);
    // Goes back to the interpreter; the code may be compiled again when hot.
    void forceUncompile(Code* code);
    // While disabled nothing new is compiled and published code is not entered.
    void setEnabled(bool enabled);
    [[nodiscard]] bool isEnabled() const { return enabled_; }
    void setCallThreshold(uint32_t calls);

    [[nodiscard]] const JitOptions& options() const { return options_; }
    [[nodiscard]] const JitStatistics& statistics() const { return statistics_; }
    void clearDeoptStatistics();
    [[nodiscard]] const std::vector<std::unique_ptr<CompiledUnit>>& units() const { return units_; }
    // The unit of a code object's normal entry, or null.
    [[nodiscard]] CompiledUnit* unitOf(const Code* code) const;
    // The unit whose code contains an address, or null.
    [[nodiscard]] const CompiledUnit* unitAt(const void* address) const;

    // Null unless options().check_helpers.
    [[nodiscard]] HelperAudit* helperAudit() const { return audit_.get(); }

    // Called by exits (deopt.cc).
    struct ExitPlace {
        CompiledUnit* unit;
        const ExitRecord* record;
    };
    // What happens there must be `action`: the verifier knows which exits a unit has, not what they
    // do.
    [[nodiscard]] ExitPlace exitPlace(uint64_t exit_id, x64::ExitAction action) const;
    void noteExit(const ExitPlace& place);

    // Observes each compile: text of HIR after each pass, listing. For dumps and tests.
    using DumpSink = void (*)(const char* what, const std::string& text, void* context);
    void setDumpSink(DumpSink sink, void* context);
    // Shown each unit that is published, before it runs.
    using UnitSink = void (*)(const CompiledUnit& unit, void* context);
    void setUnitSink(UnitSink sink, void* context);
    // Shown each unit that the verifier has judged, rejected ones too, before any of them runs.
    using CheckedSink = void (*)(const CheckedUnit& unit, void* context);
    void setCheckedSink(CheckedSink sink, void* context);

  private:
    explicit Jit(Vm& vm, const JitOptions& options);

    // --- hooks
    static void functionHot(Thread& thread, Function* function);
    static FrameEntry enterLoop(Thread& thread, Frame& frame, uint32_t target, Value* result);
    static FrameEntry enterResumed(Thread& thread, Frame& frame, Value* result);
    FrameEntry enterFrame(Frame& frame, hir::EntryKind kind, uint32_t target, Value* result);
    static void typeModified(Thread& thread, Type* type, Str* name);
    static void functionModified(Thread& thread, Function* function);
    static void codeReleased(Thread& thread, Code* code);
    static void visitReferences(void* jit, VisitFunction visit, void* visit_context);

    // --- what units refer to, for the collector (unit_references.cc)
    [[nodiscard]] static WeakOwners weakOwners(Jit& jit);
    void keepUnits(ReferenceGraph& graph);
    void giveUpUnits(const ReferenceGraph& graph);
    [[nodiscard]] std::vector<CompiledUnit*> enterableUnits() const;

    // --- units (jit.cc)
    Result<CompiledUnit*> compileUnit(const CompileRequest& asked);
    CompiledUnit* install(std::unique_ptr<CompiledUnit> owned);
    CompiledUnit* frameUnit(Frame& frame, hir::EntryKind kind, uint32_t target);
    Result<CompiledUnit*> compileFrameUnit(Function* function,
                                           hir::EntryKind kind,
                                           uint32_t target,
                                           size_t depth);
    Result<CompiledUnit*> compileGeneratorBody(Function* function);
    void addProof(const verify::Statistics& proof);
    [[nodiscard]] Thread& thread() const;
    void recordFailure(const CompileRequest& request, const CompileError& error);
    CompiledState& stateOf(Code* code);
    void registerDependencies(CompiledUnit& unit);
    void unregisterDependencies(CompiledUnit& unit);
    [[nodiscard]] bool dependenciesHold(const CompiledUnit& unit) const;
    void invalidate(CompiledUnit& unit, bool may_hold_again);
    void retireDormant(CompiledUnit& unit);
    [[nodiscard]] CompiledUnit* reviveDormant(Code* code, hir::EntryKind kind, uint32_t target);
    CompiledUnit* revive(size_t index);
    [[nodiscard]] bool hasActiveUnit(const CompiledUnit& dormant) const;
    void reviveDependents(const Type* type);
    [[nodiscard]] void* entryOf(const CompiledUnit& unit) const;
    void activate(CompiledUnit& unit);
    void freeRetired();
    void rewarm(Code* code);

    Vm& vm_;
    JitOptions options_;
    bool enabled_ = true;
    CodeCache cache_;
    std::unique_ptr<HelperAudit> audit_;
    std::unique_ptr<verify::InferenceWorkspace> verify_workspace_;  // kept for its buffers
    JitStatistics statistics_;
    std::vector<std::unique_ptr<CompiledUnit>> units_;  // live ones, in order of publication
    std::vector<std::unique_ptr<CompiledUnit>>
        dormant_;  // invalidated, kept while they may hold again
    std::vector<std::unique_ptr<CompiledUnit>> retired_;  // given up, perhaps still on a stack
    std::vector<ExitPlace> exits_;                        // by exit id
    std::unordered_set<Code*> touched_;                   // those whose `compiled` is set
    DumpSink dump_sink_ = nullptr;
    void* dump_context_ = nullptr;
    std::unique_ptr<JitDump> jit_dump_;  // null unless asked for
    UnitSink unit_sink_ = nullptr;
    void* unit_context_ = nullptr;
    CheckedSink checked_sink_ = nullptr;
    void* checked_context_ = nullptr;
};

}  // namespace tagproof
