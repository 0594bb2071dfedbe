#pragma once
// Weak proxies: objects that do what their referent does, for as long as it lives, and raise
// ReferenceError from then on. A proxy is a WeakRef (objmodel/weakref.h) of another type, and
// shared, cleared and called back like one. Source of the behaviour: CPython's weakrefobject.c.

#include "objmodel/value.h"

namespace tagproof {

struct Thread;

// `weakref.proxy(object, callback)`: of the callable kind when `object` is; callback may be null.
// New reference, or null + TypeError.
[[nodiscard]] Value newWeakProxy(Thread& thread, Value object, Value callback);
[[nodiscard]] bool isWeakProxy(const Thread& thread, Value value);

// pow() of three operands of which some are proxies: that of their referents.
[[nodiscard]] Value powerOfReferents(Thread& thread, Value base, Value exponent, Value modulus);

// weakref.ProxyType and weakref.CallableProxyType.
void initWeakProxyTypes(Thread& thread);

}  // namespace tagproof
