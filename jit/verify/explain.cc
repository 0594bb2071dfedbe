#include "jit/verify/explain.h"

#include <cstdarg>
#include <cstdio>

#include "jit/verify/infer/infer.h"

namespace tagproof::verify {
namespace {

__attribute__((format(printf, 1, 2))) std::string format(const char* text, ...) {
    char buffer[512];
    va_list arguments;
    va_start(arguments, text);
    std::vsnprintf(buffer, sizeof buffer, text, arguments);
    va_end(arguments);
    return buffer;
}

std::string interval(int64_t lo, int64_t hi) {
    const auto bound = [](int64_t word) -> std::string {
        if (word == kMin) return "-inf";
        if (word == kMax) return "inf";
        return word > 0xFFFF ? format("0x%llx", static_cast<unsigned long long>(word))
                             : format("%lld", static_cast<long long>(word));
    };
    return lo == hi ? bound(lo) : "[" + bound(lo) + "," + bound(hi) + "]";
}

// "{1,2}" unless every pattern of `all` is possible.
std::string patterns(uint8_t low, uint8_t all) {
    if (low == all) return "";
    std::string text = "{";
    for (unsigned p = 0; p < 8; ++p) {
        if ((low >> p & 1) != 0) text += format("%s%u", text.size() > 1 ? "," : "", p);
    }
    return text + "}";
}

std::string typeName(uint32_t row, const Tables& tables) {
    const TypeRow* type = tables.type(row);
    if (type == nullptr) return "";
    return ":" + (type->name.empty() ? format("type%u", row) : std::string(type->name));
}

std::string offset(int64_t lo) { return format("%+lld", static_cast<long long>(lo)); }

constexpr const char* kRegisterNames[] = {"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
                                          "r8",  "r9",  "r10", "r11", "r12", "r13", "r14", "r15"};

// " = opLoadAttr": what the tables call an address that the instruction contains.
std::string nameOf(const Instruction& at, const Tables& tables) {
    const auto address = static_cast<uint64_t>(at.imm);
    if (address == 0) return "";
    if (const Helper* helper = tables.helper(address)) return " = " + std::string(helper->name);
    const TypeRow* type = tables.type(tables.typeAt(address));
    return type == nullptr || type->name.empty() ? "" : " = type " + std::string(type->name);
}

// Words of the stack that hold what the caller's registers held.
uint32_t countSaved(const State& state) {
    uint32_t count = 0;
    for (uint32_t i = kRegisterCount; i < state.locations(); ++i) {
        if (state.at[i].kind == Kind::kSaved) ++count;
    }
    return count;
}

// Prints the listing while the checker walks.
class Listing final : public Observer {
  public:
    Listing(const Program& program, std::span<const Annotation> annotations)
        : program_(program), annotations_(annotations) {}

    void label(const LabelHint& hint) override {
        finish(hint.offset);
        text += format("L%x:\n", hint.offset);
    }

    void instruction(const Instruction& at, const State& state, const Tables& tables) override {
        finish(at.offset);
        ++next_;
        annotate(at.offset);
        const std::string code = disassemble(program_, at) + nameOf(at, tables);
        // Where the caller's registers are is said when it changes, not at every instruction.
        const uint32_t saved = countSaved(state);
        text += format("%6x    %-44s  ; ", at.offset, code.c_str());
        text += describe(state, tables, saved != saved_) + "\n";
        saved_ = saved;
    }

    // Prints what the checker passed over in front of `offset`.
    void finish(size_t offset) {
        const std::vector<Instruction>& all = program_.instructions;
        for (; next_ < all.size() && all[next_].offset < offset; ++next_) {
            annotate(all[next_].offset);
            const std::string code = disassemble(program_, all[next_]);
            text += format("%6x    %-44s  ; never reached\n", all[next_].offset, code.c_str());
        }
    }

    std::string text;

  private:
    void annotate(uint32_t offset) {
        while (next_annotation_ < annotations_.size() &&
               annotations_[next_annotation_].offset <= offset) {
            text += "          ; " + std::string(annotations_[next_annotation_++].text) + "\n";
        }
    }

