#pragma once
// What a mnemonic of the second decoder means in the terms of jit/verify: its family and operation.
// The expectation for the last two columns of rules.def, written down a second time.

#include <cstdint>
#include <string>
#include <string_view>

#include "jit/verify/decode.h"

namespace tagproof::soundness {

struct Meaning {
    bool is_known = false;
    verify::Family family = verify::Family::kFault;
    uint8_t op = 0;
};

// `condition`: the condition code of the encoding, above 15: none.
[[nodiscard]] Meaning meaningOf(std::string_view mnemonic, uint8_t condition);

// What an instruction of a family does with its operands, as decode.h and rules.def describe it.
struct Effects {
    bool writes_first = false;   // operand 1
    bool writes_second = false;  // operand 2
    bool reads_first = false;
    bool writes_flags = false;
    uint16_t implicit_writes = 0;  // general registers by number
};
[[nodiscard]] Effects effectsOf(const verify::Instruction& instruction);

}  // namespace tagproof::soundness
