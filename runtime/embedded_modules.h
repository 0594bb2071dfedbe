#pragma once
// The standard-library modules that are written in Python: the files of runtime/stdlib, which the
// build puts into the library (tools/cmake/EmbedModules.cmake). They are found behind sys.path, as
// CPython's own are: a program's module of the same name comes first.

#include <span>
#include <string_view>

namespace tagproof {

struct EmbeddedModule {
    std::string_view name;  // "collections.abc"
    bool is_package;
    std::string_view text;  // its source, UTF-8
};

[[nodiscard]] std::span<const EmbeddedModule> embeddedModules();

// The module of a name; null when there is none.
[[nodiscard]] inline const EmbeddedModule* findEmbeddedModule(std::string_view name) {
    for (const EmbeddedModule& module : embeddedModules()) {
        if (module.name == name) return &module;
    }
    return nullptr;
}

}  // namespace tagproof
