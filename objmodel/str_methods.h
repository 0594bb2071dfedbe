#pragma once
// The methods of str, by family: each function registers its own, while the type is set up.

#include "objmodel/type.h"

namespace tagproof {

struct Thread;

void addStrSearchMethods(Thread& thread, Type* type);  // find, count, startswith, replace, ...
void addStrSplitMethods(Thread& thread, Type* type);   // split, splitlines, join, partition, ...
void addStrCaseMethods(Thread& thread, Type* type);    // upper, title, casefold, ...
void addStrTestMethods(Thread& thread, Type* type);    // isalpha, isidentifier, ...
void addStrLayoutMethods(Thread& thread, Type* type);  // strip, center, zfill, translate, ...
void addStrFormatMethods(Thread& thread, Type* type);  // format, format_map

}  // namespace tagproof
