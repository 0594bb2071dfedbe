// str: isalpha, isdigit, islower and the other predicates.

#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/str_methods.h"
#include "objmodel/str_unicode.h"

namespace tagproof {

namespace {

// All code points have one of `Flags`; `Empty` is the answer for "".
template <uint16_t Flags, bool Empty>
Value allHave(Thread& thread, Value self, const Value*, size_t) {
    const auto* text = self.as<Str>();
    for (uint64_t k = 0; k < text->length; ++k) {
        if (!hasCharFlag(text->at(k), Flags)) return boolValue(thread, false);
    }
    return boolValue(thread, Empty || text->length != 0);
}

// Some code point has `Wanted`, none has one of `Forbidden`.
template <uint16_t Wanted, uint16_t Forbidden>
Value isCase(Thread& thread, Value self, const Value*, size_t) {
    const auto* text = self.as<Str>();
    bool found = false;
    for (uint64_t k = 0; k < text->length; ++k) {
        if (hasCharFlag(text->at(k), Forbidden)) return boolValue(thread, false);
        found = found || hasCharFlag(text->at(k), Wanted);
    }
    return boolValue(thread, found);
}

Value methodIsTitle(Thread& thread, Value self, const Value*, size_t) {
    const auto* text = self.as<Str>();
    bool found = false;
    bool after_cased = false;
    for (uint64_t k = 0; k < text->length; ++k) {
        const uint16_t flags = charRecord(text->at(k)).flags;
        const bool upper = (flags & (unicode::kUpper | unicode::kTitle)) != 0;
        const bool lower = (flags & unicode::kLower) != 0;
        if ((upper && after_cased) || (lower && !after_cased)) return boolValue(thread, false);
        after_cased = upper || lower;
        found = found || after_cased;
    }
    return boolValue(thread, found);
}

Value methodIsAscii(Thread& thread, Value self, const Value*, size_t) {
    return boolValue(thread, self.as<Str>()->ascii);
}

Value methodIsIdentifier(Thread& thread, Value self, const Value*, size_t) {
    return boolValue(thread, isIdentifier(self.as<Str>()));
}

}  // namespace

void addStrTestMethods(Thread& thread, Type* type) {
    using namespace unicode;
    constexpr uint16_t kAlnum = kAlpha | kDecimal | kDigit | kNumeric;
    constexpr uint16_t kUpperTitle = kUpper | kTitle;
    constexpr uint16_t kLowerTitle = kLower | kTitle;
    addMethod(thread, type, "isalpha", allHave<kAlpha, false>, 0, 0);
    addMethod(thread, type, "isalnum", allHave<kAlnum, false>, 0, 0);
    addMethod(thread, type, "isdecimal", allHave<kDecimal, false>, 0, 0);
    addMethod(thread, type, "isdigit", allHave<kDigit, false>, 0, 0);
    addMethod(thread, type, "isnumeric", allHave<kNumeric, false>, 0, 0);
    addMethod(thread, type, "isspace", allHave<kSpace, false>, 0, 0);
    addMethod(thread, type, "isprintable", allHave<kPrintable, true>, 0, 0);
    addMethod(thread, type, "islower", isCase<kLower, kUpperTitle>, 0, 0);
    addMethod(thread, type, "isupper", isCase<kUpper, kLowerTitle>, 0, 0);
    addMethod(thread, type, "istitle", methodIsTitle, 0, 0);
    addMethod(thread, type, "isascii", methodIsAscii, 0, 0);
    addMethod(thread, type, "isidentifier", methodIsIdentifier, 0, 0);
}

}  // namespace tagproof
