#pragma once
// Texts to bytes and back: UTF-8, ASCII and Latin-1 with CPython's error handlers. Encodings are
// named as in CPython, aliases included; others are LookupError "unknown encoding: x".

#include <optional>
#include <string>
#include <string_view>

#include "objmodel/bytes.h"
#include "objmodel/str.h"

namespace tagproof {

// The optional arguments `encoding` and `errors` of str, bytes, encode and decode.
struct CodecArguments {
    std::string encoding = "utf-8";
    std::string errors = "strict";
};
// Values null = not given. False with TypeError "<function>() argument 'encoding' must be str, not
// int", or ValueError for a NUL, pending.
[[nodiscard]] bool readCodecArguments(
    Thread& thread, const char* function, Value encoding, Value errors, CodecArguments* out);

// New reference, or null with UnicodeEncodeError, LookupError or MemoryError pending.
[[nodiscard]] Value encodeStr(Thread& thread, Str* text, const CodecArguments& arguments);
// `bytes` is bytes-like. New reference, or null with UnicodeDecodeError, LookupError or MemoryError
// pending.
[[nodiscard]] Value decodeBytes(Thread& thread, Value bytes, const CodecArguments& arguments);

}  // namespace tagproof
