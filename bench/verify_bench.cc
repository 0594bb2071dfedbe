// What verification costs beside decoding: each iteration decodes a function with
// ZydisDecoderDecodeFull, then infers and verifies it, so that both see the same machine. The
// functions are of the emitted kind: guarded attribute loads, counts and fixnum additions with a
// cold exit block for each guard. Counters: ns per instruction of both, and their ratio.

#include <Zydis/Zydis.h>
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <initializer_list>
#include <vector>

#include "jit/verify/infer/infer.h"
#include "objmodel/layout.h"

namespace tagproof::verify {
namespace {

constexpr uint64_t kType = 0x100000100;
constexpr uint64_t kOpResume = 0x200000100;
constexpr uint64_t kAddress = 0x7E0000000000;

class Emitter {
  public:
    void bytes(std::initializer_list<unsigned> list) {
        for (const unsigned byte : list) code.push_back(static_cast<uint8_t>(byte));
    }
    template <typename Word>
    void immediate(Word word) {
        for (size_t k = 0; k < sizeof word; ++k) {
            code.push_back(static_cast<uint8_t>(static_cast<uint64_t>(word) >> (8 * k)));
        }
    }
    // jcc to an exit block that is written later.
    void jumpToExit(unsigned condition) {
        bytes({0x0F, 0x80 | condition});
        exits_.push_back(code.size());
        immediate(uint32_t{0});
    }

    // r = [rsi].attribute, counted; rdx + rdx as fixnums
    void body(unsigned index) {
        bytes({0x40, 0xF6, 0xC6, 0x07});  // test sil, 7
        jumpToExit(5);
        bytes({0x48, 0xB8});  // mov rax, type
        immediate(kType);
        bytes({0x48, 0x39, 0x46, 0x08});  // cmp [rsi + 8], rax
        jumpToExit(5);
        bytes({0x48, 0x8B, 0x4E, 0x18});  // mov rcx, [rsi + 0x18]
        bytes({0xF6, 0xC1, 0x01});        // test cl, 1
        jumpToExit(4);
        bytes({0x48, 0x8B, 0x41, 1 + 8 * (index % 8)});  // mov rax, [rcx + 1 + 8 * i]
        bytes({0x48, 0x85, 0xC0});                       // test rax, rax
        jumpToExit(4);
        bytes({0xA8, 0x07, 0x75, 0x07});        // test al, 7; jnz done
        bytes({0x83, 0x38, 0x00, 0x78, 0x02});  // cmp dword [rax], 0; js done
        bytes({0xFF, 0x00});                    // inc dword [rax]; done:
        bytes({0x89, 0xD1, 0x83, 0xE1, 0x07});  // mov ecx, edx; and ecx, 7
        bytes({0x83, 0xF9, 0x01});              // cmp ecx, 1
        jumpToExit(5);
        bytes({0x4C, 0x8D, 0x42, 0xFF, 0x49, 0x01, 0xD0});  // lea r8, [rdx - 1]; add r8, rdx
        jumpToExit(0);
    }

    void finish() {
        bytes({0x48, 0x89, 0xF0, 0x48, 0x83, 0xC4, 0x08, 0xC3});  // mov rax, rsi; add rsp, 8; ret
        for (const size_t at : exits_) {
            const auto distance = static_cast<uint32_t>(code.size() - at - 4);
            for (size_t k = 0; k < 4; ++k) code[at + k] = static_cast<uint8_t>(distance >> (8 * k));
            bytes({0x48, 0x89, 0xB7});  // mov [rdi + buffer], rsi
            immediate(layout::kThreadDeoptValues);
            bytes({0x48, 0x89, 0x97});  // mov [rdi + buffer + 8], rdx
            immediate(layout::kThreadDeoptValues + 8);
            bytes({0x48, 0xB8});  // mov rax, opResume
            immediate(kOpResume);
            bytes({0x31, 0xF6, 0xFF, 0xD0});        // xor esi, esi; call rax
            bytes({0x48, 0x83, 0xC4, 0x08, 0xC3});  // add rsp, 8; ret
        }
    }

    std::vector<uint8_t> code{0x48, 0x83, 0xEC, 0x08};  // sub rsp, 8

  private:
    std::vector<size_t> exits_;  // displacements to patch
};

struct Tables {
    Tables() {
        helper.address = kOpResume;
        helper.name = "opResume";
        helper.arg_count = 2;
        helper.args[0] = ArgKind::kThread;
        helper.args[1] = ArgKind::kConst;
        helper.result = ResultKind::kValueOrNull;
        helper.is_exit = true;
        type.address = kType;
        type.capacity = 8;
        type.managed = true;
        buffer.offset = layout::kThreadDeoptValues;
        buffer.count = layout::kThreadDeoptCount;
        buffer.kind = FieldKind::kExitWord;
        buffer.readable = false;
        buffer.writable = true;
        exit.words = words;
        shared.types = {&type, 1};
        shared.helpers = {&helper, 1};
        shared.thread = {&buffer, 1};
        trusted.shared = &shared;
        trusted.arg_count = 2;
        trusted.exits = {&exit, 1};
    }

    Helper helper;
    TypeRow type;
    Field buffer;
    ExitWord words[2];
    Exit exit;
    SharedTables shared;
    Trusted trusted;
};

size_t decodeOnly(const ZydisDecoder& decoder, const std::vector<uint8_t>& code) {
    ZydisDecodedInstruction instruction;
    ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
    size_t count = 0;
    for (size_t at = 0; at < code.size(); at += instruction.length, ++count) {
        const ZyanStatus status = ZydisDecoderDecodeFull(&decoder, code.data() + at,
                                                         code.size() - at, &instruction, operands);
        if (!ZYAN_SUCCESS(status)) std::abort();
    }
    return count;
}

void verifyBesideDecode(benchmark::State& state) {
    using Clock = std::chrono::steady_clock;
    Emitter emitter;
    for (unsigned k = 0; k < state.range(0); ++k) emitter.body(k);
    emitter.finish();
    const Tables tables;
    InferenceWorkspace workspace;
    ZydisDecoder decoder;
    ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
    std::chrono::duration<double, std::nano> decoding{};
    std::chrono::duration<double, std::nano> verifying{};
    size_t instructions = 0;
    for (auto _ : state) {
        const auto start = Clock::now();
        instructions += decodeOnly(decoder, emitter.code);
        const auto middle = Clock::now();
        const Verdict verdict = inferAndVerify(emitter.code, kAddress, tables.trusted, workspace);
        const auto end = Clock::now();
        if (!verdict.ok) state.SkipWithError("rejected");
        decoding += middle - start;
        verifying += end - middle;
        state.SetIterationTime(std::chrono::duration<double>(end - middle).count());
    }
    const auto count = static_cast<double>(instructions);
    state.counters["decode_ns_per_insn"] = decoding.count() / count;
    state.counters["verify_ns_per_insn"] = verifying.count() / count;
    state.counters["ratio"] = verifying / decoding;
    state.counters["instructions"] = count / static_cast<double>(state.iterations());
}
BENCHMARK(verifyBesideDecode)->Arg(2)->Arg(20)->Arg(200)->Arg(20000)->UseManualTime();

}  // namespace
}  // namespace tagproof::verify
