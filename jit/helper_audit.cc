#include "jit/helper_audit.h"

#include <fmt/format.h>

#include "jit/watched_call.h"
#include "objmodel/core_types.h"
#include "objmodel/heap.h"
#include "objmodel/object.h"
#include "objmodel/thread.h"
#include "runtime/native_depth.h"

// uint64_t tagproofCallWatched(rdi function, rsi words[6], xmm0 number, rdx out[7])
//
// Calls `function` with the callee-saved registers set to words of their own; out = these registers
// behind the call (rbx, rbp, r12 ... r15), and the flags.
asm(R"(
    .text
    .globl tagproofCallWatched
    .hidden tagproofCallWatched
    .type tagproofCallWatched, @function
tagproofCallWatched:
    push %rbx
    push %rbp
    push %r12
    push %r13
    push %r14
    push %r15
    push %rdx
    mov %rdi, %rax
    mov %rsi, %r10
    mov 0(%r10), %rdi
    mov 8(%r10), %rsi
    mov 16(%r10), %rdx
    mov 24(%r10), %rcx
    mov 32(%r10), %r8
    mov 40(%r10), %r9
    mov $0x5a5a0000, %rbx
    mov $0x5a5a0001, %rbp
    mov $0x5a5a0002, %r12
    mov $0x5a5a0003, %r13
    mov $0x5a5a0004, %r14
    mov $0x5a5a0005, %r15
    call *%rax
    pop %rdx
    mov %rbx, 0(%rdx)
    mov %rbp, 8(%rdx)
    mov %r12, 16(%rdx)
    mov %r13, 24(%rdx)
    mov %r14, 32(%rdx)
    mov %r15, 40(%rdx)
    pushf
    pop %rcx
    mov %rcx, 48(%rdx)
    cld
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rbp
    pop %rbx
    ret
    .size tagproofCallWatched, .-tagproofCallWatched
)");

namespace tagproof {

namespace {

constexpr uint64_t kCanary = 0x5a5a0000;
constexpr size_t kSavedRegisters = 6;
constexpr uint64_t kDirectionFlag = 1U << 10;

bool runsNoGuest(const AuditRow& row) { return row.info.effect != HelperEffect::kRunsGuest; }

// The words of a call that the row calls values or objects.
template <typename Visit>
void forEachValue(const AuditRow& row, const CallWords& words, Visit visit) {
    for (size_t i = 0; i < row.info.arguments.size() && i < words.words.size(); ++i) {
        const char letter = row.info.arguments[i];
        const bool is_value = isValueLetter(letter) || letter == 'n' || letter == 'o';
        if (is_value) visit(letter, words.words[i], i);
    }
}

// What a handle of that letter points to; null: no object, a cache.
const Type* handleType(const CoreTypes& types, char letter) {
    switch (letter) {
        case kNameHandle:
            return types.str;
        case kDictHandle:
            return types.dict;
        case kCodeHandle:
            return types.code;
        case kTypeHandle:
            return types.type;
        case kComputedAttributeHandle:
            return types.getset_descriptor;
        default:
            return nullptr;
    }
}

struct HeadWords {
    const Type* type = nullptr;
    uint64_t slot = 0;

