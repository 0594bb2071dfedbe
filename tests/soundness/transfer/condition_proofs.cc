// What a condition that holds says of the words that were compared, and of their copies.

#include <fmt/format.h>

#include "tests/soundness/transfer/proofs.h"

namespace tagproof::soundness {
namespace {

using Answer = std::optional<std::string>;

constexpr unsigned kRax = 0;
constexpr unsigned kRcx = 1;
constexpr unsigned kCopy = 2;     // rdx: the word of rax once more
constexpr unsigned kDerived = 3;  // rbx: a number derived from rax
constexpr const char* kConditionNames[] = {"o", "no", "b", "ae", "e", "ne", "be", "a",
                                           "s", "ns", "p", "np", "l", "ge", "le", "g"};

// Executes, then assumes the condition that the flags fulfil.
Answer proveCondition(Workbench& bench, const Code& code, unsigned condition, Shape a, Shape b) {
    Explorer& explorer = bench.explorer;
    return explorer.explore([&] {
        Scene scene(explorer, *bench.memory);
        scene.put(kRax, a);
        scene.put(kRcx, b);
        if (hasSymbol(a)) {
            scene.putCopy(kCopy, scene.state.at(kRax), kRax);
            Abstract derived = scene.any(Shape::kNumber, "derived", kFirstSymbol + kDerived);
            derived.aux = scene.state.at(kRax).sym;
            derived.flags = Abstract::kDerived;
            scene.put(kDerived, derived);
        }
        if (!scene.execute(code)) return;
        explorer.assume(scene.cpu.condition(condition));
        if (!scene.machine.assume(condition)) {
            explorer.claim(scene.world.truth(false),
                           [before = scene.inWords()](const z3::model& model) {
                               return "the condition is taken for impossible, " + before(model);
                           });
            return;
        }
        scene.claimAll();
    });
}

// Of two words without names, one has a name in another pair.
bool isTried(Shape a, Shape b, bool pairs) {
    if (!pairs) return b == Shape::kTop && (hasSymbol(a) || a == b);
    return hasSymbol(a) || hasSymbol(b) || a == b || (isNumber(a) && isNumber(b));
}

// A condition and its opposite.
Answer proveConditions(Workbench& bench, const Code& code, unsigned first, bool pairs) {
    for (const unsigned condition : {first, first + 1}) {
        for (const Shape a : registerShapes()) {
            for (const Shape b : registerShapes()) {
                if (!isTried(a, b, pairs)) continue;
                const Answer answer = proveCondition(bench, code, condition, a, b);
                if (!answer) continue;
                return fmt::format("{}; {}: {} and {}: {}", code.name, kConditionNames[condition],
                                   shapeName(a), shapeName(b), *answer);
            }
        }
    }
    return std::nullopt;
}

// One proof for each condition with its opposite.
void addProofs(std::vector<Proof>& proofs,
               const std::string& name,
               const std::vector<Code>& codes) {
    for (unsigned first = 0; first < 16; first += 2) {
        Proof proof{.name = fmt::format("conditions of {}: {}, {}", name, kConditionNames[first],
                                        kConditionNames[first + 1])};
        proof.run = [=](Workbench& bench) -> Answer {
            for (const Code& code : codes) {
                const bool pairs = code.name.find(" b") != std::string::npos;
                Answer answer = proveConditions(bench, code, first, pairs);
                if (answer) return answer;
            }
            return std::nullopt;
        };
        proofs.push_back(proof);
    }
}

}  // namespace

std::vector<Proof> conditionProofs() {
    constexpr unsigned kCompare = 5;
    constexpr unsigned kTest = 6;
    std::vector<Proof> proofs;
    for (const unsigned width : {1U, 4U, 8U}) {
        for (const unsigned op : {kCompare, kTest}) {
            addProofs(
                proofs, fmt::format("{}/{}", kAluNames[op], width),
                {aluCode(op, width, Operands::kSame), aluCode(op, width, Operands::kImmediate),
                 aluCode(op, width, Operands::kRegisters)});
        }
        std::vector<Code> codes;
        for (unsigned op = 0; op < kCompare; ++op) {
            codes.push_back(aluCode(op, width, Operands::kImmediate));
        }
        if (width > 1) {
            for (unsigned op = 0; op < 3; ++op) codes.push_back(unaryCode(op, width));
        }
        addProofs(proofs, fmt::format("results/{}", width), codes);
    }
    return proofs;
}

}  // namespace tagproof::soundness
