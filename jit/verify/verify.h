#pragma once
// The emitted-code verifier: bytes and trusted tables in, verdict out. It knows machine code and
// the tables of this header, nothing of the compiler that wrote the bytes. The property that an
// accepted function has, and what is assumed, stand in README.md.
//
//   bytes, address --decode--> instruction records --check(Trusted, Hints)--> Verdict
//                                      |                        ^
//                                      +---- infer (untrusted) -+   infer/infer.h
//
// Callers normally use inferAndVerify() of infer/infer.h, which infers the hints and then checks
// them here. Nothing in this header owns what its spans point to: the caller keeps tables alive
// during the call. verify() never asserts on its input and never touches the memory at `address`.

#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "objmodel/layout.h"

namespace tagproof::verify {

// --- trusted: layout rows ------------------------------------------------------------------------

enum class FieldKind : uint8_t {
    kValue,        // value word, never 0
    kValueOrNull,  // value word or 0
    kInt,          // raw integer of `width` bytes (1, 2, 4, 8)
    kDouble,       // raw double, 8 bytes
    kItems,   // pointer to an item array of `length` words (kValue), length = the kLength field
    kLength,  // 64-bit unsigned count of items, at most 2^59; never writable
    kType,    // pointer to a type object, never 0; never writable
    kObject,  // pointer to a heap object, never 0 (a value word with the pointer tag)
    kInlineItems,  // the object's own items (kValue) start here; count in the kLength field
    kExitWord,     // thread only: the exit buffer, written as raw words, never read
};

// One field, or an array of `count` adjacent ones, of an object, a cell region or the thread.
struct Field {
    int32_t offset = 0;  // from the object's address / the region's start
    uint32_t count = 1;  // adjacent fields of that kind
    uint8_t width = 8;   // bytes of one field
    FieldKind kind = FieldKind::kInt;
    bool readable = true;
    bool writable = false;  // values: only value words may be stored
};

// The head that every heap object has, by offsets from the object's address, which may be negative.
// A load of `slot` needs a managed type (or the surviving fact).
struct HeadLayout {
    int32_t refcount = layout::kObjectRefcount;
    uint8_t refcount_width = 4;  // bytes: 4 or 8; 0: objects are not counted
    int32_t type = layout::kObjectType;
    int32_t slot = layout::kObjectSlot;
    int32_t prefix_from_values = layout::kValuesPrefixSize;  // decode of a slot word: values - 1
};

// What is known of an object whose type word is `address`.
struct TypeRow {
    uint64_t address = 0;           // of the type object, compared by `cmp [o+8], address`
    uint32_t capacity = 0;          // words of its values blocks (lower bound; 0: none)
    bool managed = false;           // its cell kind has a managed-dict slot
    std::span<const Field> fields;  // sorted by offset, overlapping neither each other nor the head
    std::string_view name;          // for messages
};

// --- trusted: calls ------------------------------------------------------------------------------

enum class ArgKind : uint8_t {
    kThread,       // the thread pointer
    kValue,        // value word, not 0
    kValueOrNull,  // value word or 0
    kObject,       // pointer to a heap object, proven not 0 and not an immediate (or a dict)
    kInt,     // number, as far as is known: no base of an access. What left a vector register is
              // one, whatever went in; a helper must take any
    kConst,   // exactly known word, whichever: no table is asked. A pointer that must be one of
              // the tables is kCell or kHandle
    kDouble,  // xmm
    kCell,    // address of a trusted cell (Region or Constant), exactly known
    kHandle,  // address of a Handle of the argument's sort, exactly known
};

enum class ResultKind : uint8_t {
    kNone,          // rax is unknown afterwards
    kValue,         // value word, not 0
    kValueOrNull,   // value word or 0
    kObject,        // pointer to a heap object, not 0
    kObjectOrNull,  // pointer to a heap object or 0
    kInt,           // raw integer; also int and bool results
    kDouble,        // xmm0
    kNever,         // does not return: nothing after the call is reached
};

// What a call does to facts. Facts that hang on types, slot words, values and item storage die at
// kMayFree; kLeaf keeps everything but the caller-saved registers.
enum class CallEffect : uint8_t { kMayFree, kLeaf };

inline constexpr uint32_t kMaxArgs = 6;

struct Helper {
    uint64_t address = 0;
    std::string_view name;
    uint8_t arg_count = 0;  // entries of `args`
    ArgKind args[kMaxArgs] =
        {};  // in the order rdi, rsi, rdx, rcx, r8, r9 (kDouble entries allowed)
    char handle_sorts[kMaxArgs] = {};  // of the kHandle entries of `args`, at the same places
    ResultKind result = ResultKind::kNone;
    CallEffect effect = CallEffect::kMayFree;
    bool is_exit = false;  // argument 1 (esi) is an exit id: the exit buffer is checked at the call
    bool result_is_sentinel = false;  // with kInt: rax is a word of the sentinel tag (loop entries)
};

// A cell that holds a published entry or bridge of a function with `arg_count` value arguments.
// Arguments: rdi = thread, then values in rsi, rdx, rcx, r8, r9; result: value or 0; kMayFree.
struct EntryCell {
    uint64_t address = 0;
    uint32_t arg_count = 0;
};

// --- trusted: data with absolute addresses -------------------------------------------------------

// A runtime cell (or several of one kind): accessed by `mov r, imm64; op [r + disp]`.
struct Region {
    uint64_t address = 0;
    uint32_t size = 8;  // bytes; a multiple of `width`
    uint8_t width = 8;
    FieldKind kind = FieldKind::kValueOrNull;  // kValue, kValueOrNull, kInt, kDouble or kObject
    bool writable = false;
};

inline constexpr uint32_t kNoType = 0xFFFFFFFFU;

// A heap object that outlives the code and that emitted code may name by its address.
struct Constant {
    uint64_t address = 0;
    uint32_t type_row = kNoType;  // index into SharedTables::types when its type can never change
};

// What helpers take by its address and emitted code never looks into: a name, a cache, a module's
// dict. Its sort is a letter of the tables' own: a helper gets no cache where it wants a name.
struct Handle {
    uint64_t address = 0;
    char sort = 0;
};

// --- trusted: exits ------------------------------------------------------------------------------

enum class WordKind : uint8_t { kTagged, kInt64, kDouble };
enum class WordOwnership : uint8_t { kOwned, kBorrowed, kImmediate };

struct ExitWord {
    WordKind kind = WordKind::kTagged;
    WordOwnership ownership = WordOwnership::kBorrowed;
    bool nullable = false;  // tagged: 0 (an unbound variable) is allowed
};

// Words [0, words.size()) of the exit buffer must have been stored, in the block that makes the
// call.
struct Exit {
    uint32_t id = 0;
    std::span<const ExitWord> words;
};

// --- trusted: the whole --------------------------------------------------------------------------

// Immutable while functions are verified against it; filled once per Vm (rows only get added).
// All spans are sorted by address (by offset for `thread`), without duplicates.
struct SharedTables {
    HeadLayout head;
    std::span<const TypeRow> types;
    std::span<const Helper> helpers;
    std::span<const Region> regions;
    std::span<const Constant> constants;  // None, True, False, built-in types, ...
    std::span<const Field> thread;        // the thread struct
    std::span<const Field> type_object;   // what may be read of every type object
};

enum class EntryKind : uint8_t {
    kNormal,  // f(thread, a0..a4): value arguments, borrowed, not 0
    kLoop,    // f(thread): words in the thread's OSR area; may also return a sentinel word
};

// Per function. `shared` must not be null. Spans sorted by address (exits by id).
struct Trusted {
    const SharedTables* shared = nullptr;
    EntryKind entry = EntryKind::kNormal;
    uint32_t arg_count = 0;  // kNormal: value arguments; those beyond five in the thread
    std::span<const Exit> exits;
    std::span<const Region> regions;      // cells of this function
    std::span<const Constant> constants;  // objects that the code embeds and keeps alive
    std::span<const Handle> handles;
    std::span<const EntryCell> entry_cells;
};

// --- untrusted: hints ----------------------------------------------------------------------------

// What one register or stack slot holds. The lattice is described in domain.h.
enum class Kind : uint8_t {
    kTop,     // anything
    kInt,     // integer in [lo, hi]; low bits in `low`
    kValue,   // value word; low bits in `low`; 0 only if kNullable
    kObj,     // heap object + lo; aux = type row or kNoType
    kSlot,    // managed-dict slot word; aux = type row; low: 111 = values form, 000 = dict or empty
    kVals,    // values pointer + lo; aux = type row (its capacity)
    kDict,    // dict pointer read from a slot
    kBuf,     // item storage + lo; aux = symbol of the owner
    kLen,     // item count; aux = symbol of the owner
    kType,    // type word of the object with symbol aux
    kStack,   // stack pointer at entry + lo
    kThread,  // thread + lo
    kSaved,   // the caller's value of callee-saved register aux
};
inline constexpr uint32_t kKindCount = 13;

struct Abstract {
    static constexpr uint8_t kNullable = 1;  // kValue, kSlot: may be 0
    static constexpr uint8_t kManaged = 2;   // kObj: its cell kind has a managed slot
    static constexpr uint8_t kDerived = 4;   // kInt: low 3 bits are map[low 3 bits of symbol aux]
    static constexpr uint8_t kBounded = 8;   // kInt: 0 <= value < item count of symbol aux

