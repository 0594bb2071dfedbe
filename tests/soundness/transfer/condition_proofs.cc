// What a condition that holds tells of the words that were compared (contracts.h). That these are
// the words that the machine says is claimed of each instruction.

#include <fmt/format.h>

#include "tests/soundness/transfer/contracts.h"
#include "tests/soundness/transfer/proofs.h"

namespace tagproof::soundness {
namespace {

using Answer = std::optional<std::string>;
using Op = symbolic::Comparison::Op;

constexpr unsigned kRax = 0;
constexpr unsigned kRcx = 1;
constexpr unsigned kOwnerAt = 8;
constexpr const char* kConditionNames[] = {"o", "no", "b", "ae", "e", "ne", "be", "a",
                                           "s", "ns", "p", "np", "l", "ge", "le", "g"};

struct Compared {
    Op op;
    unsigned width;
    Shape a;
    Shape b;
    bool is_same;                  // one word twice
    Shape owner = Shape::kObject;  // of type words
};

// The words of rax and rcx, as narrow as the operation, were compared; `condition` holds.
void assumeCondition(Explorer& explorer,
                     Scene& scene,
                     const Compared& compared,
                     unsigned condition) {
    for (const unsigned reg : {kRax, kRcx}) {
        const z3::expr& word = scene.cpu.regs[reg];
        explorer.assume(word ==
                        z3::zext(scene.cpu.reg(reg, compared.width), 64 - 8 * compared.width));
    }
    scene.cpu.setFlags({sourceOf(compared.op), scene.cpu.reg(kRax, compared.width),
                        scene.cpu.reg(kRcx, compared.width)});
    explorer.assume(scene.cpu.condition(condition));
    symbolic::Machine::Fork fork = scene.machine.fork();
    fork.flags = {.op = compared.op,
                  .width = static_cast<uint8_t>(compared.width),
                  .a = scene.state.at(kRax),
                  .b = scene.state.at(kRcx)};
    scene.machine.rejoin(fork);
}

Answer proveCondition(Workbench& bench, const Compared& compared, unsigned condition) {
    Explorer& explorer = bench.explorer;
    return explorer.explore([&] {
        Scene scene(explorer, *bench.memory);
        scene.put(kRax, compared.a);
        if (compared.is_same) {
            scene.putCopy(kRcx, scene.state.at(kRax), kRax);
        } else {
            scene.put(kRcx, compared.b);
        }
        if (compared.a == Shape::kType || compared.b == Shape::kType) {
            scene.cpu.regs[kOwnerAt] = *scene.world.find(kOwner);
            scene.put(kOwnerAt, scene.any(compared.owner, "owner", kOwner));
        }
        assumeCondition(explorer, scene, compared, condition);
        const Contracts contracts(explorer, scene, compared.width, Shape::kTop);
        if (scene.machine.assume(condition)) return scene.claimAll();
        explorer.claim(scene.world.truth(false),
                       [before = scene.inWords()](const z3::model& model) {
                           return "the condition is taken for impossible, " + before(model);
                       });
    });
}

// Whether any numbers fulfil the condition: otherwise nothing is proven of it.
bool isPossible(Workbench& bench, Op op, unsigned width, unsigned condition) {
    Explorer& explorer = bench.explorer;
    const Answer found = explorer.explore([&] {
        Scene scene(explorer, *bench.memory);
        scene.put(kRax, Shape::kNumber);
        scene.put(kRcx, Shape::kNumber);
        assumeCondition(explorer, scene, {op, width, Shape::kNumber, Shape::kNumber, false},
                        condition);
        explorer.claim(scene.world.truth(false),
                       [](const z3::model&) { return std::string("there are"); });
    });
    return found.has_value();
}

// A condition and its opposite.
Answer proveConditions(Workbench& bench, const Compared& compared, unsigned first) {
    if (compared.a == Shape::kType || compared.b == Shape::kType) {
        for (const Shape owner : {Shape::kPartOfObject, Shape::kTypedObject}) {
            if (compared.owner != Shape::kObject) break;
            Compared other = compared;
            other.owner = owner;
            Answer answer = proveConditions(bench, other, first);
            if (answer) return answer;
        }
    }
    for (const unsigned condition : {first, first + 1}) {
        const Answer answer = proveCondition(bench, compared, condition);
        if (!answer) continue;
        return fmt::format("{}: {} and {}: {}", kConditionNames[condition], shapeName(compared.a),
                           compared.is_same ? "the same" : shapeName(compared.b), *answer);
    }
    return std::nullopt;
}

// Words of all kinds; without names too only where names matter.
Answer proveWords(Workbench& bench, Op op, unsigned width, unsigned first) {
    for (const unsigned condition : {first, first + 1}) {
        // Masks leave overflow and carry clear.
        const bool is_impossible = op == Op::kTest && (condition == 0 || condition == 2);
        if (isPossible(bench, op, width, condition) == is_impossible) {
            return fmt::format("{}: there are words that fulfil it, or none, against what is known",
                               kConditionNames[condition]);
        }
    }
    for (const Shape a : registerShapes()) {
        if (op != Op::kCompare) {
            const Compared same{op, width, a, a, true};
            const Answer answer = proveConditions(bench, same, first);
            if (answer) return answer;
        }
        if (op == Op::kResult) continue;
        for (const Shape b : registerShapes()) {
            const Answer answer = proveConditions(bench, Compared{op, width, a, b, false}, first);
            if (answer) return answer;
        }
    }
    return std::nullopt;
}

}  // namespace

// One proof for each condition with its opposite.
std::vector<Proof> conditionProofs() {
    constexpr std::pair<Op, const char*> kOperations[] = {
        {Op::kCompare, "differences"}, {Op::kTest, "masks"}, {Op::kResult, "results"}};
    std::vector<Proof> proofs;
    for (const auto& [op, name] : kOperations) {
        for (const unsigned width : {1U, 4U, 8U}) {
            for (unsigned first = 0; first < 16; first += 2) {
                Proof proof{.name = fmt::format("conditions of {}/{}: {}, {}", name, width,
                                                kConditionNames[first], kConditionNames[first + 1]),
                            .is_short = op == Op::kResult};
                proof.run = [=, op = op](Workbench& bench) {
                    return proveWords(bench, op, width, first);
                };
                proofs.push_back(proof);
            }
        }
    }
    return proofs;
}

}  // namespace tagproof::soundness
