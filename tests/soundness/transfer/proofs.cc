#include "tests/soundness/transfer/proofs.h"

#include <fmt/format.h>

#include <algorithm>

#include "tests/soundness/transfer/contracts.h"

namespace tagproof::soundness {
namespace {

using Answer = std::optional<std::string>;

constexpr unsigned kRax = 0;
constexpr unsigned kRcx = 1;

Answer labelled(const std::string& label, const Answer& answer) {
    if (!answer) return answer;
    return label + ": " + *answer;
}

// Every pair of shapes; of two words without names, one has a name in another pair.
template <typename Prove>
Answer forPairs(const Prove& prove) {
    for (const Shape a : registerShapes()) {
        for (const Shape b : registerShapes()) {
            if (isUnnamed(a) && isUnnamed(b)) continue;
            const Answer answer = prove(a, b);
            if (answer) {
                return labelled(fmt::format("{} and {}", shapeName(a), shapeName(b)), answer);
            }
        }
    }
    return std::nullopt;
}

template <typename Prove>
Answer forShapes(const Prove& prove) {
    for (const Shape a : registerShapes()) {
        const Answer answer = prove(a);
        if (answer) return labelled(shapeName(a), answer);
    }
    return std::nullopt;
}

// The code with words of any kind in its operands.
Answer proveCode(Workbench& bench, const Code& code) {
    const auto prove = [&](Shape a, Shape b) {
        return labelled(code.name, bench.explorer.explore([&] {
            Scene scene(bench.explorer, *bench.memory);
            scene.put(kRax, a);
            scene.put(kRcx, b);
            if (bench.accepts(scene, code)) scene.claimAll();
        }));
    };
    if (code.is_unspecific) return forShapes([&](Shape a) { return prove(a, a); });
    if (code.reads == Code::Reads::kBoth) return forPairs(prove);
    const bool is_first = code.reads == Code::Reads::kFirst;
    return forShapes([&](Shape a) {
        return is_first ? prove(a, Shape::kConstant) : prove(Shape::kConstant, a);
    });
}

// The second operand of a composition: the word of the first, or another, related to the same
// words as the first or to others.
enum class Second : uint8_t { kCopy, kRelated, kUnrelated };

Answer proveComposed(Workbench& bench, const Code& code, Shape a, Second second, Shape result) {
    return labelled(code.name, bench.explorer.explore([&] {
        Scene scene(bench.explorer, *bench.memory);
        scene.put(kRax, a);
        if (second == Second::kCopy) {
            scene.putCopy(kRcx, scene.state.at(kRax), kRax);
        } else {
            Abstract b = scene.any(Shape::kNumber, "rcx", kFirstSymbol + kRcx);
            if (second == Second::kUnrelated) b.aux = kOtherOwner;
            scene.put(kRcx, b);
        }
        const Contracts contracts(bench.explorer, scene, code.operand_bytes, result);
        if (bench.accepts(scene, code)) scene.claimAll();
    }));
}

// Of code that passes its operands on to what is proven by itself. That looks at the operands, the
// code does not: numbers stand for all kinds of them. The words that come back are of any shape.
Answer proveComposition(Workbench& bench, const Code& code) {
    const Answer answer = forShapes([&](Shape result) {
        Answer made = proveComposed(bench, code, Shape::kNumber, Second::kRelated, result);
        if (made) return made;
        return proveComposed(bench, code, Shape::kNumber, Second::kUnrelated, result);
    });
    if (answer || !code.passes_on) return answer;
    return forShapes(
        [&](Shape a) { return proveComposed(bench, code, a, Second::kCopy, Shape::kNumber); });
}

// Stores go to frame words of any kind, loads come from them; half words occur there only.
Answer proveFrame(Workbench& bench, const Code& code) {
    for (const Shape there : wordShapes()) {
        const Answer answer = forShapes([&](Shape a) {
            return labelled(code.name, bench.explorer.explore([&] {
                Scene scene(bench.explorer, *bench.memory);
                scene.put(0, a);
                scene.put(16, there);
                if (bench.accepts(scene, code)) scene.claimAll();
            }));
        });
        if (answer) return labelled(fmt::format("frame: {}", shapeName(there)), answer);
    }
    return std::nullopt;
}

Answer proveOne(Workbench& bench, const Code& code) {
    if (code.uses_memory) return proveFrame(bench, code);
    return code.has_contract ? proveComposition(bench, code) : proveCode(bench, code);
}

Proof proofOf(const std::string& name, bool is_short, const std::vector<Code>& codes) {
    Proof proof{.name = name, .is_short = is_short};
    proof.run = [codes](Workbench& bench) -> Answer {
        for (const Code& code : codes) {
            Answer answer = proveOne(bench, code);
            if (answer) return answer;
        }
        return std::nullopt;
    };
    return proof;
}

void addOne(std::vector<Proof>& proofs, const Code& code) {
    proofs.push_back(proofOf(code.name, false, {code}));
}

void addAlu(std::vector<Proof>& proofs) {
    for (unsigned op = 0; op < kAluCount; ++op) {
        for (const unsigned width : {1U, 4U, 8U}) {
            proofs.push_back(proofOf(
                fmt::format("{}/{}", kAluNames[op], width), false,
                {aluCode(op, width, Operands::kSame), aluCode(op, width, Operands::kImmediate),
                 aluCode(op, width, Operands::kRegisters)}));
        }
    }
}

void addShifts(std::vector<Proof>& proofs, unsigned width) {
    for (unsigned op = 0; op < 3; ++op) {
        std::vector<Code> codes;
        for (unsigned by = 0; by < 8 * width; ++by) codes.push_back(shiftCode(op, width, by));
        proofs.push_back(proofOf(
            fmt::format("{}/{} by 0 to {}", kShiftNames[op], width, 8 * width - 1), false, codes));
    }
    proofs.push_back(proofOf(fmt::format("shifts by cl and rotations/{}", width), false,
                             unspecificShifts(width)));
}

void addExtensions(std::vector<Proof>& proofs, unsigned width) {
    for (const bool is_signed : {false, true}) {
        std::vector<Code> codes;
        for (const unsigned from : {1U, 2U, 4U}) {
            if (from < width && (is_signed || from < 4)) {
                codes.push_back(extendCode(is_signed, from, width));
            }
        }
        proofs.push_back(proofOf(
            fmt::format("{} to {}", is_signed ? "movsx, movsxd" : "movzx", width), true, codes));
    }
}

}  // namespace

const char* methodName(Method method) {
    switch (method) {
        case Method::kPaths:
            return "paths";
        case Method::kLemma:
            return "lemma";
        case Method::kCases:
            return "cases";
    }
    return "";
}

std::vector<Proof> instructionProofs() {
    std::vector<Proof> proofs;
    addAlu(proofs);
    for (const unsigned width : {4U, 8U}) {
        for (unsigned op = 0; op < 4; ++op) {
            proofs.push_back(proofOf(fmt::format("{}/{}", kUnaryNames[op], width), width == 4,
                                     {unaryCode(op, width)}));
        }
        addShifts(proofs, width);
        proofs.push_back(proofOf(fmt::format("imul/{}", width), false,
                                 {imulCode(width, true), imulCode(width, false)}));
        for (const Code& code : leaCodes(width)) addOne(proofs, code);
        proofs.push_back(proofOf(fmt::format("xchg/{}", width), width == 8, {exchangeCode(width)}));
        proofs.push_back(proofOf(fmt::format("cmovcc/{}", width), false, {moveIfCode(width)}));
        addExtensions(proofs, width);
    }
    for (const unsigned width : {1U, 4U, 8U}) {
        proofs.push_back(proofOf(fmt::format("mov/{}", width), width == 8, moveCodes(width)));
    }
    proofs.push_back(proofOf("setcc", true, {setConditionCode()}));
    proofs.push_back(proofOf("idiv, cdq, cqo", true, divideCodes()));
    for (const Code& code : frameStores()) addOne(proofs, code);
    for (const Code& code : frameLoads()) addOne(proofs, code);
    for (const Code& code : frameOperands()) addOne(proofs, code);
    return proofs;
}

std::vector<Proof> allProofs() {
    std::vector<Proof> proofs = lemmaProofs();
    for (std::vector<Proof> more :
         {domainProofs(), instructionProofs(), conditionProofs(), frameProofs()}) {
        std::ranges::move(more, std::back_inserter(proofs));
    }
    std::stable_partition(proofs.begin(), proofs.end(),
                          [](const Proof& proof) { return proof.is_short; });
    return proofs;
}

}  // namespace tagproof::soundness
