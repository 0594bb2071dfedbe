// Writes to rsp: the machine knows rsp's distance from the entry, has as many frame words as that
// says, and of words that were below rsp it knows nothing.

#include <fmt/format.h>

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
    enum class Reads : uint8_t { kNothing, kNewRsp, kPushed, kPopped };
    Reads reads = Reads::kNothing;  // what that word is then
    uint32_t popped = 0;            // words of the frame that are read and given up
};

Code rspCode(const char* name, std::vector<uint8_t> bytes, std::function<void(Cpu&)> run) {
    return Code{.name = name, .bytes = std::move(bytes), .run = std::move(run)};
}

bool isInFrame(uint32_t location) { return location >= kFrameAt; }

// Something is known of each word that a frame may have: of those below rsp it is stale. The CPU's
// frame has the first two.
void fillWords(Scene& scene, const Move& move) {
    scene.state.setStackWords(kMostWords);
    for (uint32_t k = 0; k < kMostWords; ++k) {
        const uint32_t location = kFrameAt + k;
        if (location == move.source) continue;
        const Abstract fact = symbolic::constant(100 + int64_t{k});
        if (k < kFrame) {
            scene.put(location, fact);
        } else {
            scene.state.set(location, fact);
        }
    }
    scene.state.setStackWords(move.frame);
}

class Frame {
  public:
    Frame(Explorer& explorer, Scene& scene, const Move& move)
        : explorer_(explorer),
          scene_(scene),
          move_(move),
          kept_(explorer.number(move.frame - move.popped, 32)) {
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
        const z3::expr at = explorer_.number(k, 32);
        const z3::expr is_outside = z3::uge(at, words());
        const bool is_known = !isSame(now, symbolic::top());
        if (isSame(now, before_[k])) {
            if (is_known) claim(is_outside || z3::ult(at, kept_), "a word is known that was lost");
        } else if (!is_known) {
            claim(is_outside || z3::uge(at, kept_), "a word of the frame is forgotten");
        } else if (!isPushed(k, now)) {
            claim(is_outside, "a word is known that nobody wrote");
        }
    }

    [[nodiscard]] bool isPushed(uint32_t k, const Abstract& now) const {
        return move_.reads == Move::Reads::kPushed && k == move_.frame &&
               isSame(now, scene_.state.at(move_.source));
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

// How many ways are accepted is added to `accepted`.
Answer proveMove(Workbench& bench, const Move& move, Shape shape, uint64_t& accepted) {
    return bench.explorer.explore([&] {
        Scene scene(bench.explorer, *bench.memory, move.frame);
        fillWords(scene, move);
        scene.cpu.computes_sums = true;
        if (move.source != 0) scene.put(move.source, shape);
        Frame frame(bench.explorer, scene, move);
        for (const Code& code : move.codes) {
            if (!bench.accepts(scene, code)) return;
            frame.follow();
        }
        ++accepted;
        scene.claimAll();
        frame.claimAll();
    });
}

// A new rsp must be an address in the stack; any word may be pushed or popped.
Answer proveShape(Workbench& bench, const Move& move, Shape shape) {
    uint64_t accepted = 0;
    Answer answer = proveMove(bench, move, shape, accepted);
    if (answer) return answer;
    const bool may_be_accepted = move.reads != Move::Reads::kNewRsp || shape == Shape::kStack;
    if (may_be_accepted == (accepted != 0)) return std::nullopt;
    return accepted != 0 ? "is accepted" : "is rejected on every way";
}

Proof moveProof(const Move& move) {
    std::string name;
    for (const Code& code : move.codes) name += (name.empty() ? "" : "; ") + code.name;
    name += fmt::format(", frame of {}", move.frame);
    return {name, Method::kPaths, false, [move](Workbench& bench) -> Answer {
                if (move.source == 0) return proveShape(bench, move, Shape::kTop);
                const auto shapes = isInFrame(move.source) ? wordShapes() : registerShapes();
                for (const Shape shape : shapes) {
                    const Answer answer = proveShape(bench, move, shape);
                    if (answer) return fmt::format("{}: {}", shapeName(shape), *answer);
                }
                return std::nullopt;
            }};
}

// Whatever the words are, it must be rejected.
Proof rejectedProof(const Code& code, uint32_t words = kFrame) {
    const std::string name = fmt::format("{}, frame of {}, is rejected", code.name, words);
    return {name, Method::kPaths, true, [=](Workbench& bench) -> Answer {
                for (const Shape shape : registerShapes()) {
                    const Answer answer = bench.explorer.explore([&] {
                        Scene scene(bench.explorer, *bench.memory, words);
                        scene.put(kRcx, shape);
                        const bool is_accepted = scene.execute(code);
                        bench.explorer.claim(scene.world.truth(!is_accepted),
                                             [](const z3::model&) { return "is accepted"; });
                    });
                    if (answer) return fmt::format("{}: {}", shapeName(shape), *answer);
                }
                return std::nullopt;
            }};
}

// In a frame of so many words.
Code pushB(uint32_t words) {
    return rspCode("push b", {0x51}, [=](Cpu& cpu) {
        cpu.regs[kRsp] = cpu.sum(cpu.regs[kRsp], cpu.number(static_cast<uint64_t>(-8), 64));
        if (words < kFrame) cpu.frame[words] = cpu.regs[kRcx];
    });
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
    const Code pop_b = rspCode("pop b", {0x59}, [](Cpu& cpu) {
        cpu.regs[kRcx] = cpu.frame[1];
        cpu.regs[kRsp] = cpu.sum(cpu.regs[kRsp], cpu.number(8, 64));
    });
    const Code push_rsp =
        rspCode("push rsp; pop b", {0x54, 0x59}, [](Cpu& cpu) { cpu.regs[kRcx] = cpu.regs[kRsp]; });
    using enum Move::Reads;
    std::vector<Move> moves = {{{addNumber("add/8 rsp, 8", 8), sub}},
                               {{addNumber("add/8 rsp, 16", 16), move}, kFrame, kRcx, kNewRsp},
                               {{pop}, kFrame, kFrameAt + 1, kNewRsp, 1},
                               {{pop_b}, kFrame, kFrameAt + 1, kPopped, 1},
                               {{push_rsp}}};
    for (const uint32_t frame : {0U, kFrame, kMostWords}) {
        moves.push_back({{move}, frame, kRcx, kNewRsp});
        for (const Code& code : {add, sub, lea}) moves.push_back({{code}, frame});
    }
    for (const uint32_t frame : {0U, kFrame, kMostWords - 1}) {
        moves.push_back({{pushB(frame)}, frame, kRcx, kPushed});
    }
    return moves;
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
    proofs.push_back(rejectedProof(pushB(kMostWords), kMostWords));
    proofs.push_back(rejectedProof(rspCode("pop b", {0x59}, [](Cpu&) {}), 0));
    proofs.push_back(rejectedProof(rspCode("pop rsp", {0x5C}, [](Cpu&) {}), 0));
    return proofs;
}

}  // namespace tagproof::soundness
