// Writes to rsp: the machine knows rsp's distance from the entry, has as many frame words as that
// says, and of words that were below rsp it knows nothing.

#include <fmt/format.h>

#include <algorithm>

#include "tests/soundness/transfer/proofs.h"

namespace tagproof::soundness {
namespace {

using Answer = std::optional<std::string>;

constexpr unsigned kRcx = 1;
constexpr unsigned kRsp = 4;
constexpr uint32_t kFrameAt = 16;
constexpr uint32_t kMostWords = symbolic::kMaxStackWords.value;

// Instructions that move rsp, the last one perhaps by any operand.
struct Move {
    std::vector<Code> codes;
    uint32_t frame = kFrame;  // words before them
    uint32_t source = 0;      // a location whose word is read, of any shape; 0: none
    bool is_push = false;     // that word is in the new word of the frame then
};

Code rspCode(const char* name, std::vector<uint8_t> bytes, std::function<void(Cpu&)> run) {
    return Code{.name = name, .bytes = std::move(bytes), .run = std::move(run)};
}

// Facts of words that are no part of the frame: whoever moves rsp over them must forget them.
void leaveStaleWords(symbolic::State& state, uint32_t frame) {
    state.setStackWords(kMostWords);
    for (uint32_t k = std::max(frame, kFrame); k < kMostWords; ++k)
        state.set(kFrameAt + k, symbolic::constant(1));
    state.setStackWords(frame);
}

class Frame {
  public:
    Frame(Explorer& explorer, Scene& scene, const Move& move)
        : explorer_(explorer), scene_(scene), move_(move), kept_(words()) {
        for (uint32_t k = 0; k < kMostWords; ++k) before_.push_back(scene.state.at(kFrameAt + k));
    }

    // Behind each instruction: words that are below rsp now are lost.
    void follow() { kept_ = z3::ite(z3::ult(words(), kept_), words(), kept_); }

    void claimAll() {
        const Abstract& rsp = scene_.state.at(kRsp);
        const z3::expr bytes = z3::zext(words(), 32) * 8;
        const bool is_stack = rsp.kind == symbolic::Kind::kStack;
        claim(is_stack ? rsp.lo.expr() == -bytes : scene_.world.truth(false),
              "rsp's distance is not that of the frame's words");
        claim(z3::ule(words(), explorer_.number(kMostWords, 32)), "the frame is too large");
        for (uint32_t k = 0; k < kMostWords; ++k) claimWord(k);
    }

  private:
    [[nodiscard]] z3::expr words() const { return scene_.state.stack_words.expr(); }

    void claimWord(uint32_t k) {
        const Abstract& now = scene_.state.at(kFrameAt + k);
        if (isSame(now, symbolic::top())) return;
        if (move_.is_push && k == move_.frame && isSame(now, scene_.state.at(move_.source))) return;
        const z3::expr at = explorer_.number(k, 32);
        const bool is_as_before = isSame(now, before_[k]);
        const z3::expr is_outside = z3::uge(at, words());
        claim(is_as_before ? is_outside || z3::ult(at, kept_) : is_outside,
              "a word is known that was below rsp");
    }

    void claim(const z3::expr& holds, const char* failure) {
        if (holds.is_true()) return;
        explorer_.claim(holds, [=, before = scene_.inWords()](const z3::model& model) {
            return fmt::format("{}; {}", failure, before(model));
        });
    }

