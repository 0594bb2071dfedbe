// Functions that asmjit's Compiler writes must all be proven: no false rejects under any register
// pressure.

#include "jit/verify/random_program_test_support.h"

namespace tagproof::verify::testing {
namespace {

struct Shape {
    unsigned count;
    unsigned size;
    unsigned pressure;

    friend void PrintTo(const Shape& shape, std::ostream* out) {
        *out << shape.count << " programs";
    }
};

class RandomPrograms : public ::testing::TestWithParam<Shape> {};

TEST_P(RandomPrograms, AreProven) {
    for (uint32_t seed = 0; seed < GetParam().count; ++seed) {
        RandomProgram program(seed, GetParam().size, GetParam().pressure);
        const Verdict verdict = run(program.world(), program.code());
        if (verdict.ok) continue;
        FAIL() << "seed " << seed << "\n"
               << toString(verdict.violations[0]) << "\n"
               << listing(program.world(), program.code());
    }
}

INSTANTIATE_TEST_SUITE_P(Pressure,
                         RandomPrograms,
                         ::testing::Values(Shape{200, 4, 4},
                                           Shape{200, 8, 6},
                                           Shape{100, 16, 10},
                                           Shape{50, 30, 16},
                                           Shape{30, 40, 24},
                                           Shape{15, 60, 40},
                                           Shape{10, 100, 12}),
                         [](const auto& parameter) {
                             return "Size" + std::to_string(parameter.param.size) + "Pressure" +
                                    std::to_string(parameter.param.pressure);
                         });

}  // namespace
}  // namespace tagproof::verify::testing
