// str: case mappings. Full mappings of Unicode, with the final form of sigma.

#include "objmodel/native_function.h"
#include "objmodel/str_builder.h"
#include "objmodel/str_methods.h"
#include "objmodel/str_unicode.h"

namespace tagproof {

namespace {

constexpr char32_t kSigma = 0x3a3;
constexpr char32_t kSmallSigma = 0x3c3;
constexpr char32_t kFinalSigma = 0x3c2;

// Sigma at `at` ends a word: a cased letter before it and none after, case-ignorables aside.
bool isFinalSigma(const Str* text, uint64_t at) {
    using unicode::kCased;
    using unicode::kCaseIgnorable;
    uint64_t before = at;
    while (before > 0 && hasCharFlag(text->at(before - 1), kCaseIgnorable)) --before;
    if (before == 0 || !hasCharFlag(text->at(before - 1), kCased)) return false;
    uint64_t after = at + 1;
    while (after < text->length && hasCharFlag(text->at(after), kCaseIgnorable)) ++after;
    return after == text->length || !hasCharFlag(text->at(after), kCased);
}

void appendMapped(StrBuilder* out, const Str* text, uint64_t at, CaseMapping mapping) {
    const char32_t c = text->at(at);
    if (c == kSigma && mapping == CaseMapping::kLower) {
        out->append(isFinalSigma(text, at) ? kFinalSigma : kSmallSigma);
        return;
    }
    char32_t mapped[3];
    const int count = mapCase(c, mapping, mapped);
    for (int k = 0; k < count; ++k) out->append(mapped[k]);
}

Value asciiMapped(Thread& thread, const Str* text, bool lower) {
    Str* result = allocateStr(thread, text->length, 0x7f);
    if (result == nullptr) return Value::null();
    const char first = lower ? 'A' : 'a';
    for (uint64_t k = 0; k < text->length; ++k) {
        const auto c = static_cast<char>(text->bytes()[k]);
        const bool flips = c >= first && c <= first + 25;
        result->bytes()[k] = static_cast<uint8_t>(flips ? c ^ 0x20 : c);
    }
    return Value::of(result);
}

template <CaseMapping Mapping>
Value mapAll(Thread& thread, Value self, const Value*, size_t) {
    const auto* text = self.as<Str>();
    if (text->ascii) return asciiMapped(thread, text, Mapping != CaseMapping::kUpper);
    StrBuilder out(thread);
    for (uint64_t k = 0; k < text->length; ++k) appendMapped(&out, text, k, Mapping);
    return Value::of(out.finish());
}

Value methodCapitalize(Thread& thread, Value self, const Value*, size_t) {
    const auto* text = self.as<Str>();
    StrBuilder out(thread);
    for (uint64_t k = 0; k < text->length; ++k) {
        appendMapped(&out, text, k, k == 0 ? CaseMapping::kTitle : CaseMapping::kLower);
    }
    return Value::of(out.finish());
}

Value methodTitle(Thread& thread, Value self, const Value*, size_t) {
    const auto* text = self.as<Str>();
    StrBuilder out(thread);
    bool after_cased = false;
    for (uint64_t k = 0; k < text->length; ++k) {
        appendMapped(&out, text, k, after_cased ? CaseMapping::kLower : CaseMapping::kTitle);
        after_cased = hasCharFlag(text->at(k), unicode::kCased);
    }
    return Value::of(out.finish());
}

Value methodSwapCase(Thread& thread, Value self, const Value*, size_t) {
    const auto* text = self.as<Str>();
    StrBuilder out(thread);
    for (uint64_t k = 0; k < text->length; ++k) {
        const char32_t c = text->at(k);
        if (hasCharFlag(c, unicode::kUpper)) {
            appendMapped(&out, text, k, CaseMapping::kLower);
        } else if (hasCharFlag(c, unicode::kLower)) {
            appendMapped(&out, text, k, CaseMapping::kUpper);
        } else {
            out.append(c);
        }
    }
    return Value::of(out.finish());
}

}  // namespace

void addStrCaseMethods(Thread& thread, Type* type) {
    addMethod(thread, type, "lower", mapAll<CaseMapping::kLower>, 0, 0);
    addMethod(thread, type, "upper", mapAll<CaseMapping::kUpper>, 0, 0);
    addMethod(thread, type, "casefold", mapAll<CaseMapping::kFold>, 0, 0);
    addMethod(thread, type, "capitalize", methodCapitalize, 0, 0);
    addMethod(thread, type, "title", methodTitle, 0, 0);
    addMethod(thread, type, "swapcase", methodSwapCase, 0, 0);
}

}  // namespace tagproof
