#pragma once
// Would the comparison notice? Records of decode() are spoiled in every way that matters, one field
// at a time, and each must be found different from the second decoder's reading.

#include <cstdint>
#include <map>
#include <string>

#include "tests/soundness/encodings/compare.h"

namespace tagproof::soundness {

class Teeth {
  public:
    // `c`: a case that compares equal.
    void bite(const Case& c);

    uint64_t spoiled = 0;
    std::map<std::string, uint64_t> missed;  // by what was spoiled, and the row
};

}  // namespace tagproof::soundness
