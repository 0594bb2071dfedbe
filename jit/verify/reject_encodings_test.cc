// Encodings that are never allowed, and what is reported of a rejection.

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using namespace asmjit::x86;

// Encodings that are never allowed.
struct Encoding {
    const char* name;
    std::vector<uint8_t> code;
    RuleId rule;
};
std::ostream& operator<<(std::ostream& out, const Encoding& e) { return out << e.name; }

const Encoding kEncodings[] = {
    {"AddressSize", {0x67, 0x8B, 0x06}, RuleId::kPrefix},
    {"AddressSizeSibWithoutBase", {0x67, 0x49, 0x89, 0x04, 0x25, 0, 0, 0, 0}, RuleId::kPrefix},
    {"SegmentFs", {0x64, 0x48, 0x8B, 0x06}, RuleId::kPrefix},
    {"SegmentGs", {0x65, 0x48, 0x8B, 0x06}, RuleId::kPrefix},
    {"SegmentDs", {0x3E, 0x48, 0x8B, 0x06}, RuleId::kPrefix},
    {"BranchHint", {0x2E, 0x74, 0x00}, RuleId::kPrefix},
    {"Lock", {0xF0, 0xFF, 0x06}, RuleId::kPrefix},
    {"OperandSizeBranch", {0x66, 0x74, 0x00}, RuleId::kPrefix},
    {"OperandSizeIgnored", {0x66, 0x48, 0x89, 0xC8}, RuleId::kPrefix},
    {"RexBeforePrefix", {0x48, 0x66, 0x89, 0xC8}, RuleId::kPrefix},
    {"RepRet", {0xF3, 0xC3}, RuleId::kPrefix},
    {"RepMovs", {0xF3, 0xA4}, RuleId::kNoRow},
    {"RepneScas", {0xF2, 0xAE}, RuleId::kNoRow},
    {"XreleaseStore", {0xF3, 0xC7, 0x06, 0, 0, 0, 0}, RuleId::kPrefix},
    {"BndJump", {0xF2, 0xEB, 0x00}, RuleId::kPrefix},
    {"Notrack", {0x3E, 0xFF, 0xD0}, RuleId::kPrefix},
    {"RepAdd", {0xF3, 0x01, 0xC8}, RuleId::kPrefix},
    {"TwoMandatory", {0x66, 0xF2, 0x0F, 0x58, 0xC1}, RuleId::kPrefix},
    {"RexTwice", {0x48, 0x48, 0x89, 0xC8}, RuleId::kPrefix},
    {"Stos", {0x48, 0xAB}, RuleId::kNoRow},
    {"Movs", {0xA4}, RuleId::kNoRow},
    {"Lods", {0xAC}, RuleId::kNoRow},
    {"BtsRegisterOffset", {0x48, 0x0F, 0xAB, 0x0E}, RuleId::kNoRow},
    {"BtrRegisterOffset", {0x48, 0x0F, 0xB3, 0x0E}, RuleId::kNoRow},
    {"BtcRegisterOffset", {0x48, 0x0F, 0xBB, 0x0E}, RuleId::kNoRow},
    {"BtRegisterOffset", {0x48, 0x0F, 0xA3, 0x0E}, RuleId::kNoRow},
    {"PushMemory", {0xFF, 0x36}, RuleId::kNoRow},
    {"PopMemory", {0x8F, 0x06}, RuleId::kNoRow},
    {"PushImmediate", {0x6A, 0x01}, RuleId::kNoRow},
    {"Pushf", {0x9C}, RuleId::kNoRow},
    {"Popf", {0x9D}, RuleId::kNoRow},
    {"Enter", {0xC8, 0x10, 0x00, 0x03}, RuleId::kNoRow},
    {"Leave", {0xC9}, RuleId::kNoRow},
    {"RetImmediate", {0xC2, 0x08, 0x00}, RuleId::kNoRow},
    {"FarRet", {0xCB}, RuleId::kNoRow},
    {"JumpRegister", {0xFF, 0xE0}, RuleId::kNoRow},
    {"JumpMemory", {0xFF, 0x26}, RuleId::kNoRow},
    {"FarJump", {0x48, 0xFF, 0x2E}, RuleId::kNoRow},
    {"FarCall", {0x48, 0xFF, 0x1E}, RuleId::kNoRow},
    {"CallRelative", {0xE8, 0, 0, 0, 0}, RuleId::kNoRow},
    {"Loop", {0xE2, 0xFE}, RuleId::kNoRow},
    {"Jrcxz", {0xE3, 0x00}, RuleId::kNoRow},
    {"Syscall", {0x0F, 0x05}, RuleId::kNoRow},
    {"Int80", {0xCD, 0x80}, RuleId::kNoRow},
    {"Hlt", {0xF4}, RuleId::kNoRow},
    {"Cpuid", {0x0F, 0xA2}, RuleId::kNoRow},
    {"Clzero", {0x0F, 0x01, 0xFC}, RuleId::kNoRow},
    {"Xadd", {0x48, 0x0F, 0xC1, 0x0E}, RuleId::kNoRow},
    {"XaddRegister", {0x48, 0x0F, 0xC1, 0xC8}, RuleId::kNoRow},
    {"XchgMemory", {0x48, 0x87, 0x0E}, RuleId::kNoRow},
    {"Cmpxchg", {0x48, 0x0F, 0xB1, 0x0E}, RuleId::kNoRow},
    {"MulTwoDestinations", {0x48, 0xF7, 0xE6}, RuleId::kNoRow},
    {"DivTwoDestinations", {0x48, 0xF7, 0xF6}, RuleId::kNoRow},
    {"Mulx", {0xC4, 0xE2, 0xF3, 0xF6, 0xC6}, RuleId::kNoRow},
    {"MovFromSegment", {0x48, 0x8C, 0x1E}, RuleId::kNoRow},
    {"X87Store", {0xDD, 0x1E}, RuleId::kNoRow},
    {"Fxsave", {0x0F, 0xAE, 0x06}, RuleId::kNoRow},
    {"Maskmovdqu", {0x66, 0x0F, 0xF7, 0xC1}, RuleId::kNoRow},
    {"VectorStore32", {0xC5, 0xFD, 0x7F, 0x06}, RuleId::kNoRow},
    {"Gather", {0xC4, 0xE2, 0xE9, 0x92, 0x0C, 0x06}, RuleId::kNoRow},
    {"Move16", {0x66, 0x89, 0x0E}, RuleId::kPrefix},
    {"Add16", {0x66, 0x01, 0xC8}, RuleId::kPrefix},
    {"MoffsStore", {0x48, 0xA3, 0, 0, 0, 0, 1, 0, 0, 0}, RuleId::kNoRow},
    {"WriteAh", {0xB4, 0x01}, RuleId::kHighByte},
    {"ReadBh", {0x8A, 0xC7}, RuleId::kHighByte},
    {"AddDh", {0x80, 0xC6, 0x01}, RuleId::kHighByte},
    {"RipRelativeStore", {0x48, 0x89, 0x05, 0, 0, 0, 0}, RuleId::kRipRelative},
    {"RipRelativeLoad", {0x48, 0x8B, 0x05, 0, 0, 0, 0}, RuleId::kRipRelative},
    {"RipRelativeLea", {0x48, 0x8D, 0x05, 0, 0, 0, 0}, RuleId::kRipRelative},
    {"RipRelativeCall", {0xFF, 0x15, 0, 0, 0, 0}, RuleId::kRipRelative},
    {"Undefined", {0x06}, RuleId::kUndecodable},
    {"AbsoluteStore", {0x48, 0x89, 0x04, 0x25, 0, 0, 1, 0}, RuleId::kBase},
    {"BsfRegister", {0x48, 0x0F, 0xBC, 0xC6}, RuleId::kNoRow},
    {"Bswap", {0x48, 0x0F, 0xCE}, RuleId::kNoRow},
    {"Crc32", {0xF2, 0x48, 0x0F, 0x38, 0xF1, 0xC6}, RuleId::kNoRow},
    {"Cld", {0xFC}, RuleId::kNoRow},
    {"Std", {0xFD}, RuleId::kNoRow},
    {"Ldmxcsr", {0x0F, 0xAE, 0x16}, RuleId::kNoRow},
    {"Wrfsbase", {0xF3, 0x48, 0x0F, 0xAE, 0xD0}, RuleId::kNoRow},
    {"Xlat", {0xD7}, RuleId::kNoRow},
    {"FarCall64", {0x48, 0xFF, 0x18}, RuleId::kNoRow},
    {"FarJump64", {0x48, 0xFF, 0x28}, RuleId::kNoRow},
    {"ShlAlias8", {0xC0, 0xF0, 0x03}, RuleId::kNoRow},
    {"ShlAlias", {0x48, 0xC1, 0xF0, 0x03}, RuleId::kNoRow},
    {"ShlAliasMemory", {0x48, 0xC1, 0x76, 0x20, 0x03}, RuleId::kNoRow},
    {"ShlAliasByOne", {0x48, 0xD1, 0xF0}, RuleId::kNoRow},
    {"ShlAliasByCl", {0x48, 0xD3, 0xF0}, RuleId::kNoRow},
    {"TestAlias8", {0xF6, 0xC8, 0x01}, RuleId::kNoRow},
    {"TestAlias", {0x48, 0xF7, 0xC8, 0x01, 0x00, 0x00, 0x00}, RuleId::kNoRow},
    {"TestAliasMemory", {0x48, 0xF7, 0x4E, 0x20, 0x01, 0x00, 0x00, 0x00}, RuleId::kNoRow},
    {"PopByModRm", {0x8F, 0xC0}, RuleId::kNoRow},
    {"HintNop", {0x0F, 0x1E, 0xFA}, RuleId::kNoRow},
    {"Prefetch", {0x0F, 0x18, 0x06}, RuleId::kNoRow},
    {"ScalarWithLength256", {0xC5, 0xEF, 0x58, 0xCB}, RuleId::kNoRow},
    {"Vector256", {0xC5, 0xFC, 0x28, 0xC1}, RuleId::kNoRow},
};

