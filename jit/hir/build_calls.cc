// Calls: of known functions directly through their entry cell, of known classes by allocating and
// calling __init__, of everything else through the slow path.

#include <algorithm>

#include "jit/helper_conditions.h"
#include "jit/hir/bytecode_builder.h"
#include "objmodel/attr.h"
#include "objmodel/core_types.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/singletons.h"
#include "objmodel/thread.h"
#include "objmodel/tuple.h"
#include "objmodel/type.h"
#include "objmodel/type_object.h"
#include "runtime/call.h"
#include "runtime/function.h"
#include "runtime/ops.h"

namespace tagproof::hir {

// True when a compiled entry of `code` takes just these arguments in order.
bool BytecodeBuilder::hasPlainParameters(const Code* code, size_t count) const {
    constexpr uint32_t kOther = kCodeHasVarArgs | kCodeHasVarKeywords;
    const CodeBody& body = *code->body;
    return (body.flags & kOther) == 0 && body.keyword_only == 0 && body.positional == count;
}

Instr* BytecodeBuilder::emitFunctionCall(tagproof::Function* callee,
                                         std::vector<Instr*> arguments) {
    countUnstable();
    Instr* call = emit(Op::kCallFunction);
    call->operands = std::move(arguments);
    call->immediates[0].function = callee;
    function_.addFunctionDependency(callee);
    function_.addReference(Value::of(callee));
    function_.addReference(Value::of(callee->code));
    return call;
}

Instr* BytecodeBuilder::callFunction(tagproof::Function* callee, std::vector<Instr*> arguments) {
    return requireNotNull(emitFunctionCall(callee, std::move(arguments)));
}

// The same for a function that gives the attribute `name` of its owner.
Instr* BytecodeBuilder::callForAttribute(tagproof::Function* callee,
                                         std::vector<Instr*> arguments,
                                         Instr* owner,
                                         Str* name) {
    Instr* call = emitFunctionCall(callee, std::move(arguments));
    const bool is_cold = block_->is_cold;
    const Edges edges = splitOn(emit(Op::kIsNull, {call}));
    const AbstractFrame saved = frame_;
    block_ = edges.if_true;
    block_->is_cold = true;
    callVoid(Helper::kNoteAttributeError, {owner, immediate(name)});
    raise(true);
    frame_ = saved;
    block_ = edges.if_false;
    block_->is_cold = is_cold;
    return emit(Op::kAssumeNotNull, {call});
}

// Stack: callable self-or-null a1 ... an. True when the call was built.
bool BytecodeBuilder::buildDirectCall(size_t count) {
    const Instr* callable = top(count + 2).value;
    const Instr* self = top(count + 1).value;
    if (callable->op != Op::kConst) return false;
    const Value target{callable->immediates[0].bits};
    const bool has_self = self->op != Op::kNull;
    if (has_self && self->type.mayBe(HirType::kNullBit)) return false;
    if (!isFunction(thread_, target)) return false;
    auto* function = target.as<tagproof::Function>();
    const size_t total = count + (has_self ? 1 : 0);
    std::vector<Instr*> arguments;
    for (size_t i = total; i > 0; --i) arguments.push_back(top(i).value);
    if (!addDefaults(function, arguments)) return false;
    replaceOperands(count + 2, callFunction(function, std::move(arguments)));
    return true;
}

// Whether so many positional arguments and the function's defaults are what it takes.
bool BytecodeBuilder::acceptsPositional(const tagproof::Function* function, size_t given) const {
    const size_t wanted = function->code->body->positional;
    const size_t available = function->defaults == nullptr ? 0 : function->defaults->size;
    return hasPlainParameters(function->code, wanted) && given <= wanted &&
           wanted - given <= available;
}

// Completes positional arguments from the function's defaults; false where that is not enough.
bool BytecodeBuilder::addDefaults(tagproof::Function* function, std::vector<Instr*>& arguments) {
    if (!acceptsPositional(function, arguments.size())) return false;
    const size_t missing = function->code->body->positional - arguments.size();
    const size_t available = function->defaults == nullptr ? 0 : function->defaults->size;
    for (size_t i = available - missing; i < available; ++i) {
        arguments.push_back(constant(function->defaults->items()[i]));
    }
    return true;
}

// C(a1, ..., an) for a class whose construction is object.__new__ and a plain __init__.
bool BytecodeBuilder::buildConstruction(size_t count) {
    const Instr* callable = top(count + 2).value;
    if (callable->op != Op::kConst || top(count + 1).value->op != Op::kNull) return false;
    Type* type = constructedType(Value{callable->immediates[0].bits});
    if (type == nullptr) return false;
    if (type->slots.init == thread_.types->object->slots.init) {
        return buildPlainConstruction(type, count);
    }
    tagproof::Function* init = lookUpMethod(type, thread_.singletons->names.init);
    if (init == nullptr || !acceptsPositional(init, count + 1)) return false;
    Instr* instance = callHelper(Helper::kNewInstance, {immediate(type)});
    instance->type = types::kHeapObject;
    push(instance, Own::kOwned);
    std::vector<Instr*> arguments{instance};
    for (size_t i = count + 1; i > 1; --i) arguments.push_back(top(i).value);
    addDefaults(init, arguments);
    dependOnLookup(type, thread_.singletons->names.init, true);
    dependOnLookup(type, thread_.singletons->names.new_, true);
    Instr* result = callFunction(init, std::move(arguments));
    push(result, Own::kOwned);
    callStatus(Helper::kCheckInitResult, {result});
    const Slot none = pop();
    const Slot object = pop();
    std::vector<Slot> operands{none};
    for (size_t i = 0; i < count + 2; ++i) operands.push_back(pop());
    frame_.push_back(object);
    releaseAll(std::move(operands));
    guardValid();
    return true;
}

// C() without an __init__ of its own.
bool BytecodeBuilder::buildPlainConstruction(Type* type, size_t count) {
    if (count != 0) return false;
    dependOnLookup(type, thread_.singletons->names.init, true);
    dependOnLookup(type, thread_.singletons->names.new_, true);
    replaceOperands(2, callHelper(Helper::kNewInstance, {immediate(type)}));
    return true;
}

// The class to construct when neither metaclass, __new__ nor layout need the general path.
Type* BytecodeBuilder::constructedType(Value callable) const {
    if (!isExactly(callable, thread_.types->type)) return nullptr;
    auto* type = callable.as<Type>();
    const bool plain = type->slots.construct == thread_.types->object->slots.construct &&
                       !hasFlag(type, kTypeIsAbstractBase) && type->version_tag != 0;
    return plain ? type : nullptr;
}

// A native function, or a native method with an owner of its type, without the general call.
bool BytecodeBuilder::buildNativeCall(size_t count) {
    Instr* callable = top(count + 2).value;
    Instr* self = top(count + 1).value;
    if (callable->op != Op::kConst || count > kFewArguments) return false;
    const Value target{callable->immediates[0].bits};
    std::vector<Instr*> arguments;
    for (size_t i = count; i > 0; --i) arguments.push_back(top(i).value);
    Instr* number = immediate(static_cast<int64_t>(count));
    Instr* result = nullptr;
    if (isExactly(target, thread_.types->builtin_function) && self->op == Op::kNull) {
        if (!guards::takes(target.as<NativeFunction>()->signature, count)) return false;
        result = callWithArgs(Helper::kCallNative, {callable, number}, arguments);
    } else if (isExactly(target, thread_.types->method_descriptor)) {
        const auto* descriptor = target.as<MethodDescriptor>();
        const Type* type = self->type.exact();
        const bool fits = type != nullptr && isSubtype(type, descriptor->owner);
        if (!fits || !guards::takes(descriptor->signature, count)) return false;
        result = callWithArgs(Helper::kCallNativeMethod, {callable, self, number}, arguments);
    } else {
        return false;
    }
    replaceOperands(count + 2, result);
    return true;
}

// int(x) of a number that is there unboxed.
bool BytecodeBuilder::buildIntFromDouble(size_t count) {
    const Instr* callable = top(count + 2).value;
    if (callable->op != Op::kConst || !isIntConversion(count) ||
        callable->immediates[0].bits != Value::of(thread_.types->int_).bits) {
        return false;
    }
    Instr* result =
        emitGuard(Op::kDoubleToFixnum, DeoptReason::kOverflow, {top().value->operands[0]});
    const Slot number = pop();
    const Slot no_self = pop();
    const Slot type = pop();
    push(result, Own::kOwned);
    releaseAll({number, no_self, type});
    return true;
}

// The operands of a call with one argument, an unboxed number, and no self.
bool BytecodeBuilder::isIntConversion(size_t count) {
    return count == 1 && top(1).value->op == Op::kBoxDouble && top(2).value->op == Op::kNull;
}

// A closure is mostly a new object each time; and code that names one keeps alive what it holds.
bool BytecodeBuilder::isClosure(Value callee) const {
    return isFunction(thread_, callee) && callee.as<tagproof::Function>()->closure != nullptr;
}

// Turns a callable that the site has always seen into a constant.
void BytecodeBuilder::speculateCallee(Instruction instruction, size_t count) {
    Slot& callable = top(count + 2);
    const Feedback& feedback = code_->feedback[instruction.site];
    if (callable.value->op == Op::kConst || feedback.callees != 1 || feedback.callee.isNull())
        return;
    const Value callee = feedback.callee;
    if (!callee.isObject() || !thread_.heap->isLiveObject(callee.asObject())) return;
    const bool converts = callee == Value::of(thread_.types->int_) && isIntConversion(count);
    const bool worthwhile = isFunction(thread_, callee) || constructedType(callee) != nullptr ||
                            isExactly(callee, thread_.types->builtin_function) || converts;
    if (!worthwhile || isClosure(callee) || top(count + 1).value->op != Op::kNull) return;
    guardIs(callable.value, feedback.callee);
    const Slot known{constant(feedback.callee), Own::kStable};
    // Its reference, if the stack holds one, is given back with the old word; borrowed ones need
    // none.
    if (callable.own != Own::kOwned) {
        callable = known;
    } else {
        callable.value = known.value;
    }
}

void BytecodeBuilder::buildCALL(Instruction instruction) {
    const size_t count = instruction.operand;
    if (speculates()) {
        for (size_t i = 1; i <= count; ++i) top(i).value = nonNull(top(i).value);
        speculateCallee(instruction, count);
        if (buildDirectCall(count) || buildConstruction(count) || buildIntFromDouble(count) ||
            buildPolymorphicCall(count) || buildNativeCall(count)) {
            return;
        }
    }
    std::vector<Instr*> arguments;
    for (size_t i = count; i > 0; --i) arguments.push_back(top(i).value);
    Instr* result = callWithArgs(
        Helper::kCall,
        {top(count + 2).value, top(count + 1).value, immediate(static_cast<int64_t>(count))},
        arguments);
    replaceOperands(count + 2, result);
}

void BytecodeBuilder::buildCALL_KW(Instruction instruction) {
    const size_t count = instruction.operand;
    std::vector<Instr*> arguments;
    for (size_t i = count + 1; i > 1; --i) arguments.push_back(top(i).value);
    Instr* result = callWithArgs(Helper::kCallKw,
                                 {top(count + 3).value, top(count + 2).value,
                                  immediate(static_cast<int64_t>(count)), top(1).value},
                                 arguments);
    replaceOperands(count + 3, result);
}

void BytecodeBuilder::buildCALL_EX(Instruction instruction) {
    const bool has_keywords = (instruction.operand & 1) != 0;
    Instr* keywords = has_keywords ? top(1).value : emit(Op::kNull);
    const size_t args = has_keywords ? 2 : 1;
    Instr* result = callHelper(Helper::kCallEx, {top(args + 2).value, top(args).value, keywords});
    replaceOperands(args + 2, result);
}

void BytecodeBuilder::buildRETURN_VALUE(Instruction) {
    top().value = nonNull(top().value);
    if ((body_.flags & kCodeIsGenerator) != 0) return leaveGenerator();
    if (!body_.exceptions.empty()) leaveForTraceback();
    Slot result = pop();
    makeOwned(result);
    releasing_.clear();
    for (Slot& local : frame_) {
        if (local.own != Own::kOwned || local.value->type.isUncounted()) continue;
        emit(local.value->type.mayBe(HirType::kNullBit) ? Op::kDecrefNullable : Op::kDecref,
             {local.value});
    }
    emit(Op::kReturn, {result.value});
    block_ = nullptr;
}

// --- building ----------------------------------------------------------------------------------

// Calls `helper(thread, number)` on the `count` topmost words and replaces them by the result.
void BytecodeBuilder::buildFromArgs(Helper helper, size_t count, size_t number) {
    if (count > layout::kThreadArgCount) {
        refuse(CompileErrorKind::kLimit, "more than 256 operands");
        return;
    }
    std::vector<Instr*> arguments;
    for (size_t i = count; i > 0; --i) arguments.push_back(top(i).value);
    replaceOperands(count,
                    callWithArgs(helper, {immediate(static_cast<int64_t>(number))}, arguments));
}

void BytecodeBuilder::buildBUILD_TUPLE(Instruction instruction) {
    buildFromArgs(Helper::kBuildTuple, instruction.operand, instruction.operand);
}

void BytecodeBuilder::buildBUILD_LIST(Instruction instruction) {
    buildFromArgs(Helper::kBuildList, instruction.operand, instruction.operand);
}

void BytecodeBuilder::buildBUILD_SET(Instruction instruction) {
    buildFromArgs(Helper::kBuildSet, instruction.operand, instruction.operand);
}

void BytecodeBuilder::buildBUILD_MAP(Instruction instruction) {
    buildFromArgs(Helper::kBuildMap, size_t{2} * instruction.operand, instruction.operand);
}

void BytecodeBuilder::buildBUILD_STRING(Instruction instruction) {
    buildFromArgs(Helper::kBuildString, instruction.operand, instruction.operand);
}

void BytecodeBuilder::buildBUILD_SLICE(Instruction instruction) {
    const bool has_step = instruction.operand == 3;
    Instr* step = has_step ? top(1).value : constant(thread_.singletons->none);
    const size_t base = has_step ? 2 : 1;
    replaceOperands(instruction.operand,
                    callHelper(Helper::kBuildSlice, {top(base + 1).value, top(base).value, step}));
}

void BytecodeBuilder::buildFORMAT_VALUE(Instruction instruction) {
    const bool has_spec = (instruction.operand & 4) != 0;
    const size_t count = has_spec ? 2 : 1;
    Instr* spec = has_spec ? top(1).value : emit(Op::kNull);
    Instr* conversion = immediate(int64_t{instruction.operand & 3});
    replaceOperands(count, callHelper(Helper::kFormatValue, {top(count).value, conversion, spec}));
}

// Adds the top word to a collection `depth` below it.
void BytecodeBuilder::buildAddition(Helper helper, size_t depth) {
    callStatus(helper, {top(depth + 1).value, top(1).value});
    dropOperands(1);
}

void BytecodeBuilder::buildLIST_APPEND(Instruction instruction) {
    buildAddition(Helper::kListAppend, instruction.operand);
}

void BytecodeBuilder::buildSET_ADD(Instruction instruction) {
    buildAddition(Helper::kSetAdd, instruction.operand);
}

void BytecodeBuilder::buildLIST_EXTEND(Instruction instruction) {
    buildAddition(Helper::kListExtend, instruction.operand);
}

void BytecodeBuilder::buildSET_UPDATE(Instruction instruction) {
    buildAddition(Helper::kSetUpdate, instruction.operand);
}

void BytecodeBuilder::buildDICT_UPDATE(Instruction instruction) {
    buildAddition(Helper::kDictUpdate, instruction.operand);
}

void BytecodeBuilder::buildMAP_ADD(Instruction instruction) {
    callStatus(Helper::kMapAdd, {top(instruction.operand + 2).value, top(2).value, top(1).value});
    dropOperands(2);
}

void BytecodeBuilder::buildDICT_MERGE(Instruction instruction) {
    const size_t dict = instruction.operand + 1;
    callStatus(Helper::kDictMerge, {top(dict).value, top(1).value, top(dict + 3).value});
    dropOperands(1);
}

void BytecodeBuilder::buildLIST_TO_TUPLE(Instruction) {
    replaceOperands(1, callHelper(Helper::kListToTuple, {top().value}));
}

void BytecodeBuilder::buildMAKE_FUNCTION(Instruction instruction) {
    constexpr uint32_t kParts = 4;
    std::vector<Instr*> parts(kParts);
    size_t depth = 2;
    for (uint32_t bit = kParts; bit-- > 0;) {
        const bool present = (instruction.operand & (1U << bit)) != 0;
        parts[bit] = present ? top(depth++).value : emit(Op::kNull);
    }
    Instr* result = callWithArgs(
        Helper::kMakeFunction,
        {immediate(request_.guest->globals), top(1).value, immediate(int64_t{instruction.operand})},
        parts);
    replaceOperands(depth - 1, result);
}

void BytecodeBuilder::buildUNPACK_SEQUENCE(Instruction instruction) {
    callStatus(Helper::kUnpackSequence, {top().value, immediate(int64_t{instruction.operand})});
    pushUnpacked(instruction.operand);
}

void BytecodeBuilder::buildUNPACK_EX(Instruction instruction) {
    const uint32_t before = instruction.operand & 0xFF;
    const uint32_t after = instruction.operand >> 8;
    callStatus(Helper::kUnpackEx,
               {top().value, immediate(int64_t{before}), immediate(int64_t{after})});
    pushUnpacked(before + 1 + after);
}

// Replaces the sequence by `count` owned results in thread->args, the first on top.
void BytecodeBuilder::pushUnpacked(uint32_t count) {
    if (count > layout::kThreadArgCount) {
        refuse(CompileErrorKind::kLimit, "more than 256 operands");
        return;
    }
    std::vector<Instr*> items;
    for (uint32_t i = 0; i < count; ++i) {
        items.push_back(loadResult(i));
    }
    const Slot sequence = pop();
    std::ranges::reverse(items);
    for (Instr* item : items) push(item, Own::kOwned);
    release(sequence);
    guardValid();
}

}  // namespace tagproof::hir
