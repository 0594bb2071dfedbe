#pragma once
// What the algorithms that str and bytes share (text_search.h, text_split.h, text_layout.h) need to
// know of either: how to look at a text, at an argument, and how to make a result.
//
// A View borrows: it is read before guest code runs, or from an immutable object that lives.

#include <cstdint>

#include "objmodel/bytes.h"
#include "objmodel/bytes_builder.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/str.h"
#include "objmodel/str_builder.h"
#include "objmodel/str_unicode.h"
#include "objmodel/type_object.h"

namespace tagproof {

// The count of arguments of methods that CPython parses itself, in the words of its parser. False +
// TypeError.
[[nodiscard]] bool checkSearchCount(Thread& thread, const char* name, size_t count);
// The type of an argument as CPython's argument parser says it: of None, just that.
[[nodiscard]] std::string argumentTypeName(const Thread& thread, Value value);

struct StrText {
    struct View {
        Str* text = nullptr;
        uint64_t length = 0;

        [[nodiscard]] char32_t at(uint64_t index) const { return text->at(index); }
    };
    struct Needle {
        View view;
    };
    using Builder = StrBuilder;
    static constexpr const char* kName = "str";
    static constexpr const char* kNotFound = "substring not found";

    [[nodiscard]] static bool accepts(Value value) { return isStr(value); }
    [[nodiscard]] static View view(Value text) { return {text.as<Str>(), text.as<Str>()->length}; }
    // `message` has places for the type's name, {0}, or the same as argumentTypeName, {1}. False +
    // TypeError.
    [[nodiscard]] static bool read(Thread& thread, Value value, const char* message, View* out);
    // The first argument of find, index and count.
    [[nodiscard]] static bool readNeedle(Thread& thread, Value value, Needle* out) {
        return read(thread, value, "must be str, not {0}", &out->view);
    }
    // The second argument of center and its kin; false + TypeError.
    [[nodiscard]] static bool readFill(Thread& thread,
                                       const char* name,
                                       Value value,
                                       char32_t* out);
    // text[begin:end]; new reference, or null + pending.
    [[nodiscard]] static Value slice(Thread& thread, Value text, uint64_t begin, uint64_t end) {
        return Value::of(sliceStr(thread, text.as<Str>(), begin, end));
    }
    [[nodiscard]] static Value empty(Thread& thread) { return Value::of(makeEmptyStr(thread)); }
    [[nodiscard]] static int64_t find(View text, View part, uint64_t begin, uint64_t end) {
        return findStr(text.text, part.text, begin, end);
    }
    [[nodiscard]] static int64_t rfind(View text, View part, uint64_t begin, uint64_t end) {
        return rfindStr(text.text, part.text, begin, end);
    }
    static void append(Builder* out, View text, uint64_t begin, uint64_t end) {
        out->append(text.text, begin, end);
    }
    [[nodiscard]] static bool isSpace(char32_t c) { return isSpaceChar(c); }
    [[nodiscard]] static bool isLineBreak(char32_t c) {
        return hasCharFlag(c, unicode::kLineBreak);
    }
};

struct BytesText {
    using View = BufferView;
    struct Needle {
        View view;
        uint8_t byte = 0;  // what `view` shows of an int
    };
    using Builder = BytesBuilder;
    static constexpr const char* kName = "bytes";
    static constexpr const char* kNotFound = "subsection not found";

    [[nodiscard]] static bool accepts(Value value) { return isBytesLike(value); }
    [[nodiscard]] static View view(Value text) { return bufferOf(text); }
    [[nodiscard]] static bool read(Thread& thread, Value value, const char*, View* out) {
        return readBuffer(thread, value, out);
    }
    // `out` stays where it is.
    [[nodiscard]] static bool readNeedle(Thread& thread, Value value, Needle* out);
    [[nodiscard]] static bool readFill(Thread& thread,
                                       const char* name,
                                       Value value,
                                       char32_t* out);
    [[nodiscard]] static Value slice(Thread& thread, Value text, uint64_t begin, uint64_t end) {
        return Value::of(sliceBytes(thread, text.as<Bytes>(), begin, end));
    }
    [[nodiscard]] static Value empty(Thread& thread) {
        return Value::of(makeBytes(thread, nullptr, 0));
    }
    [[nodiscard]] static int64_t find(View text, View part, uint64_t begin, uint64_t end) {
        return findBytes(text, part, begin, end);
    }
    [[nodiscard]] static int64_t rfind(View text, View part, uint64_t begin, uint64_t end) {
        return rfindBytes(text, part, begin, end);
    }
    static void append(Builder* out, View text, uint64_t begin, uint64_t end) {
        if (begin < end) out->append({text.data + begin, end - begin});
    }
    [[nodiscard]] static bool isSpace(char32_t c) { return c == U' ' || (c >= 9 && c <= 13); }
    [[nodiscard]] static bool isLineBreak(char32_t c) { return c == U'\n' || c == U'\r'; }
};

}  // namespace tagproof
