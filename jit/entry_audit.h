#pragma once
// Watches the words that compiled entries start with (JitOptions::check_helpers): the verifier
// takes them for values without a look at them.
//
//   interpreter, helpers, emitted code --call [code->entry]--> auditedEntry --> the unit's entry
//
//   thread->callee   a live function, whose code has the unit
//   a0 ... a4        live values, as many as there are parameters
//   thread->args     live values for the parameters behind them
//
// What is wrong is a finding of the Jit's HelperAudit.

#include "objmodel/value.h"

namespace tagproof {

struct Thread;

// The signature of compiled functions (runtime/interpreter.h). New reference, or null + pending;
// SystemError where the callee is no function, so that there is nothing to enter.
[[nodiscard]] Value auditedEntry(Thread* thread, Value a0, Value a1, Value a2, Value a3, Value a4);

}  // namespace tagproof
