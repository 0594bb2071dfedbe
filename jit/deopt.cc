// Exits of compiled code. The words that were live lie in thread->deopt_values; the exit's record
// says what each frame slot is: a word, or a constant, and who counts it.
//
//   resume      push an interpreter frame, fill it, run it to its end; its result is the function's
//   leave loop  fill the frame that entered the loop; the interpreter goes on in it
//   generator   fill the frame of the generator, suspended or finished; the last word is the result
//   unwind      traceback entry, then release what the activation owned

#include <algorithm>

#include "jit/helpers.h"
#include "jit/jit.h"
#include "objmodel/error.h"
#include "objmodel/float.h"
#include "objmodel/object.h"
#include "objmodel/thread.h"
#include "runtime/code.h"
#include "runtime/frame.h"
#include "runtime/function.h"
#include "runtime/generator.h"
#include "runtime/interpreter.h"
#include "runtime/ops.h"
#include "runtime/traceback.h"

namespace tagproof {

namespace {

constexpr uint64_t kLeftLoop = layout::kTagSentinel;

// Whether a slot's word is still to be counted for the frame that takes it.
bool needsCount(const x64::ExitSlot& slot) {
    const bool constant = slot.word == x64::ExitSlot::kConstant;
    return slot.ownership == hir::Ownership::kBorrowed ||
           (constant && slot.ownership != hir::Ownership::kOwned);
}

// The words of an exit as values that the caller owns, in the order of the record's slots. Taken
// out of the thread at once: everything later may exit somewhere else.
class ExitFrame {
  public:
    ExitFrame(Thread& thread, const ExitRecord& record) : record_(record) {
        const std::vector<Value> words = takeWords(thread);
        for (const x64::ExitSlot& slot : record.slots) {
            const bool constant = slot.word == x64::ExitSlot::kConstant;
            const Value value = constant ? slot.constant : words[slot.word];
            const bool boxed_here =
                !constant && record.words[slot.word].kind == x64::WordKind::kDouble;
            slots_.push_back(boxed_here || needsCount(slot) ? newRef(value) : value);
        }
        for (size_t i = 0; i < words.size(); ++i) {
            if (record.words[i].kind == x64::WordKind::kDouble) decref(words[i]);
        }
    }

    // Moves locals and operand stack into `frame`, whose slots are null.
    void fill(Frame& frame) {
        for (uint32_t i = 0; i < record_.stack_end; ++i) frame.slots()[i] = slots_[i];
        frame.stack_top = frame.slots() + record_.stack_end;
        frame.pc = record_.resume_at;
    }
    // Operands of a finished instruction that compiled code was still to release.
    void releaseRest() {
        for (size_t i = slots_.size(); i-- > record_.stack_end;) decref(slots_[i]);
    }
    // The one word behind the stack; the caller's.
    [[nodiscard]] Value result() const { return slots_.back(); }
    // The operand stack from its top.
    void releaseStack() {
        releaseRest();
        for (uint32_t i = record_.stack_end; i-- > record_.stack_begin;) decref(slots_[i]);
    }
    void releaseAll() {
        releaseStack();
        releaseLocals();
    }
    // The locals live on in the traceback entry of their activation, as in CPython, but for those
    // that the entry does not take.
    void moveLocalsTo(Thread& thread, Traceback* entry) {
        releaseStack();
        keepWords(thread, entry, slots_.data(), record_.stack_begin);
        releaseLocals();
    }

  private:
    [[nodiscard]] std::vector<Value> takeWords(Thread& thread) const {
        std::vector<Value> words;
        for (size_t i = 0; i < record_.words.size(); ++i) {
            const uint64_t word = thread.deopt_values[i];
            const bool raw = record_.words[i].kind == x64::WordKind::kDouble;
            words.push_back(raw ? makeFloat(thread, std::bit_cast<double>(word)) : Value{word});
        }
        return words;
    }

    void releaseLocals() {
        for (uint32_t i = 0; i < record_.stack_begin; ++i) decref(slots_[i]);
    }

