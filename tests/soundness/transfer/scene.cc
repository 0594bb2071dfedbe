#include "tests/soundness/transfer/scene.h"

#include <fmt/format.h>

#include <stdexcept>

#include "jit/verify/decode.h"

namespace tagproof::soundness {
namespace {

using symbolic::Symbol;
using symbolic::top;

constexpr const char* kShapeNames[] = {"anything",
                                       "a number",
                                       "a number without name",
                                       "a constant",
                                       "a constant without name",
                                       "a range",
                                       "a range without name",
                                       "half a word",
                                       "a value",
                                       "a value without name",
                                       "an object",
                                       "an object of a type",
                                       "an object's part",
                                       "a slot word",
                                       "a slot word without name",
                                       "a slot word of a type",
                                       "values",
                                       "a dict",
                                       "items",
                                       "a length",
                                       "a type",
                                       "a stack address",
                                       "the thread",
                                       "a saved register"};

constexpr Shape kWordShapes[] = {
    Shape::kTop,          Shape::kNumber,       Shape::kUnnamedNumber, Shape::kHalfWord,
    Shape::kValue,        Shape::kUnnamedValue, Shape::kObject,        Shape::kTypedObject,
    Shape::kPartOfObject, Shape::kSlot,         Shape::kUnnamedSlot,   Shape::kTypedSlot,
    Shape::kValues,       Shape::kDict,         Shape::kItems,         Shape::kLength,
    Shape::kType,         Shape::kStack,        Shape::kThread,        Shape::kSaved};

constexpr Shape kRegisterShapes[] = {
    Shape::kRange,        Shape::kUnnamedRange, Shape::kConstant,    Shape::kUnnamedConstant,
    Shape::kValue,        Shape::kUnnamedValue, Shape::kObject,      Shape::kTypedObject,
    Shape::kPartOfObject, Shape::kSlot,         Shape::kUnnamedSlot, Shape::kTypedSlot,
    Shape::kValues,       Shape::kDict,         Shape::kItems,       Shape::kLength,
    Shape::kType,         Shape::kStack,        Shape::kThread,      Shape::kSaved,
    Shape::kTop};

constexpr int64_t kNear = int64_t{1} << 41;  // isWellFormed: of pointers' offsets

bool isSame(const z3::expr& a, const z3::expr& b) { return Z3_is_eq_ast(a.ctx(), a, b); }

template <typename T>
bool isSame(const Symbol<T>& a, const Symbol<T>& b) {
    if (a.node == nullptr || b.node == nullptr) {
        return a.node == b.node && a.value == b.value;
    }
    return isSame(*a.node, *b.node);
}

bool isConstant(Shape shape) {
    return shape == Shape::kConstant || shape == Shape::kUnnamedConstant;
}
bool isRange(Shape shape) { return shape == Shape::kRange || shape == Shape::kUnnamedRange; }

bool isPointer(Kind kind) {
    return kind == Kind::kObj || kind == Kind::kSlot || kind == Kind::kVals || kind == Kind::kBuf ||
           kind == Kind::kStack || kind == Kind::kThread;
}

Kind kindOf(Shape shape) {
    constexpr Kind kKinds[] = {Kind::kTop,  Kind::kInt,   Kind::kInt,    Kind::kInt,   Kind::kInt,
                               Kind::kInt,  Kind::kInt,   Kind::kInt,    Kind::kValue, Kind::kValue,
                               Kind::kObj,  Kind::kObj,   Kind::kObj,    Kind::kSlot,  Kind::kSlot,
                               Kind::kSlot, Kind::kVals,  Kind::kDict,   Kind::kBuf,   Kind::kLen,
                               Kind::kType, Kind::kStack, Kind::kThread, Kind::kSaved};
    return kKinds[static_cast<unsigned>(shape)];
}

}  // namespace

bool isSame(const Abstract& a, const Abstract& b) {
    return a.kind == b.kind && isSame(a.low, b.low) && isSame(a.flags, b.flags) &&
           isSame(a.sym, b.sym) && isSame(a.aux, b.aux) && isSame(a.map, b.map) &&
           isSame(a.lo, b.lo) && isSame(a.hi, b.hi);
}

std::span<const Shape> wordShapes() { return kWordShapes; }
std::span<const Shape> registerShapes() { return kRegisterShapes; }
const char* shapeName(Shape shape) { return kShapeNames[static_cast<unsigned>(shape)]; }
bool isNumber(Shape shape) { return kindOf(shape) == Kind::kInt; }
bool isUnnamed(Shape shape) {
    return shape == Shape::kUnnamedNumber || shape == Shape::kUnnamedConstant ||
           shape == Shape::kUnnamedRange || shape == Shape::kUnnamedValue ||
           shape == Shape::kUnnamedSlot;
}
bool hasSymbol(Shape shape) { return !isUnnamed(shape) && symbolic::isNameable(kindOf(shape)); }

Scene::Scene(Explorer& explorer, symbolic::MachineMemory& memory, uint32_t frame)
    : world(explorer),
      cpu(explorer),
      machine(world.trusted(), memory, &rejections_, nullptr),
      state(machine.state),
      explorer_(explorer) {
    machine.enter();
    for (uint32_t k = 0; k < 16; ++k) state.set(k, top());
    state.setStackWords(frame);
    state.next_symbol = kNextSymbol;
    put(symbolic::kRsp, symbolic::pointer(Kind::kStack, -8 * int64_t{frame}));
    world.bind(kOwner, explorer.variable("owner", 64));
    world.bind(kOtherOwner, explorer.variable("other owner", 64));
}

Abstract Scene::any(Shape shape, const std::string& name, uint32_t symbol) {
    const auto word = [&](const char* part, unsigned bits) {
        return explorer_.variable(name + part, bits);
    };
    const auto flags = [&](unsigned mask) {
        return Symbol<uint8_t>::of(word(" flags", 8) & explorer_.number(mask, 8));
    };
    const auto offset = [&] {
        const z3::expr at = word(" offset", 64);
        explorer_.assume(at >= explorer_.number(static_cast<uint64_t>(-kNear)) &&
                         at <= explorer_.number(static_cast<uint64_t>(kNear)));
        return Symbol<int64_t>::of(at);
    };
    Abstract a{.kind = kindOf(shape), .sym = hasSymbol(shape) ? symbol : 0};
    switch (a.kind) {
        case Kind::kTop:
        case Kind::kDict:
            break;
        case Kind::kInt: {
            const unsigned half = shape == Shape::kHalfWord ? symbolic::kHalfWord.value : 0;
            a.low = Symbol<uint8_t>::of(word(" low", 8));
            a.flags = flags(Abstract::kDerived | Abstract::kBounded | symbolic::kNullOnly);
            if (half != 0) a.flags |= half;
            a.aux = kOwner;
            a.map = Symbol<uint32_t>::of(word(" map", 32));
            a.lo = Symbol<int64_t>::of(word(" lo", 64));
            a.hi = isConstant(shape) ? a.lo : Symbol<int64_t>::of(word(" hi", 64));
            if (isRange(shape)) explorer_.assume(a.lo.expr() != a.hi.expr());
            break;
        }
        case Kind::kValue:
            a.low =
                Symbol<uint8_t>::of(word(" low", 8) & explorer_.number(symbolic::kResultLow, 8));
            a.flags = flags(Abstract::kNullable);
            break;
        case Kind::kObj:
            a.low = symbolic::kPointerLow;
            a.flags = flags(Abstract::kManaged);
            a.aux = shape == Shape::kTypedObject ? Symbol<uint32_t>(1)
                                                 : Symbol<uint32_t>(symbolic::kNoType);
            a.map = Symbol<uint32_t>::of(word(" count", 32));
            if (shape == Shape::kPartOfObject) a.lo = offset();
            break;
        case Kind::kSlot:
            a.low = Symbol<uint8_t>::of(word(" low", 8) & explorer_.number(symbolic::kSlotLow, 8));
            a.flags = flags(Abstract::kNullable);
            a.aux = shape == Shape::kTypedSlot ? Symbol<uint32_t>(0)
                                               : Symbol<uint32_t>(symbolic::kNoType);
            break;
        case Kind::kVals:
            a.lo = offset();
            a.aux = 0;
            break;
        case Kind::kBuf:
            a.lo = offset();
            a.aux = kOwner;
            a.map = Symbol<uint32_t>::of(word(" count", 32));
            break;
        case Kind::kLen:
            a.lo = Symbol<int64_t>::of(word(" least", 64));
            explorer_.assume(a.lo.expr() >= 0 && a.lo.expr() <= symbolic::kMaxLength.expr());
            a.aux = kOwner;
            break;
        case Kind::kType:
            a.aux = kOwner;
            break;
        case Kind::kStack:
        case Kind::kThread:
            a.lo = offset();
            break;
        case Kind::kSaved:
            a.aux = 3;
            break;
    }
    return a;
}

// The word, and what operands of `bytes` see of it.
void Scene::watch(const z3::expr& word, unsigned bytes) {
    explorer_.watch(word);
    if (bytes == 0 || bytes >= 8) return;
    explorer_.watch(z3::zext(word.extract(8 * bytes - 1, 0), 64 - 8 * bytes));
}

void Scene::put(uint32_t location, const Abstract& a) {
    state.set(location, a);
    explorer_.watch(word(location));
    explorer_.assume(world.names(a, word(location)));
    explorer_.assume(world.describes(a, word(location)));
    before_.push_back(Before{location, a, word(location)});
}

void Scene::put(uint32_t location, Shape shape) {
    z3::expr& word = location < 16 ? cpu.regs[location] : cpu.frame[location - 16];
    const std::string name = location < 16 ? word.to_string() : "frame";
    const Abstract a = any(shape, name, kFirstSymbol + location);
    // The word is a variable still if it need not be.
    word = isConstant(shape) ? a.lo.expr() : world.solved(a, word);
    // A pointer and an offset: terms that cancel out. Numbers: that sums are monotone is enough.
    cpu.computes_sums = cpu.computes_sums || isPointer(a.kind);
    put(location, a);
}

void Scene::putCopy(uint32_t location, const Abstract& a, uint32_t other) {
    (location < 16 ? cpu.regs[location] : cpu.frame[location - 16]) = word(other);
    Abstract copy = a;
    copy.sym = state.at(other).sym;
    put(location, copy);
}

// Flags of an earlier comparison. What leaves them alone may go on telling of it, nothing else.
void Scene::compareBefore() {
    symbolic::Machine::Fork fork = machine.fork();
    fork.flags = {.op = symbolic::Comparison::Op::kCompare,
                  .a = symbolic::constant(1),
                  .b = symbolic::constant(2)};
    machine.rejoin(fork);
    cpu.flag_source = {FlagSource::Kind::kDifference, cpu.number(1, 64), cpu.number(2, 64)};
}

bool Scene::execute(const Code& code) {
    compareBefore();
    if (code.immediate_bytes != 0 && code.immediate_bytes < 8) {
        const unsigned bits = 8 * code.immediate_bytes;
        cpu.imm = z3::sext(explorer_.variable("immediate", bits), 64 - bits);
    }
    if (code.displacement_bytes != 0) {
        cpu.disp = z3::sext(explorer_.variable("displacement", 32), 32);
    }
    const std::vector<symbolic::Instruction> records = recordsOf(code, cpu);
    const auto watch_all = [&] {
        for (const symbolic::Instruction& record : records) {
            for (const Before& before : before_) watch(word(before.location), record.width);
            for (const Before& before : before_) watch(word(before.location), record.src_width);
            if (code.immediate_bytes != 0) watch(cpu.imm, record.width);
            if (code.displacement_bytes != 0) watch(cpu.disp, record.width);
        }
    };
    watch_all();
    code.run(cpu);
    watch_all();
    for (const symbolic::Instruction& record : records) {
        if (record.family == symbolic::Family::kFault) {
            throw std::logic_error(code.name + ": there is no row for it");
        }
        static_cast<void>(machine.step(record));
    }
    return rejections_.count == 0;
}

bool Scene::isAsBefore(uint32_t location) const {
    for (const Before& before : before_) {
        if (before.location == location) {
            return isSame(before.a, state.at(location)) && isSame(before.word, word(location));
        }
    }
    return false;
}

void Scene::claimName(const std::string& place, const Abstract& a, const z3::expr& word) {
    const z3::expr is_named = world.names(a, word);
    if (is_named.is_true()) return;
    explorer_.claim(is_named, [=, before = inWords()](const z3::model& model) {
        return fmt::format("{} has the symbol of another word; {}", place, before(model));
    });
}

void Scene::claimWord(const std::string& place, const Abstract& a, const z3::expr& word) {
    explorer_.claim(world.describes(a, word), [=, before = inWords()](const z3::model& model) {
        return fmt::format("{} = {} is not {}; {}", place, soundness::inWords(model, word),
                           soundness::inWords(model, a), before(model));
    });
}

void Scene::claimShape(const std::string& place, const Abstract& a, bool may_be_half) {
    const auto within = [&](const Symbol<uint8_t>& bits, unsigned mask) {
        return (bits.expr() & explorer_.number(~mask & 0xFF, 8)) == 0;
    };
    const auto between = [&](int64_t least, int64_t most) {
        return a.lo.expr() >= explorer_.number(static_cast<uint64_t>(least)) &&
               a.lo.expr() <= explorer_.number(static_cast<uint64_t>(most));
    };
    z3::expr holds = isPointer(a.kind) ? between(-kNear, kNear) : world.truth(true);
    switch (a.kind) {
        case Kind::kInt:
            holds = within(a.flags, Abstract::kDerived | Abstract::kBounded |
                                        symbolic::kNullOnly.value |
                                        (may_be_half ? symbolic::kHalfWord.value : 0));
            break;
        case Kind::kValue:
            holds =
                within(a.low, symbolic::kResultLow.value) && within(a.flags, Abstract::kNullable);
            break;
        case Kind::kSlot:
            holds = within(a.low, symbolic::kSlotLow.value) && within(a.flags, Abstract::kNullable);
            break;
        case Kind::kObj:
            holds = holds && within(a.low, symbolic::kPointerLow.value) &&
                    within(a.flags, Abstract::kManaged);
            break;
        case Kind::kLen:
            holds = between(0, symbolic::kMaxLength.value);
            break;
        default:
            break;
    }
    explorer_.claim(holds, [=, before = inWords()](const z3::model& model) {
        return fmt::format("{} is not a word of the domain: {}; {}", place,
                           soundness::inWords(model, a), before(model));
    });
}

void Scene::claimAll() {
    const uint32_t end = 16 + kFrame;
    std::vector<uint32_t> changed;
    for (uint32_t k = 0; k < end; ++k) {
        const Abstract& a = state.at(k);
        if ((a.kind == Kind::kTop && a.sym == 0) || isAsBefore(k)) continue;
        changed.push_back(k);
        claimName(fmt::format("location {}", k), a, word(k));
    }
    for (const uint32_t k : changed) {
        const std::string place = fmt::format("location {}", k);
        claimWord(place, state.at(k), word(k));
        claimShape(place, state.at(k), k >= symbolic::kRegisterCount.value);
    }
    claimFlags();
}

FlagSource::Kind sourceOf(symbolic::Comparison::Op op) {
    using Op = symbolic::Comparison::Op;
    switch (op) {
        case Op::kNone:
            break;
        case Op::kCompare:
            return FlagSource::Kind::kDifference;
        case Op::kTest:
            return FlagSource::Kind::kMasked;
        case Op::kResult:
            return FlagSource::Kind::kResult;
    }
    return FlagSource::Kind::kUnknown;
}

// What the machine says was compared is what the CPU's flags are those of.
void Scene::claimFlags() {
    using Op = symbolic::Comparison::Op;
    const symbolic::Comparison flags = machine.fork().flags;
    if (flags.op == Op::kNone) return;
    const FlagSource& source = cpu.flag_source;
    const unsigned bits = source.a.get_sort().bv_size();
    if (source.kind != sourceOf(flags.op) || bits != 8 * flags.width.value) {
        explorer_.claim(world.truth(false), [before = inWords()](const z3::model& model) {
            return "the flags are not those of such an operation; " + before(model);
        });
        return;
    }
    const auto claim_operand = [&](const char* place, const Abstract& a, const z3::expr& operand) {
        const z3::expr word = bits == 64 ? operand : z3::zext(operand, 64 - bits);
        claimName(place, a, word);
        claimWord(place, a, word);
        claimShape(place, a, false);
    };
    claim_operand("first operand", flags.a, source.a);
    if (flags.op != Op::kResult) claim_operand("second operand", flags.b, source.b);
}

Scene::InWords Scene::inWords() const {
    return [before = before_](const z3::model& model) {
        std::string text = "before";
        for (const Before& one : before) {
            if (one.location == symbolic::kRsp) continue;
            text += fmt::format(", {} = {}: {}", one.location, soundness::inWords(model, one.word),
                                soundness::inWords(model, one.a));
        }
        return text;
    };
}

std::vector<symbolic::Instruction> recordsOf(const Code& code, const Cpu& cpu) {
    verify::Program program;
    verify::decode(code.bytes, 0x1000, program);
    std::vector<symbolic::Instruction> records;
    for (const verify::Instruction& in : program.instructions) {
        symbolic::Instruction out;
        out.row = in.row;
        out.family = static_cast<symbolic::Family>(in.family);
        out.op = in.op;
        out.form = in.form;
        out.width = in.width;
        out.src_width = in.src_width;
        for (unsigned k = 0; k < 3; ++k) out.reg[k] = in.reg[k];
        out.base = in.base;
        out.index = in.index;
        out.scale = in.scale;
        out.disp = in.disp;
        out.imm = in.imm;
        if (code.immediate_bytes != 0) out.imm = Symbol<int64_t>::of(cpu.imm);
        if (code.displacement_bytes != 0) {
            out.disp = Symbol<int32_t>::of(cpu.disp.extract(31, 0));
        }
        records.push_back(out);
    }
    return records;
}

}  // namespace tagproof::soundness

// Messages are of no interest here.
std::string_view tagproof::symbolic::ruleText(RuleId) { return "rejected"; }
