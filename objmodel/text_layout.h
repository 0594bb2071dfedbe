#pragma once
// strip, center, zfill, expandtabs and their kin, for str and bytes alike: templates over StrText
// and BytesText (objmodel/text_kind.h).

#include <algorithm>

#include "objmodel/c_int.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/text_kind.h"

namespace tagproof {

template <typename View>
bool isIn(View set, char32_t unit) {
    for (uint64_t k = 0; k < set.length; ++k) {
        if (set.at(k) == unit) return true;
    }
    return false;
}

template <typename Text, bool Left, bool Right>
Value methodStrip(Thread& thread, Value self, const Value* args, size_t count) {
    constexpr const char* kMessage = Left && Right ? "strip arg must be None or str"
                                     : Left        ? "lstrip arg must be None or str"
                                                   : "rstrip arg must be None or str";
    const auto text = Text::view(self);
    typename Text::View set;
    const bool blanks = count == 0 || args[0] == thread.singletons->none;
    if (!blanks && !Text::read(thread, args[0], kMessage, &set)) return Value::null();
    const auto goes = [&](char32_t unit) { return blanks ? Text::isSpace(unit) : isIn(set, unit); };
    uint64_t begin = 0;
    uint64_t end = text.length;
    while (Left && begin < end && goes(text.at(begin))) ++begin;
    while (Right && begin < end && goes(text.at(end - 1))) --end;
    return Text::slice(thread, self, begin, end);
}

// --- padding -------------------------------------------------------------------------------------

template <typename Text>
Value padded(Thread& thread, Value self, uint64_t left, uint64_t right, char32_t fill) {
    const auto text = Text::view(self);
    if (left + right == 0) return Text::slice(thread, self, 0, text.length);
    typename Text::Builder out(thread);
    out.appendRepeated(fill, left);
    Text::append(&out, text, 0, text.length);
    out.appendRepeated(fill, right);
    return Value::of(out.finish());
}

// (width, fill): how much is missing to the width.
struct Padding {
    uint64_t missing = 0;
    char32_t fill = U' ';

    template <typename Text>
    [[nodiscard]] bool read(
        Thread& thread, const char* name, Value self, const Value* args, size_t count) {
        int64_t width = 0;
        if (!toSsize(thread, args[0], &width) ||
            (count > 1 && !Text::readFill(thread, name, args[1], &fill))) {
            return false;
        }
        const uint64_t length = Text::view(self).length;
        const auto wanted = static_cast<uint64_t>(std::max<int64_t>(width, 0));
        missing = wanted > length ? wanted - length : 0;
        return true;
    }
};

template <typename Text>
Value methodCenter(Thread& thread, Value self, const Value* args, size_t count) {
    Padding padding;
    if (!padding.read<Text>(thread, "center", self, args, count)) return Value::null();
    const uint64_t missing = padding.missing;
    const uint64_t odd = missing & (missing + Text::view(self).length) & 1;
    const uint64_t left = missing / 2 + odd;
    return padded<Text>(thread, self, left, missing - left, padding.fill);
}

template <typename Text, bool Left>
Value methodJustify(Thread& thread, Value self, const Value* args, size_t count) {
    Padding padding;
    if (!padding.read<Text>(thread, Left ? "ljust" : "rjust", self, args, count)) {
        return Value::null();
    }
    return padded<Text>(thread, self, Left ? 0 : padding.missing, Left ? padding.missing : 0,
                        padding.fill);
}

template <typename Text>
Value methodZfill(Thread& thread, Value self, const Value* args, size_t) {
    Padding padding;
    if (!padding.read<Text>(thread, "zfill", self, args, 1)) return Value::null();
    const auto text = Text::view(self);
    if (padding.missing == 0) return Text::slice(thread, self, 0, text.length);
    const bool sign = text.length != 0 && (text.at(0) == U'+' || text.at(0) == U'-');
    typename Text::Builder out(thread);
    if (sign) out.append(static_cast<char32_t>(text.at(0)));
    out.appendRepeated(U'0', padding.missing);
    Text::append(&out, text, sign ? 1 : 0, text.length);
    return Value::of(out.finish());
}

template <typename Text>
Value methodExpandTabs(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"tabsize", nullptr};
    const ParameterList parameters{.function = "expandtabs", .names = kNames, .max_positional = 1};
    Value bound;
    int size = 8;
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, &bound) ||
        (!bound.isNull() && !toCInt(thread, bound, &size))) {
        return Value::null();
    }
    const auto text = Text::view(self);
    typename Text::Builder out(thread);
    uint64_t column = 0;
    for (uint64_t k = 0; k < text.length; ++k) {
        const char32_t c = text.at(k);
        if (c != U'\t') {
            out.append(c);
            column = c == U'\n' || c == U'\r' ? 0 : column + 1;
        } else if (size > 0) {
            const auto step = static_cast<uint64_t>(size);
            const uint64_t blanks = step - column % step;
            out.appendRepeated(U' ', blanks);
            column += blanks;
        }
    }
    return Value::of(out.finish());
}

template <typename Text>
void addLayoutMethods(Thread& thread, Type* type) {
    addMethod(thread, type, "strip", methodStrip<Text, true, true>, 0, 1);
    addMethod(thread, type, "lstrip", methodStrip<Text, true, false>, 0, 1);
    addMethod(thread, type, "rstrip", methodStrip<Text, false, true>, 0, 1);
    addMethod(thread, type, "center", methodCenter<Text>, 1, 2);
    addMethod(thread, type, "ljust", methodJustify<Text, true>, 1, 2);
    addMethod(thread, type, "rjust", methodJustify<Text, false>, 1, 2);
    addMethod(thread, type, "zfill", methodZfill<Text>, 1, 1);
    addKeywordMethod(thread, type, "expandtabs", methodExpandTabs<Text>);
}

}  // namespace tagproof