class RejectEncoding : public ::testing::TestWithParam<Encoding> {};
TEST_P(RejectEncoding, AtItsOffset) {
    World world;
    const Bytes before{0x90};
    Bytes code = before;
    code.insert(code.end(), GetParam().code.begin(), GetParam().code.end());
    const Bytes end{0x48, 0xB8, 0x00, 0x10, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0xC3};
    code.insert(code.end(), end.begin(), end.end());
    EXPECT_TRUE(rejected(world, code, GetParam().rule, 1));
}

TEST(RejectFlow, FramesDiffer) {
    World world;
    const Bytes code = assemble([](x86::Assembler& a) {
        asmjit::Label join = a.newLabel();
        a.mov(rax, kNone);
        a.test(sil, 1);
        a.jz(join);
        a.push(rsi);
        a.bind(join);
        a.ret();
    });
    EXPECT_FALSE(run(world, code).ok);
}

TEST(RejectFlow, TruncatedInstruction) {
    World world;
    EXPECT_TRUE(rejected(world, Bytes{0x48, 0xB8, 1, 2}, RuleId::kUndecodable, 0));
}

TEST(RejectFlow, EmptyFunction) {
    World world;
    EXPECT_FALSE(run(world, Bytes{}).ok);
}

TEST(RejectFlow, DataAmongCode) {
    World world;
    Bytes code{0x31, 0xC0, 0xC3, 0x06, 0x06, 0x06};  // xor eax, eax; ret; data
    EXPECT_TRUE(rejected(world, code, RuleId::kUndecodable, 3));
    code = Bytes{0x31, 0xC0, 0xC3, 0x0F, 0x05, 0xC3};  // a syscall hidden after the end
    EXPECT_TRUE(rejected(world, code, RuleId::kNoRow, 3));
}

