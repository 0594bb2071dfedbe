#pragma once
// The immortal objects that a heap has exactly one of, and the interned names that C++ code uses.

#include "objmodel/value.h"

namespace tagproof {

struct Str;
struct Thread;

// Interned, immortal strings: one per row of names.def and per special method.
struct Names {
#define NAME(field, text) Str* field = nullptr;
#include "objmodel/names.def"
#undef NAME
#define SPECIAL_METHOD(field, text, group, argument) Str* field = nullptr;
#include "objmodel/special_methods.def"
#undef SPECIAL_METHOD
};

struct Singletons {
    Value none;
    Value true_;   // NOLINT(readability-identifier-naming): `true` is a keyword
    Value false_;  // NOLINT(readability-identifier-naming)
    Value not_implemented;
    Value ellipsis;
    Value empty_tuple;
    Value empty_str;
    Value empty_frozenset;
    Value empty_bytes;
    Value byte_bytes[256];  // bytes of length 1
    Names names;
};

}  // namespace tagproof
