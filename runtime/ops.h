#pragma once
// The slow paths that the interpreter and emitted code share: one extern "C" function per bytecode
// family, so that any bytecode can be lowered to at least a call of its op.
//
// Contract, unless an op says otherwise:
//   - every Value argument is borrowed and non-null; a Value result is a new reference, null = an
//     exception is pending; an int result is -1 = pending, 0, 1
//   - it may run guest code, allocate, free and materialise dicts
//   - [leaf] marks ops that do none of that; [no guest] those that may allocate but run nothing
//   - arguments or results in thread->args are borrowed / owned as stated; any op that may run
//   guest
//     code reads all of thread->args before it does
// Ops do not add traceback entries for the caller: emitted code calls opAddTraceback, the
// interpreter does it when it unwinds.

#include <cstdint>

#include "objmodel/object.h"
#include "objmodel/thread.h"
#include "objmodel/type.h"

namespace tagproof {

struct AttrCache;
struct Cell;
struct Code;
struct Dict;
struct Feedback;
struct Frame;
struct Function;
struct GetSetDescriptor;
struct Str;
struct Tuple;

#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wreturn-type-c-linkage"
#endif
extern "C" {

// --- variables (ops_variables.cc) ----------------------------------------------------------------
// Globals, then builtins; NameError. Fills `cache` with the namespace cell (see attr_cache.h,
// kModuleAttribute). `cache` may be null.
Value opLoadGlobal(Thread* thread, Dict* globals, Dict* builtins, Str* name, AttrCache* cache);
int opStoreGlobal(Thread* thread, Dict* globals, Str* name, Value value, AttrCache* cache);
int opDeleteGlobal(Thread* thread, Dict* globals, Str* name);
// `names` may be null: then names are globals.
Value opLoadName(Thread* thread, Value names, Dict* globals, Dict* builtins, Str* name);
int opStoreName(Thread* thread, Value names, Dict* globals, Str* name, Value value);
int opDeleteName(Thread* thread, Value names, Dict* globals, Str* name);
// A new cell that holds a new reference to `initial` (may be null). [no guest]
Value opMakeCell(Thread* thread, Value initial);
// What the cell holds; NameError / UnboundLocalError for cell number `index` of `code` when empty.
// [no guest]
Value opLoadCell(Thread* thread, Value cell, Code* code, uint32_t index);
// Takes a new reference to `value`; releases the old one.
void opStoreCell(Thread* thread, Value cell, Value value);
int opDeleteCell(Thread* thread, Value cell, Code* code, uint32_t index);
// Class bodies: names[name of the cell], else the cell.
Value opLoadClassCell(Thread* thread, Value names, Value cell, Code* code, uint32_t index);
// Raises UnboundLocalError for local `index`. Always null. [no guest]
Value opUnboundLocal(Thread* thread, Code* code, uint32_t index);

// --- attributes and items (ops_attr.cc, ops_item.cc) ---------------------------------------------
// `cache` may be null; otherwise it is consulted and refilled.
Value opLoadAttr(Thread* thread, Value owner, Str* name, AttrCache* cache);
// The pending exception leaves a load of `owner.name`: an AttributeError tells so. [no guest]
void opNoteAttributeError(Thread* thread, Value owner, Str* name);
// The bound method of a function. [no guest]
Value opBindMethod(Thread* thread, Value function, Value self);
// A computed attribute of a type that `owner` is an instance of.
Value opLoadGetSet(Thread* thread, Value owner, GetSetDescriptor* descriptor);
int opStoreAttr(Thread* thread, Value owner, Str* name, Value value, AttrCache* cache);
int opDeleteAttr(Thread* thread, Value owner, Str* name);
// Result: the callable. thread->args[0] = what it is to be called with as first argument, borrowed:
// `owner`, or the class where it is a classmethod's function. Null: the callable is bound already.
Value opLoadMethod(Thread* thread, Value owner, Str* name, AttrCache* cache);
// super(cls, self).name
Value opLoadSuperAttr(Thread* thread, Value cls, Value self, Str* name);
Value opGetItem(Thread* thread, Value container, Value key);
int opSetItem(Thread* thread, Value container, Value key, Value value);
int opDeleteItem(Thread* thread, Value container, Value key);

// --- operators (ops_arith.cc): `op` is the enumerator of BinaryOp, UnaryOp, CompareOp
// --------------
Value opBinary(Thread* thread, Value left, Value right, uint32_t op);
Value opInplace(Thread* thread, Value left, Value right, uint32_t op);
Value opUnary(Thread* thread, Value operand, uint32_t op);
Value opNot(Thread* thread, Value operand);
Value opCompare(Thread* thread, Value left, Value right, uint32_t op);
int opCompareBool(Thread* thread, Value left, Value right, uint32_t op);  // truth of the result
int opContains(Thread* thread, Value container, Value item);
int opIsTrue(Thread* thread, Value operand);
Value opBoxDouble(Thread* thread, double number);  // immediate or boxed float [no guest]
Value opBoxInt(Thread* thread, int64_t number);    // fixnum or big int [no guest]

// --- iteration and unpacking (ops_iter.cc) -------------------------------------------------------
Value opGetIter(Thread* thread, Value iterable);
// Null without an exception pending = exhausted.
Value opForNext(Thread* thread, Value iterator);
// Results (owned) in thread->args[0 .. count), first item first. count <= 256. 0, -1.
int opUnpackSequence(Thread* thread, Value sequence, uint32_t count);
// a, *b, c: `before` items, a list, `after` items in thread->args, in this order. 0, -1.
int opUnpackEx(Thread* thread, Value sequence, uint32_t before, uint32_t after);

// --- building (ops_build.cc): operands borrowed from thread->args[0 .. count)
// ----------------------
Value opBuildTuple(Thread* thread, uint32_t count);  // [no guest]
Value opBuildList(Thread* thread, uint32_t count);   // [no guest]
Value opBuildSet(Thread* thread, uint32_t count);
Value opBuildMap(Thread* thread, uint32_t pairs);                         // k1 v1 k2 v2 ...
Value opBuildString(Thread* thread, uint32_t count);                      // [no guest]
Value opBuildSlice(Thread* thread, Value start, Value stop, Value step);  // [no guest]
// `conversion`: 0 none, 1 str, 2 repr, 3 ascii; `spec` may be null.
Value opFormatValue(Thread* thread, Value value, uint32_t conversion, Value spec);
int opListAppend(Thread* thread, Value list, Value item);  // 0, -1 [no guest]
int opSetAdd(Thread* thread, Value set, Value item);
int opMapAdd(Thread* thread, Value dict, Value key, Value value);
int opListExtend(Thread* thread, Value list, Value iterable);
int opSetUpdate(Thread* thread, Value set, Value iterable);
int opDictUpdate(Thread* thread, Value dict, Value mapping);
int opDictMerge(Thread* thread, Value dict, Value mapping, Value callable);
Value opListToTuple(Thread* thread, Value list);  // [no guest]

// --- calls (ops_call.cc) -------------------------------------------------------------------------
// Arguments borrowed from thread->args[0 .. count); `self` is null or goes before them.
Value opCall(Thread* thread, Value callable, Value self, uint32_t count);
// The same for a native function, or a native method of `self`'s type, that takes so many
// arguments, at most kFewArguments, and no keywords.
inline constexpr uint32_t kFewArguments = 3;
Value opCallNative(Thread* thread, Value function, uint32_t count);
Value opCallNativeMethod(Thread* thread, Value descriptor, Value self, uint32_t count);
// The last len(names) of the `count` arguments are keywords.
Value opCallKw(Thread* thread, Value callable, Value self, uint32_t count, Value names);
// `kwargs` may be null.
Value opCallEx(Thread* thread, Value callable, Value args, Value kwargs);
// Parts that are not there are null.
Value opMakeFunction(Thread* thread,
                     Value code,
                     Value defaults,
                     Value kwdefaults,
                     Value annotations,
                     Value closure,
                     Dict* globals);
Value opLoadBuildClass(Thread* thread, Dict* builtins);

// --- exceptions and with (ops_exception.cc) ------------------------------------------------------
// raise `exception` from `cause`: both borrowed, either may be null; without exception the handled
// one is raised again (then the result is 1: no traceback entry of this frame is wanted, else 0).
// Always leaves an exception pending.
int opRaise(Thread* thread, Value exception, Value cause);
// Makes `exception` (taken over) pending again.
void opReraise(Thread* thread, Value exception);
// Takes the pending exception off the thread: new reference. What a handler in emitted code starts
// with. [no guest]
Value opTakePending(Thread* thread);
// Does `exception` match the class or tuple of classes: 0, 1, -1 = TypeError.
int opCheckExcMatch(Thread* thread, Value exception, Value match);
// `exception` becomes the handled one (new reference taken). Result: the previous one, or None (new
// reference). [leaf]
Value opPushExcInfo(Thread* thread, Value exception);
// Makes `previous` (taken over; None = none) the handled exception; releases the current one.
void opPopExcept(Thread* thread, Value previous);
// Looks up __enter__ and __exit__ on the type of `manager` and calls __enter__. Result: what it
// returned. thread->args[0] = __exit__ function, args[1] = self for it or null (both owned).
Value opBeforeWith(Thread* thread, Value manager, AttrCache* cache);
// exit(type, exception, traceback); `self` may be null.
Value opWithExceptStart(Thread* thread, Value exit, Value self, Value exception);
// exit(None, None, None)
Value opWithExit(Thread* thread, Value exit, Value self);
Value opLoadAssertionError(Thread* thread);  // [leaf]
// except*: result = the matching part or None; thread->args[0] = the rest or None (owned).
Value opCheckEgMatch(Thread* thread, Value exception, Value match);
// The end of except*: what is to be raised, or None. `raised` is a list of what the handlers raised
// and, last, what none of them took (or None).
Value opPrepReraiseStar(Thread* thread, Value original, Value raised);
// Entry for the instruction in front of the pending exception's traceback, for a handler of this
// activation: the compiled function's, or, `in_loop`, that of the frame which entered the compiled
// loop. [no guest]
void opAddTraceback(Thread* thread, Code* code, uint32_t instruction, int in_loop);
// 1: such an entry lives and is to take over the locals when the activation ends; 0: none does.
int opTracebackLives(Thread* thread, int in_loop);

// --- imports (ops_import.cc) ---------------------------------------------------------------------
Value opImportName(Thread* thread, Dict* globals, Str* name, Value fromlist, Value level);
Value opImportFrom(Thread* thread, Value module, Str* name);
int opImportStar(Thread* thread, Value module, Value names, Dict* globals);

// --- generators (ops_iter.cc) --------------------------------------------------------------------
Value opGetYieldFromIter(Thread* thread, Value iterable);
// One step of `yield from`: the yielded value, thread->args[0] null; or null with no exception
// pending and thread->args[0] = the result (owned).
Value opSend(Thread* thread, Value iterator, Value value);

// --- match (ops_match.cc) ------------------------------------------------------------------------
Value opGetLength(Thread* thread, Value sequence);
int opMatchMapping(Thread* thread, Value subject);             // 0, 1 [leaf]
int opMatchSequence(Thread* thread, Value subject);            // 0, 1 [leaf]
Value opMatchKeys(Thread* thread, Value subject, Value keys);  // tuple or None
Value opMatchClass(Thread* thread, Value subject, Value cls, Value names, uint32_t positional);
int opSetupAnnotations(Thread* thread, Value names, Dict* globals);
int opPrintExpr(Thread* thread, Value value);

// --- machine (ops_machine.cc) --------------------------------------------------------------------
// The last reference to `object` is gone (its count is 0).
void opDealloc(Object* object);
// thread->poll is set. 0, -1 + KeyboardInterrupt.
int opPoll(Thread* thread);
// The entry of the compiled function thread->callee, when it is too deep or something is to be
// polled; arguments as at the entry. RecursionError at the guest's limit; otherwise the result of
// the call, interpreted if the native stack is why it came here.
Value opEnterSlow(Thread* thread, Value a0, Value a1, Value a2, Value a3, Value a4);

}  // extern "C"
#ifdef __clang__
#pragma clang diagnostic pop
#endif

}  // namespace tagproof
