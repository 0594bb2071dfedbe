#include "runtime/frontend/compile.h"

#include "runtime/frontend/compile_unit.h"
#include "runtime/frontend/make_code.h"

namespace tagproof::frontend {

Value compileSource(Thread& thread,
                    std::string_view source,
                    std::string_view filename,
                    CompileMode mode,
                    Diagnostics& diagnostics) {
    Arena arena;
    const std::unique_ptr<CodeUnit> unit = compileUnit(arena, source, filename, mode, diagnostics);
    return unit == nullptr ? Value::null() : makeCode(thread, *unit, filename);
}

Value compileEntry(Thread& thread,
                   std::string_view source,
                   std::string_view filename,
                   bool is_whole,
                   Diagnostics& diagnostics,
                   EntryState& state) {
    Arena arena;
    const std::unique_ptr<CodeUnit> unit =
        compileEntryUnit(arena, source, filename, is_whole, diagnostics, state);
    return unit == nullptr ? Value::null() : makeCode(thread, *unit, filename);
}

}  // namespace tagproof::frontend
