// The dispatch loop: one label a bytecode, in the order of bytecode.def. A body does its fast path
// and leaves the rest to an op (runtime/ops.h). State lives in locals:
//
//   frame, code    the activation and its code       pc   the instruction being executed
//   sp             first free word of the stack      in   *pc
//
// frame->pc and frame->stack_top are written where other code may look: at calls, yields, hooks and
// when an exception is raised.

#include "runtime/interpreter.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "objmodel/attr.h"
#include "objmodel/attribute_error.h"
#include "objmodel/dict.h"
#include "objmodel/dict_table.h"
#include "objmodel/error.h"
#include "objmodel/list.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/recursion.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/attr_lookup.h"
#include "runtime/build.h"
#include "runtime/call.h"
#include "runtime/fast_arith.h"
#include "runtime/fast_iter.h"
#include "runtime/generator.h"
#include "runtime/interpreter_call.h"
#include "runtime/known_natives.h"
#include "runtime/native_depth.h"
#include "runtime/ops.h"
#include "runtime/poll.h"
#include "runtime/traceback.h"
#include "runtime/unwind.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

// The instruction being executed, in one register.
struct Fetched {
    uint64_t word = 0;

    [[nodiscard]] uint8_t form() const { return static_cast<uint8_t>(word); }
    // REQUIRES: no form of another instruction begins with `opcode`.
    [[nodiscard]] bool is(Opcode opcode) const { return form() == static_cast<uint8_t>(opcode); }
    [[nodiscard]] Opcode op() const { return kOpcodeOfForm[form()]; }
    // The same instruction without its form.
    [[nodiscard]] Fetched plain(Opcode opcode) const {
        return {(word & ~uint64_t{0xFF}) | static_cast<uint8_t>(opcode)};
    }
    [[nodiscard]] uint32_t operand() const { return static_cast<uint32_t>(word) >> 8; }
    [[nodiscard]] uint32_t site() const { return static_cast<uint32_t>(word >> 32); }
};
Fetched fetch(const Instruction* pc) { return std::bit_cast<Fetched>(*pc); }

// What a LOAD_GLOBAL finds through its cache: borrowed, or null.
Value cachedGlobal(const AttrCache& cache, const Dict* globals) {
    if (cache.entries[0].value.bits != reinterpret_cast<uint64_t>(globals)) return Value::null();
    const Cell* const cell = cache.entries[0].cell;
    const Cell* const builtin = cache.entries[1].cell;
    if (cell->value.isNull() && builtin != nullptr && !isDetached(cell)) return builtin->value;
    return cell->value;
}

// Raises TypeError unless an __init__ returned None.
bool checkInitResult(Thread& thread, Value result) {
    if (result == thread.singletons->none) return true;
    raise(thread, ExceptionKind::kTypeError, "__init__() should return None, not '{}'",
          typeName(typeOf(thread, result)));
    return false;
}

// Leaves a frame that returns or raises, without the generator's: they stay with their owner.
void leaveFrame(Thread& thread, Frame* frame) {
    if ((frame->flags & kFrameIsGenerator) == 0) return popFrame(thread, frame);
    thread.frame = frame->previous;
    --thread.recursion_depth;
}

// The pending exception leaves `frame` at frame.pc: entry in its traceback.
void noteTraceback(Thread& thread, Frame* frame) { addFrameTraceback(thread, frame); }

}  // namespace

#define TARGET(name) label_##name:
#define DISPATCH()                \
    do {                          \
        in = fetch(pc);           \
        goto* kLabels[in.form()]; \
    } while (false)
#define NEXT()      \
    do {            \
        ++pc;       \
        DISPATCH(); \
    } while (false)
#define JUMP_TO(index)        \
    do {                      \
        pc = first + (index); \
        DISPATCH();           \
    } while (false)
#define NAME() (code->body->names[in.operand()])
#define CACHE() (code->caches[in.site()])
#define FEEDBACK() (code->feedback[in.site()])
// Replaces the `n` top words, released, by `result`; an exception when it is null.
#define FINISH(n, result)                      \
    do {                                       \
        const Value result_word = (result);    \
        releaseOperands(sp - (n), sp);         \
        sp -= (n);                             \
        if (result_word.isNull()) goto raised; \
        *sp++ = result_word;                   \
        NEXT();                                \
    } while (false)
// Releases the `n` top words; an exception when `status` is negative.
#define FINISH_STATUS(n, status)          \
    do {                                  \
        const int status_word = (status); \
        releaseOperands(sp - (n), sp);    \
        sp -= (n);                        \
        if (status_word < 0) goto raised; \
        NEXT();                           \
    } while (false)
// A comparison of the `n` top words, immediates, was decided: a branch behind it is taken at once.
#define DECIDED(n, truth)                                \
    do {                                                 \
        sp -= (n);                                       \
        in = fetch(++pc);                                \
        if (in.is(Opcode::POP_JUMP_IF_FALSE)) {          \
            if ((truth) == 0) JUMP_TO(in.operand());     \
            NEXT();                                      \
        }                                                \
        if (in.is(Opcode::POP_JUMP_IF_TRUE)) {           \
            if ((truth) != 0) JUMP_TO(in.operand());     \
            NEXT();                                      \
        }                                                \
        *sp++ = (truth) != 0 ? true_value : false_value; \
        goto* kLabels[in.form()];                        \
    } while (false)
#define ENTER_FRAME()                             \
    do {                                          \
        code = frame->code;                       \
        locals = frame->slots();                  \
        first = code->body->instructions.data();  \
        constants = code->body->constants.data(); \
        pc = frame->pc;                           \
        sp = frame->stack_top;                    \
    } while (false)
