// Explanations: the proof beside each write, the path that leads to each violation, all violations.

#include "jit/verify/explain.h"

#include <gmock/gmock.h>

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

struct Explained {
    Bytes code;
    size_t marked = 0;  // offset of the instruction after Emit::fault()
    Verdict verdict;
    Explanation explanation;

    const ExplainedLine& markedLine() const {
        for (const ExplainedLine& line : explanation.lines) {
            if (line.offset == marked) return line;
        }
        return explanation.lines.front();
    }
};

Explained explained(const std::function<void(Emit&)>& body, Detail detail = Detail::kStates) {
    const World world;
    Explained result;
    result.code = assemble([&](Assembler& a) {
        Emit emit(a);
        body(emit);
        emit.finish();
        result.marked = emit.fault_offset;
    });
    result.explanation =
        inferAndExplain(result.code, kCodeAddress, world.trusted, detail, result.verdict);
    return result;
}

// One write of each class, and what is said of it.
struct WriteCase {
    const char* name;
    std::function<void(Emit&)> body;
    WriteClass write;
    const char* place;
    const char* row;
    const char* word;
};
std::ostream& operator<<(std::ostream& out, const WriteCase& c) { return out << c.name; }

class WriteProofs : public ::testing::TestWithParam<WriteCase> {};

TEST_P(WriteProofs, NameRegionRangeAndRow) {
    const WriteCase& expected = GetParam();
    const Explained got = explained([&](Emit& e) {
        expected.body(e);
        e.returnNone();
    });
    ASSERT_TRUE(got.verdict.ok) << listingOf(got.explanation, got.verdict, {});
    const std::optional<WriteProof>& proof = got.markedLine().write;
    ASSERT_TRUE(proof.has_value());
    EXPECT_EQ(proof->write, expected.write);
    EXPECT_EQ(placeOf(*proof), expected.place);
    EXPECT_EQ(proof->row, expected.row);
    EXPECT_EQ(proof->word, expected.word);
}

const WriteCase kWrites[] = {
    {"Push",
     [](Emit& e) {
         e.fault(), e.a.push(rsi);
         e.a.pop(rsi);
     },
     WriteClass::kStack, "own frame [-8, 0)", "the frame is [-8, 0) from the return address",
     "rsi is VALUE#1"},
    {"Spill",
     [](Emit& e) {
         e.a.sub(rsp, 24);
         e.fault(), e.a.mov(qword_ptr(rsp, 8), rdx);
         e.a.add(rsp, 24);
     },
     WriteClass::kStack, "own frame [-16, -8)", "the frame is [-24, 0) from the return address",
     "rdx is VALUE#2"},
    {"Count",
     [](Emit& e) {
         e.guardObject(rsi);
         e.fault(), e.a.inc(dword_ptr(rsi));
     },
     WriteClass::kRefcount, "object of unknown type [0, 4)", "head: count of 4 bytes at +0x0",
     "the result of inc"},
    {"CountOfConstant",
     [](Emit& e) {
         e.a.mov(rax, kPoint);
         e.fault(), e.a.inc(dword_ptr(rax));
     },
     WriteClass::kRefcount, "object of type Point [0, 4)", "head: count of 4 bytes at +0x0",
     "the result of inc"},
    {"Field",
     [](Emit& e) {
         e.guardType(rsi, kSlotsType);
         e.fault(), e.a.mov(qword_ptr(rsi, 0x28), rdx);
     },
     WriteClass::kObjectField, "object of type Slots [40, 48)",
     "field at +0x20: 2 x value-or-null, writable", "rdx is VALUE#2"},
    {"Values",
     [](Emit& e) {
         e.guardType(rsi, kPointType);
         e.loadSlot(rcx, rsi);
         e.fault(), e.a.mov(qword_ptr(rcx, 1 + 8), rdx);
     },
     WriteClass::kValues, "values block of type Point [8, 16)", "values: at least 4 words",
     "rdx is VALUE#2"},
    {"Cell",
     [](Emit& e) {
         e.a.mov(rax, kValueCell);
         e.fault(), e.a.mov(qword_ptr(rax, 8), rdx);
     },
     WriteClass::kValueCell, "cell [4294979592, 4294979600)",
     "cell at 0x100003000: 32 bytes of value-or-null, writable", "rdx is VALUE#2"},
    {"RawCell",
     [](Emit& e) {
         e.a.mov(rax, kCounter);
         e.fault(), e.a.mov(dword_ptr(rax), 5);
     },
     WriteClass::kRawCell, "cell [4294980096, 4294980100)",
     "cell at 0x100003200: 4 bytes of int, writable", "the number 5"},
    {"Thread", [](Emit& e) { e.fault(), e.a.mov(qword_ptr(rdi, layout::kThreadCallee), rsi); },
     WriteClass::kThreadValue, "thread [24, 32)", "field at +0x18: value, writable",
     "rsi is VALUE#1"},
    {"ThreadCounter",
     [](Emit& e) { e.fault(), e.a.inc(dword_ptr(rdi, layout::kThreadRecursionDepth)); },
     WriteClass::kThreadRaw, "thread [4, 8)", "field at +0x4: int of 4 bytes, writable",
     "the result of inc"},
    {"ExitWord",
     [](Emit& e) { e.fault(), e.a.mov(qword_ptr(rdi, layout::kThreadDeoptValues + 16), rsi); },
     WriteClass::kExitWord, "exit buffer [6192, 6200)",
     "word 2 of the exit buffer, at +0x1820 of the thread", "rsi is VALUE#1"},
};

