#include "runtime/modules/float_info.h"

#include <cfloat>
#include <iterator>

#include "objmodel/float.h"
#include "runtime/modules/struct_sequence.h"

namespace tagproof {

Value newFloatInfo(Thread& thread) {
    static constexpr const char* kNames[] = {"max",     "max_exp",    "max_10_exp", "min",
                                             "min_exp", "min_10_exp", "dig",        "mant_dig",
                                             "epsilon", "radix",      "rounds"};
    Type* const type = newStructSequenceType(thread, {"sys.float_info", kNames, std::size(kNames)});
    if (type == nullptr) return Value::null();
    const Value items[] = {makeFloat(thread, DBL_MAX),
                           Value::fixnum(DBL_MAX_EXP),
                           Value::fixnum(DBL_MAX_10_EXP),
                           makeFloat(thread, DBL_MIN),
                           Value::fixnum(DBL_MIN_EXP),
                           Value::fixnum(DBL_MIN_10_EXP),
                           Value::fixnum(DBL_DIG),
                           Value::fixnum(DBL_MANT_DIG),
                           makeFloat(thread, DBL_EPSILON),
                           Value::fixnum(FLT_RADIX),
                           Value::fixnum(1)};
    return newStructSequence(thread, type, items, std::size(items));
}

}  // namespace tagproof
