// A JIT that has nothing of tagproof: plain asmjit, and a layout of its own (README.md). Writes the
// code of each of its functions to FOLDER/NAME.bin; their contract is manifest.json.
//
// other_jit_main FOLDER

#include <asmjit/x86.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>

namespace {

using namespace asmjit::x86;
using asmjit::Label;

constexpr uint64_t kCode = 0x7e0000000000;
constexpr uint64_t kPoint = 0x500000100;
constexpr uint64_t kBox = 0x500000200;
constexpr uint64_t kLeave = 0x400000100;
constexpr uint64_t kAdd = 0x400000200;
constexpr uint64_t kLoadGlobal = 0x400000300;
constexpr uint64_t kNothing = 0x600000000;  // an object: what functions without a result return
constexpr uint64_t kName = 0x700000100;     // what is looked up
constexpr uint64_t kCache = 0x700000200;    // where it is remembered
constexpr int kType = 0;
constexpr int kCount = 8;
constexpr int kValue = 16;
constexpr int kSlot = -24;
constexpr int kExitWords = 64;  // in the thread

// f(thread rdi, a rsi, b rdx). Whatever is not as expected goes to an exit, which hands both
// arguments to the interpreter.
class Function {
  public:
    explicit Function(Assembler& assembler) : a(assembler), exit(assembler.newLabel()) {}

    void guardType(uint64_t type) const {
        a.test(sil, 7);
        a.jnz(exit);
        a.mov(rax, type);
        a.cmp(qword_ptr(rsi, kType), rax);
        a.jne(exit);
    }

    // rcx := the slot word of a, which is known to be values - 1.
    void loadValues() const {
        a.mov(rcx, qword_ptr(rsi, kSlot));
        a.test(cl, 1);
        a.jz(exit);
    }

    void addReference(Gp value) const {
        const Label is_immediate = a.newLabel();
        a.test(value.r8(), 7);
        a.jnz(is_immediate);
        a.inc(qword_ptr(value, kCount));
        a.bind(is_immediate);
    }

    void call(uint64_t helper) const {
        a.mov(rax, helper);
        a.sub(rsp, 8);
        a.call(rax);
        a.add(rsp, 8);
    }

    void loadGlobal(uint64_t name, uint64_t cache) const {
        a.mov(rsi, name);
        a.mov(rdx, cache);
        call(kLoadGlobal);
        a.ret();
    }

    void returnNothing() const {
        a.mov(rax, kNothing);
        a.ret();
    }

    void finish() const {
        returnNothing();
        a.bind(exit);
        a.mov(qword_ptr(rdi, kExitWords), rsi);
        a.mov(qword_ptr(rdi, kExitWords + 8), rdx);
        a.mov(esi, 0);
        call(kLeave);
        a.ret();
    }

