// The sequences that jit/verify's own tests write by hand: each accepting case is recorded instead
// of being checked. They are short, so that inputs reach all of them.

#include <gtest/gtest.h>

#include "jit/verify/verify_test_support.h"
#include "tests/soundness/mutants/corpus.h"

namespace tagproof::verify::testing {
namespace {

struct Recorder {
    soundness::Corpus* corpus = nullptr;
};

Recorder& recorder() {
    static Recorder made;
    return made;
}

void recordCase(const Case& c) {
    World world;
    world.trusted.entry = c.entry;
    const auto same = [](uint64_t address) { return address; };
    Bytes code = assemble([&c](x86::Assembler& a) {
        Emit emit(a);
        c.body(emit);
        emit.finish();
    });
    soundness::add(*recorder().corpus,
                   {std::string("sequence ") + c.name, std::move(code),
                    std::make_unique<soundness::OwnedTables>(world.trusted, same)});
}

}  // namespace
}  // namespace tagproof::verify::testing

#define expectAccepted recordCase             // NOLINT(readability-identifier-naming)
#include "jit/verify/accept_numbers_test.cc"  // NOLINT(bugprone-suspicious-include)
#include "jit/verify/accept_objects_test.cc"  // NOLINT(bugprone-suspicious-include)
#undef expectAccepted

namespace tagproof::soundness {

void addHandWritten(Corpus& corpus) {
    verify::testing::recorder().corpus = &corpus;
    int count = 1;
    char name[] = "sequences";
    char* arguments[] = {name, nullptr};
    ::testing::InitGoogleTest(&count, arguments);
    auto& listeners = ::testing::UnitTest::GetInstance()->listeners();
    delete listeners.Release(listeners.default_result_printer());
    if (RUN_ALL_TESTS() != 0) corpus.rejected.emplace_back("a test of the verifier failed");
}

}  // namespace tagproof::soundness