    const Program& program_;
    std::span<const Annotation> annotations_;
    size_t next_ = 0;             // instruction not yet printed
    size_t next_annotation_ = 0;  // annotation not yet printed
    uint32_t saved_ = 0;  // registers of the caller that lay on the stack at the last instruction
};

}  // namespace

std::string toString(const Abstract& a, const Tables& tables) {
    const std::string sym = a.sym == 0 ? "" : format("#%u", a.sym);
    const char* null = has(a, Abstract::kNullable) ? "?" : "";
    switch (a.kind) {
        case Kind::kTop:
            return "TOP";
        case Kind::kInt: {
            std::string text = "INT" + interval(a.lo, a.hi) + patterns(a.low, rangeLow(a.lo, a.hi));
            if (has(a, Abstract::kBounded)) text += format("<LEN#%u", a.aux);
            if (has(a, Abstract::kDerived)) text += format("~#%u", a.aux);
            return text + (has(a, kHalfWord) ? "(half)" : "") + sym;
        }
        case Kind::kValue:
            return std::string("VALUE") + null + patterns(a.low, kValueLow) + sym;
        case Kind::kObj:
            return "OBJ" + typeName(a.aux, tables) + offset(a.lo) + sym +
                   (has(a, Abstract::kManaged) ? "m" : "");
        case Kind::kSlot:
            return std::string("SLOT") + null + patterns(a.low, kSlotLow) + sym;
        case Kind::kVals:
            return "VALS" + typeName(a.aux, tables) + offset(a.lo);
        case Kind::kDict:
            return "DICT" + sym;
        case Kind::kBuf:
            return format("BUF(#%u)", a.aux) + offset(a.lo);
        case Kind::kLen:
            return format("LEN(#%u)", a.aux);
        case Kind::kType:
            return format("TYPE(#%u)", a.aux);
        case Kind::kStack:
            return "STK" + offset(a.lo);
        case Kind::kThread:
            return "THREAD" + offset(a.lo);
        case Kind::kSaved:
            return std::string("SAVED(") + kRegisterNames[a.aux % kRegisterCount] + ")";
    }
    return "?";
}

std::string bytesOf(const Program& program, const Instruction& instruction) {
    std::string text;
    for (unsigned i = 0; i < instruction.length; ++i) {
        text += format(i == 0 ? "%02x" : " %02x", program.code[instruction.offset + i]);
    }
    return text;
}

std::string locationName(uint32_t location, uint32_t stack_words) {
    if (location < kRegisterCount) return kRegisterNames[location];
    const uint32_t word = location - kRegisterCount;
    return format("[rsp+%d]", 8 * (static_cast<int>(stack_words) - static_cast<int>(word) - 1));
}

std::string describe(const State& state, const Tables& tables, bool with_saved) {
    std::string text;
    for (uint32_t i = 0; i < state.locations(); ++i) {
        const Abstract& a = state.at[i];
        if (a.kind == Kind::kTop || (a.kind == Kind::kSaved && a.aux == i)) continue;
        if (a.kind == Kind::kSaved && !with_saved) continue;
        if (!text.empty()) text += " ";
        text += locationName(i, state.stack_words) + "=" + toString(a, tables);
    }
    return text;
}

std::string mismatch(const Instruction& from,
                     const Instruction& to,
                     const LabelHint& hint,
                     uint32_t location,
                     const State& state,
                     const Tables& tables) {
    if (hint.stack_words != state.stack_words) {
        return format("edge %x -> %x: frame of %u words, hint says %u", from.offset, to.offset,
                      state.stack_words, hint.stack_words);
    }
    std::string wanted;
    for (const HintEntry& entry : hint.entries) {
        if (entry.location == location) wanted = toString(entry.value, tables);
    }
    return format("edge %x -> %x: ", from.offset, to.offset) +
           locationName(location, state.stack_words) + " is " +
           toString(state.at[location], tables) + ", hint says " + wanted;
}

std::string explain(std::span<const uint8_t> code,
                    uint64_t address,
                    const Trusted& trusted,
                    const Hints& hints,
                    std::span<const Annotation> annotations,
                    Verdict& verdict) {
    Workspace workspace;
    Program& program = workspace.program();
    decode(code, address, program);
    Listing listing(program, annotations);
    check(program, workspace.memory(), trusted, hints, verdict, &listing);
    listing.finish(code.size());
    for (const Violation& violation : verdict.violations) listing.text += toString(violation);
    return listing.text;
}

std::string inferAndExplain(std::span<const uint8_t> code,
                            uint64_t address,
                            const Trusted& trusted,
                            std::span<const Annotation> annotations,
                            Verdict& verdict) {
    Workspace workspace;
    InferredHints hints;
    decode(code, address, workspace.program());
    infer(workspace, trusted, hints);
    return explain(code, address, trusted, hints.hints(), annotations, verdict);
}

std::string toString(const Violation& violation) {
    return format("+0x%x: %s: %s\n  %s\n  rule: %s\n  state: ", violation.offset,
                  std::string(ruleName(violation.rule)).c_str(), violation.message.c_str(),
                  (violation.bytes + "   " + violation.instruction).c_str(),
                  std::string(ruleText(violation.rule)).c_str()) +
           violation.state + "\n";
}

}  // namespace tagproof::verify