    friend bool operator==(const HeadWords&, const HeadWords&) = default;
};

HeadWords headOf(uint64_t word) {
    if (!Value{word}.isObject()) return {};
    const Object* object = Value{word}.asObject();
    return {object->type, object->slot.rawWord()};
}

}  // namespace

struct HelperAudit::Before {
    uint64_t frees = 0;
    uint64_t allocations = 0;
    uint64_t all_calls = 0;
    uint64_t interpreted_calls = 0;
    bool pending = false;
    std::array<HeadWords, 6> heads{};
};

HelperAudit::HelperAudit(Heap& heap) : heap_(heap) {
    observer_.context = this;
    observer_.taken = &HelperAudit::taken;
    observer_.freed = &HelperAudit::freed;
    heap_.setAllocationObserver(&observer_);
}

HelperAudit::~HelperAudit() { heap_.setAllocationObserver(nullptr); }

void HelperAudit::taken(void* audit, AllocationKind kind, const void* address, size_t) {
    auto& self = *static_cast<HelperAudit*>(audit);
    const bool is_float =
        kind == AllocationKind::kObject &&
        static_cast<const Object*>(address)->type == self.heap_.thread().types->float_;
    if (!is_float && kind != AllocationKind::kPages) ++self.allocations_;
}

void HelperAudit::freed(void* audit, AllocationKind, const void*, size_t) {
    ++static_cast<HelperAudit*>(audit)->frees_;
}

uint64_t HelperAudit::call(const AuditRow& row, const CallWords& words) {
    Thread& thread = heap_.thread();
    ++all_calls_;
    checkArguments(row, words);
    const Before before = look(row, words);
    if (runsNoGuest(row)) thread.entry_limit = 0;
    std::array<uint64_t, kSavedRegisters + 1> registers{};
    uint64_t result =
        tagproofCallWatched(row.info.address, words.words.data(), words.number, registers.data());
    if (runsNoGuest(row)) refreshEntryLimit(thread);
    checkRegisters(row, registers);
    checkResult(row, result);
    checkPending(row, result, before);
    checkEffect(row, words, before);
    return result;
}

HelperAudit::Before HelperAudit::look(const AuditRow& row, const CallWords& words) {
    const Thread& thread = heap_.thread();
    Before before{frees_, allocations_, all_calls_, thread.interpreted_calls, hasPending(thread),
                  {}};
    if (row.info.effect == HelperEffect::kLeaf) {
        forEachValue(row, words,
                     [&](char, uint64_t word, size_t i) { before.heads[i] = headOf(word); });
    }
    return before;
}

bool HelperAudit::isValue(uint64_t word) const {
    const Value value{word};
    if (value.isFixnum() || value.isImmediateDouble()) return true;
    return value.isObject() && heap_.isLiveObject(value.asObject());
}

void HelperAudit::checkArguments(const AuditRow& row, const CallWords& words) {
    if (row.info.arguments.starts_with('t') &&
        words.words[0] != reinterpret_cast<uint64_t>(&heap_.thread())) {
        find(row, "argument 0 is not the thread");
    }
    forEachValue(row, words, [&](char letter, uint64_t word, size_t i) {
        const bool is_dying = letter == 'o';  // its count is 0
        const bool fits = is_dying ? Value{word}.isObject() && Value{word}.asObject()->refcount == 0
                                   : isValue(word) || (letter == 'n' && word == 0);
        if (!fits) find(row, fmt::format("argument {} is not of kind {}", i, letter));
    });
    checkHandles(row, words);
}

void HelperAudit::checkHandles(const AuditRow& row, const CallWords& words) {
    for (size_t i = 0; i < row.info.arguments.size() && i < words.words.size(); ++i) {
        const char letter = row.info.arguments[i];
        const Type* type = handleType(*heap_.thread().types, letter);
        if (type == nullptr) continue;
        const Value value{words.words[i]};
        const bool is_live = value.isObject() && heap_.isLiveObject(value.asObject());
        const bool fits =
            is_live && (letter == kDictHandle ? hasFlag(value.asObject()->type, kTypeIsDict)
                                              : value.asObject()->type == type);
        if (!fits) {
            find(row, fmt::format("argument {} is not of kind {}", i, letter));
        }
    }
}

void HelperAudit::checkRegisters(const AuditRow& row, const std::array<uint64_t, 7>& registers) {
    for (size_t i = 0; i < kSavedRegisters; ++i) {
        constexpr const char* kNames[] = {"rbx", "rbp", "r12", "r13", "r14", "r15"};
        if (registers[i] != kCanary + i) find(row, fmt::format("does not preserve {}", kNames[i]));
    }
    if ((registers[kSavedRegisters] & kDirectionFlag) != 0) find(row, "sets the direction flag");
}

void HelperAudit::checkResult(const AuditRow& row, uint64_t result) {
    bool fits = true;
    switch (row.info.result) {
        case HelperResult::kValue:
            fits = isValue(result);
            break;
        case HelperResult::kValueOrNull:
            fits = result == 0 || isValue(result);
            break;
        case HelperResult::kObjectOrNull:
            fits = result == 0 || (Value{result}.isObject() && isValue(result));
            break;
        case HelperResult::kInt:
        case HelperResult::kNone:
            break;
    }
    if (!fits) find(row, "the result is not of its kind");
}

void HelperAudit::checkPending(const AuditRow& row, uint64_t result, const Before& before) {
    const bool pending = hasPending(heap_.thread());
    const bool null =
        row.info.result == HelperResult::kInt ? static_cast<int32_t>(result) < 0 : result == 0;
    const bool has_result = row.info.result != HelperResult::kNone;
    bool fits = true;
    switch (row.pending) {
        case PendingRule::kAsResult:
            fits = pending == (has_result ? null : before.pending);
            break;
        case PendingRule::kIfNull:
            fits = !pending || null;
            break;
        case PendingRule::kAlways:
            fits = pending;
            break;
        case PendingRule::kUnchecked:
            break;
    }
    if (!fits) find(row, pending ? "leaves an exception pending" : "leaves no exception pending");
}

void HelperAudit::checkEffect(const AuditRow& row, const CallWords& words, const Before& before) {
    if (!runsNoGuest(row)) return;
    const bool ran_guest = heap_.thread().interpreted_calls != before.interpreted_calls ||
                           all_calls_ != before.all_calls;
    if (ran_guest) find(row, "runs guest code");
    if (row.info.effect != HelperEffect::kLeaf) return;
    if (frees_ != before.frees) find(row, "frees memory");
    if (allocations_ != before.allocations) find(row, "allocates more than a float");
    forEachValue(row, words, [&](char, uint64_t word, size_t i) {
        const bool same = frees_ != before.frees || headOf(word) == before.heads[i];
        if (!same) find(row, fmt::format("changes type or slot of argument {}", i));
    });
}

void HelperAudit::find(const AuditRow& row, const std::string& what) {
    note(fmt::format("{}: {}", row.info.name, what));
}

void HelperAudit::note(std::string finding) {
    if (findings_.size() >= kMaxFindings || !known_.insert(finding).second) return;
    findings_.push_back(std::move(finding));
}

}  // namespace tagproof