std::string nameOf(const ::testing::TestParamInfo<WriteCase>& test) { return test.param.name; }

INSTANTIATE_TEST_SUITE_P(Classes, WriteProofs, ::testing::ValuesIn(kWrites), nameOf);

TEST(Explanation, EveryClassOfWriteIsExplained) {
    std::vector<bool> seen(kWriteClassCount);
    for (const WriteCase& one : kWrites) seen[static_cast<size_t>(one.write)] = true;
    EXPECT_THAT(seen, Not(::testing::Contains(false)));
}

TEST(Explanation, IndexedWritesHaveTheirRange) {
    const Explained got = explained([](Emit& e) {
        e.guardType(rsi, kPointType);
        e.loadSlot(rcx, rsi);
        e.a.and_(edx, 3);
        e.a.mov(rax, kNone);
        e.fault(), e.a.mov(qword_ptr(rcx, rdx, 3, 1), rax);
        e.returnNone();
    });
    ASSERT_TRUE(got.verdict.ok) << listingOf(got.explanation, got.verdict, {});
    ASSERT_TRUE(got.markedLine().write.has_value());
    EXPECT_EQ(placeOf(*got.markedLine().write), "values block of type Point [0, 32)");
    EXPECT_THAT(got.markedLine().write->base, HasSubstr("plus 8 x rdx is INT[0,3]"));
}

TEST(Explanation, AsManyWritesAreExplainedAsAreCounted) {
    const Explained got = explained([](Emit& e) {
        e.guardHeap(rsi);
        e.incref(rdx);
        e.storeExit(0, rdx);
        e.a.cmp(qword_ptr(rdi, layout::kThreadPending), 0);  // reads only
        e.decref(rdx);
        e.returnNone();
    });
    ASSERT_TRUE(got.verdict.ok);
    uint64_t counted[kWriteClassCount] = {};
    for (const ExplainedLine& line : got.explanation.lines) {
        if (line.write) ++counted[static_cast<size_t>(line.write->write)];
    }
    for (uint32_t k = 0; k < kWriteClassCount; ++k) {
        EXPECT_EQ(counted[k], got.verdict.statistics.writes[k]) << k;
    }
}

TEST(Explanation, StatesAreThereWhenAskedFor) {
    const auto body = [](Emit& e) { e.returnNone(); };
    const Explained with = explained(body);
    EXPECT_THAT(toString(with.explanation.lines[0].state, true), HasSubstr("rdi=THREAD+0"));
    const Explained without = explained(body, Detail::kWrites);
    EXPECT_THAT(without.explanation.lines, IsEmpty());  // nothing writes
}

TEST(Explanation, NamesHelpersAndTypes) {
    const Explained got = explained([](Emit& e) {
        e.guardType(rsi, kPointType);
        e.returnNone();
    });
    std::string names;
    for (const ExplainedLine& line : got.explanation.lines) names += line.name + ";";
    EXPECT_THAT(names, HasSubstr("type Point"));
    EXPECT_THAT(names, HasSubstr("opResume"));
    EXPECT_EQ(got.explanation.helpers, std::vector<uint64_t>{kOpResume});
}

// --- paths ---------------------------------------------------------------------------------------

