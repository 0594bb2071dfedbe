#pragma once
// The methods of bytes, by family: each function registers its own, while the type is set up. What
// str has too is shared with it: objmodel/text_search.h, text_split.h and text_layout.h.

#include "objmodel/type.h"

namespace tagproof {

struct Thread;

void addBytesMethods(Thread& thread, Type* type);      // all of them
void addBytesCaseMethods(Thread& thread, Type* type);  // upper, title, ... isalpha, islower, ...

}  // namespace tagproof
