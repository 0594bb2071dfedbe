#pragma once
// What trusted tables must fulfil: each row by itself, rows in order, and nothing that shares bytes
// with something else. verify() believes the tables it is given; call this once when they are made,
// not for each function.
//
// Not all that is assumed can be seen here: where objects, values blocks and item arrays of the
// heap lie is nowhere in the tables.

#include <string>
#include <vector>

#include "jit/verify/verify.h"

namespace tagproof::verify {

struct TableFault {
    std::string place;  // "trusted.types[1].fields[0]", as members of Trusted and SharedTables
    std::string what;   // what is wrong, and how it would be right
};

// All faults, none when the tables are as they must be. `code` (addresses [address, address +
// size)) is where the function will run; empty: not known yet. Allocates; O(n log n) in the rows.
[[nodiscard]] std::vector<TableFault> checkTables(const Trusted& trusted,
                                                  uint64_t address = 0,
                                                  size_t size = 0);

}  // namespace tagproof::verify
