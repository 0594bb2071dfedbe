// Tables that contradict themselves, each fault at its place; the tests' tables have none.

#include "jit/verify/check_tables.h"

#include <gmock/gmock.h>

#include <functional>

#include "jit/verify/verify_test_support.h"

namespace tagproof::verify::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> faultsOf(const World& world, uint64_t address = 0, size_t size = 0) {
    std::vector<std::string> texts;
    for (const TableFault& fault : checkTables(world.trusted, address, size)) {
        texts.push_back(fault.place + ": " + fault.what);
    }
    return texts;
}

TEST(CheckTables, TheTestsTablesAreSound) {
    const World world;
    EXPECT_THAT(faultsOf(world), IsEmpty());
    EXPECT_THAT(faultsOf(world, kCodeAddress, 100), IsEmpty());
}

TEST(CheckTables, NoSharedTables) {
    World world;
    world.trusted.shared = nullptr;
    EXPECT_THAT(faultsOf(world), ElementsAre(StartsWith("trusted.shared: is missing")));
}

// A row too many at the end of each list, or one that is wrong.
struct Case {
    const char* expected;
    std::function<void(World&)> spoil;
};

const Case kCases[] = {
    {"trusted.types[1]: address 0x1000 comes after", [](World& w) { w.types[1].address = 0x1000; }},
    {"trusted.types[1]: address", [](World& w) { w.types[1].address = w.types[0].address; }},
    {"trusted.types[0]: capacity 99999999 is more",
     [](World& w) { w.types[0].capacity = 99999999; }},
    {"trusted.helpers[1]: address", [](World& w) { w.helpers[1].address = w.helpers[0].address; }},
    {"trusted.exits[1]: id", [](World& w) { w.exits[1].id = 0; }},
    {"trusted.regions[0]: size 12 is no multiple", [](World& w) { w.regions[0].size = 12; }},
    {"trusted.regions[0]: address", [](World& w) { w.regions[0].address += 4; }},
    {"trusted.regions[0]: width 4 does not go", [](World& w) { w.regions[0].width = 4; }},
    {"trusted.regions[0]: a region has no kind",
     [](World& w) { w.regions[0].kind = FieldKind::kItems; }},
    {"trusted.head: refcount_width 3 is none", [](World& w) { w.shared.head.refcount_width = 3; }},
    {"trusted.head: the head's managed-dict slot at 12 overlaps",
     [](World& w) { w.shared.head.slot = 12; }},
    {"trusted.head: prefix_from_values -2 is none",
     [](World& w) { w.shared.head.prefix_from_values = -2; }},
    {"trusted.types[2].fields[1]: overlaps trusted.types[2].fields[0]",
     [](World& w) { w.slots_fields[1].offset = 0x28; }},
    {"trusted.types[2].fields[0]: overlaps the head's",
     [](World& w) { w.slots_fields[0].offset = 0x18; }},
    {"trusted.types[3].fields[0]: kind items is never written",
     [](World& w) { w.list_fields[0].writable = true; }},
    {"trusted.types[3].fields: has items but no field of kind length",
     [](World& w) { w.list_fields[1].kind = FieldKind::kInt; }},
    {"trusted.type_object[0]: a type object is never written",
     [](World& w) { w.type_fields[0].writable = true; }},
    {"trusted.thread[0]: count 0 does not go", [](World& w) { w.thread_fields[0].count = 0; }},
    {"trusted.shared_constants[5]: type 77 is no index",
     [](World& w) { w.constants[5].type_row = 77; }},
    {"trusted.handles[1]: address 0x100006001 stands twice",
     [](World& w) { w.handles[1].address = kName; }},
    {"trusted.handles[0]: address 0x0", [](World& w) { w.handles[0].address = 0; }},
    {"trusted.handles[1]: has no sort", [](World& w) { w.handles[1].sort = 0; }},
    {"trusted.helpers[0]: argument 1 is a handle of no sort",
     [](World& w) { w.helpers[0].args[1] = ArgKind::kHandle; }},
    // Bytes that two things share.
    {"overlaps the head's count of trusted.types[0]",
     [](World& w) {
         w.regions[0] = {.address = w.types[0].address, .size = 8, .kind = FieldKind::kInt};
     }},
    {"overlaps trusted.entry_cells[0]",
     [](World& w) {
         w.regions[0] = {.address = w.entry_cells[0].address, .kind = FieldKind::kInt};
     }},
    {"overlaps trusted.helpers[0]",
     [](World& w) {
         w.regions[0] = {.address = w.helpers[0].address & ~uint64_t{7}, .kind = FieldKind::kInt};
     }},
    {"overlaps the head's managed-dict slot of trusted.shared_constants",
     [](World& w) { w.entry_cells[0].address = kNone + 0x18; }},
};

TEST(CheckTables, EachFaultIsFound) {
    for (const Case& one : kCases) {
        World world;
        one.spoil(world);
        EXPECT_THAT(faultsOf(world), ::testing::Contains(HasSubstr(one.expected))) << one.expected;
    }
}

// A constant may be a type: both rows are one object.
TEST(CheckTables, OneObjectInTwoLists) {
    World world;
    ASSERT_EQ(world.constants[0].address, world.types[0].address);
    EXPECT_THAT(faultsOf(world), IsEmpty());
    // The count of the second would be the slot of the first.
    world.types[1].address = world.types[0].address + 0x18;
    EXPECT_THAT(faultsOf(world), Not(IsEmpty()));
}

TEST(CheckTables, CodeLiesApart) {
    const World world;
    const uint64_t cell = world.regions[0].address;
    EXPECT_THAT(faultsOf(world, cell - 0x10, 0x11),
                ElementsAre(StartsWith("trusted.regions[0]: overlaps the code at 0x")));
    EXPECT_THAT(faultsOf(world, cell - 0x10, 0x10), IsEmpty());
    EXPECT_THAT(faultsOf(world, kNone, 1), Not(IsEmpty()));
}

}  // namespace
}  // namespace tagproof::verify::testing