    Explorer& explorer_;
    Scene& scene_;
    const Move& move_;
    z3::expr kept_;  // frame words that were above rsp all the time
    std::vector<Abstract> before_;
};

Answer proveMove(Workbench& bench, const Move& move, Shape shape) {
    return bench.explorer.explore([&] {
        Scene scene(bench.explorer, *bench.memory, move.frame);
        leaveStaleWords(scene.state, move.frame);
        scene.cpu.computes_sums = true;
        if (move.source != 0) scene.put(move.source, shape);
        Frame frame(bench.explorer, scene, move);
        for (const Code& code : move.codes) {
            if (!scene.execute(code)) return;
            frame.follow();
        }
        scene.claimAll();
        frame.claimAll();
    });
}

Proof moveProof(const Move& move) {
    std::string name;
    for (const Code& code : move.codes) name += (name.empty() ? "" : "; ") + code.name;
    name += fmt::format(", frame of {}", move.frame);
    return {name, Method::kPaths, false, [move](Workbench& bench) -> Answer {
                if (move.source == 0) return proveMove(bench, move, Shape::kTop);
                for (const Shape shape : registerShapes()) {
                    const Answer answer = proveMove(bench, move, shape);
                    if (answer) return fmt::format("{}: {}", shapeName(shape), *answer);
                }
                return std::nullopt;
            }};
}

// Whatever the words are, it must be rejected.
Proof rejectedProof(const Code& code, uint32_t words = kFrame) {
    const std::string name = fmt::format("{}, frame of {}, is rejected", code.name, words);
    return {name, Method::kPaths, true, [=](Workbench& bench) -> Answer {
                return bench.explorer.explore([&] {
                    Scene scene(bench.explorer, *bench.memory, words);
                    scene.put(kRcx, Shape::kNumber);
                    const bool is_accepted = scene.execute(code);
                    bench.explorer.claim(scene.world.truth(!is_accepted),
                                         [](const z3::model&) { return "is accepted"; });
                });
            }};
}

const Code& pushB() {
    static const Code kCode = rspCode("push b", {0x51}, [](Cpu& cpu) {
        cpu.regs[kRsp] = cpu.sum(cpu.regs[kRsp], cpu.number(static_cast<uint64_t>(-8), 64));
    });
    return kCode;
}

Code addNumber(const char* name, uint8_t number) {
    return rspCode(name, {0x48, 0x83, 0xC4, number}, [=](Cpu& cpu) {
        cpu.regs[kRsp] = cpu.add(cpu.regs[kRsp], cpu.number(number, 64));
    });
}

std::vector<Move> moves() {
    const Code move = rspCode("mov/8 rsp, b", {0x48, 0x89, 0xCC},
                              [](Cpu& cpu) { cpu.regs[kRsp] = cpu.regs[kRcx]; });
    Code add = rspCode("add/8 rsp, imm", {0x48, 0x81, 0xC4, 0, 0, 0, 0},
                       [](Cpu& cpu) { cpu.regs[kRsp] = cpu.add(cpu.regs[kRsp], cpu.imm); });
    Code sub = rspCode("sub/8 rsp, imm", {0x48, 0x81, 0xEC, 0, 0, 0, 0},
                       [](Cpu& cpu) { cpu.regs[kRsp] = cpu.subtract(cpu.regs[kRsp], cpu.imm); });
    Code lea = rspCode("lea/8 rsp, [rsp + disp]", {0x48, 0x8D, 0xA4, 0x24, 0, 0, 0, 0},
                       [](Cpu& cpu) { cpu.regs[kRsp] = cpu.sum(cpu.regs[kRsp], cpu.disp); });
    add.immediate_bytes = sub.immediate_bytes = lea.displacement_bytes = 4;
    const Code pop = rspCode("pop rsp", {0x5C}, [](Cpu& cpu) { cpu.regs[kRsp] = cpu.frame[1]; });
    return {{{move}, kFrame, kRcx},
            {{move}, 0, kRcx},
            {{move}, kMostWords, kRcx},
            {{add}},
            {{sub}},
            {{lea}},
            {{addNumber("add/8 rsp, 8", 8), sub}},
            {{addNumber("add/8 rsp, 16", 16), move}, kFrame, kRcx},
            {{pop}, kFrame, kFrameAt + 1},
            {{pushB()}, kMostWords - 1, kRcx, true}};
}

std::vector<Code> rejectedMoves() {
    const auto nothing = [](Cpu&) {};
    return {rspCode("mov/4 esp, ecx", {0x89, 0xCC}, nothing),
            rspCode("mov/1 spl, cl", {0x40, 0x88, 0xCC}, nothing),
            rspCode("xchg/8 rsp, rcx", {0x48, 0x87, 0xCC}, nothing),
            rspCode("and/8 rsp, -16", {0x48, 0x83, 0xE4, 0xF0}, nothing),
            addNumber("add/8 rsp, 24", 24),
            addNumber("add/8 rsp, 4", 4)};
}

}  // namespace

std::vector<Proof> frameProofs() {
    std::vector<Proof> proofs;
    for (const Move& move : moves()) proofs.push_back(moveProof(move));
    for (const Code& code : rejectedMoves()) proofs.push_back(rejectedProof(code));
    proofs.push_back(rejectedProof(pushB(), kMostWords));
    proofs.push_back(rejectedProof(rspCode("pop b", {0x59}, [](Cpu&) {}), 0));
    proofs.push_back(rejectedProof(rspCode("pop rsp", {0x5C}, [](Cpu&) {}), 0));
    return proofs;
}

}  // namespace tagproof::soundness