TEST(Paths, ThroughTakenAndPassedBranches) {
    const Explained got = explained([](Emit& e) {
        const asmjit::Label other = e.a.newLabel();
        e.a.test(sil, 7);
        e.a.jnz(other);  // +0x4
        e.returnNone();
        e.a.bind(other);
        e.a.test(dl, 7);
        e.a.jz(e.exit);
        e.exit_used = true;
        e.fault(), e.a.mov(rax, qword_ptr(rdx));
        e.returnNone();
    });
    ASSERT_EQ(got.verdict.violations.size(), 1U);
    ASSERT_EQ(got.explanation.paths.size(), 1U);
    const Path& path = got.explanation.paths[0];
    ASSERT_EQ(path.size(), 2U);
    EXPECT_EQ(path[0].offset, 4U);
    EXPECT_TRUE(path[0].is_taken);
    EXPECT_FALSE(path[1].is_taken);
    EXPECT_THAT(path[1].instruction, HasSubstr("jz"));
    EXPECT_THAT(toString(path), HasSubstr("entry; +0x4 jnz goes to +0x"));
    EXPECT_THAT(toString(path), HasSubstr("jz goes on"));
}

TEST(Paths, ThroughALoop) {
    const Explained got = explained([](Emit& e) {
        const asmjit::Label head = e.a.newLabel();
        const asmjit::Label out = e.a.newLabel();
        e.a.mov(ecx, 10);
        e.a.bind(head);
        e.a.dec(ecx);
        e.a.jz(out);
        e.a.jmp(head);
        e.a.bind(out);
        e.fault(), e.a.mov(rax, qword_ptr(rdx));
        e.returnNone();
    });
    ASSERT_EQ(got.explanation.paths.size(), 1U);
    ASSERT_EQ(got.explanation.paths[0].size(), 1U);  // out of the loop, not around it
    EXPECT_TRUE(got.explanation.paths[0][0].is_taken);
    EXPECT_EQ(got.explanation.paths[0][0].target, got.marked);
}

TEST(Paths, AllViolationsHaveOne) {
    const Explained got = explained([](Emit& e) {
        for (int k = 0; k < 5; ++k) e.a.mov(rax, qword_ptr(rdx, 8 * k));
        e.returnNone();
    });
    EXPECT_EQ(got.verdict.violation_count, 5U);
    EXPECT_EQ(got.explanation.paths.size(), got.verdict.violations.size());
    EXPECT_EQ(toString(got.explanation.paths[4]), "entry");
}

TEST(Paths, ManyPassedBranchesAreOneStepOfTheText) {
    const Explained got = explained([](Emit& e) {
        e.exit_used = true;
        for (int k = 0; k < 6; ++k) {
            e.a.test(sil, 1 << (k % 3));
            e.a.jnz(e.exit);
        }
        e.fault(), e.a.mov(rax, qword_ptr(rdx));
        e.returnNone();
    });
    ASSERT_EQ(got.explanation.paths.size(), 1U);
    EXPECT_EQ(got.explanation.paths[0].size(), 6U);
    EXPECT_THAT(toString(got.explanation.paths[0]), HasSubstr("6 branches from +0x4 to +0x"));
}

TEST(Paths, CodeThatCannotBeDecodedIsExplainedToo) {
    const World world;
    Verdict verdict;
    const Bytes code{0x90, 0x0F};
    const Explanation got =
        inferAndExplain(code, kCodeAddress, world.trusted, Detail::kStates, verdict);
    EXPECT_FALSE(verdict.ok);
    EXPECT_EQ(got.paths.size(), verdict.violations.size());
    Verdict empty;
    EXPECT_THAT(inferAndExplain({}, 0, world.trusted, Detail::kStates, empty).lines, IsEmpty());
    EXPECT_FALSE(empty.ok);
}

TEST(Explain, StatesOfVeryLargeCodeAreLeftOut) {
    const auto result = explained([](Emit& e) {
        for (int k = 0; k < 400; ++k) e.a.push(asmjit::x86::rbx);
        for (int k = 0; k < 4000; ++k) e.a.nop();
        e.a.ud2();
    });
    const std::vector<ExplainedLine>& lines = result.explanation.lines;
    EXPECT_GT(lines[1000].state.size(), 400U);
    ASSERT_THAT(lines.back().state, SizeIs(1));
    EXPECT_THAT(lines.back().state[0].what, HasSubstr("left out"));
}

}  // namespace
}  // namespace tagproof::verify::testing
