// Calls, exits and returns.
//
//   mov rax, imm64; call rax        a helper of the table: arguments by its row
//   mov rax, imm64; call [rax]      a trusted entry cell: thread, then value arguments
//   exits: the words stored to the exit buffer since the last label or call, against the exit's row

#include "jit/verify/machine.h"

namespace tagproof::verify {
namespace {

constexpr unsigned kRax = 0;
constexpr unsigned kArguments[kMaxArgs] = {7, 6, 2, 1, 8, 9};  // rdi, rsi, rdx, rcx, r8, r9
constexpr unsigned kCallerSaved[] = {0, 1, 2, 6, 7, 8, 9, 10, 11};
constexpr unsigned kCalleeSaved[] = {3, 5, 12, 13, 14, 15};

}  // namespace

bool Machine::checkArgument(ArgKind kind, unsigned reg, char handle_sort) {
    const Abstract& a = state.at(reg);
    switch (kind) {
        case ArgKind::kThread:
            return a.kind == Kind::kThread && a.lo == 0;
        case ArgKind::kValue:
            return isValueWord(a, false, tables_);
        case ArgKind::kValueOrNull:
            return isValueWord(a, true, tables_);
        case ArgKind::kObject:
            return a.kind == Kind::kDict || isObjectWord(a, tables_);
        case ArgKind::kInt:
            return asInteger(a).kind == Kind::kInt;
        case ArgKind::kConst:
            return isConstant(a);
        case ArgKind::kDouble:
            return true;
        case ArgKind::kCell: {
            if (!isConstant(a)) return false;
            const auto address = static_cast<uint64_t>(a.lo);
            return tables_.region(address) != nullptr || tables_.constant(address) != nullptr;
        }
        case ArgKind::kHandle: {
            const Handle* handle =
                isConstant(a) ? tables_.handle(static_cast<uint64_t>(a.lo)) : nullptr;
            return handle != nullptr && handle->sort == handle_sort;
        }
    }
    return false;
}

void Machine::checkExit(const Abstract& id) {
    if (statistics_ != nullptr) ++statistics_->exits;
    const Exit* exit = isConstant(id) ? tables_.exit(static_cast<uint64_t>(id.lo)) : nullptr;
    if (exit == nullptr) return fail(RuleId::kExit, "the exit id is not in the exit table");
    if (exit->words.size() > kMaxExitWords) {
        return fail(RuleId::kExit, "the exit has more words than the buffer");
    }
    for (size_t k = 0; k < exit->words.size(); ++k) {
        const ExitWord& want = exit->words[k];
        const ExitStore& have = memory_.exit_words[k];
        bool ok = false;
        switch (want.kind) {
            case WordKind::kTagged:
                ok = !have.is_double && (want.ownership == WordOwnership::kImmediate
                                             ? isImmediateWord(have.word)
                                             : isValueWord(have.word, want.nullable, tables_));
                break;
            case WordKind::kInt64:
                ok = !have.is_double && asInteger(have.word).kind == Kind::kInt;
                break;
            case WordKind::kDouble:
                ok = have.is_double || asInteger(have.word).kind == Kind::kInt;
                break;
        }
        if (have.epoch != memory_.exit_epoch || !ok) {
            fail(RuleId::kExit, have.epoch != memory_.exit_epoch
                                    ? "a word of the exit is not stored in this block"
                                    : "a stored word is not of the kind the exit says");
        }
    }
}

Abstract Machine::resultOf(const Helper& helper) {
    switch (helper.result) {
        case ResultKind::kNone:
        case ResultKind::kDouble:
        case ResultKind::kNever:
            return top();
        case ResultKind::kValue:
            return value(false);
        case ResultKind::kValueOrNull:
            return value(true);
        case ResultKind::kObject:
            return object(kNoType);
        case ResultKind::kObjectOrNull: {
            Abstract result = value(true);
            result.low = kPointerLow;
            return result;
        }
        case ResultKind::kInt:
            return anyInteger(helper.result_is_sentinel ? kSentinelLow : kAnyLow);
    }
    return top();
}

void Machine::afterCall(CallEffect effect, const Abstract& result) {
    for (const unsigned reg : kCallerSaved) state.set(reg, top());
    if (effect == CallEffect::kMayFree) state.forgetAtCall(tables_);
    state.set(kRax, named(result));
    flags_.op = Comparison::Op::kNone;
    ++memory_.exit_epoch;
}

Flow Machine::callHelper(const Helper& helper) {
    unsigned k = 0;
    for (unsigned i = 0; i < helper.arg_count && i < kMaxArgs; ++i) {
        if (helper.args[i] == ArgKind::kDouble) continue;
        if (!checkArgument(helper.args[i], kArguments[k], helper.handle_sorts[i])) {
            fail(RuleId::kArgument, "an argument is not of the kind the helper takes");
        }
        ++k;
    }
    if (helper.is_exit) checkExit(state.at(kArguments[1]));
    afterCall(helper.effect, resultOf(helper));
    return helper.result == ResultKind::kNever ? Flow::kStop : Flow::kNext;
}

void Machine::callEntry(const EntryCell& cell) {
    if (!checkArgument(ArgKind::kThread, kArguments[0])) {
        fail(RuleId::kArgument, "rdi is not the thread");
    }
    for (unsigned k = 1; k < kMaxArgs && k <= cell.arg_count; ++k) {
        if (!checkArgument(ArgKind::kValue, kArguments[k])) {
            fail(RuleId::kArgument, "an argument of compiled code is not a value");
        }
    }
    afterCall(CallEffect::kMayFree, value(true));
}

Flow Machine::call(const Instruction& in) {
    if (statistics_ != nullptr) ++statistics_->calls;
    if ((state.at(kRsp).lo & 15) != 8) fail(RuleId::kStackAlign, "rsp is not 16-aligned");
    if (in.reg[0] != kNoRegister) {
        const Abstract& target = state.at(in.reg[0]);
        const Helper* helper =
            isConstant(target) ? tables_.helper(static_cast<uint64_t>(target.lo)) : nullptr;
        if (helper != nullptr) return callHelper(*helper);
        fail(RuleId::kCallTarget, "the register holds no helper of the table");
    } else {
        const Address cell = address(in);
        const bool is_field = cell.region == Region::kObject && isConstant(*cell.base);
        const bool exact = (is_field || cell.region == Region::kAbsolute) && cell.lo == cell.hi &&
                           cell.item_owner == 0;
        const auto where = static_cast<uint64_t>(cell.lo + (is_field ? cell.base->lo : 0));
        const EntryCell* entry = exact ? tables_.entryCell(where) : nullptr;
        if (entry != nullptr) {
            callEntry(*entry);
            return Flow::kNext;
        }
        fail(RuleId::kCallTarget, "the operand is no trusted entry cell");
    }
    afterCall(CallEffect::kMayFree, top());
    return Flow::kNext;
}

void Machine::leave() {
    if (state.at(kRsp).lo != 0) fail(RuleId::kReturnStack, "rsp is not at the return address");
    for (const unsigned reg : kCalleeSaved) {
        const Abstract& a = state.at(reg);
        if (a.kind != Kind::kSaved || a.aux != reg) {
            fail(RuleId::kCalleeSaved, "a callee-saved register is not restored");
        }
    }
    const Abstract& result = state.at(kRax);
    const bool is_loop = tables_.function().entry == EntryKind::kLoop;
    if (is_loop ? isResultWord(result, true, tables_) : isValueWord(result, true, tables_)) return;
    fail(RuleId::kReturnValue, "rax is neither a value nor 0");
}

}  // namespace tagproof::verify
