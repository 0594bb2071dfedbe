// str: find, index, count, startswith, replace, removeprefix and their kin.

#include "objmodel/str_methods.h"
#include "objmodel/text_search.h"

namespace tagproof {

void addStrSearchMethods(Thread& thread, Type* type) { addSearchMethods<StrText>(thread, type); }

}  // namespace tagproof