TEST(RejectFlow, AllViolationsAreReported) {
    World world;
    const Bytes code = assemble([](x86::Assembler& a) {
        a.inc(dword_ptr(rsi));
        a.mov(qword_ptr(rdi, 12), rsi);
        a.mov(rbx, rsi);
        a.ret();
    });
    const Verdict verdict = run(world, code);
    ASSERT_GE(verdict.violations.size(), 4U);
    EXPECT_EQ(verdict.violations[0].rule, RuleId::kBase);
    EXPECT_EQ(verdict.violations[0].bytes, "ff 06");
    EXPECT_EQ(verdict.violations[0].instruction, "inc dword ptr [rsi]");
    EXPECT_NE(verdict.violations[0].state.find("rsi=VALUE"), std::string::npos);
    EXPECT_NE(toString(verdict.violations[0]).find("rule: "), std::string::npos);
}

TEST(RejectFlow, MissingTables) {
    Trusted trusted;
    const Verdict verdict = inferAndVerify(Bytes{0xC3}, kCodeAddress, trusted);
    ASSERT_EQ(verdict.violations.size(), 1U);
    EXPECT_EQ(verdict.violations[0].rule, RuleId::kTrusted);
}

struct EncodingName {
    std::string operator()(const ::testing::TestParamInfo<Encoding>& info) const {
        return info.param.name;
    }
};

INSTANTIATE_TEST_SUITE_P(Encodings,
                         RejectEncoding,
                         ::testing::ValuesIn(kEncodings),
                         EncodingName());

}  // namespace
}  // namespace tagproof::verify::testing
