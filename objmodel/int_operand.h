#pragma once
// An Int seen as a GMP number, without copying: the limbs of a BigInt, or one limb here for a
// fixnum or bool. And MpzTemp, a GMP number that clears itself.

#include <gmp.h>

#include "objmodel/int.h"
#include "objmodel/thread.h"

namespace tagproof {

class IntOperand {
  public:
    // `integer` is an Int and outlives this.
    IntOperand(const Thread& thread, Value integer);
    IntOperand(const IntOperand&) = delete;
    IntOperand& operator=(const IntOperand&) = delete;

    [[nodiscard]] mpz_srcptr get() const { return number_; }

  private:
    mp_limb_t limb_ = 0;  // magnitude of a fixnum
    mpz_t view_;          // read-only number over limb_ or the BigInt's limbs
    mpz_srcptr number_;   // view_
};

class MpzTemp {
  public:
    MpzTemp() { mpz_init(number_); }
    MpzTemp(const MpzTemp&) = delete;
    MpzTemp& operator=(const MpzTemp&) = delete;
    ~MpzTemp() { mpz_clear(number_); }

    [[nodiscard]] mpz_ptr get() { return number_; }

  private:
    mpz_t number_;  // owned limbs
};

// False with MemoryError pending when a result of `bits` bits is not worth trying.
[[nodiscard]] bool checkIntBits(Thread& thread, uint64_t bits);
// `quotient` * 2^exponent, plus less than one unit of the last place when `sticky`, as the nearest
// double (ties to even); infinity when too large. quotient < 2^63.
[[nodiscard]] double roundScaled(uint64_t quotient, bool sticky, int64_t exponent);
// An instance of `type` (int or a subclass) with the number of `integer` (an Int).
[[nodiscard]] Value newIntOfType(Thread& thread, Type* type, Value integer);

}  // namespace tagproof
