#pragma once
// Every offset, tag and size that emitted code may use, each exactly once. Constants only: the
// static_asserts that tie them to the C++ structs stand beside those structs' sources, so that the
// verifier can include this file and nothing else of the runtime.
//
//   object                                     values block (own pool cell, 16-aligned)
//   +0x00  refcount (32-bit) | flags (32-bit)  [ order bytes ... used(1) prefix(1) ][ value 0 ][
//   value 1 ] ... +0x08  type                                ^block start ^values[-1]  ^values
//   +0x10  weak reference list head
//   +0x18  managed-dict slot
//   +0x20  native payload, then __slots__

#include <cstddef>
#include <cstdint>

namespace tagproof::layout {

// --- value words -------------------------------------------------------------------------------
inline constexpr uint64_t kTagMask = 7;
inline constexpr uint64_t kTagPointer =
    0;                                     // 8-aligned object pointer; the all-zero word is "empty"
inline constexpr uint64_t kTagFixnum = 1;  // 61-bit signed integer << 3 | 1
inline constexpr int kFixnumShift = 3;
inline constexpr int kDoubleRotate = 5;  // word = rotl(bits, 5) ^ 2, tags 2..5
inline constexpr uint64_t kDoubleXor = 2;
inline constexpr uint64_t kTagSentinel = 6;  // internal markers, never visible to a program
inline constexpr uint64_t kTagNever = 7;  // no value has this tag (a slot word in values form may)

// --- object head -------------------------------------------------------------------------------
inline constexpr int32_t kObjectRefcount = 0x00;  // 32-bit; bit 31 set = immortal
inline constexpr int32_t kObjectFlags = 0x04;
inline constexpr int32_t kObjectType = 0x08;
inline constexpr int32_t kObjectWeakrefs = 0x10;
inline constexpr int32_t kObjectSlot = 0x18;
inline constexpr int32_t kObjectPayload = 0x20;
inline constexpr uint32_t kImmortalRefcount = 0xC0000000;

// --- managed-dict slot and values block --------------------------------------------------------
inline constexpr uint64_t kSlotValuesTag = 1;     // LSB 1: the word is `values - 1`
inline constexpr int32_t kValuesPrefixSize = -1;  // byte: roundUp(capacity + 2, 8)
inline constexpr int32_t kValuesUsed = -2;        // byte: number of used values
inline constexpr int32_t kValuesOrder = -3;       // byte -3-k: index of the k-th inserted attribute
inline constexpr uint32_t kMaxSharedKeys = 30;

// --- built-in payloads read by fast paths (object-relative) ------------------------------------
inline constexpr int32_t kTypeVersionTag = 0x20;      // u32, 0 = uncacheable
inline constexpr int32_t kCellValue = 0x20;           // closure and namespace cells: one value word
inline constexpr int32_t kListItems = 0x20;           // Value*; length at kListSize
inline constexpr int32_t kListSize = 0x28;            // u64
inline constexpr int32_t kTupleSize = 0x20;           // u64
inline constexpr int32_t kTupleItems = 0x28;          // inline values
inline constexpr int32_t kFloatValue = 0x20;          // double: boxed floats only
inline constexpr int32_t kRangeIterNext = 0x20;       // i64: the next item, a fixnum's number
inline constexpr int32_t kRangeIterStep = 0x28;       // i64
inline constexpr int32_t kRangeIterRemaining = 0x30;  // u64: items to come
inline constexpr int32_t kFunctionCode = 0x20;        // Code*
inline constexpr int32_t kCodeEntry = 0x20;           // compiled entry or interpreter bridge
inline constexpr int32_t kBoundMethodFunction = 0x20;  // value
inline constexpr int32_t kBoundMethodSelf = 0x28;      // value

// --- thread (rdi of every compiled entry) ------------------------------------------------------
inline constexpr int32_t kThreadPoll = 0x00;            // u32, non-zero: call the poll helper
inline constexpr int32_t kThreadRecursionDepth = 0x04;  // u32, current depth
inline constexpr int32_t kThreadEntryLimit = 0x08;      // u32, depth from which entries are slow
inline constexpr int32_t kThreadPending = 0x10;         // pending exception, a value or 0
inline constexpr int32_t kThreadCallee = 0x18;          // function being called, set for closures
inline constexpr int32_t kThreadArgs = 0x20;            // argument area, value words
inline constexpr uint32_t kThreadArgCount = 256;
inline constexpr int32_t kThreadOsrValues = kThreadArgs + 8 * 256;  // values handed to a loop entry
inline constexpr uint32_t kThreadOsrCount = 512;
inline constexpr int32_t kThreadDeoptValues = kThreadOsrValues + 8 * 512;  // raw words of an exit
inline constexpr uint32_t kThreadDeoptCount = 512;

// --- compiled code -----------------------------------------------------------------------------
// The most that one activation takes of the native stack: return address, saved registers, locals.
inline constexpr uint32_t kCompiledFrameBytes = 4096 + 16;

}  // namespace tagproof::layout