    Kind kind = Kind::kTop;
    uint8_t low = 0xFF;  // set of possible low-3-bit patterns: bit p set = pattern p possible
    uint8_t flags = 0;
    uint8_t reserved = 0;
    uint32_t sym = 0;  // equal non-zero symbols: equal words
    uint32_t aux = 0;
    uint32_t map = 0;  // 8 x 3 bits
    int64_t lo = 0;
    int64_t hi = 0;

    friend bool operator==(const Abstract&, const Abstract&) = default;
};

// Locations: 0..15 are the general registers in encoding order, 16 + k is the stack word
// [entry rsp - 8*(k+1), entry rsp - 8*k).
inline constexpr uint32_t kRegisterCount = 16;
inline constexpr uint32_t kMaxStackWords = 512;  // frame <= 4 KiB
inline constexpr uint32_t kMaxExitWords = 512;

struct HintEntry {
    uint32_t location = 0;
    Abstract value;
};

// One label: a branch target, or any other instruction. With a state, each way to the label must
// imply it. Without one (is_joined) the state is the join of the ways that the checker has come
// before the label's turn; ways that come later must imply that.
struct LabelHint {
    uint32_t offset = 0;           // from the first byte of the function
    bool is_joined = false;        // no state: the fields behind `keep` are not looked at
    bool is_loop = false;          // is_joined: ask the guide for a weaker state (check.h)
    uint64_t keep = ~uint64_t{0};  // is_joined: bit per location, 0: forget it; from 64 on all stay
    uint32_t stack_words = 0;      // frame depth in words below the return address
    uint32_t symbol_count = 0;     // entries' symbols are in [1, symbol_count]
    std::span<const HintEntry> entries;  // sorted by location; others are kTop
};

// The labels in the order of their turns: an order in which as much as possible comes before its
// successors, reverse postorder say, lets most labels be joined. Every branch target needs one, but
// those that a single branch leads to.
struct Hints {
    std::span<const LabelHint> labels;
};

// --- verdict -------------------------------------------------------------------------------------

// The rules that can be broken (rule_ids.def gives the sentence for each).
enum class RuleId : uint8_t {
#define TAGPROOF_RULE_ID(id, name, text) k##id,
#include "jit/verify/rule_ids.def"
#undef TAGPROOF_RULE_ID
};
[[nodiscard]] std::string_view ruleName(RuleId rule);  // "slot-base"
[[nodiscard]] std::string_view ruleText(RuleId rule);  // one sentence

struct Violation {
    uint32_t offset = 0;  // of the instruction
    RuleId rule = {};
    std::string bytes;        // "48 8b 07"
    std::string instruction;  // Intel syntax
    std::string state;        // abstract state before the instruction
    std::string message;      // what exactly was wrong
};

// How a memory write was proven harmless.
enum class WriteClass : uint8_t {
    kStack,
    kRefcount,
    kObjectField,
    kValues,
    kValueCell,
    kRawCell,
    kThreadValue,
    kThreadRaw,
    kExitWord,
};
inline constexpr uint32_t kWriteClassCount = 9;
[[nodiscard]] std::string_view writeClassName(WriteClass write);

inline constexpr uint32_t kMaxRows = 192;

struct Statistics {
    uint64_t instructions = 0;
    uint64_t bytes = 0;
    uint64_t labels = 0;
    uint64_t calls = 0;
    uint64_t exits = 0;
    uint64_t writes[kWriteClassCount] = {};
    uint32_t row_uses[kMaxRows] = {};  // by row of rules.def
};

struct Verdict {
    bool ok = false;
    std::vector<Violation> violations;  // by offset; the first kMaxReported that were found
    uint64_t violation_count = 0;       // all
    Statistics statistics;
};
inline constexpr uint32_t kMaxReported = 200;

// --- entry points --------------------------------------------------------------------------------

struct Program;        // decoded instructions (decode.h)
struct MachineMemory;  // abstract state (machine.h)

// Reusable buffers, so that verifying many functions does not allocate anew. Not shared by threads.
class Workspace {
  public:
    Workspace();
    ~Workspace();
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;
    [[nodiscard]] Program& program() { return *program_; }
    [[nodiscard]] MachineMemory& memory() { return *memory_; }

  private:
    std::unique_ptr<Program> program_;       // instruction records of the function being verified
    std::unique_ptr<MachineMemory> memory_;  // state of the pass under way
};

// Decodes and checks. `address` is where code[0] will run. Fail-closed: anything unknown rejects.
[[nodiscard]] Verdict verify(std::span<const uint8_t> code,
                             uint64_t address,
                             const Trusted& trusted,
                             const Hints& hints,
                             Workspace& workspace);
[[nodiscard]] Verdict verify(std::span<const uint8_t> code,
                             uint64_t address,
                             const Trusted& trusted,
                             const Hints& hints);

// Names of the rows of rules.def, for statistics and coverage.
[[nodiscard]] uint32_t rowCount();
[[nodiscard]] std::string_view rowName(uint32_t row);

}  // namespace tagproof::verify
