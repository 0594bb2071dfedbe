#pragma once
// Numbers and bytes: texts of digits held in bytes, int.to_bytes and int.from_bytes.

#include <string>
#include <string_view>

#include "objmodel/bytes.h"

namespace tagproof {

// int(text, base) of an ASCII text whose blanks are spaces; messages quote `source`. New reference,
// or null with ValueError pending.
[[nodiscard]] Value intFromAscii(Thread& thread, std::string_view ascii, Value source, int base);
// The same of a bytes-like object.
[[nodiscard]] Value intFromBytes(Thread& thread, Value bytes, int base);

// float(text), as the two above; false with ValueError pending.
[[nodiscard]] bool doubleFromAscii(Thread& thread, std::string ascii, Value source, double* out);
[[nodiscard]] bool doubleFromBytes(Thread& thread, Value bytes, double* out);

void addIntBytesMethods(Thread& thread, Type* type);  // to_bytes, from_bytes

}  // namespace tagproof