#define SAVE_FRAME()           \
    do {                       \
        frame->pc = pc;        \
        frame->stack_top = sp; \
    } while (false)

// The bodies jump to one another through kLabels, so that they have to be one function.
// NOLINTNEXTLINE(readability-function-size, readability-function-cognitive-complexity)
Value interpret(Thread& thread, Frame& entry_frame) {
    static const void* const kLabels[] = {
#define BYTECODE(name, operand, pops, pushes, flags, text) &&label_##name,
#include "runtime/bytecode.def"
#undef BYTECODE
#define INSTRUCTION_FORM(name, first) &&label_##name,
#define FORM_MATCH(name, first, first_operand, second, second_operand, saved)
#include "runtime/instruction_forms.def"
#undef INSTRUCTION_FORM
#undef FORM_MATCH
    };
    const JitHooks& hooks = thread.vm->hooks();
    const Value true_value = thread.singletons->true_;
    const Value false_value = thread.singletons->false_;
    const Value none = thread.singletons->none;
    Type* const function_type = thread.types->function;
    Frame* frame = &entry_frame;
    Code* code;
    Value* locals;
    const Instruction* first;
    const Value* constants;
    const Instruction* pc;
    Value* sp;
    Fetched in;
    CallSite site{};  // passed on by copies, so that it can live in registers
    Value result;
    uint32_t argument_count = 0;

    ENTER_FRAME();
    if (hasPending(thread)) goto raised;
    if (reinterpret_cast<uint64_t>(__builtin_frame_address(0)) < thread.stack_limit) {
        raiseRecursionError(thread, "");
        goto raised;
    }
    DISPATCH();

#include "runtime/interpreter_basic.inc"
#include "runtime/interpreter_calls.inc"
#include "runtime/interpreter_data.inc"
#include "runtime/interpreter_forms.inc"

    // An instruction raised: its operands have been released.
raised:
    SAVE_FRAME();
    noteTraceback(thread, frame);
unwind:
    if (unwindToHandler(thread, *frame)) {
        ENTER_FRAME();
        DISPATCH();
    }
unwind_caller : {
    const uint32_t flags = frame->flags;
    const bool is_getter = (flags & kFrameIsGetter) != 0;
    const Ref owner(is_getter ? std::exchange(frame->constructed, Value::null()) : Value::null());
    Generator* const generator = frame->generator;
    leaveFrame(thread, frame);
    if ((flags & kFrameIsEntry) != 0) return Value::null();
    if ((flags & kFrameIsGenerator) != 0) {
        leaveAtEnd(thread, generator);
        goto generator_ended;
    }
    if (is_getter) {
        const Frame* caller = thread.frame;
        Str* const name = caller->code->body->names[caller->pc->operand];
        noteAttributeErrorContext(thread, owner.get(), name);
    }
}
    frame = thread.frame;
    ENTER_FRAME();
    goto raised;
}

#undef TARGET
#undef DISPATCH
#undef NEXT
#undef JUMP_TO
#undef NAME
#undef CACHE
#undef FEEDBACK
#undef FINISH
#undef DECIDED
#undef FINISH_STATUS
#undef ENTER_FRAME
#undef SAVE_FRAME

Value interpretCall(Thread& thread, Frame& frame) {
    ++thread.interpreted_calls;
    frame.flags = kFrameIsEntry;
    // What a poll raises is raised in the function.
    if (thread.poll != 0) [[unlikely]]
        static_cast<void>(runPoll(thread));
    return interpret(thread, frame);
}

Value resumeFrame(Thread& thread, Frame& frame) { return interpret(thread, frame); }

Value callFunction(Thread& thread, Function* function, const Value* args, size_t count) {
    Frame* frame = pushFrame(thread, function);
    if (frame == nullptr) return Value::null();
    for (size_t i = 0; i < count; ++i) frame->slots()[i] = newRef(args[i]);
    return interpretCall(thread, *frame);
}

Value interpreterBridge(Thread* thread, Value a0, Value a1, Value a2, Value a3, Value a4) {
    auto* function = thread->callee.as<Function>();
    Code* code = function->code;
    const JitHooks& hooks = thread->vm->hooks();
    const size_t count = parameterCount(code);
    if (countEntry(code, hooks)) {
        // The hook may use the argument area.
        const std::vector<Value> rest(thread->args, thread->args + count);
        hooks.function_hot(*thread, function);
        std::copy(rest.begin(), rest.end(), thread->args);
        thread->callee = Value::of(function);
        if (hasCompiledEntry(code) && hasRoomForCompiled(*thread)) {
            const NativeDepthScope scope(*thread);
            return reinterpret_cast<Entry>(code->entry)(thread, a0, a1, a2, a3, a4);
        }
    }
    return interpretCallee(*thread, {a0, a1, a2, a3, a4});
}

Value interpretCallee(Thread& thread, const RegisterArguments& in_registers) {
    auto* function = thread.callee.as<Function>();
    const size_t count = parameterCount(function->code);
    Frame* frame = pushFrame(thread, function);
    if (frame == nullptr) return Value::null();
    Value* slots = frame->slots();
    for (size_t i = 0; i < count; ++i) {
        slots[i] = newRef(i < kEntryRegisterArguments ? in_registers[i] : thread.args[i]);
    }
    return interpretCall(thread, *frame);
}

bool hasCompiledEntry(const Code* code) { return (code->jit_flags & kCodeIsCompiled) != 0; }

void setEntry(Code* code, void* entry) {
    code->entry = entry != nullptr ? entry : reinterpret_cast<void*>(&interpreterBridge);
    code->jit_flags = entry != nullptr ? code->jit_flags | kCodeIsCompiled
                                       : code->jit_flags & ~uint32_t{kCodeIsCompiled};
}

}  // namespace tagproof
