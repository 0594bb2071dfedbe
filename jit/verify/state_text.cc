#include "jit/verify/state_text.h"

#include <cstdarg>
#include <cstdio>

namespace tagproof::verify {
namespace {

std::string interval(int64_t lo, int64_t hi) {
    const auto bound = [](int64_t word) -> std::string {
        if (word == kMin) return "-inf";
        if (word == kMax) return "inf";
        return word > 0xFFFF ? format("0x%llx", static_cast<unsigned long long>(word))
                             : format("%lld", static_cast<long long>(word));
    };
    if (lo == hi) return bound(lo);
    return format("[%s,%s]", bound(lo).c_str(), bound(hi).c_str());
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
    if (type->name.empty()) return format(":type%u", row);
    return format(":%s", std::string(type->name).c_str());
}

std::string offset(int64_t lo) { return format("%+lld", static_cast<long long>(lo)); }

constexpr const char* kRegisterNames[] = {"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
                                          "r8",  "r9",  "r10", "r11", "r12", "r13", "r14", "r15"};

}  // namespace

std::string format(const char* text, ...) {
    va_list arguments;
    va_list again;
    va_start(arguments, text);
    va_copy(again, arguments);
    std::string result(static_cast<size_t>(std::vsnprintf(nullptr, 0, text, arguments)), '\0');
    std::vsnprintf(result.data(), result.size() + 1, text, again);
    va_end(again);
    va_end(arguments);
    return result;
}

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

bool isKnown(const State& state, uint32_t location) {
    const Abstract& a = state.at(location);
    return a.kind != Kind::kTop && !(a.kind == Kind::kSaved && a.aux == location);
}

std::string describe(const State& state, const Tables& tables) {
    std::string text;
    for (uint32_t i = 0; i < state.locations(); ++i) {
        if (!isKnown(state, i)) continue;
        if (!text.empty()) text += " ";
        text += locationName(i, state.stack_words) + "=" + toString(state.at(i), tables);
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
           toString(state.at(location), tables) + ", hint says " + wanted;
}

}  // namespace tagproof::verify
