// Vector registers are opaque: whatever leaves them for a general register or a stack word is an
// integer, which is never a base and never a value unless its low bits say so.

#include "jit/verify/machine.h"

namespace tagproof::verify {
namespace {

// The operand that is memory, or 3.
unsigned memoryOperand(const Instruction& in) {
    for (unsigned k = 0; k < 3; ++k) {
        if (((in.form >> (3 * k)) & 7) == kMem) return k;
    }
    return 3;
}

}  // namespace

void Machine::vectorMove(const Instruction& in) {
    const unsigned memory = memoryOperand(in);
    if (memory == 0) {
        store(address(in), in.width, anyInteger(), StoreKind::kVector);
    } else if (memory < 3) {
        static_cast<void>(load(address(in), in.width));
    }
}

void Machine::vectorArith(const Instruction& in) {
    if (memoryOperand(in) < 3) static_cast<void>(load(address(in), in.width));
}

void Machine::vectorToInt(const Instruction& in) {
    if (memoryOperand(in) < 3) static_cast<void>(load(address(in), in.width));
    writeRegister(in.reg[0], in.width, anyInteger());
}

void Machine::vectorCompare(const Instruction& in) {
    if (memoryOperand(in) < 3) static_cast<void>(load(address(in), in.width));
    flags_.op = Comparison::Op::kNone;
}

}  // namespace tagproof::verify
