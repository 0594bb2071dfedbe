#pragma once
// Where an object keeps its words of __slots__: at an offset that its type says, or, in instances
// of subclasses of str, whose characters stand there, behind the characters. Of those the offsets
// in types and descriptors count as if there were no characters.

#include "objmodel/str.h"

namespace tagproof {

// Bytes from the start of a str to its words of __slots__.
[[nodiscard]] inline size_t slotWordsOfStr(const Str* text) {
    constexpr size_t kWord = sizeof(Value);
    const size_t end = sizeof(Str) + (text->length + 1) * text->kind;
    return (end + kWord - 1) / kWord * kWord;
}

// The first word; requires that the type has some.
[[nodiscard]] inline Value* slotWords(Object* object) {
    const Type* const type = object->type;
    const size_t offset = hasFlag(type, kTypeIsStr)
                              ? slotWordsOfStr(reinterpret_cast<const Str*>(object))
                              : type->slots_begin;
    return reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + offset);
}

}  // namespace tagproof
