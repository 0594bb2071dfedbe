#pragma once
// Watches helpers keep what their rows in helpers.def promise: the verifier believes those rows. A
// unit compiled with JitOptions::check_helpers calls each helper through a function that looks
// before and after:
//
//   emitted code --mov r, checked address; call r--> HelperAudit::call --> the helper
//                                                       |    ^
//                          arguments, memory, counters <+    +> result, registers, pending, memory
//
//   arguments   have the kinds of the row; objects are alive
//   result      is of the row's kind; an exception is pending exactly where the result says so
//   kLeaf       frees nothing, allocates nothing but floats, changes no type and no slot word of an
//               argument, runs no guest code
//   kAllocates  runs no guest code: nothing interpreted is called, and compiled entries are slow
//               meanwhile, so that they are seen
//   ABI         callee-saved registers keep their words, the direction flag is clear
//
// It costs about as much again as the helpers do. A Jit that was not asked for it has none.

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "jit/helpers.h"
#include "objmodel/allocation_observer.h"
#include "objmodel/value.h"

namespace tagproof {

class Heap;
struct Thread;

// When an exception is pending behind a helper.
enum class PendingRule : uint8_t {
    kAsResult,   // exactly when the result is null or negative; as before where there is none
    kIfNull,     // only when the result is null, which may mean something else too
    kAlways,     // whatever the result
    kUnchecked,  // the result does not say
};

// A helper's row, with what its result says of exceptions.
struct AuditRow {
    HelperInfo info;
    PendingRule pending = PendingRule::kAsResult;
};

// Words of a call: general registers in order, and xmm0.
struct CallWords {
    std::array<uint64_t, 6> words{};
    double number = 0;
};

class HelperAudit {
  public:
    static constexpr size_t kMaxFindings = 100;

    // Watches the allocations of `heap` while it lives; no other observer may be set there.
    explicit HelperAudit(Heap& heap);
    ~HelperAudit();
    HelperAudit(const HelperAudit&) = delete;
    HelperAudit& operator=(const HelperAudit&) = delete;

    // Calls the row's function, and looks. The result is rax.
    uint64_t call(const AuditRow& row, const CallWords& words);
    // The same for a helper of the table, which is counted.
    uint64_t call(Helper helper, const CallWords& words);

    [[nodiscard]] uint64_t callsOf(Helper helper) const {
        return calls_[static_cast<size_t>(helper)];
    }
    // A fixnum, an immediate double or an object that lives.
    [[nodiscard]] bool isValue(uint64_t word) const;

    void note(std::string finding);
    // Distinct ones, the first kMaxFindings: "opFoo: frees memory".
    [[nodiscard]] const std::vector<std::string>& findings() const { return findings_; }

  private:
    struct Before;

    static void taken(void* audit, AllocationKind kind, const void* address, size_t bytes);
    static void freed(void* audit, AllocationKind kind, const void* address, size_t bytes);
    void checkArguments(const AuditRow& row, const CallWords& words);
    void checkHandles(const AuditRow& row, const CallWords& words);
    void checkRegisters(const AuditRow& row, const std::array<uint64_t, 7>& registers);
    void checkResult(const AuditRow& row, uint64_t result);
    void checkPending(const AuditRow& row, uint64_t result, const Before& before);
    void checkEffect(const AuditRow& row, const CallWords& words, const Before& before);
    [[nodiscard]] Before look(const AuditRow& row, const CallWords& words);
    void find(const AuditRow& row, const std::string& what);

    Heap& heap_;
    AllocationObserver observer_;
    uint64_t frees_ = 0;
    uint64_t allocations_ = 0;  // but for floats
    uint64_t all_calls_ = 0;    // of helpers
    std::array<uint64_t, std::size(kAllHelpers)> calls_{};
    std::set<std::string> known_;
    std::vector<std::string> findings_;
};

}  // namespace tagproof
