// The operators on words that are no instructions: narrowing by a constraint, order, join, calls.

#include <fmt/format.h>

#include <iterator>

#include "symbolic/join.h"
#include "tests/soundness/transfer/contracts.h"
#include "tests/soundness/transfer/proofs.h"

namespace tagproof::soundness {
namespace {

using symbolic::Symbol;
using Answer = std::optional<std::string>;

constexpr unsigned kRax = 0;
constexpr unsigned kCopy = 2;
constexpr unsigned kDerived = 3;
constexpr unsigned kOwnerAt = 8;
constexpr unsigned kItemsAt = 9;
constexpr unsigned kFrameWord = 16;

struct Narrowing {
    symbolic::Constraint constraint;
    z3::expr holds;
};

// What a constraint says besides bounds and patterns.
constexpr const char* kVariants[] = {"bounds", "bounds and not 0", "bounds of another owner",
                                     "bounds of its owner and not 0"};
constexpr unsigned kVariantCount = std::size(kVariants);

// Any constraint of the variant, and that `word` fulfils it.
Narrowing anyConstraint(Scene& scene, Explorer& explorer, const z3::expr& word, unsigned variant) {
    symbolic::Constraint c;
    c.lo = Symbol<int64_t>::of(explorer.variable("least", 64));
    c.hi = Symbol<int64_t>::of(explorer.variable("most", 64));
    c.low = Symbol<uint8_t>::of(explorer.variable("patterns", 8));
    c.non_zero = (variant & 1) != 0;
    if ((variant & 2) != 0) c.bound_owner = (variant & 1) != 0 ? kOwner : kOtherOwner;
    return {c, fulfils(scene, c, word)};
}

// refine() on a word of shape `a`, one of whose copies is known as `copy`.
Answer proveRefine(
    Workbench& bench, Shape a, Shape copy, Shape owner, unsigned variant, bool is_unnamed) {
    Explorer& explorer = bench.explorer;
    return explorer.explore([&] {
        Scene scene(explorer, *bench.memory);
        scene.put(kRax, a);
        const uint32_t symbol = scene.state.at(kRax).sym;
        if (symbol != 0) {
            if (copy == Shape::kHalfWord) {
                scene.put(kFrameWord, scene.any(copy, "copy", symbol));
            } else {
                scene.putCopy(kCopy, scene.any(copy, "copy", symbol), kRax);
            }
            Abstract derived = scene.any(Shape::kNumber, "derived", kFirstSymbol + kDerived);
            derived.aux = symbol;
            derived.flags = Abstract::kDerived;
            scene.put(kDerived, derived);
        }
        scene.cpu.regs[kOwnerAt] = *scene.world.find(kOwner);
        scene.put(kOwnerAt, scene.any(owner, "owner", kOwner));
        scene.put(kItemsAt, scene.any(Shape::kItems, "items", 0));
        const auto [constraint, holds] = anyConstraint(scene, explorer, scene.word(kRax), variant);
        explorer.assume(holds);
        Abstract x = scene.state.at(kRax);
        if (is_unnamed) x.sym = 0;
        if (scene.state.refine(x, constraint)) return scene.claimAll();
        explorer.claim(scene.world.truth(false),
                       [before = scene.inWords()](const z3::model& model) {
                           return "taken for impossible, " + before(model);
                       });
    });
}

// What stands beside the word: a copy of it, and what other words are related to.
struct Beside {
    Shape copy;
    Shape owner;
};
constexpr Beside kBeside[] = {
    {Shape::kNumber, Shape::kValue},     {Shape::kNumber, Shape::kSlot},
    {Shape::kNumber, Shape::kObject},    {Shape::kValue, Shape::kValue},
    {Shape::kObject, Shape::kValue},     {Shape::kSlot, Shape::kValue},
    {Shape::kDict, Shape::kValue},       {Shape::kType, Shape::kValue},
    {Shape::kNumber, Shape::kNumber},    {Shape::kPartOfObject, Shape::kValue},
    {Shape::kTypedSlot, Shape::kNumber}, {Shape::kHalfWord, Shape::kValue}};

Answer refine(Workbench& bench, Shape a, const Beside& beside, unsigned variant) {
    const auto& [copy, owner] = beside;
    const bool tries_unnamed = copy == Shape::kNumber && owner == Shape::kValue;
    Answer answer = proveRefine(bench, a, copy, owner, variant, false);
    if (!answer && tries_unnamed) answer = proveRefine(bench, a, copy, owner, variant, true);
    if (!answer) return std::nullopt;
    return fmt::format("{}, copy {}, {}: {}", shapeName(a), shapeName(copy), kVariants[variant],
                       *answer);
}

// A word without a symbol has no copies: a number stands for all that could be beside it.
std::vector<Beside> besides(Shape shape) {
    std::vector<Beside> found;
    for (const Beside& beside : kBeside) {
        if (hasSymbol(shape) || beside.copy == Shape::kNumber) found.push_back(beside);
    }
    return found;
}

// Numbers have the most ways: a proof for each pair of words beside them and each constraint.
void addRefinements(std::vector<Proof>& proofs, Shape shape) {
    const std::string name = fmt::format("refine {}", shapeName(shape));
    if (!isNumber(shape)) {
        proofs.push_back({name, Method::kPaths, false, [shape](Workbench& bench) {
                              Answer answer;
                              for (const Beside& beside : besides(shape)) {
                                  for (unsigned k = 0; k < kVariantCount && !answer; ++k) {
                                      answer = refine(bench, shape, beside, k);
                                  }
                              }
                              return answer;
                          }});
        return;
    }
    for (const Beside& beside : besides(shape)) {
        for (unsigned k = 0; k < kVariantCount; ++k) {
            proofs.push_back({fmt::format("{} by {} beside {} and {}", name, kVariants[k],
                                          shapeName(beside.copy), shapeName(beside.owner)),
                              Method::kPaths, false, [shape, beside, k](Workbench& bench) {
                                  return refine(bench, shape, beside, k);
                              }});
        }
    }
}

// Words that belong to something: to a symbol's word, a type, a register.
bool hasRow(Shape shape) {
    return shape == Shape::kSaved || shape == Shape::kValues || shape == Shape::kTypedObject ||
           shape == Shape::kTypedSlot;
}
bool hasRelation(Shape shape) {
    return hasRow(shape) || shape == Shape::kNumber || shape == Shape::kHalfWord ||
           shape == Shape::kItems || shape == Shape::kLength || shape == Shape::kType;
}

// The same to something else.
void relateOtherwise(Abstract& a) {
    constexpr uint32_t kOtherRegister = 5;
    if (symbolic::auxIsSymbol(a)) {
        a.aux = kOtherOwner;
    } else if (a.kind == Kind::kSaved) {
        a.aux = kOtherRegister;
    } else if (a.kind == Kind::kVals || a.kind == Kind::kSlot) {
        a.aux = a.aux == 0 ? Symbol<uint32_t>(1) : Symbol<uint32_t>(0);
    } else if (a.kind == Kind::kObj) {
        a.aux = Symbol<uint32_t>(0);
    }
}

// A hint of shape `hint` for a word of shape `a`, checked as labels are.
Answer proveImplies(Workbench& bench, Shape a, Shape hint, bool is_other) {
    Explorer& explorer = bench.explorer;
    return explorer.explore([&] {
        Scene scene(explorer, *bench.memory);
        scene.put(kFrameWord, a);
        Abstract wanted = scene.any(hint, "hint", 1);
        if (is_other) relateOtherwise(wanted);
        if (symbolic::auxIsSymbol(wanted)) wanted.aux = 2;
        const symbolic::HintEntry entry{kFrameWord, wanted};
        const symbolic::LabelHint label{
            .stack_words = kFrame, .symbol_count = 2, .entries = {&entry, 1}};
        Symbol<uint32_t> location = 0;
        if (!symbolic::isWellFormed(wanted, 2, scene.world.tables())) return;
        if (!scene.state.implies(label, scene.world.tables(), location)) return;
        // The hint's symbols are those of the state.
        Abstract renamed = wanted;
        const Abstract& have = scene.state.at(kFrameWord);
        renamed.sym = have.sym;
        if (symbolic::auxIsSymbol(wanted)) renamed.aux = have.aux;
        const z3::expr word = scene.word(kFrameWord);
        explorer.claim(
            scene.world.describes(renamed, word), [=, before = scene.inWords()](const auto& model) {
                return fmt::format("hint {}; {}", inWords(model, renamed), before(model));
            });
    });
}

Answer implies(Workbench& bench, Shape hint) {
    for (const Shape a : wordShapes()) {
        Answer answer = proveImplies(bench, a, hint, false);
        if (!answer && hasRelation(hint)) answer = proveImplies(bench, a, hint, true);
        if (answer) return fmt::format("{}: {}", shapeName(a), *answer);
    }
    return std::nullopt;
}

// The join of two shapes describes what the one does, the first or the second. It has no name, and
// relations are to what those of the first are to.
Answer proveJoin(Workbench& bench, Shape a, Shape b, bool is_first, bool is_other) {
    Explorer& explorer = bench.explorer;
    return explorer.explore([&] {
        Scene scene(explorer, *bench.memory);
        const Abstract first = scene.any(a, "first", kFirstSymbol);
        Abstract second = scene.any(b, "second", kFirstSymbol + 1);
        if (is_other) relateOtherwise(second);
        const z3::expr word = explorer.variable("word", 64);
        explorer.watch(word);
        explorer.watch(z3::zext(word.extract(31, 0), 32));
        explorer.assume(scene.world.describes(is_first ? first : second, word));
        const Abstract joined = symbolic::join(first, second, scene.world.tables());
        const bool is_related = !symbolic::auxIsSymbol(joined) || joined.aux == kOwner;
        explorer.claim(scene.world.truth(joined.sym == 0 && is_related),
                       [=](const z3::model& model) { return inWords(model, joined); });
        explorer.claim(scene.world.describes(joined, word), [=](const z3::model& model) {
            return fmt::format("word {}, {} and {} become {}", inWords(model, word),
                               inWords(model, first), inWords(model, second),
                               inWords(model, joined));
        });
    });
}

Answer join(Workbench& bench, Shape a) {
    for (const Shape b : wordShapes()) {
        Answer answer = proveJoin(bench, a, b, true, false);
        if (!answer) answer = proveJoin(bench, a, b, false, false);
        if (!answer && hasRelation(b)) answer = proveJoin(bench, a, b, true, true);
        if (!answer && hasRow(b)) answer = proveJoin(bench, a, b, false, true);
        if (answer) return fmt::format("{} and {}: {}", shapeName(a), shapeName(b), *answer);
    }
    return std::nullopt;
}

// What is left at a call that may free: types, items and lengths may have changed, the words have
// not. The claim is only that the word is still described, with new facts unknown.
Answer forget(Workbench& bench) {
    Explorer& explorer = bench.explorer;
    for (const Shape shape : wordShapes()) {
        const Answer answer = explorer.explore([&] {
            Scene scene(explorer, *bench.memory);
            scene.put(kFrameWord, shape);
            scene.state.forgetAtCall(scene.world.tables());
            const Abstract& left = scene.state.at(kFrameWord);
            const bool is_bounded =
                left.kind == Kind::kInt && symbolic::has(left, Abstract::kBounded);
            const bool has_type = left.kind == Kind::kObj && left.aux != symbolic::kNoType;
            const bool has_items = left.kind == Kind::kObj && left.map != 0;
            if (is_bounded || has_type || has_items) {
                explorer.claim(scene.world.truth(false), [a = left](const z3::model& model) {
                    return "a fact outlives the call: " + inWords(model, a);
                });
            }
            scene.claimAll();
        });
        if (answer) return fmt::format("{}: {}", shapeName(shape), *answer);
    }
    return std::nullopt;
}

// One function of a word of each shape that makes another word of it.
Proof wordProof(const std::string& name,
                const std::function<Abstract(const Abstract&)>& function,
                const std::function<z3::expr(const z3::expr&)>& meaning) {
    Proof proof{.name = name, .is_short = true};
    proof.run = [=](Workbench& bench) -> Answer {
        Explorer& explorer = bench.explorer;
        for (const Shape shape : wordShapes()) {
            const Answer answer = explorer.explore([&] {
                Scene scene(explorer, *bench.memory);
                scene.put(kFrameWord, shape);
                const z3::expr result = meaning(scene.word(kFrameWord));
                explorer.watch(scene.word(kFrameWord));
                explorer.watch(result);
                const Abstract made = function(scene.state.at(kFrameWord));
                explorer.claim(scene.world.describes(made, result), [=, before = scene.inWords()](
                                                                        const auto& model) {
                    return fmt::format("becomes {}; {}", inWords(model, made), before(model));
                });
            });
            if (answer) return fmt::format("{}: {}", shapeName(shape), *answer);
        }
        return std::nullopt;
    };
    return proof;
}

Abstract normalised(const Abstract& a) {
    if (a.kind != Kind::kInt || symbolic::has(a, symbolic::kHalfWord)) return a;
    Abstract result = a;
    if (symbolic::normalise(result)) return result;
    return symbolic::integer(1, 0);  // describes nothing
}

// What may be stored, returned or passed: predicates against the meaning of value words.
Answer proveWordKinds(Workbench& bench, Shape shape, bool nullable) {
    Explorer& explorer = bench.explorer;
    return explorer.explore([&] {
        Scene scene(explorer, *bench.memory);
        scene.put(kFrameWord, shape);
        const Abstract& a = scene.state.at(kFrameWord);
        const z3::expr word = scene.word(kFrameWord);
        const symbolic::Tables& tables = scene.world.tables();
        const auto must_be = [&](const Abstract& meaning) {
            explorer.claim(scene.world.describes(meaning, word), scene.inWords());
        };
        Abstract value = symbolic::value(nullable);
        if (symbolic::isValueWord(a, nullable, tables)) must_be(value);
        value.low = symbolic::kResultLow;
        if (symbolic::isResultWord(a, nullable, tables)) must_be(value);
        if (symbolic::isObjectWord(a, tables)) {
            Abstract object = symbolic::object(symbolic::typeRowOf(a, tables));
            if (symbolic::isManaged(a, tables)) object.flags = Abstract::kManaged;
            must_be(object);
        }
        if (!symbolic::isImmediateWord(a)) return;
        Abstract immediate = symbolic::value(false);
        immediate.low = 0b00111110;
        must_be(immediate);
    });
}

Answer wordKinds(Workbench& bench) {
    for (const Shape shape : wordShapes()) {
        for (const bool nullable : {false, true}) {
            const Answer answer = proveWordKinds(bench, shape, nullable);
            if (answer) return fmt::format("{}: {}", shapeName(shape), *answer);
        }
    }
    return std::nullopt;
}

}  // namespace

std::vector<Proof> domainProofs() {
    std::vector<Proof> proofs;
    for (const unsigned bytes : {1U, 2U, 4U}) {
        proofs.push_back(wordProof(
            fmt::format("truncate to {}", bytes),
            [bytes](const Abstract& a) { return symbolic::truncate(a, bytes); },
            [bytes](const z3::expr& word) {
                return z3::zext(word.extract(8 * bytes - 1, 0), 64 - 8 * bytes);
            }));
    }
    const auto same = [](const z3::expr& word) { return word; };
    proofs.push_back(wordProof("asInteger", symbolic::asInteger, same));
    proofs.push_back(wordProof("normalise", normalised, same));
    proofs.push_back({"isValueWord, isResultWord, isObjectWord, isImmediateWord", Method::kPaths,
                      true, wordKinds});
    proofs.push_back({"forgetAtCall", Method::kPaths, true, forget});
    for (const Shape shape : registerShapes()) {
        if (shape == Shape::kTop) continue;
        addRefinements(proofs, shape);
    }
    for (const Shape shape : wordShapes()) {
        proofs.push_back({fmt::format("implies {}", shapeName(shape)), Method::kPaths, true,
                          [shape](Workbench& bench) { return implies(bench, shape); }});
        proofs.push_back({fmt::format("join of {}", shapeName(shape)), Method::kPaths, false,
                          [shape](Workbench& bench) { return join(bench, shape); }});
    }
    return proofs;
}

}  // namespace tagproof::soundness
