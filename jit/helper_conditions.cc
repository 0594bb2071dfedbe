#include "jit/helper_conditions.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "jit/helper_guards.h"
#include "objmodel/check.h"
#include "objmodel/core_types.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/layout.h"
#include "objmodel/list.h"
#include "objmodel/thread.h"
#include "objmodel/tuple.h"
#include "objmodel/type.h"
#include "objmodel/type_object.h"
#include "runtime/call.h"
#include "runtime/frame.h"
#include "runtime/function.h"
#include "runtime/ops.h"

namespace tagproof::guards {

namespace {

constexpr size_t kCompareOpCount = static_cast<size_t>(CompareOp::kGe) + 1;

bool isNullOr(Value value, const Type* type) { return value.isNull() || isExactly(value, type); }

// The cells of a function made of `body`.
bool isClosureOf(const Thread& thread, Value closure, const CodeBody& body) {
    const size_t free = body.cell_names.size() - body.own_cells;
    if (closure.isNull()) return free == 0;
    if (!isExactly(closure, thread.types->tuple)) return false;
    const Tuple* cells = closure.as<Tuple>();
    return cells->size == free &&
           std::all_of(cells->items(), cells->items() + cells->size,
                       [&](Value cell) { return isExactly(cell, thread.types->cell); });
}

}  // namespace

bool takes(const NativeSignature& signature, uint64_t count) {
    const auto given = static_cast<int64_t>(count);
    return count <= kFewArguments && signature.code != nullptr && given >= signature.min_args &&
           (signature.max_args == kAnyCount || given <= signature.max_args);
}

void refuse(Helper helper, size_t argument) {
    const std::string_view name = helperInfo(helper).name;
    const std::string what = argument == 0 ? "arguments that do not go together"
                                           : fmt::format("a wrong argument {}", argument);
    checkFailed(__FILE__, __LINE__, fmt::format("compiled code calls {} with {}", name, what));
}

bool hasArguments(const Thread& thread, uint64_t count) {
    return count <= layout::kThreadArgCount &&
           std::none_of(thread.args, thread.args + count, [](Value word) { return word.isNull(); });
}

bool Condition<Helper::kDeleteCell>::holds(const Thread&, Value, const Code* code, uint64_t index) {
    return index < code->body->cell_names.size();
}

bool Condition<Helper::kLoadFreeCell>::holds(const Thread&, Value callee, uint64_t index) {
    const Tuple* closure = callee.as<Function>()->closure;
    return closure != nullptr && index < closure->size;
}

bool Condition<Helper::kLoadGetSet>::holds(const Thread& thread,
                                           Value owner,
                                           const GetSetDescriptor* descriptor) {
    return isSubtype(typeOf(thread, owner), descriptor->owner);
}

bool Condition<Helper::kStoreFirst>::holds(const Thread&, Value owner, uint64_t, Value) {
    return owner.isObject() && hasFlag(owner.asObject()->type, kTypeHasManagedDict);
}

bool Condition<Helper::kBinary>::holds(const Thread&, Value, Value, uint64_t op) {
    return op < kBinaryOpCount;
}

bool Condition<Helper::kInplace>::holds(const Thread&, Value, Value, uint64_t op) {
    return op < kBinaryOpCount;
}

bool Condition<Helper::kUnary>::holds(const Thread&, Value, uint64_t op) {
    return op < kUnaryOpCount;
}

bool Condition<Helper::kCompare>::holds(const Thread&, Value, Value, uint64_t op) {
    return op < kCompareOpCount;
}

bool Condition<Helper::kUnpackEx>::holds(const Thread&, Value, uint64_t before, uint64_t behind) {
    return before + behind < layout::kThreadArgCount;
}

bool Condition<Helper::kCallNative>::holds(const Thread&, Value function, uint64_t count) {
    return takes(function.as<NativeFunction>()->signature, count);
}

bool Condition<Helper::kCallNativeMethod>::holds(const Thread& thread,
                                                 Value descriptor,
                                                 Value self,
                                                 uint64_t count) {
    const auto* method = descriptor.as<MethodDescriptor>();
    return takes(method->signature, count) && isSubtype(typeOf(thread, self), method->owner);
}

bool Condition<Helper::kCallKw>::holds(const Thread&, Value, Value, uint64_t count, Value names) {
    return names.as<Tuple>()->size <= count;
}

bool Condition<Helper::kMakeFunction>::holds(const Thread& thread,
                                             const Dict*,
                                             Value code,
                                             uint64_t parts) {
    const auto part = [&](size_t index) {
        return (parts >> index & 1) != 0 ? thread.args[index] : Value::null();
    };
    return isNullOr(part(0), thread.types->tuple) && isNullOr(part(1), thread.types->dict) &&
           isClosureOf(thread, part(3), *code.as<Code>()->body);
}

bool Condition<Helper::kNewGenerator>::holds(const Thread&, Value callee, uint64_t count) {
    const Code* code = callee.as<Function>()->code;
    return (code->body->flags & kCodeIsGenerator) != 0 && count == parameterCount(code);
}

bool Condition<Helper::kTakePending>::holds(const Thread& thread) { return hasPending(thread); }

bool Condition<Helper::kPrepReraiseStar>::holds(const Thread&, Value, Value raised) {
    return raised.as<List>()->size > 0;
}

bool Condition<Helper::kAddTraceback>::holds(const Thread& thread,
                                             const Code* code,
                                             uint64_t at,
                                             uint64_t in_loop) {
    const bool is_own = in_loop == 0 || (thread.frame != nullptr && thread.frame->code == code);
    return at < code->body->instructions.size() && is_own;
}

bool Condition<Helper::kTracebackLives>::holds(const Thread& thread, uint64_t in_loop) {
    return in_loop == 0 || thread.frame != nullptr;
}

bool Condition<Helper::kImportName>::holds(
    const Thread&, const Dict*, const Str*, Value, Value level) {
    return level.isFixnum();
}

}  // namespace tagproof::guards
