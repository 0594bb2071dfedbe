#pragma once
// find, index, count, startswith, removeprefix, replace and their kin, for str and bytes alike:
// templates over StrText and BytesText (objmodel/text_kind.h).

#include <limits>

#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/slice.h"
#include "objmodel/text_kind.h"
#include "objmodel/tuple.h"

namespace tagproof {

// (needle, start, stop) of find, index and count.
template <typename Text>
struct SearchArguments {
    typename Text::Needle needle;
    uint64_t start = 0;
    uint64_t stop = 0;
    bool possible = true;  // start is not beyond the end

    [[nodiscard]] bool read(
        Thread& thread, const char* name, uint64_t length, const Value* args, size_t count) {
        int64_t first = 0;
        int64_t last = 0;
        if (!checkSearchCount(thread, name, count) ||
            !readBounds(thread, args + 1, count - 1, length, &first, &last) ||
            !Text::readNeedle(thread, args[0], &needle)) {
            return false;
        }
        possible = first <= last;
        start = static_cast<uint64_t>(first);
        stop = static_cast<uint64_t>(last);
        return true;
    }
};

enum class SearchMethod : uint8_t { kFind, kRfind, kIndex, kRindex };
inline constexpr const char* kSearchNames[] = {"find", "rfind", "index", "rindex"};

template <typename Text, SearchMethod Method>
Value methodSearch(Thread& thread, Value self, const Value* args, size_t count) {
    const auto text = Text::view(self);
    SearchArguments<Text> arguments;
    if (!arguments.read(thread, kSearchNames[static_cast<size_t>(Method)], text.length, args,
                        count)) {
        return Value::null();
    }
    constexpr bool kFromRight = Method == SearchMethod::kRfind || Method == SearchMethod::kRindex;
    int64_t found = -1;
    if (arguments.possible) {
        const auto find = kFromRight ? Text::rfind : Text::find;
        found = find(text, arguments.needle.view, arguments.start, arguments.stop);
    }
    constexpr bool kRaises = Method == SearchMethod::kIndex || Method == SearchMethod::kRindex;
    if (kRaises && found < 0) {
        return raiseText(thread, ExceptionKind::kValueError, Text::kNotFound);
    }
    return Value::fixnum(found);
}

template <typename Text>
Value methodCount(Thread& thread, Value self, const Value* args, size_t count) {
    const auto text = Text::view(self);
    SearchArguments<Text> arguments;
    if (!arguments.read(thread, "count", text.length, args, count)) return Value::null();
    if (!arguments.possible) return Value::fixnum(0);
    const auto needle = arguments.needle.view;
    uint64_t start = arguments.start;
    if (needle.length == 0) return Value::fixnum(static_cast<int64_t>(arguments.stop - start) + 1);
    for (int64_t occurrences = 0;; ++occurrences) {
        const int64_t found = Text::find(text, needle, start, arguments.stop);
        if (found < 0) return Value::fixnum(occurrences);
        start = static_cast<uint64_t>(found) + needle.length;
    }
}

// --- prefixes and suffixes -----------------------------------------------------------------------

template <typename View>
bool hasPart(View text, View part, uint64_t start, uint64_t stop, bool at_end) {
    if (start > stop || stop - start < part.length) return false;
    const uint64_t at = at_end ? stop - part.length : start;
    for (uint64_t k = 0; k < part.length; ++k) {
        if (text.at(at + k) != part.at(k)) return false;
    }
    return true;
}

template <typename Text>
Value methodTestPart(
    Thread& thread, Value self, const Value* args, size_t count, const char* name, bool at_end) {
    if (!checkSearchCount(thread, name, count)) return Value::null();
    int64_t start = 0;
    int64_t stop = 0;
    const auto text = Text::view(self);
    if (!readBounds(thread, args + 1, count - 1, text.length, &start, &stop)) return Value::null();
    const auto has = [&](Value part) {
        return hasPart(text, Text::view(part), static_cast<uint64_t>(start),
                       static_cast<uint64_t>(stop), at_end);
    };
    if (Text::accepts(args[0])) return boolValue(thread, has(args[0]));
    if (!isTuple(args[0])) {
        return raise(thread, ExceptionKind::kTypeError,
                     "{0} first arg must be {1} or a tuple of {1}, not {2}", name, Text::kName,
                     typeName(typeOf(thread, args[0])));
    }
    const std::string message =
        std::string("tuple for ") + name + " must only contain str, not {0}";
    for (const Value part : *args[0].as<Tuple>()) {
        typename Text::View view;
        if (!Text::read(thread, part, message.c_str(), &view)) return Value::null();
        if (has(part)) return boolValue(thread, true);
    }
    return boolValue(thread, false);
}

template <typename Text>
Value methodStartsWith(Thread& thread, Value self, const Value* args, size_t count) {
    return methodTestPart<Text>(thread, self, args, count, "startswith", false);
}
template <typename Text>
Value methodEndsWith(Thread& thread, Value self, const Value* args, size_t count) {
    return methodTestPart<Text>(thread, self, args, count, "endswith", true);
}

template <typename Text>
Value methodRemovePrefix(Thread& thread, Value self, const Value* args, size_t) {
    const auto text = Text::view(self);
    typename Text::View part;
    if (!Text::read(thread, args[0], "removeprefix() argument must be str, not {1}", &part)) {
        return Value::null();
    }
    const bool has = hasPart(text, part, 0, text.length, false);
    return Text::slice(thread, self, has ? part.length : 0, text.length);
}

template <typename Text>
Value methodRemoveSuffix(Thread& thread, Value self, const Value* args, size_t) {
    const auto text = Text::view(self);
    typename Text::View part;
    if (!Text::read(thread, args[0], "removesuffix() argument must be str, not {1}", &part)) {
        return Value::null();
    }
    const bool has = hasPart(text, part, 0, text.length, true);
    return Text::slice(thread, self, 0, text.length - (has ? part.length : 0));
}

// --- replace -------------------------------------------------------------------------------------

// Replacing the empty text: `to` before each unit and at the end.
template <typename Text>
void interleave(typename Text::View text,
                typename Text::View to,
                uint64_t limit,
                typename Text::Builder* out) {
    uint64_t done = 0;
    for (uint64_t k = 0; k < text.length; ++k) {
        if (done < limit) {
            Text::append(out, to, 0, to.length);
            ++done;
        }
        out->append(static_cast<char32_t>(text.at(k)));
    }
    if (done < limit) Text::append(out, to, 0, to.length);
}

template <typename Text>
Value replaceAll(
    Thread& thread, Value self, typename Text::View from, typename Text::View to, uint64_t limit) {
    const auto text = Text::view(self);
    typename Text::Builder out(thread);
    int64_t found = limit == 0 ? -1 : Text::find(text, from, 0, text.length);
    if (found < 0) return Text::slice(thread, self, 0, text.length);
    if (from.length == 0) {
        interleave<Text>(text, to, limit, &out);
        return Value::of(out.finish());
    }
    uint64_t start = 0;
    for (uint64_t done = 0; found >= 0 && done < limit; ++done) {
        const auto at = static_cast<uint64_t>(found);
        Text::append(&out, text, start, at);
        Text::append(&out, to, 0, to.length);
        start = at + from.length;
        found = Text::find(text, from, start, text.length);
    }
    Text::append(&out, text, start, text.length);
    return Value::of(out.finish());
}

template <typename Text>
Value methodReplace(Thread& thread, Value self, const Value* args, size_t count) {
    typename Text::View from;
    typename Text::View to;
    int64_t limit = -1;
    if (!Text::read(thread, args[0], "replace() argument 1 must be str, not {1}", &from) ||
        !Text::read(thread, args[1], "replace() argument 2 must be str, not {1}", &to) ||
        (count > 2 && !toSsize(thread, args[2], &limit))) {
        return Value::null();
    }
    constexpr uint64_t kNoLimit = std::numeric_limits<uint64_t>::max();
    return replaceAll<Text>(thread, self, Text::view(args[0]), Text::view(args[1]),
                            limit < 0 ? kNoLimit : static_cast<uint64_t>(limit));
}

template <typename Text>
void addSearchMethods(Thread& thread, Type* type) {
    using enum SearchMethod;
    addMethod(thread, type, "find", methodSearch<Text, kFind>, 0, kAnyCount);
    addMethod(thread, type, "rfind", methodSearch<Text, kRfind>, 0, kAnyCount);
    addMethod(thread, type, "index", methodSearch<Text, kIndex>, 0, kAnyCount);
    addMethod(thread, type, "rindex", methodSearch<Text, kRindex>, 0, kAnyCount);
    addMethod(thread, type, "count", methodCount<Text>, 0, kAnyCount);
    addMethod(thread, type, "startswith", methodStartsWith<Text>, 0, kAnyCount);
    addMethod(thread, type, "endswith", methodEndsWith<Text>, 0, kAnyCount);
    addMethod(thread, type, "removeprefix", methodRemovePrefix<Text>, 1, 1);
    addMethod(thread, type, "removesuffix", methodRemoveSuffix<Text>, 1, 1);
    addMethod(thread, type, "replace", methodReplace<Text>, 2, 3);
}

}  // namespace tagproof
