// The states of attribute caches and what fills them.

#include "runtime/attr_lookup.h"

#include "objmodel/str.h"
#include "runtime/code.h"
#include "runtime/function.h"
#include "runtime/vm_test_support.h"

namespace tagproof {
namespace {

class AttrLookupTest : public VmTest {
  protected:
    // The first cache of a function of __main__.
    AttrCache& cacheOf(std::string_view name) { return function(name)->code->caches[0]; }
};

TEST_F(AttrLookupTest, GoesFromEmptyToMonoToPolyToMegamorphic) {
    run("def f(o):\n    return o.x\n"
        "def make(i):\n    return type('C%d' % i, (), {'__init__': lambda s: setattr(s, 'x', "
        "i)})()\n"
        "objects = [make(i) for i in range(6)]\n");
    EXPECT_EQ(cacheOf("f").state, CacheState::kEmpty);
    run("f(objects[0]); f(objects[0])");
    EXPECT_EQ(cacheOf("f").state, CacheState::kMono);
    EXPECT_EQ(cacheOf("f").misses, 1);
    EXPECT_EQ(cacheOf("f").entries[0].kind, AttrKind::kInlineValue);
    run("f(objects[1]); f(objects[2]); f(objects[3]); r = [f(o) for o in objects[:4]]");
    EXPECT_EQ(cacheOf("f").state, CacheState::kPoly);
    EXPECT_EQ(cacheOf("f").count, 4);
    EXPECT_EQ(reprText(global("r")), "[0, 1, 2, 3]");
    run("r = [f(o) for o in objects]");
    EXPECT_EQ(cacheOf("f").state, CacheState::kMegamorphic);
    EXPECT_EQ(reprText(global("r")), "[0, 1, 2, 3, 4, 5]");
}

TEST_F(AttrLookupTest, AnOutdatedEntryIsReplaced) {
    run("class C:\n    def m(self): return 1\ndef f(o):\n    return o.m()\nc = C()\nf(c)\n");
    EXPECT_EQ(cacheOf("f").entries[0].kind, AttrKind::kMethod);
    run("C.m = lambda self: 2\nr = f(c)\n");
    EXPECT_EQ(cacheOf("f").count, 1);
    EXPECT_EQ(reprText(global("r")), "2");
}

TEST_F(AttrLookupTest, AnInstanceAttributeHidesACachedMethod) {
    run("class C:\n    def m(self): return 1\ndef f(o):\n    return o.m()\nc = C()\nf(c)\n"
        "d = C()\nd.m = lambda: 3\nr = [f(c), f(d), f(c)]\n"
        "d.__dict__\nr.append(f(d))\n");
    EXPECT_EQ(reprText(global("r")), "[1, 3, 1, 3]");
}

TEST_F(AttrLookupTest, KindsFollowWhereTheAttributeIs) {
    run("class C:\n    k = 5\n    __slots__ = ('s',)\n    @property\n    def p(self): return 1\n"
        "    @staticmethod\n    def t(): return 2\n"
        "class D: pass\n"
        "c = C(); c.s = 1; d = D(); d.v = 1; d.__dict__\n"
        "def fk(o): return o.k\ndef fs(o): return o.s\ndef fp(o): return o.p\n"
        "def ft(o): return o.t\ndef fd(o): return o.v\ndef fc(o): return o.k\n"
        "import math\ndef fm(o): return o.pi\n"
        "fk(c); fs(c); fp(c); ft(c); fd(d); fc(C); fm(math)\n");
    EXPECT_EQ(cacheOf("fk").entries[0].kind, AttrKind::kClassCell);
    EXPECT_EQ(cacheOf("fs").entries[0].kind, AttrKind::kSlotMember);
    EXPECT_EQ(cacheOf("fp").entries[0].kind, AttrKind::kProperty);
    EXPECT_EQ(cacheOf("ft").entries[0].kind, AttrKind::kClassCell);
    EXPECT_EQ(cacheOf("fd").entries[0].kind, AttrKind::kSplitDict);
    EXPECT_EQ(cacheOf("fc").entries[0].kind, AttrKind::kTypeAttribute);
    EXPECT_EQ(cacheOf("fm").entries[0].kind, AttrKind::kModuleAttribute);
}

TEST_F(AttrLookupTest, KindsOfStoresFollowWhereTheAttributeIs) {
    run("class C:\n    pass\n"
        "c = C(); c.__dict__ = {'a': 1, 'x': 2}; d = C(); d.x = 1; d.__dict__\n"
        "import math\n"
        "def fc(o): o.x = 5\ndef fd(o): o.x = 5\ndef fm(o): o.pi2 = 5\n"
        "fc(c); fd(d); fm(math)\n");
    EXPECT_EQ(cacheOf("fc").entries[0].kind, AttrKind::kCombinedDict);
    EXPECT_EQ(cacheOf("fc").entries[0].index, 1);
    EXPECT_EQ(cacheOf("fd").entries[0].kind, AttrKind::kSplitDict);
    EXPECT_EQ(cacheOf("fm").entries[0].kind, AttrKind::kModuleAttribute);
}

TEST_F(AttrLookupTest, ClassmethodsAreBoundToTheClassOfTheOwner) {
    run("class C:\n    @classmethod\n    def m(cls): return cls.__name__\n"
        "    @staticmethod\n    def s(): return 's'\n"
        "    native = classmethod(repr)\n"
        "class D(C): pass\n"
        "def f(o): return o.m()\ndef g(o): return o.m\ndef h(o): return o.m()\n"
        "def n(o): return o.native()\ndef s(o): return o.s()\n"
        "r = [f(C()), f(D()), f(C()), g(C())(), g(C())(), h(C), h(D), h(C)]\n"
        "n(C()); s(C)\n");
    EXPECT_EQ(reprText(global("r")), "['C', 'D', 'C', 'C', 'C', 'C', 'D', 'C']");
    EXPECT_EQ(cacheOf("f").entries[0].kind, AttrKind::kClassMethod);
    EXPECT_EQ(cacheOf("f").count, 2);
    EXPECT_EQ(cacheOf("g").entries[0].kind, AttrKind::kClassMethod);
    EXPECT_EQ(cacheOf("h").entries[0].kind, AttrKind::kTypeClassMethod);
    EXPECT_EQ(cacheOf("n").entries[0].kind, AttrKind::kDescriptor);
    EXPECT_EQ(cacheOf("s").entries[0].kind, AttrKind::kTypeAttribute);
}

TEST_F(AttrLookupTest, AHookForMissingNamesLeavesPresentOnesAsTheyAre) {
    run("class C:\n    def __init__(self): self.x = 1\n"
        "    def __getattr__(self, name): return name\n"
        "    @property\n    def p(self): raise AttributeError\n"
        "class D(C):\n    def __getattribute__(self, name): return 'all'\n"
        "def fx(o): return o.x\ndef fy(o): return o.y\ndef fp(o): return o.p\n"
        "def fd(o): return o.x\ndef fc(o): return o.__class__\nc = C()\n"
        "r = [fx(c), fy(c), fp(c), fd(D()), fc(5.5e300), fc(fx) is fc(fy), fc(C) is type]\n"
        "del c.x\nr.append(fx(c))\n");
    EXPECT_EQ(reprText(global("r")), "[1, 'y', 'p', 'all', <class 'float'>, True, True, 'x']");
    EXPECT_EQ(cacheOf("fx").entries[0].kind, AttrKind::kInlineValue);
    EXPECT_EQ(cacheOf("fy").entries[0].kind, AttrKind::kHook);
    EXPECT_EQ(cacheOf("fp").entries[0].kind, AttrKind::kHook);
    EXPECT_EQ(cacheOf("fd").entries[0].kind, AttrKind::kHook);
    EXPECT_EQ(cacheOf("fc").entries[0].kind, AttrKind::kGetSet);
}

TEST_F(AttrLookupTest, AComputedAttributeOfAnotherTypeIsNoShortcut) {
    run("class C: name = type(len).__dict__['__name__']\n"
        "def f(o):\n    try: return o.name\n    except TypeError: return 'refused'\n"
        "r = [f(C()), f(C())]\n");
    EXPECT_EQ(reprText(global("r")), "['refused', 'refused']");
}

TEST_F(AttrLookupTest, ADescriptorThatCallsSomethingElseOutdatesItsEntries) {
    run("class C:\n    @staticmethod\n    def s(): return 1\n"
        "    @property\n    def p(self): return 1\n"
        "def f(o): return o.s(), o.p\n"
        "c = C(); f(c)\n");
    const uint32_t version = cacheOf("f").entries[0].version;
    run("C.__dict__['s'].__init__(lambda: 2); a = f(c)\n"
        "C.__dict__['p'].__init__(lambda self: 2); b = f(c)\n");
    EXPECT_NE(cacheOf("f").entries[0].version, version);
    EXPECT_EQ(cacheOf("f").count, 1);
    EXPECT_EQ(reprText(global("a")), "(2, 1)");
    EXPECT_EQ(reprText(global("b")), "(2, 2)");
}

TEST_F(AttrLookupTest, StoresIntoDictsWithTheNameElsewhereNeedNoRefill) {
    run("class C: pass\n"
        "c = C(); c.__dict__ = {'x': 1}; d = C(); d.__dict__ = {'a': 0, 'b': 0, 'x': 1}\n"
        "def f(o): o.x = 7\n"
        "f(c)\n");
    const uint16_t misses = cacheOf("f").misses;
    run("for o in [c, d] * 5: f(o)\nr = [c.__dict__, d.__dict__]");
    EXPECT_EQ(cacheOf("f").misses, misses);
    EXPECT_EQ(reprText(global("r")), "[{'x': 7}, {'a': 0, 'b': 0, 'x': 7}]");
}

TEST_F(AttrLookupTest, AMegamorphicSiteRecordsNothingMore) {
    run("def f(o):\n    return o.x\n"
        "objects = [type('C%d' % i, (), {'x': i})() for i in range(6)]\n"
        "for o in objects: f(o)\n");
    const uint16_t misses = cacheOf("f").misses;
    const uint64_t seen = thread().cache_misses;
    run("f(objects[0])");
    EXPECT_GT(thread().cache_misses, seen);
    EXPECT_EQ(cacheOf("f").state, CacheState::kMegamorphic);
    EXPECT_EQ(cacheOf("f").count, 0);
    EXPECT_EQ(cacheOf("f").misses, misses);
}

TEST_F(AttrLookupTest, ADataDescriptorOfTheModuleTypeIsNotHiddenByAName) {
    run("import math\ndef f(o):\n    return o.__class__\n"
        "math.__dict__['__class__'] = 5\nr = [f(math), f(math)]\n"
        "del math.__dict__['__class__']\n");
    EXPECT_EQ(reprText(global("r")), "[<class 'module'>, <class 'module'>]");
}

TEST_F(AttrLookupTest, AStoreThroughTheCacheKeepsTheOrderOfAttributes) {
    run("class C: pass\n"
        "def f(o):\n    o.a = 1\n"
        "c = C(); f(c); d = C(); d.b = 2; f(d)\n"
        "r = [list(c.__dict__), list(d.__dict__)]\n");
    EXPECT_EQ(cacheOf("f").entries[0].kind, AttrKind::kInlineValue);
    EXPECT_EQ(reprText(global("r")), "[['a'], ['b', 'a']]");
}

TEST_F(AttrLookupTest, GlobalsAreReadThroughCellsAndHideBuiltins) {
    run("def f():\n    return len\nf()\n");
    EXPECT_EQ(cacheOf("f").count, 2);
    EXPECT_TRUE(cacheOf("f").entries[0].cell->value.isNull());
    run("len = 5\na = f()\ndel len\nb = f() is not None\n");
    EXPECT_EQ(reprText(global("a")), "5");
    EXPECT_EQ(reprText(global("b")), "True");
}

}  // namespace
}  // namespace tagproof
