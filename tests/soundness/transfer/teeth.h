#pragma once
// Would a wrong operator be noticed? The rows of spoils.def, in their order: Explorer::spoil is a
// row's number, from 1.

#include <span>

namespace tagproof::soundness {

struct Spoil {
    const char* name;
    const char* proof;  // that must fail
};
[[nodiscard]] std::span<const Spoil> spoils();

}  // namespace tagproof::soundness
