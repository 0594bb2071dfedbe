// repr() and ascii() of strings.

#include "objmodel/str_builder.h"
#include "objmodel/str_unicode.h"

namespace tagproof {

namespace {

void appendHex(StrBuilder* out, char32_t c, int digits) {
    static constexpr char kDigits[] = "0123456789abcdef";
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
        out->append(static_cast<char32_t>(kDigits[(c >> shift) & 15]));
    }
}

void appendEscaped(StrBuilder* out, char32_t c) {
    if (c < 0x100) {
        out->appendAscii("\\x");
        appendHex(out, c, 2);
    } else if (c < 0x10000) {
        out->appendAscii("\\u");
        appendHex(out, c, 4);
    } else {
        out->appendAscii("\\U");
        appendHex(out, c, 8);
    }
}

void appendQuoted(StrBuilder* out, char32_t c, char32_t quote, bool ascii_only) {
    if (c == quote || c == U'\\') {
        out->append(U'\\');
        out->append(c);
    } else if (c == U'\n') {
        out->appendAscii("\\n");
    } else if (c == U'\r') {
        out->appendAscii("\\r");
    } else if (c == U'\t') {
        out->appendAscii("\\t");
    } else if ((c >= 0x20 && c < 0x7f) || (c >= 0x80 && !ascii_only && isPrintableChar(c))) {
        out->append(c);
    } else {
        appendEscaped(out, c);
    }
}

}  // namespace

Str* escapeNonAscii(Thread& thread, const Str* text) {
    StrBuilder out(thread);
    for (uint64_t k = 0; k < text->length; ++k) {
        const char32_t c = text->at(k);
        if (c < 0x80) {
            out.append(c);
        } else {
            appendEscaped(&out, c);
        }
    }
    return out.finish();
}

Str* reprStr(Thread& thread, const Str* text, bool ascii_only) {
    bool single = false;
    bool both_or_double = false;
    for (uint64_t k = 0; k < text->length; ++k) {
        single = single || text->at(k) == U'\'';
        both_or_double = both_or_double || text->at(k) == U'"';
    }
    const char32_t quote = single && !both_or_double ? U'"' : U'\'';
    StrBuilder out(thread);
    out.append(quote);
    for (uint64_t k = 0; k < text->length; ++k) {
        appendQuoted(&out, text->at(k), quote, ascii_only);
    }
    out.append(quote);
    return out.finish();
}

}  // namespace tagproof
