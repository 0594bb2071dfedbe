// What scripts cannot reach: entering the interpreter in the middle of a function, its bridge, and
// the hooks of a compiler.

#include "runtime/interpreter.h"

#include "objmodel/call.h"
#include "objmodel/error.h"
#include "runtime/attr_cache.h"
#include "runtime/call.h"
#include "runtime/frame.h"
#include "runtime/function.h"
#include "runtime/jit_hooks.h"
#include "runtime/ops.h"
#include "runtime/vm_test_support.h"

namespace tagproof {
namespace {

class InterpreterTest : public VmTest {
  protected:
    // Index of the first instruction with this opcode.
    static uint32_t find(const Code* code, Opcode opcode) {
        const auto& instructions = code->body->instructions;
        for (uint32_t i = 0; i < instructions.size(); ++i) {
            if (instructions[i].op() == opcode) return i;
        }
        ADD_FAILURE() << opcodeInfo(opcode).name;
        return 0;
    }
    // A frame of a function with one argument, about to execute `instruction`.
    Frame* frameAt(Function* callee, Value argument, uint32_t instruction) {
        Frame* frame = pushFrame(thread(), callee);
        frame->slots()[0] = newRef(argument);
        frame->pc = callee->code->body->instructions.data() + instruction;
        return frame;
    }
};

TEST_F(InterpreterTest, ResumesAtAnInstructionWithOperandsOnTheStack) {
    run("def f(x):\n    return x + 1\n");
    Function* callee = function("f");
    Frame* frame = frameAt(callee, Value::fixnum(5), find(callee->code, Opcode::BINARY_OP));
    frame->flags = kFrameIsEntry;
    *frame->stack_top++ = Value::fixnum(40);
    *frame->stack_top++ = Value::fixnum(2);
    EXPECT_EQ(reprText(resumeFrame(thread(), *frame)), "42");
    EXPECT_EQ(thread().frame, nullptr);
    EXPECT_EQ(thread().recursion_depth, 0u);
}

TEST_F(InterpreterTest, AnExceptionPendingAtTheResumedInstructionFindsItsHandler) {
    run("def f(x):\n    try:\n        x()\n    except KeyError as e:\n        return e.args\n");
    Function* callee = function("f");
    Frame* frame = frameAt(callee, Value::fixnum(5), find(callee->code, Opcode::CALL));
    frame->flags = kFrameIsEntry;
    raiseWithValue(thread(), ExceptionKind::kKeyError, Value::fixnum(7));
    EXPECT_EQ(reprText(resumeFrame(thread(), *frame)), "(7,)");
}

TEST_F(InterpreterTest, AnExceptionWithoutHandlerLeavesTheResumedFrame) {
    run("def f(x):\n    return x()\n");
    Function* callee = function("f");
    Frame* frame = frameAt(callee, Value::fixnum(5), find(callee->code, Opcode::CALL));
    frame->flags = kFrameIsEntry;
    raiseText(thread(), ExceptionKind::kValueError, "thrown");
    EXPECT_TRUE(resumeFrame(thread(), *frame).isNull());
    EXPECT_EQ(takeError(), "ValueError: thrown");
    EXPECT_EQ(thread().frame, nullptr);
}

TEST_F(InterpreterTest, AnInnerFrameReturnsBehindTheCallOfTheOuterOne) {
    run("def inner(x):\n    return x * 2\ndef outer(y):\n    return inner(y) + 1\n");
    Function* outer = function("outer");
    Function* inner = function("inner");
    Frame* below = frameAt(outer, Value::fixnum(1), find(outer->code, Opcode::CALL));
    below->flags = kFrameIsEntry;
    Frame* above = frameAt(inner, Value::fixnum(10), 0);
    EXPECT_EQ(reprText(resumeFrame(thread(), *above)), "21");
    EXPECT_EQ(thread().frame, nullptr);
}

TEST_F(InterpreterTest, TheBridgeTakesArgumentsBeyondTheRegistersFromTheThread) {
    run("def f(a, b, c, d, e, g, h):\n    return (a, b, c, d, e, g, h)\n");
    thread().callee = global("f");
    thread().args[5] = Value::fixnum(5);
    thread().args[6] = Value::fixnum(6);
    const Ref result(interpreterBridge(&thread(), Value::fixnum(0), Value::fixnum(1),
                                       Value::fixnum(2), Value::fixnum(3), Value::fixnum(4)));
    EXPECT_EQ(reprText(result.get()), "(0, 1, 2, 3, 4, 5, 6)");
}

TEST_F(InterpreterTest, ACallSiteKnowsItsCalleeWhateverItIsAndHoweverManyArgumentsItHas) {
    run("class C:\n"
        "    def __init__(self, *a):\n        pass\n"
        "    def method(self, *a):\n        pass\n"
        "def function(*a):\n    pass\n"
        "def calls(c, items, text):\n"
        "    function(), function(1), function(1, 2), function(1, 2, 3)\n"
        "    C(), C(1), C(1, 2), int(1.5), int('7', 8)\n"
        "    c.method(), c.method(1), c.method(1, 2)\n"
        "    len(items), len({}), abs(1), isinstance(c, C), isinstance(c, int), max(1, 2)\n"
        "    items.append(1), items.append(2), items.count(1), text.startswith('a', 1), "
        "items.copy()\n"
        "calls(C(), [], 'a')\n");
    const Code* const code = function("calls")->code;
    size_t sites = 0;
    for (const Instruction& instruction : code->body->instructions) {
        if (instruction.op() != Opcode::CALL) continue;
        ++sites;
        EXPECT_FALSE(code->feedback[instruction.site].callee.isNull()) << "call " << sites;
    }
    EXPECT_EQ(sites, 23u);
}

// --- hooks ---------------------------------------------------------------------------------------

// A "compiled" function of two parameters.
Value subtractEntry(Thread* thread, Value a0, Value a1, Value, Value, Value) {
    return opBinary(thread, a0, a1, static_cast<uint32_t>(BinaryOp::kSubtract));
}

TEST_F(InterpreterTest, AFunctionIsCompiledAtItsThresholdAndEnteredFromThenOn) {
    run("def f(a, b=1):\n    return a + b\n"
        "def calls():\n    return [f(10, 2), f(10, 2), f(10, 2), f(10), f(b=4, a=10)]\n");
    JitHooks hooks;
    hooks.call_threshold = 3;
    hooks.function_hot = [](Thread&, Function* hot) {
        if (hot->code->body->positional != 2) return;
        setEntry(hot->code, reinterpret_cast<void*>(&subtractEntry));
    };
    vm().setHooks(hooks);
    EXPECT_EQ(callText("calls", {}), "[12, 12, 8, 9, 6]");
    setEntry(function("f")->code, nullptr);
    function("f")->code->calls = 0;
    EXPECT_EQ(callText("calls", {}), "[12, 12, 8, 9, 6]");
    vm().setHooks({});
}

TEST_F(InterpreterTest, AFrameEntryMayFinishTheFunction) {
    run("def f(n):\n    total = 0\n    for i in range(n):\n        total += i\n    return total\n");
    JitHooks hooks;
    hooks.loop_threshold = 3;
    hooks.enter_loop = [](Thread&, Frame& frame, uint32_t, Value* result) {
        clearFrame(&frame);
        *result = Value::fixnum(-1);
        return FrameEntry::kReturned;
    };
    vm().setHooks(hooks);
    EXPECT_EQ(callText("f", {Value::fixnum(2)}), "1");
    EXPECT_EQ(callText("f", {Value::fixnum(100)}), "-1");
    vm().setHooks({});
}

TEST_F(InterpreterTest, AFrameEntryMayRaiseOrResumeOrDecline) {
    run("def f(n):\n    i = 0\n    while i < n:\n        i += 1\n    return i\n");
    JitHooks hooks;
    hooks.loop_threshold = 1;
    hooks.enter_loop = [](Thread& guest, Frame& frame, uint32_t, Value*) {
        clearFrame(&frame);
        raiseText(guest, ExceptionKind::kRuntimeError, "from the loop");
        return FrameEntry::kRaised;
    };
    vm().setHooks(hooks);
    EXPECT_EQ(callText("f", {Value::fixnum(5)}), "RuntimeError: from the loop");
    hooks.enter_loop = [](Thread&, Frame& frame, uint32_t target, Value*) {
        frame.slots()[1] = Value::fixnum(1000);
        frame.pc = frame.code->body->instructions.data() + target;
        return FrameEntry::kResumed;
    };
    vm().setHooks(hooks);
    EXPECT_EQ(callText("f", {Value::fixnum(5)}), "1000");
    hooks.enter_loop = [](Thread&, Frame&, uint32_t, Value*) { return FrameEntry::kNotEntered; };
    vm().setHooks(hooks);
    EXPECT_EQ(callText("f", {Value::fixnum(5)}), "5");
    vm().setHooks({});
}

// --- ops -----------------------------------------------------------------------------------------

TEST_F(InterpreterTest, OpCallSurvivesCalleesThatUseTheArgumentArea) {
    run("class C:\n    def __init__(self, *a, **k):\n        self.a = (a, sorted(k))\n"
        "def make(*a):\n    return C(*a, x=1).a + (max(a),)\n");
    thread().args[0] = Value::fixnum(3);
    thread().args[1] = Value::fixnum(9);
    const Ref result(opCall(&thread(), global("make"), Value::fixnum(5), 2));
    EXPECT_EQ(reprText(result.get()), "((5, 3, 9), ['x'], 9)");
}

TEST_F(InterpreterTest, DepthIsGivenBackHoweverAFrameEnds) {
    run("def g():\n    yield 1\n    raise KeyError(2)\n"
        "def f():\n    it = g()\n    next(it)\n    try:\n        next(it)\n    except KeyError:\n"
        "        return [i for i in g.__code__.co_names]\n");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(callText("f", {}), "['KeyError']");
    EXPECT_EQ(thread().recursion_depth, 0u);
    EXPECT_EQ(thread().frame, nullptr);
}

}  // namespace
}  // namespace tagproof
