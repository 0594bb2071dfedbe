#include "jit/verify/random_program_test_support.h"

namespace tagproof::verify::testing {

using namespace asmjit::x86;
using asmjit::Label;

RandomProgram::RandomProgram(uint32_t seed, unsigned size, unsigned pressure)
    : random_(seed), size_(size), pressure_(pressure) {
    world_.exits.clear();
    code_ = compile([this](Compiler& compiler) {
        cc_ = &compiler;
        function();
    });
    world_.trusted.exits = world_.exits;
    world_.trusted.arg_count = 4;
}

void RandomProgram::function() {
    auto* func = cc_->addFunc(
        asmjit::FuncSignatureT<uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t>(
            asmjit::CallConvId::kX64SystemV));
    // asmjit 1.9 does not count a callee-saved register that only a reassignment between blocks
    // uses (rule callee-saved finds that): have all of them saved.
    func->frame().addDirtyRegs(rbx, rbp, r12, r13, r14, r15);
    thread_ = word();
    func->setArg(0, thread_);
    for (unsigned k = 0; k < 4; ++k) {
        const Gp argument = word();
        func->setArg(k + 1, argument);
        values_.push_back(argument);
    }
    statements(size_);
    const Gp result = pick();
    incref(result);
    cc_->ret(result);
    for (size_t k = 0; k < cold_.size(); ++k) {
        const ColdBlock block = cold_[k];  // emitting one may add another
        cc_->bind(block.label);
        block.emit();
    }
}

void RandomProgram::statements(unsigned count) {
    for (unsigned k = 0; k < count; ++k) statement();
}

void RandomProgram::statement() {
    switch (below(18)) {
        case 0:
        case 1:
        case 2:
            return attributeLoad();
        case 3:
        case 4:
            return attributeStore();
        case 5:
        case 6:
            return fixnumOperation();
        case 7:
            return doubleOperation();
        case 8:
            return compare();
        case 9:
            return listItem();
        case 10:
            return tupleItem();
        case 11:
            return helperCall();
        case 12:
            return compiledCall();
        case 13:
            return cellAccess();
        case 14:
            return thread();
        case 15:
            return below(3) == 0 ? counterToValue() : dictAttribute();
        case 16:
            return depth_ < 3 ? diamond() : compare();
        default:
            return depth_ < 2 ? loop() : fixnumOperation();
    }
}

Gp RandomProgram::pick() { return values_[below(static_cast<unsigned>(values_.size()))]; }

void RandomProgram::keep(Gp value) {
    if (values_.size() < pressure_) {
        values_.push_back(value);
    } else if (depth_ == 0) {
        values_[below(static_cast<unsigned>(values_.size()))] = value;
    }
}

// A cold block that hands all values to the interpreter.
Label RandomProgram::exit() {
    const Label label = cc_->newLabel();
    const auto id = static_cast<uint32_t>(world_.exits.size());
    std::vector<Gp> words;
    std::vector<ExitWord>& kinds = exit_words_.emplace_back();
    for (const Gp& value : values_) {
        words.push_back(value);
        kinds.push_back(ExitWord{.kind = WordKind::kTagged});
    }
    for (const Gp& counter : counters_) {
        words.push_back(counter);
        kinds.push_back(ExitWord{.kind = WordKind::kInt64});
    }
    world_.exits.push_back(Exit{.id = id, .words = kinds});
    cold_.push_back({label, [this, words, id] {
                         for (size_t k = 0; k < words.size(); ++k) {
                             const auto at = layout::kThreadDeoptValues + 8 * static_cast<int>(k);
                             cc_->mov(qword_ptr(thread_, at), words[k]);
                         }
                         const Gp result = word();
                         auto* node = call(kOpResume, 2, true, result);
                         node->setArg(0, thread_);
                         node->setArg(1, asmjit::Imm(id));
                         cc_->ret(result);
                     }});
    return label;
}

Label RandomProgram::unwind() {
    const Label label = cc_->newLabel();
    const auto id = static_cast<uint32_t>(world_.exits.size());
    world_.exits.push_back(Exit{.id = id, .words = {}});
    cold_.push_back({label, [this, id] {
                         const Gp result = word();
                         auto* node = call(kOpUnwind, 2, true, result);
                         node->setArg(0, thread_);
                         node->setArg(1, asmjit::Imm(id));
                         cc_->ret(result);
                     }});
    return label;
}

asmjit::InvokeNode* RandomProgram::call(uint64_t address,
                                        unsigned arguments,
                                        bool has_result,
                                        Gp result) {
    asmjit::FuncSignatureBuilder signature(asmjit::CallConvId::kX64SystemV);
    if (has_result) {
        signature.setRetT<uint64_t>();
    } else {
        signature.setRetT<void>();
    }
    for (unsigned k = 0; k < arguments; ++k) signature.addArgT<uint64_t>();
    const Gp target = word();
    cc_->mov(target, address);
    asmjit::InvokeNode* node = nullptr;
    cc_->invoke(&node, target, signature);
    if (has_result) node->setRet(0, result);
    return node;
}

void RandomProgram::guardFixnum(Gp value) {
    const Gp tag = cc_->newUInt32();
    cc_->mov(tag, value.r32());
    cc_->and_(tag, 7);
    cc_->cmp(tag, 1);
    cc_->jne(exit());
}

void RandomProgram::guardType(Gp value, uint64_t type) {
    cc_->test(value.r8(), 7);
    cc_->jnz(exit());
    const Gp word_of_type = word();
    cc_->mov(word_of_type, type);
    cc_->cmp(qword_ptr(value, 8), word_of_type);
    cc_->jne(exit());
}

Gp RandomProgram::slotValues(Gp object) {
    const Gp slot = word();
    cc_->mov(slot, qword_ptr(object, 0x18));
    cc_->test(slot.r8(), 1);
    cc_->jz(exit());
    return slot;
}

void RandomProgram::incref(Gp value) {
    const Label done = cc_->newLabel();
    cc_->test(value.r8(), 7);
    cc_->jnz(done);
    cc_->cmp(dword_ptr(value), 0);
    cc_->js(done);
    cc_->inc(dword_ptr(value));
    cc_->bind(done);
}

// Deallocation is a cold block that jumps back.
void RandomProgram::decref(Gp value) {
    const Label done = cc_->newLabel();
    const Label free = cc_->newLabel();
    cc_->test(value.r8(), 7);
    cc_->jnz(done);
    cc_->cmp(dword_ptr(value), 0);
    cc_->js(done);
    cc_->dec(dword_ptr(value));
    cc_->jz(free);
    cc_->bind(done);
    cold_.push_back({free, [this, value, done] {
                         auto* node = call(kOpDealloc, 2, false, Gp());
                         node->setArg(0, thread_);
                         node->setArg(1, value);
                         cc_->jmp(done);
                     }});
}

void RandomProgram::attributeLoad() {
    const Gp object = pick();
    guardType(object, kWideType);
    const Gp slot = slotValues(object);
    const Gp value = word();
    cc_->mov(value, qword_ptr(slot, 1 + 8 * static_cast<int>(below(30))));
    cc_->test(value, value);
    cc_->jz(exit());
    incref(value);
    keep(value);
}

void RandomProgram::attributeStore() {
    const Gp object = pick();
    const Gp value = pick();
    const Gp old = word();
    const int at = 1 + 8 * static_cast<int>(below(4));
    guardType(object, kPointType);
    const Gp slot = slotValues(object);
    cc_->mov(old, qword_ptr(slot, at));
    cc_->test(old, old);
    cc_->jz(exit());
    incref(value);
    cc_->mov(qword_ptr(slot, at), value);
    decref(old);
}

void RandomProgram::dictAttribute() {
    const Gp object = pick();
    guardType(object, kPointType);
    const Gp slot = word();
    cc_->mov(slot, qword_ptr(object, 0x18));
    cc_->test(slot.r8(), 1);
    cc_->jnz(exit());
    cc_->test(slot, slot);
    cc_->jz(exit());
    const Gp result = word();
    auto* node = call(kOpDictGet, 3, true, result);
    node->setArg(0, thread_);
    node->setArg(1, slot);
    node->setArg(2, asmjit::Imm(7));
    cc_->test(result, result);
    cc_->jz(unwind());
    keep(result);
}

void RandomProgram::fixnumOperation() {
    const Gp a = pick();
    const Gp b = pick();
    guardFixnum(a);
    guardFixnum(b);
    const Gp result = word();
    switch (below(4)) {
        case 0:
            cc_->lea(result, ptr(a, -1));
            cc_->add(result, b);
            cc_->jo(exit());
            break;
        case 1:
            cc_->mov(result, a);
            cc_->sub(result, b);
            cc_->jo(exit());
            cc_->or_(result, 1);
            break;
        case 2:
            cc_->mov(result, a);
            cc_->sar(result, 3);
            {
                const Gp factor = word();
                cc_->lea(factor, ptr(b, -1));
                cc_->imul(result, factor);
            }
            cc_->jo(exit());
            cc_->inc(result);
            break;
        default:
            cc_->mov(result, a);
            cc_->and_(result, b);
            break;
    }
    keep(result);
}

void RandomProgram::doubleOperation() {
    const Gp a = pick();
    const Gp test = cc_->newUInt32();
    cc_->lea(test, ptr(a, 2));
    cc_->test(test.r8(), 4);
    cc_->jz(exit());
    const Gp raw = word();
    cc_->mov(raw, a);
    cc_->xor_(raw, 2);
    cc_->ror(raw, 5);
    const Xmm x = cc_->newXmmSd();
    cc_->movq(x, raw);
    cc_->addsd(x, x);
    if (below(2) == 0) cc_->sqrtsd(x, x);
    const Gp boxed = word();
    const Gp range = cc_->newUInt32();
    cc_->movq(boxed, x);
    cc_->rol(boxed, 5);
    cc_->xor_(boxed, 2);
    cc_->lea(range, ptr(boxed, 2));
    cc_->test(range.r8(), 4);
    if (below(2) == 0) {
        cc_->jz(exit());
    } else {
        const Label done = cc_->newLabel();
        const Label slow = cc_->newLabel();
        cc_->jz(slow);
        cc_->bind(done);
        cold_.push_back({slow, [this, boxed, x, done] {
                             asmjit::FuncSignatureBuilder signature(
                                 asmjit::CallConvId::kX64SystemV);
                             signature.setRetT<uint64_t>();
                             signature.addArgT<uint64_t>();
                             signature.addArgT<double>();
                             const Gp target = word();
                             cc_->mov(target, kOpBox);
                             asmjit::InvokeNode* node = nullptr;
                             cc_->invoke(&node, target, signature);
                             node->setArg(0, thread_);
                             node->setArg(1, x);
                             node->setRet(0, boxed);
                             cc_->test(boxed, boxed);
                             cc_->jz(unwind());
                             cc_->jmp(done);
                         }});
    }
    keep(boxed);
}

void RandomProgram::compare() {
    const Gp result = word();
    const Gp yes = word();
    cc_->mov(yes, kTrue);
    cc_->mov(result, kFalse);
    const Gp a = pick();
    const Gp b = pick();
    cc_->cmp(a, b);
    if (below(2) == 0) {
        cc_->cmovl(result, yes);
    } else {
        const Gp flag = cc_->newUInt32();
        cc_->sete(flag.r8());
        cc_->movzx(flag, flag.r8());
        cc_->test(flag, flag);
        cc_->cmovnz(result, yes);
    }
    keep(result);
}

void RandomProgram::listItem() {
    const Gp list = pick();
    guardType(list, kListType);
    const Gp index = pick();
    guardFixnum(index);
    const Gp raw = word();
    cc_->mov(raw, index);
    cc_->sar(raw, 3);
    cc_->cmp(raw, qword_ptr(list, layout::kListSize));
    cc_->jae(exit());
    const Gp items = word();
    cc_->mov(items, qword_ptr(list, layout::kListItems));
    const Gp value = word();
    cc_->mov(value, qword_ptr(items, raw, 3));
    incref(value);
    keep(value);
}

void RandomProgram::tupleItem() {
    const Gp tuple = pick();
    guardType(tuple, kTupleType);
    cc_->cmp(qword_ptr(tuple, layout::kTupleSize), 3);
    cc_->jne(exit());
    const Gp first = word();
    const Gp last = word();
    cc_->mov(first, qword_ptr(tuple, layout::kTupleItems));
    cc_->mov(last, qword_ptr(tuple, layout::kTupleItems + 16));
    incref(first);
    keep(first);
    keep(last);
}

void RandomProgram::helperCall() {
    const Gp result = word();
    auto* node = call(kOpAdd, 3, true, result);
    node->setArg(0, thread_);
    node->setArg(1, pick());
    node->setArg(2, pick());
    cc_->test(result, result);
    cc_->jz(unwind());
    keep(result);
}

void RandomProgram::compiledCall() {
    const Gp cell = word();
    const Gp result = word();
    cc_->mov(cell, kEntryCell);
    asmjit::InvokeNode* node = nullptr;
    cc_->invoke(&node, qword_ptr(cell),
                asmjit::FuncSignatureT<uint64_t, uint64_t, uint64_t, uint64_t>(
                    asmjit::CallConvId::kX64SystemV));
    node->setArg(0, thread_);
    node->setArg(1, pick());
    node->setArg(2, pick());
    node->setRet(0, result);
    const Gp valid = word();
    cc_->test(result, result);
    cc_->jz(unwind());
    keep(result);
    cc_->mov(valid, kValidByte);
    cc_->cmp(byte_ptr(valid), 0);
    cc_->je(exit());
}

void RandomProgram::cellAccess() {
    const Gp cell = word();
    const Gp old = word();
    cc_->mov(cell, kValueCell);
    cc_->mov(old, qword_ptr(cell, 8));
    cc_->test(old, old);
    cc_->jz(exit());
    const Gp value = pick();
    incref(value);
    cc_->mov(qword_ptr(cell, 8), value);
    decref(old);
}

void RandomProgram::thread() {
    switch (below(3)) {
        case 0:
            cc_->cmp(dword_ptr(thread_, layout::kThreadPoll), 0);
            cc_->jne(exit());
            return;
        case 1: {
            const Gp depth = cc_->newUInt32();
            cc_->mov(depth, dword_ptr(thread_, layout::kThreadRecursionDepth));
            cc_->cmp(depth, dword_ptr(thread_, layout::kThreadEntryLimit));
            cc_->jae(exit());
            cc_->inc(dword_ptr(thread_, layout::kThreadRecursionDepth));
            return;
        }
        default:
            cc_->mov(qword_ptr(thread_, layout::kThreadArgs + 8 * 5), pick());
            return;
    }
}

void RandomProgram::counterToValue() {
    if (counters_.empty()) return compare();
    const Gp value = word();
    cc_->mov(value, counters_.back());
    cc_->shl(value, 3);
    cc_->jo(exit());
    cc_->or_(value, 1);
    keep(value);
}

// if a is b: x = c else: x = d (+ statements)
void RandomProgram::diamond() {
    const Label otherwise = cc_->newLabel();
    const Label join = cc_->newLabel();
    const Gp merged = word();
    cc_->cmp(pick(), pick());
    cc_->jne(otherwise);
    ++depth_;
    const size_t outer = values_.size();
    statements(below(4));
    cc_->mov(merged, pick());
    values_.resize(outer);
    cc_->jmp(join);
    cc_->bind(otherwise);
    statements(below(3));
    cc_->mov(merged, pick());
    values_.resize(outer);
    cc_->bind(join);
    --depth_;
    keep(merged);
}

// A counted loop with a loop-carried value and a poll.
void RandomProgram::loop() {
    const Label head = cc_->newLabel();
    const Label done = cc_->newLabel();
    const Gp counter = word();
    const Gp carried = word();
    cc_->mov(carried, pick());
    cc_->xor_(counter, counter);
    ++depth_;
    const size_t outer = values_.size();
    values_.push_back(carried);
    counters_.push_back(counter);
    cc_->bind(head);
    cc_->cmp(counter, 1000);
    cc_->jge(done);
    statements(1 + below(5));
    cc_->mov(carried, pick());
    cc_->inc(counter);
    cc_->cmp(dword_ptr(thread_, layout::kThreadPoll), 0);
    cc_->je(head);
    cc_->jmp(exit());
    cc_->bind(done);
    counters_.pop_back();
    values_.resize(outer);
    --depth_;
    keep(carried);
}

}  // namespace tagproof::verify::testing
