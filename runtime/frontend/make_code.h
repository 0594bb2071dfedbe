#pragma once
// Code objects from code units: names are interned, constants become objects.

#include <string_view>

#include "objmodel/value.h"
#include "runtime/frontend/code_unit.h"

namespace tagproof {
struct Thread;
}

namespace tagproof::frontend {

// New reference to the Code of `unit` and, as its constants, of the units inside. Takes the
// instructions out of the units. Null + pending exception when an object cannot be made.
[[nodiscard]] Value makeCode(Thread& thread, CodeUnit& unit, std::string_view filename);

}  // namespace tagproof::frontend
