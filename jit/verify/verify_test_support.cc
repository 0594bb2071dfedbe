#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using K = FieldKind;
using A = ArgKind;

Helper helper(uint64_t address,
              std::string_view name,
              std::initializer_list<ArgKind> args,
              ResultKind result,
              CallEffect effect = CallEffect::kMayFree) {
    Helper row{.address = address, .name = name, .result = result, .effect = effect};
    for (const ArgKind arg : args) row.args[row.arg_count++] = arg;
    return row;
}

std::vector<Helper> makeHelpers() {
    std::vector<Helper> rows{
        helper(kOpDealloc, "opDealloc", {A::kThread, A::kObject}, ResultKind::kNone),
        helper(kOpResume, "opResume", {A::kThread, A::kConst}, ResultKind::kValueOrNull),
        helper(kOpUnwind, "opUnwind", {A::kThread, A::kConst}, ResultKind::kValueOrNull),
        helper(kOpAdd, "opAdd", {A::kThread, A::kValue, A::kValue}, ResultKind::kValueOrNull),
        helper(kOpLeaf, "opLeaf", {A::kInt}, ResultKind::kInt, CallEffect::kLeaf),
        helper(kOpDictGet, "opDictGet", {A::kThread, A::kObject, A::kConst},
               ResultKind::kValueOrNull),
        helper(kOpNew, "opNew", {A::kThread, A::kConst}, ResultKind::kObjectOrNull),
        helper(kOpBox, "opBox", {A::kThread, A::kDouble}, ResultKind::kValueOrNull),
        helper(kOpAbort, "opAbort", {A::kThread}, ResultKind::kNever),
        helper(kOpDeoptLoop, "opDeoptLoop", {A::kThread, A::kConst}, ResultKind::kInt),
        helper(kOpPoll, "opPoll", {A::kThread}, ResultKind::kInt),
        helper(kOpNamed, "opNamed", {A::kThread, A::kHandle, A::kHandle}, ResultKind::kValueOrNull),
    };
    rows.back().handle_sorts[1] = 'N';
    rows.back().handle_sorts[2] = 'C';
    rows[1].is_exit = rows[2].is_exit = rows[9].is_exit = true;
    rows[9].result_is_sentinel = true;
    return rows;
}

std::vector<Field> makeThread() {
    using namespace layout;
    return {
        {.offset = kThreadPoll, .width = 4, .kind = K::kInt},
        {.offset = kThreadRecursionDepth, .width = 4, .kind = K::kInt, .writable = true},
        {.offset = kThreadEntryLimit, .width = 4, .kind = K::kInt},
        {.offset = kThreadPending, .kind = K::kValueOrNull},
        {.offset = kThreadCallee, .kind = K::kValue, .writable = true},
        {.offset = kThreadArgs, .count = kThreadArgCount, .kind = K::kValue, .writable = true},
        {.offset = kThreadOsrValues, .count = kThreadOsrCount, .kind = K::kValueOrNull},
        {.offset = kThreadDeoptValues,
         .count = kThreadDeoptCount,
         .kind = K::kExitWord,
         .readable = false,
         .writable = true},
    };
}

}  // namespace

World::World()
    : slots_fields{{.offset = 0x20, .count = 2, .kind = K::kValueOrNull, .writable = true},
                   {.offset = 0x30, .width = 4, .kind = K::kInt, .writable = true},
                   {.offset = 0x38, .kind = K::kDouble, .writable = true}},
      list_fields{{.offset = layout::kListItems, .kind = K::kItems},
                  {.offset = layout::kListSize, .kind = K::kLength}},
      tuple_fields{{.offset = layout::kTupleSize, .kind = K::kLength},
                   {.offset = layout::kTupleItems, .kind = K::kInlineItems}},
      float_fields{{.offset = layout::kFloatValue, .kind = K::kDouble}},
      thread_fields(makeThread()),
      type_fields{{.offset = layout::kTypeVersionTag, .width = 4, .kind = K::kInt}},
      types{{.address = kPointType, .capacity = 4, .managed = true, .fields = {}, .name = "Point"},
            {.address = kWideType, .capacity = 30, .managed = true, .fields = {}, .name = "Wide"},
            {.address = kSlotsType, .fields = slots_fields, .name = "Slots"},
            {.address = kListType, .fields = list_fields, .name = "list"},
            {.address = kTupleType, .fields = tuple_fields, .name = "tuple"},
            {.address = kFloatType, .fields = float_fields, .name = "float"}},
      helpers(makeHelpers()),
      regions{{.address = kValueCell, .size = 32, .writable = true},
              {.address = kFrozenCell, .kind = K::kValue},
              {.address = kCounter, .size = 4, .width = 4, .kind = K::kInt, .writable = true},
              {.address = kValidByte, .size = 1, .width = 1, .kind = K::kInt},
              {.address = kCounter64, .kind = K::kInt, .writable = true}},
      constants{{.address = kPointType}, {.address = kWideType}, {.address = kNone},
                {.address = kTrue},      {.address = kFalse},    {.address = kPoint, .type_row = 0},
                {.address = kFunction}},
      entry_cells{{.address = kEntryCell, .arg_count = 2}},
      handles{{.address = kName, .sort = 'N'}, {.address = kCache, .sort = 'C'}},
      tagged_owned{{.kind = WordKind::kTagged, .ownership = WordOwnership::kOwned}},
      immediate{{.kind = WordKind::kTagged, .ownership = WordOwnership::kImmediate}},
      mixed{{.kind = WordKind::kInt64, .ownership = WordOwnership::kImmediate},
            {.kind = WordKind::kDouble, .ownership = WordOwnership::kImmediate},
            {.kind = WordKind::kTagged, .ownership = WordOwnership::kOwned, .nullable = true}},
      two_tagged{{.kind = WordKind::kTagged}, {.kind = WordKind::kTagged}},
      exits{{.id = 0, .words = {}},
            {.id = 1, .words = tagged_owned},
            {.id = 2, .words = immediate},
            {.id = 3, .words = mixed},
            {.id = 4, .words = two_tagged}} {
    shared.types = types;
    shared.helpers = helpers;
    shared.constants = constants;
    shared.thread = thread_fields;
    shared.type_object = type_fields;
    trusted.shared = &shared;
    trusted.arg_count = 2;
    trusted.exits = exits;
    trusted.regions = regions;
    trusted.entry_cells = entry_cells;
    trusted.handles = handles;
}