    Assembler& a;
    Label exit;
};

struct Sample {
    const char* name;
    void (*body)(const Function&);
};

const Sample kGood[] = {
    {"get_attribute",
     [](const Function& f) {
         f.guardType(kPoint);
         f.loadValues();
         f.a.mov(rax, qword_ptr(rcx, 1 + 8));
         f.a.test(rax, rax);
         f.a.jz(f.exit);
         f.addReference(rax);
         f.a.ret();
     }},
    {"set_attribute",
     [](const Function& f) {
         f.guardType(kPoint);
         f.loadValues();
         f.a.mov(qword_ptr(rcx, 1), rdx);
     }},
    {"set_value",
     [](const Function& f) {
         f.guardType(kBox);
         f.addReference(rdx);
         f.a.mov(qword_ptr(rsi, kValue), rdx);
     }},
    {"count_down",
     [](const Function& f) {
         const Label again = f.a.newLabel();
         f.a.mov(ecx, 100);
         f.a.bind(again);
         f.a.cmp(dword_ptr(rdi), 0);  // a poll
         f.a.jne(f.exit);
         f.a.dec(ecx);
         f.a.jnz(again);
     }},
    {"call_helper",
     [](const Function& f) {
         f.call(kAdd);
         f.a.ret();
     }},
    {"load_global", [](const Function& f) { f.loadGlobal(kName, kCache); }},
};

const Sample kFaults[] = {
    {"slot_store",
     [](const Function& f) {
         f.guardType(kPoint);
         f.a.mov(qword_ptr(rsi, kSlot), rdx);
     }},
    {"slot_clear_lsb",
     [](const Function& f) {
         f.guardType(kPoint);
         f.a.and_(byte_ptr(rsi, kSlot), 0xFE);
     }},
    {"slot_vector_clear",
     [](const Function& f) {
         f.guardType(kPoint);
         f.a.xorps(xmm0, xmm0);
         f.a.movaps(xmmword_ptr(rsi, kSlot - 8), xmm0);
     }},
    {"owned_tag_load",  // the slot word taken for an object, and counted
     [](const Function& f) {
         f.guardType(kPoint);
         f.a.mov(rcx, qword_ptr(rsi, kSlot));
         f.a.inc(qword_ptr(rcx, kCount));
     }},
    {"tag_not_tested",
     [](const Function& f) {
         f.guardType(kPoint);
         f.a.mov(rcx, qword_ptr(rsi, kSlot));
         f.a.mov(rax, qword_ptr(rcx, 1));
     }},
    {"index_past_values",
     [](const Function& f) {
         f.guardType(kPoint);
         f.loadValues();
         f.a.mov(qword_ptr(rcx, 1 + 16), rdx);
     }},
    {"count_half",
     [](const Function& f) {
         f.guardType(kPoint);
         f.a.inc(dword_ptr(rsi, kCount));
     }},
    {"type_store",
     [](const Function& f) {
         f.guardType(kPoint);
         f.a.mov(qword_ptr(rsi, kType), rdx);
     }},
    {"no_guard", [](const Function& f) { f.a.mov(rax, qword_ptr(rsi, kSlot)); }},
    {"wrong_type",
     [](const Function& f) {
         f.guardType(kPoint);
         f.a.mov(qword_ptr(rsi, kValue), rdx);
     }},
    {"stale_values",
     [](const Function& f) {
         f.guardType(kPoint);
         f.a.push(rbx);
         f.a.mov(rbx, qword_ptr(rsi, kSlot));
         f.a.mov(rax, kAdd);
         f.a.call(rax);
         f.a.mov(rax, qword_ptr(rbx, 1));
         f.a.pop(rbx);
     }},
    {"slot_returned",
     [](const Function& f) {
         f.guardType(kPoint);
         f.a.mov(rax, qword_ptr(rsi, kSlot));
         f.a.ret();
     }},
    {"call_of_unknown", [](const Function& f) { f.call(kAdd + 8); }},
    {"cache_for_name", [](const Function& f) { f.loadGlobal(kCache, kName); }},
    {"unknown_name", [](const Function& f) { f.loadGlobal(kName + 16, kCache); }},
};

// False: it could not be assembled or written.
bool write(const std::string& folder, const Sample& sample) {
    asmjit::CodeHolder code;
    if (code.init(asmjit::Environment::host(), kCode) != asmjit::kErrorOk) return false;
    Assembler assembler(&code);
    const Function function(assembler);
    sample.body(function);
    function.finish();
    if (code.flatten() != asmjit::kErrorOk || code.hasUnresolvedLinks()) return false;
    const asmjit::CodeBuffer& buffer = code.sectionById(0)->buffer();
    std::ofstream file(folder + "/" + sample.name + ".bin", std::ios::binary);
    file.write(reinterpret_cast<const char*>(buffer.data()),
               static_cast<std::streamsize>(buffer.size()));
    return static_cast<bool>(file.flush());
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) {
        std::fprintf(stderr, "usage: other_jit_main FOLDER\n");
        return 2;
    }
    for (const Sample& sample : kGood) {
        if (!write(words[1], sample)) return 1;
    }
    for (const Sample& sample : kFaults) {
        if (!write(words[1], sample)) return 1;
    }
    return 0;
}
