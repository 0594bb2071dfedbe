#pragma once
// What the verifier's tests share: a small trusted world (types, helpers, cells, exits) and byte
// producers on top of asmjit. Test-only; the verifier itself knows nothing of asmjit.

#include <asmjit/x86.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "jit/verify/check.h"
#include "jit/verify/explain.h"
#include "jit/verify/infer/infer.h"
#include "jit/verify/verify.h"

namespace tagproof::verify::testing {

namespace x86 = asmjit::x86;

// Addresses of the world. Types and constants lie above 4 GiB, as the runtime's do.
inline constexpr uint64_t kPointType = 0x100000100;  // managed, capacity 4
inline constexpr uint64_t kWideType = 0x100000200;   // managed, capacity 30
inline constexpr uint64_t kSlotsType = 0x100000300;  // not managed: values at +0x20 and +0x28
inline constexpr uint64_t kListType = 0x100000400;
inline constexpr uint64_t kTupleType = 0x100000500;
inline constexpr uint64_t kFloatType = 0x100000600;
inline constexpr uint64_t kNone = 0x100001000;
inline constexpr uint64_t kTrue = 0x100001020;
inline constexpr uint64_t kFalse = 0x100001040;
inline constexpr uint64_t kPoint = 0x100002000;       // a Point that the code embeds
inline constexpr uint64_t kFunction = 0x100002100;    // a heap object of no known type
inline constexpr uint64_t kValueCell = 0x100003000;   // 4 cells, writable
inline constexpr uint64_t kFrozenCell = 0x100003100;  // value, read only
inline constexpr uint64_t kCounter = 0x100003200;     // u32, writable
inline constexpr uint64_t kValidByte = 0x100003300;   // u8, read only
inline constexpr uint64_t kCounter64 = 0x100003400;   // u64, writable
inline constexpr uint64_t kEntryCell = 0x100004000;   // 2 arguments
inline constexpr uint64_t kName = 0x100006001;        // handle of sort N; those lie anywhere
inline constexpr uint64_t kCache = 0x100006002;       // handle of sort C
inline constexpr uint64_t kOpDealloc = 0x200000100;
inline constexpr uint64_t kOpResume = 0x200000200;
inline constexpr uint64_t kOpUnwind = 0x200000300;
inline constexpr uint64_t kOpAdd = 0x200000400;        // (thread, value, value) -> value or null
inline constexpr uint64_t kOpLeaf = 0x200000500;       // (int) -> int, leaf
inline constexpr uint64_t kOpDictGet = 0x200000600;    // (thread, object, const) -> value or null
inline constexpr uint64_t kOpNew = 0x200000700;        // (thread, const) -> object or null
inline constexpr uint64_t kOpBox = 0x200000800;        // (thread, double) -> value or null
inline constexpr uint64_t kOpAbort = 0x200000900;      // never returns
inline constexpr uint64_t kOpDeoptLoop = 0x200000A00;  // exit of loop entries: sentinel
inline constexpr uint64_t kOpPoll = 0x200000B00;       // (thread) -> int
inline constexpr uint64_t kOpNamed = 0x200000C00;      // (thread, name, cache) -> value or null
inline constexpr uint64_t kCodeAddress = 0x7E0000000000;

// The trusted tables of the tests. Members may be changed before a verification.
struct World {
    World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    std::vector<Field> slots_fields, list_fields, tuple_fields, float_fields, thread_fields;
    std::vector<Field> type_fields;
    std::vector<TypeRow> types;
    std::vector<Helper> helpers;
    std::vector<Region> regions;
    std::vector<Constant> constants;
    std::vector<EntryCell> entry_cells;
    std::vector<Handle> handles;
    std::vector<ExitWord> tagged_owned, immediate, mixed, two_tagged;
    std::vector<Exit> exits;
    SharedTables shared;
    Trusted trusted;  // 2 value arguments
};

using Bytes = std::vector<uint8_t>;

// Seeded random numbers, equal everywhere.
class Random {
  public:
    explicit Random(uint32_t seed) : engine_(seed) {}
    uint32_t operator()() { return static_cast<uint32_t>(engine_()); }

  private:
    std::mt19937 engine_;
};

// Writes one function: the body of a test, then the exit block if a guard jumped to it. Thread in
// rdi, arguments in rsi and rdx; nothing is saved.
struct Emit {
    explicit Emit(x86::Assembler& assembler) : a(assembler), exit(assembler.newLabel()) {}

    void guardHeap(x86::Gp r);    // exit unless a pointer
    void guardObject(x86::Gp r);  // exit unless a non-null pointer
    void guardType(x86::Gp r,
                   uint64_t type,
                   x86::Gp scratch = x86::rax);  // guardHeap, then the type
    void loadSlot(x86::Gp to, x86::Gp object);   // values form, or exit
    void incref(x86::Gp v);                      // any value
    void decref(x86::Gp v);                      // any value; no frame
    void callHelper(uint64_t address);           // clobbers rax, aligns rsp
    void returnNone();
    void storeExit(unsigned k, x86::Gp r);
    void fault() { fault_offset = a.offset(); }  // the next instruction is the faulty one
    void finish();                               // binds the exit block

    x86::Assembler& a;
    asmjit::Label exit;
    bool exit_used = false;
    size_t fault_offset = 0;
};

// One named case: its body is expected to be accepted, or rejected by `rule` at the marked fault.
struct Case {
    const char* name;
    std::function<void(Emit&)> body;
    RuleId rule = RuleId::kTrusted;  // reject cases only
    EntryKind entry = EntryKind::kNormal;
};
std::ostream& operator<<(std::ostream& out, const Case& c);
void expectAccepted(const Case& c);
void expectRejected(const Case& c);
struct CaseName {
    std::string operator()(const ::testing::TestParamInfo<Case>& info) const {
        return info.param.name;
    }
};

// Bytes of what `emit` writes with asmjit's Assembler.
[[nodiscard]] Bytes assemble(const std::function<void(x86::Assembler&)>& emit);
// Bytes of a function that `emit` writes with asmjit's Compiler.
[[nodiscard]] Bytes compile(const std::function<void(x86::Compiler&)>& emit);

// Infers and verifies, then expects acceptance; the listing is the failure message.
[[nodiscard]] ::testing::AssertionResult accepted(const World& world, const Bytes& code);
// Expects a violation of `rule` at `offset`.
[[nodiscard]] ::testing::AssertionResult rejected(const World& world,
                                                  const Bytes& code,
                                                  RuleId rule,
                                                  size_t offset);
[[nodiscard]] Verdict run(const World& world, const Bytes& code);
[[nodiscard]] std::string listing(const World& world, const Bytes& code);

}  // namespace tagproof::verify::testing