void Emit::guardHeap(x86::Gp r) {
    exit_used = true;
    a.test(r.r8(), 7);
    a.jnz(exit);
}

void Emit::guardObject(x86::Gp r) {
    guardHeap(r);
    a.test(r, r);
    a.jz(exit);
}

void Emit::guardType(x86::Gp r, uint64_t type, x86::Gp scratch) {
    guardHeap(r);
    a.mov(scratch, type);
    a.cmp(x86::qword_ptr(r, 8), scratch);
    a.jne(exit);
}

void Emit::loadSlot(x86::Gp to, x86::Gp object) {
    exit_used = true;
    a.mov(to, x86::qword_ptr(object, 0x18));
    a.test(to.r8(), 1);
    a.jz(exit);
}

void Emit::incref(x86::Gp v) {
    asmjit::Label done = a.newLabel();
    a.test(v.r8(), 7);
    a.jnz(done);
    a.cmp(x86::dword_ptr(v), 0);
    a.js(done);
    a.inc(x86::dword_ptr(v));
    a.bind(done);
}

void Emit::decref(x86::Gp v) {
    asmjit::Label done = a.newLabel();
    a.test(v.r8(), 7);
    a.jnz(done);
    a.cmp(x86::dword_ptr(v), 0);
    a.js(done);
    a.dec(x86::dword_ptr(v));
    a.jnz(done);
    if (v != x86::rsi) a.mov(x86::rsi, v);
    callHelper(kOpDealloc);
    a.bind(done);
}

void Emit::callHelper(uint64_t address) {
    a.sub(x86::rsp, 8);
    a.mov(x86::rax, address);
    a.call(x86::rax);
    a.add(x86::rsp, 8);
}

void Emit::returnNone() {
    a.mov(x86::rax, kNone);
    a.ret();
}

void Emit::storeExit(unsigned k, x86::Gp r) {
    a.mov(x86::qword_ptr(x86::rdi, layout::kThreadDeoptValues + 8 * static_cast<int>(k)), r);
}

void Emit::finish() {
    if (!exit_used) return;
    a.bind(exit);
    a.mov(x86::esi, 0);
    callHelper(kOpResume);
    a.ret();
}

std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.name; }

void expectAccepted(const Case& c) {
    World world;
    world.trusted.entry = c.entry;
    const Bytes code = assemble([&](x86::Assembler& a) {
        Emit emit(a);
        c.body(emit);
        emit.finish();
    });
    EXPECT_TRUE(accepted(world, code));
}

void expectRejected(const Case& c) {
    World world;
    world.trusted.entry = c.entry;
    size_t offset = 0;
    const Bytes code = assemble([&](x86::Assembler& a) {
        Emit emit(a);
        c.body(emit);
        emit.finish();
        offset = emit.fault_offset;
    });
    EXPECT_TRUE(rejected(world, code, c.rule, offset));
}

Bytes assemble(const std::function<void(x86::Assembler&)>& emit) {
    asmjit::CodeHolder code;
    code.init(asmjit::Environment::host(), kCodeAddress);
    x86::Assembler assembler(&code);
    emit(assembler);
    code.flatten();
    code.resolveUnresolvedLinks();
    const asmjit::CodeBuffer& buffer = code.sectionById(0)->buffer();
    return Bytes(buffer.data(), buffer.data() + buffer.size());
}

Bytes compile(const std::function<void(x86::Compiler&)>& emit) {
    asmjit::CodeHolder code;
    code.init(asmjit::Environment::host(), kCodeAddress);
    x86::Compiler compiler(&code);
    emit(compiler);
    compiler.endFunc();
    const asmjit::Error error = compiler.finalize();
    EXPECT_EQ(error, asmjit::kErrorOk) << asmjit::DebugUtils::errorAsString(error);
    const asmjit::CodeBuffer& buffer = code.sectionById(0)->buffer();
    return Bytes(buffer.data(), buffer.data() + buffer.size());
}

Verdict run(const World& world, const Bytes& code) {
    return inferAndVerify(code, kCodeAddress, world.trusted);
}

std::string listing(const World& world, const Bytes& code) {
    Verdict verdict;
    const Explanation explanation =
        inferAndExplain(code, kCodeAddress, world.trusted, Detail::kStates, verdict);
    return listingOf(explanation, verdict, {});
}

::testing::AssertionResult accepted(const World& world, const Bytes& code) {
    if (run(world, code).ok) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << listing(world, code);
}

::testing::AssertionResult rejected(const World& world,
                                    const Bytes& code,
                                    RuleId rule,
                                    size_t offset) {
    const Verdict verdict = run(world, code);
    if (verdict.ok) {
        return ::testing::AssertionFailure() << "accepted:\n" << listing(world, code);
    }
    for (const Violation& violation : verdict.violations) {
        if (violation.rule == rule && violation.offset == offset) {
            return ::testing::AssertionSuccess();
        }
    }
    return ::testing::AssertionFailure()
           << "expected " << ruleName(rule) << " at " << std::hex << offset << "\n"
           << listing(world, code);
}

}  // namespace tagproof::verify::testing