    const ExitRecord& record_;
    std::vector<Value> slots_;  // owned until moved or released
};

bool hasOnlyValues(const ExitRecord& record) {
    return std::ranges::all_of(record.words, [](const x64::ExitWord& word) {
        return word.kind == x64::WordKind::kTagged;
    });
}

// What ExitFrame does, without copies: nothing runs in between that could exit.
Value leaveWithValues(Thread& thread, const ExitRecord& record, Frame& frame) {
    const auto take = [&thread](const x64::ExitSlot& slot) {
        const bool constant = slot.word == x64::ExitSlot::kConstant;
        const Value value = constant ? slot.constant : Value{thread.deopt_values[slot.word]};
        return needsCount(slot) ? newRef(value) : value;
    };
    for (uint32_t i = 0; i < record.stack_end; ++i) frame.slots()[i] = take(record.slots[i]);
    frame.stack_top = frame.slots() + record.stack_end;
    frame.pc = record.resume_at;
    return take(record.slots.back());
}

void clearSlots(Frame& frame) {
    for (uint32_t i = 0; i < frame.slot_count; ++i) {
        const Value old = frame.slots()[i];
        frame.slots()[i] = Value::null();
        decref(old);
    }
}

// Of the exception's traceback; null without one.
Traceback* newestEntry(Value exception) {
    const Value traceback = exception.as<ExceptionObject>()->traceback;
    return traceback.isObject() ? traceback.as<Traceback>() : nullptr;
}

// RERAISE keeps the traceback as it is.
bool addsTraceback(const Code* code, uint32_t pc) {
    const Instruction instruction = code->body->instructions[pc];
    const bool reraises = instruction.op() == Opcode::RERAISE ||
                          (instruction.op() == Opcode::RAISE_VARARGS && instruction.operand == 0);
    return !reraises;
}

}  // namespace

extern "C" {

Value jitResume(Thread* thread, uint64_t exit_id) {
    Jit& jit = Jit::of(*thread);
    const Jit::ExitPlace place = jit.exitPlace(exit_id, x64::ExitAction::kResume);
    ExitFrame words(*thread, *place.record);
    --thread->recursion_depth;  // this activation becomes the frame's
    Frame* frame = pushFrame(*thread, place.unit->function);
    if (frame == nullptr) {
        ++thread->recursion_depth;
        giveHandledTraceback(*thread, nullptr);
        words.releaseAll();
        return Value::null();
    }
    clearSlots(*frame);
    frame->flags |= kFrameIsEntry;
    words.fill(*frame);
    giveHandledTraceback(*thread, frame);
    words.releaseRest();
    jit.noteExit(place);
    const Value result = resumeFrame(*thread, *frame);
    ++thread->recursion_depth;
    return result;
}

uint64_t jitLeaveLoop(Thread* thread, uint64_t exit_id) {
    Jit& jit = Jit::of(*thread);
    const Jit::ExitPlace place = jit.exitPlace(exit_id, x64::ExitAction::kLeaveLoop);
    ExitFrame words(*thread, *place.record);
    words.fill(*thread->frame);
    words.releaseRest();
    jit.noteExit(place);
    return kLeftLoop;
}

Value jitLeaveGenerator(Thread* thread, uint64_t exit_id) {
    const Jit::ExitPlace place =
        Jit::of(*thread).exitPlace(exit_id, x64::ExitAction::kLeaveGenerator);
    Frame& frame = *thread->frame;
    frame.generator->state = place.record->resume_at->op() == Opcode::YIELD_VALUE
                                 ? GeneratorState::kSuspended
                                 : GeneratorState::kFinished;
    if (!hasOnlyValues(*place.record)) {
        ExitFrame words(*thread, *place.record);
        words.fill(frame);
        return words.result();
    }
    return leaveWithValues(*thread, *place.record, frame);
}

void jitUnwind(Thread* thread, uint64_t exit_id) {
    const Jit::ExitPlace place = Jit::of(*thread).exitPlace(exit_id, x64::ExitAction::kUnwind);
    ExitFrame words(*thread, *place.record);
    if (addsTraceback(place.unit->code, place.record->guard_pc)) {
        addTraceback(*thread, place.unit->code, nullptr, place.record->guard_pc);
    }
    giveHandledTraceback(*thread, nullptr);
    // What the releases run must not see the exception pending.
    const Value exception = takePending(*thread);
    Traceback* entry = newestEntry(exception);
    if (entry != nullptr && entry->code == place.unit->code && entry->words == nullptr) {
        words.moveLocalsTo(*thread, entry);
    } else {
        words.releaseAll();
    }
    restorePending(*thread, exception);
}

}  // extern "C"

}  // namespace tagproof
