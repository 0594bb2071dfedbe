#pragma once
// What the trusted tables of a manifest must fulfil, so that none of their rows hides, contradicts
// or reaches into another. Of what our own runtime fills in this is true by construction.

#include "jit/verify/verify.h"

namespace tagproof::cli {

// Throws DocumentError at the first row that is not as it must be.
void checkTables(const verify::Trusted& trusted);

}  // namespace tagproof::cli
