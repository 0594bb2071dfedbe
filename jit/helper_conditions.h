#pragma once
// What helpers need of several arguments together, or of the thread: see helper_guards.h. Arguments
// have the types of their letters when they come here.

#include "jit/helpers.h"
#include "objmodel/descriptors.h"
#include "objmodel/native_function.h"
#include "objmodel/object.h"
#include "objmodel/value.h"
#include "runtime/code.h"

namespace tagproof::guards {

// opCallNative and opCallNativeMethod may call that with so many arguments.
[[nodiscard]] bool takes(const NativeSignature& signature, uint64_t count);

// The first `count` words of the argument area are there.
[[nodiscard]] bool hasArguments(const Thread& thread, uint64_t count);

template <Helper H>
struct Condition {
    static constexpr bool kExists = false;
};

#define TAGPROOF_CONDITION(helper, ...)               \
    template <>                                       \
    struct Condition<Helper::k##helper> {             \
        static constexpr bool kExists = true;         \
        [[nodiscard]] static bool holds(__VA_ARGS__); \
    };

TAGPROOF_CONDITION(DeleteCell, const Thread&, Value cell, const Code* code, uint64_t index)
TAGPROOF_CONDITION(LoadFreeCell, const Thread&, Value callee, uint64_t index)
TAGPROOF_CONDITION(LoadGetSet, const Thread&, Value owner, const GetSetDescriptor* descriptor)
TAGPROOF_CONDITION(StoreFirst, const Thread&, Value owner, uint64_t index, Value value)
TAGPROOF_CONDITION(Binary, const Thread&, Value left, Value right, uint64_t op)
TAGPROOF_CONDITION(Inplace, const Thread&, Value left, Value right, uint64_t op)
TAGPROOF_CONDITION(Unary, const Thread&, Value operand, uint64_t op)
TAGPROOF_CONDITION(Compare, const Thread&, Value left, Value right, uint64_t op)
TAGPROOF_CONDITION(UnpackEx, const Thread&, Value sequence, uint64_t before, uint64_t behind)
TAGPROOF_CONDITION(CallNative, const Thread&, Value function, uint64_t count)
TAGPROOF_CONDITION(CallNativeMethod, const Thread&, Value descriptor, Value self, uint64_t count)
TAGPROOF_CONDITION(CallKw, const Thread&, Value callable, Value self, uint64_t count, Value names)
TAGPROOF_CONDITION(MakeFunction, const Thread&, const Dict* globals, Value code, uint64_t parts)
TAGPROOF_CONDITION(NewGenerator, const Thread&, Value callee, uint64_t count)
TAGPROOF_CONDITION(TakePending, const Thread&)
TAGPROOF_CONDITION(PrepReraiseStar, const Thread&, Value original, Value raised)
TAGPROOF_CONDITION(AddTraceback, const Thread&, const Code* code, uint64_t at, uint64_t in_loop)
TAGPROOF_CONDITION(TracebackLives, const Thread&, uint64_t in_loop)
TAGPROOF_CONDITION(
    ImportName, const Thread&, const Dict* globals, const Str* name, Value names, Value level)

#undef TAGPROOF_CONDITION

}  // namespace tagproof::guards
