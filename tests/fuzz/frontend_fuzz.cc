// Any bytes are a program to the front end: it must end, with valid bytecode or a diagnostic.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "runtime/frontend/compile_unit.h"

namespace {

using namespace tagproof::frontend;

void checkUnit(const CodeUnit& unit) {
    if (!tagproof::validateBytecode(viewOf(unit)).empty()) std::abort();
    for (const auto& child : unit.children) checkUnit(*child);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0) return 0;
    constexpr CompileMode kModes[] = {CompileMode::kModule, CompileMode::kExpression,
                                      CompileMode::kNamespace, CompileMode::kInteractive};
    const std::string_view source(reinterpret_cast<const char*>(data + 1), size - 1);
    Arena arena;
    Diagnostics diagnostics;
    const auto unit = compileUnit(arena, source, "<fuzz>", kModes[data[0] & 3], diagnostics);
    if (unit != nullptr) checkUnit(*unit);
    if (unit == nullptr && diagnostics.empty()) std::abort();
    return 0;
}
