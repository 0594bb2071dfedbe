// What the other proofs assume of sums, products and summaries.

#include <fmt/format.h>

#include "jit/verify/scan.h"
#include "symbolic/domain.h"
#include "tests/soundness/transfer/proofs.h"
#include "tests/soundness/transfer/scalar_scan.h"

namespace tagproof::soundness {
namespace {

using symbolic::Symbol;
using Exact = Explorer::Exact;
using Answer = std::optional<std::string>;

Answer unless(bool is_valid, const char* text) {
    if (is_valid) return std::nullopt;
    return text;
}

// Over all integers, of which the exact results are some.
Answer monotoneSums(Workbench& bench) {
    z3::context& context = bench.explorer.context();
    const z3::expr a = context.int_const("a");
    const z3::expr b = context.int_const("b");
    const z3::expr c = context.int_const("c");
    const z3::expr d = context.int_const("d");
    const z3::expr premise = a <= c && b <= d;
    const bool ok = bench.explorer.isValid(z3::implies(premise, a + b <= c + d), "QF_LIA") &&
                    bench.explorer.isValid(z3::implies(premise, a - d <= c - b), "QF_LIA");
    return unless(ok, "sums or differences are not monotone");
}

// Over all real numbers.
Answer monotoneProducts(Workbench& bench) {
    z3::context& context = bench.explorer.context();
    const z3::expr a = context.real_const("a");
    const z3::expr b = context.real_const("b");
    const z3::expr c = context.real_const("c");
    const z3::expr d = context.real_const("d");
    const z3::expr premise = a >= 0 && b >= 0 && a <= c && b <= d;
    return unless(bench.explorer.isValid(z3::implies(premise, a * b <= c * d), "QF_NRA"),
                  "products are not monotone");
}

Answer lowBits(Workbench& bench) {
    const z3::expr a = bench.explorer.variable("a", 64);
    const z3::expr b = bench.explorer.variable("b", 64);
    for (const Exact function : {Exact::kSum, Exact::kDifference, Exact::kProduct}) {
        const Explorer::Operands one{a, b, Explorer::definition(function, a, b)};
        if (bench.explorer.isValid(Explorer::lowBits(function, one), "QF_BV")) continue;
        return "a result's low bits are not those of the low bits' result";
    }
    return std::nullopt;
}

// The conditions behind a difference, as cpu.h has them, are those of its flags.
Answer conditionsOfDifferences(Workbench& bench) {
    for (const unsigned bits : {8U, 32U, 64U}) {
        const z3::expr a = bench.explorer.variable("a", bits);
        const z3::expr b = bench.explorer.variable("b", bits);
        Cpu cpu(bench.explorer);
        cpu.computes_all = true;
        const z3::expr difference = cpu.subtract(a, b);
        const bool ok = bench.explorer.isValid(
            cpu.less == (cpu.sign != cpu.overflow) && cpu.zero == (difference == 0), "QF_BV");
        if (!ok) return fmt::format("conditions of differences of {} bits", bits);
    }
    return std::nullopt;
}

Answer ranges(Workbench& bench) {
    Explorer& explorer = bench.explorer;
    return explorer.explore([&] {
        const auto lo = Symbol<int64_t>::of(explorer.variable("lo", 64));
        const auto hi = Symbol<int64_t>::of(explorer.variable("hi", 64));
        const z3::expr word = explorer.variable("word", 64);
        explorer.assume(lo.expr() <= word && word <= hi.expr());
        const z3::expr low = symbolic::rangeLowText(lo, hi).expr();
        const z3::expr pattern = z3::zext(word.extract(2, 0), 5);
        explorer.claim(z3::lshr(low, pattern).extract(0, 0) == 1 &&
                           low == symbolic::symbolicRangeLowDefinition(lo.expr(), hi.expr()),
                       [=](const z3::model& model) {
                           return fmt::format("{} in [{}, {}] has no pattern of {}",
                                              inWords(model, word), inWords(model, lo.expr()),
                                              inWords(model, hi.expr()), inWords(model, low));
                       });
    });
}

// The patterns of (pattern p) op (a pattern in b).
unsigned imageOf(unsigned op, unsigned p, unsigned b) {
    unsigned image = 0;
    for (unsigned q = 0; q < 8; ++q) image |= (b >> q & 1) << symbolic::patternOf(op, p, q);
    return image;
}

Answer patternsOf(unsigned op, unsigned b) {
    unsigned images[8];
    for (unsigned p = 0; p < 8; ++p) images[p] = imageOf(op, p, b);
    for (unsigned a = 0; a < 256; ++a) {
        unsigned expected = 0;
        for (unsigned p = 0; p < 8; ++p) expected |= (a >> p & 1) * images[p];
        if (symbolic::lowOfResultAsWritten(op, a, b).value != expected) {
            return fmt::format("operation {} of the pattern sets {:#x} and {:#x}", op, a, b);
        }
    }
    return std::nullopt;
}

Answer patterns(Workbench&) {
    using symbolic::Op;
    for (const Op op : {Op::kADD, Op::kSUB, Op::kAND, Op::kOR, Op::kXOR, Op::kMUL}) {
        for (unsigned b = 0; b < 256; ++b) {
            Answer answer = patternsOf(op, b);
            if (answer) return answer;
        }
    }
    return std::nullopt;
}

// Each place of a scan alone, every value of a byte, and words that differ in one bit: places do
// not depend on one another.
Answer scans(Workbench&) {
    constexpr unsigned kPlaces = symbolic::kScanned;
    for (unsigned place = 0; place < kPlaces; ++place) {
        for (unsigned number = 0; number < 256; ++number) {
            uint8_t bytes[kPlaces] = {};
            bytes[place] = static_cast<uint8_t>(number);
            if (verify::findSet(bytes) != symbolic::findSet(bytes)) return "findSet";
        }
        for (unsigned bit = 0; bit < 32; ++bit) {
            uint32_t zeros[kPlaces] = {};
            uint32_t words[kPlaces] = {};
            words[place] = 1U << bit;
            for (const uint32_t symbol : {0U, 1U << bit, ~(1U << bit)}) {
                const unsigned first = symbolic::findSymbol(words, zeros, symbol);
                const unsigned second = symbolic::findSymbol(zeros, words, symbol);
                if (verify::findSymbol(words, zeros, symbol) != first) return "findSymbol";
                if (verify::findSymbol(zeros, words, symbol) != second) return "findSymbol";
            }
        }
    }
    return std::nullopt;
}

// mapImage and mapPreimage: for all maps and sets at once.
Answer maps(Workbench& bench) {
    Explorer& explorer = bench.explorer;
    return explorer.explore([&] {
        const auto map = Symbol<uint32_t>::of(explorer.variable("map", 32));
        const auto set = Symbol<uint8_t>::of(explorer.variable("set", 8));
        const z3::expr p = explorer.variable("pattern", 3);
        const z3::expr at = z3::zext(p, 29) * explorer.number(3, 32);
        const z3::expr q = z3::lshr(map.expr(), at).extract(2, 0);
        const auto contains = [](const z3::expr& of, const z3::expr& pattern) {
            return z3::lshr(of, z3::zext(pattern, 5)).extract(0, 0) == 1;
        };
        const z3::expr image = symbolic::mapImageText(map, set).expr();
        const z3::expr preimage = symbolic::mapPreimageText(map, set).expr();
        explorer.claim(z3::implies(contains(set.expr(), p), contains(image, q)) &&
                           contains(preimage, p) == contains(set.expr(), q) &&
                           image == symbolic::mapImage(map, set).expr() &&
                           preimage == symbolic::mapPreimage(map, set).expr(),
                       [=](const z3::model& model) {
                           return fmt::format("map {} of {}", inWords(model, map.expr()),
                                              inWords(model, set.expr()));
                       });
    });
}

}  // namespace

std::vector<Proof> lemmaProofs() {
    return {
        {"lemma: sums and differences are monotone", Method::kLemma, true, monotoneSums},
        {"lemma: products are monotone", Method::kLemma, true, monotoneProducts},
        {"lemma: low bits of sums, differences, products", Method::kLemma, true, lowBits},
        {"lemma: conditions of differences", Method::kLemma, true, conditionsOfDifferences},
        {"rangeLow", Method::kPaths, true, ranges},
        {"lowOfResult", Method::kCases, true, patterns},
        {"findSymbol, findSet", Method::kCases, true, scans},
        {"mapImage, mapPreimage", Method::kPaths, true, maps},
    };
}

}  // namespace tagproof::soundness
