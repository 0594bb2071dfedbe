#include "jit/entry_audit.h"

#include <fmt/format.h>

#include "jit/compile.h"
#include "jit/helper_audit.h"
#include "jit/jit.h"
#include "objmodel/error.h"
#include "objmodel/thread.h"
#include "runtime/call.h"
#include "runtime/code.h"
#include "runtime/function.h"
#include "runtime/interpreter.h"

namespace tagproof {

namespace {

// Null: it has none.
const CompiledUnit* unitOfCallee(const Jit& jit, const Thread& thread) {
    const HelperAudit& audit = *jit.helperAudit();
    if (!audit.isValue(thread.callee.bits) || !isFunction(thread, thread.callee)) return nullptr;
    return jit.unitOf(thread.callee.as<Function>()->code);
}

void checkArguments(HelperAudit& audit,
                    const CompiledUnit& unit,
                    const Thread& thread,
                    const RegisterArguments& in_registers) {
    const size_t count = parameterCount(unit.code);
    for (size_t i = 0; i < count; ++i) {
        const Value word = i < in_registers.size() ? in_registers[i] : thread.args[i];
        if (audit.isValue(word.bits)) continue;
        audit.note(fmt::format("entry of {}: argument {} is no value", unit.name, i));
    }
}

}  // namespace

Value auditedEntry(Thread* thread, Value a0, Value a1, Value a2, Value a3, Value a4) {
    const Jit& jit = Jit::of(*thread);
    HelperAudit& audit = *jit.helperAudit();
    const CompiledUnit* unit = unitOfCallee(jit, *thread);
    if (unit == nullptr) {
        audit.note("entry: the thread's callee is no function with a unit");
        raiseText(*thread, ExceptionKind::kSystemError, "compiled code entered without a callee");
        return Value::null();
    }
    checkArguments(audit, *unit, *thread, {a0, a1, a2, a3, a4});
    return reinterpret_cast<Entry>(unit->entry())(thread, a0, a1, a2, a3, a4);
}

}  // namespace tagproof
