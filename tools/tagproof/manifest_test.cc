#include "tools/tagproof/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tools/tagproof/manifest_write.h"

namespace tagproof::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// What a manifest is refused with; empty when it is accepted.
std::string refusal(const std::string& text) {
    try {
        const Manifest manifest(text);
        return "";
    } catch (const DocumentError& error) {
        return error.what();
    }
}

// Every key of the format.
constexpr const char* kWhole = R"({
    "address": "0x7f0000001000",
    "trusted": {
        "head": {"refcount": 8, "refcount_width": 8, "type": 0, "slot": -24,
                 "prefix_from_values": -1},
        "types": [{"address": "0x5000", "capacity": 6, "managed": true, "name": "Point",
                   "fields": [{"offset": -40, "kind": "int", "width": 4, "count": 2},
                              {"offset": 32, "kind": "value", "writable": true}]},
                  {"address": "0x6000", "name": "list",
                   "fields": [{"offset": 16, "kind": "items"}, {"offset": 24, "kind": "length"}]},
                  {"address": "0x7000", "name": "tuple",
                   "fields": [{"offset": 16, "kind": "length"},
                              {"offset": 24, "kind": "inline-items"}]}],
        "type_object": [{"offset": 64, "kind": "int", "width": 4}],
        "thread": [{"offset": 0, "kind": "object"}, {"offset": 32, "count": 4, "kind": "value-or-null"},
                   {"offset": 64, "count": 8, "kind": "exit-word", "writable": true}],
        "helpers": [{"address": 4096, "name": "opGetAttr", "args": ["thread", "value"],
                     "result": "value-or-null", "effect": "may-free"},
                    {"address": 4098, "args": ["thread", {"handle": "N"}], "result": "none"},
                    {"address": 4100, "args": ["thread", "const"], "result": "int", "exit": true,
                     "sentinel": true, "effect": "leaf"}],
        "shared_regions": [{"address": "0x30000", "kind": "int", "width": 1}],
        "shared_constants": [{"address": 65536, "type": 0}],
        "entry": "loop", "arg_count": 1,
        "exits": [{"id": 3, "words": [{"kind": "tagged", "ownership": "owned", "nullable": true},
                                      {"kind": "double", "ownership": "immediate"}]}],
        "regions": [{"address": "0x50000", "size": 16, "kind": "value-or-null", "writable": true}],
        "constants": [{"address": "0x20000"}],
        "entry_cells": [{"address": "0x40000", "arg_count": 2}],
        "handles": [{"address": "0x60003", "sort": "N"}]
    },
    "hints": {"labels": [{"offset": 16, "stack_words": 1, "symbol_count": 1, "entries": [
        {"location": 3, "kind": "obj", "low": 1, "flags": 2, "sym": 1, "aux": 0, "map": 1,
         "lo": -8, "hi": -8}]}]}})";

TEST(Manifest, FillsTheTrustedTables) {
    const Manifest manifest(kWhole);
    EXPECT_EQ(manifest.address(), 0x7f0000001000U);
    const verify::Trusted& trusted = manifest.trusted();
    EXPECT_EQ(trusted.entry, verify::EntryKind::kLoop);
    EXPECT_EQ(trusted.arg_count, 1U);
    EXPECT_EQ(trusted.shared->head.slot, -24);
    EXPECT_EQ(trusted.shared->head.refcount_width, 8);
    ASSERT_EQ(trusted.shared->types.size(), 3U);
    EXPECT_EQ(trusted.shared->types[0].name, "Point");
    EXPECT_EQ(trusted.shared->types[0].fields[0].count, 2U);
    EXPECT_TRUE(trusted.shared->types[0].fields[1].writable);
    ASSERT_EQ(trusted.shared->helpers.size(), 3U);
    EXPECT_EQ(trusted.shared->helpers[0].arg_count, 2U);
    EXPECT_EQ(trusted.shared->helpers[0].args[1], verify::ArgKind::kValue);
    EXPECT_EQ(trusted.shared->helpers[0].result, verify::ResultKind::kValueOrNull);
    EXPECT_EQ(trusted.shared->helpers[1].args[1], verify::ArgKind::kHandle);
    EXPECT_EQ(trusted.shared->helpers[1].handle_sorts[1], 'N');
    EXPECT_TRUE(trusted.shared->helpers[2].is_exit);
    EXPECT_EQ(trusted.shared->helpers[2].effect, verify::CallEffect::kLeaf);
    EXPECT_EQ(trusted.shared->constants[0].type_row, 0U);
    EXPECT_EQ(trusted.shared->regions[0].size, 1U);
    EXPECT_EQ(trusted.shared->type_object[0].offset, 64);
    EXPECT_EQ(trusted.shared->thread[1].count, 4U);
    EXPECT_FALSE(trusted.shared->thread[2].readable);
    EXPECT_EQ(trusted.exits[0].words[0].ownership, verify::WordOwnership::kOwned);
    EXPECT_EQ(trusted.regions[0].size, 16U);
    EXPECT_EQ(trusted.constants[0].type_row, verify::kNoType);
    EXPECT_EQ(trusted.entry_cells[0].arg_count, 2U);
    ASSERT_EQ(trusted.handles.size(), 1U);
    EXPECT_EQ(trusted.handles[0].address, 0x60003U);
    EXPECT_EQ(trusted.handles[0].sort, 'N');
}

TEST(Manifest, ReadsHints) {
    const Manifest manifest(kWhole);
    ASSERT_NE(manifest.hints(), nullptr);
    const verify::LabelHint& label = manifest.hints()->labels[0];
    EXPECT_EQ(label.offset, 16U);
    EXPECT_EQ(label.entries[0].value.kind, verify::Kind::kObj);
    EXPECT_EQ(label.entries[0].value.flags, verify::Abstract::kManaged);
    EXPECT_EQ(label.entries[0].value.lo, -8);
    EXPECT_EQ(Manifest(R"({"trusted": {}})").hints(), nullptr);
}

TEST(Manifest, WhatIsWrittenIsReadAgain) {
    const Manifest first(kWhole);
    const std::string text = manifestJson(first.address(), first.trusted(), first.hints()).dump();
    const Manifest second(text);
    EXPECT_EQ(manifestJson(second.address(), second.trusted(), second.hints()).dump(), text);
    EXPECT_EQ(second.trusted().shared->types[0].fields[1].kind, verify::FieldKind::kValue);
    EXPECT_EQ(second.hints()->labels[0].entries[0].value,
              first.hints()->labels[0].entries[0].value);
    EXPECT_EQ(second.trusted().shared->thread[2].count, 8U);
    EXPECT_TRUE(second.trusted().exits[0].words[0].nullable);
}

TEST(Manifest, SyntaxErrorsHaveAPlace) {
    EXPECT_THAT(refusal("{"), AllOf(HasSubstr("not JSON"), HasSubstr("line 1, column 2")));
    EXPECT_THAT(refusal(""), HasSubstr("not JSON"));
    EXPECT_THAT(refusal("{\"trusted\": {\n\"arg_count\": NaN}}"), HasSubstr("line 2"));
    EXPECT_THAT(refusal(R"({"trusted": {"arg_count": 1e999}})"), HasSubstr("not JSON"));
    EXPECT_THAT(refusal("{\"trusted\": {}}\xff"), HasSubstr("not JSON"));
    EXPECT_THAT(refusal(std::string(100000, '[')), HasSubstr("levels deep"));
    EXPECT_THAT(refusal(R"({"trusted": {"arg_count": 1, "arg_count": 2}})"),
                HasSubstr("\"arg_count\" stands twice"));
}

struct Refused {
    const char* trusted;  // the members of "trusted"
    const char* text;     // in the message
};

class RefusedTables : public testing::TestWithParam<Refused> {};

TEST_P(RefusedTables, WithPlaceAndRemedy) {
    EXPECT_THAT(refusal(std::string(R"({"trusted": {)") + GetParam().trusted + "}}"),
                HasSubstr(GetParam().text));
}

const Refused kStructure[] = {
    {R"("typos": [])", "trusted: unknown key \"typos\"; known here: head, types"},
    {R"("types": {})", "trusted.types: an object where an array [...] belongs"},
    {R"("types": [[]])", "trusted.types[0]: an array where an object {...} belongs"},
    {R"("types": [{}])", "trusted.types[0]: has no \"address\""},
    {R"("types": [{"address": 4096, "writeable": true}])", "trusted.types[0]: unknown key"},
    {R"("types": [{"address": 4096, "managed": 1}])",
     "trusted.types[0].managed: 1 where true or false belongs"},
    {R"("types": [{"address": 4096, "name": 1}])", "trusted.types[0].name: 1 where a string"},
    {R"("head": {"slot": 24})", "trusted.head: has no \"refcount\""},
    {R"("regions": [{"address": 4096, "kind": "any"}])",
     "trusted.regions[0].kind: \"any\" is no name that belongs here; write value,"},
    {R"("arg_count": -1)", "trusted.arg_count: -1 is no integer from 0 to 4294967295"},
    {R"("arg_count": "1x")", "\"1x\" is no integer"},
    {R"("arg_count": "0x100000000")", "is no integer from 0"},
    {R"("arg_count": 18446744073709551616)", "is no integer from 0"},
    {R"("arg_count": 1.5)", "1.5 is no integer"},
    {R"("arg_count": null)", "null is no integer"},
    {R"("helpers": [{"address": 4096, "args": [1], "result": "none"}])",
     "trusted.helpers[0].args[0]: 1 is no name"},
    {R"("helpers": [{"address": 4096, "args": ["int","int","int","int","int","int","int"],
        "result": "none"}])",
     "takes at most 6 arguments"},
    {R"("exits": [{"id": 1}])", "has no \"words\""},
};
const Refused kOrder[] = {
    {R"("types": [{"address": 8192}, {"address": 4096}])",
     "trusted.types[1]: address 0x1000 comes after 0x2000; sort"},
    {R"("types": [{"address": 8192}, {"address": 8192}])",
     "trusted.types[1]: address 0x2000 stands twice, in trusted.types[0] too"},
    {R"("helpers": [{"address": 9000, "args": [], "result": "none"},
                    {"address": 9000, "args": [], "result": "none"}])",
     "trusted.helpers[1]: address 0x2328 stands twice"},
    {R"("exits": [{"id": 2, "words": []}, {"id": 1, "words": []}])", "sort the list by id"},
    {R"("shared_constants": [{"address": 4096}], "constants": [{"address": 4096}])",
     "stands in \"shared_constants\" too"},
    {R"("entry_cells": [{"address": 4096, "arg_count": 0}, {"address": 4096, "arg_count": 0}])",
     "trusted.entry_cells[1]: address 0x1000 stands twice"},
    {R"("handles": [{"address": 4096, "sort": "N"}, {"address": 4096, "sort": "C"}])",
     "trusted.handles[1]: address 0x1000 stands twice"},
};
const Refused kValues[] = {
    {R"("handles": [{"address": 4096, "sort": "name"}])",
     "trusted.handles[0].sort: a sort is one letter"},
    {R"("handles": [{"address": 4096, "sort": "1"}])",
     "trusted.handles[0].sort: a sort is one letter"},
    {R"("helpers": [{"address": 9000, "args": [{"handle": ""}], "result": "none"}])",
     "trusted.helpers[0].args[0].handle: a sort is one letter"},
    {R"("helpers": [{"address": 9000, "args": ["handle"], "result": "none"}])",
     "trusted.helpers[0].args[0]: write a handle with its sort"},
    {R"("helpers": [{"address": 9000, "args": [{"sort": "N"}], "result": "none"}])",
     "trusted.helpers[0].args[0]"},
    {R"("types": [{"address": 0}])", "trusted.types[0]: address 0x0 can be none"},
    {R"("types": [{"address": 4097}])", "write a multiple of 8"},
    {R"("types": [{"address": "0xffffffffffffffff"}])", "can be none"},
    {R"("types": [{"address": 4096, "capacity": 99999999}])", "capacity 99999999 is more than"},
    {R"("constants": [{"address": 4096, "type": 0}])", "type 0 is no index into \"types\""},
    {R"("head": {"refcount": 0, "type": 8, "slot": 24, "refcount_width": 2})",
     "refcount_width 2 is none; write 4 or 8"},
    {R"("head": {"refcount": 0, "type": 8, "slot": 24, "prefix_from_values": 1})",
     "a slot word ends in 111"},
    {R"("head": {"refcount": 0, "type": 8, "slot": 12})", "slot at 12 overlaps the head's type"},
    {R"("head": {"refcount": 0, "type": 8, "slot": 99999999})", "too far from the object"},
    {R"("regions": [{"address": 4096, "kind": "int", "width": 3}])", "width 3 does not go with"},
    {R"("regions": [{"address": 4096, "kind": "value", "width": 4}])", "write 8"},
    {R"("regions": [{"address": 4096, "kind": "int", "size": 12}])", "size 12 is no multiple"},
    {R"("regions": [{"address": 4096, "kind": "int", "size": 0}])", "size 0 is no multiple"},
    {R"("regions": [{"address": 4096, "kind": "items"}])", "a region has no kind items"},
    {R"("helpers": [{"address": 4096, "args": ["thread"], "result": "none", "exit": true}])",
     "an exit helper takes the exit's id"},
    {R"("helpers": [{"address": 4096, "args": [], "result": "none", "sentinel": true}])",
     "a sentinel is a result of kind int"},
};
const Refused kFields[] = {
    {R"("thread": [{"offset": 0, "kind": "int", "width": 5}])",
     "width 5 does not go with kind int"},
    {R"("thread": [{"offset": 0, "kind": "int", "count": 0}])", "count 0 does not go with"},
    {R"("thread": [{"offset": 2147483640, "kind": "int"}])", "too far from the object"},
    {R"("thread": [{"offset": 0, "kind": "int", "count": 4294967295}])", "too far"},
    {R"("thread": [{"offset": 0, "kind": "items"}])", "belongs to fields of a type only"},
    {R"("thread": [{"offset": 0, "kind": "exit-word", "readable": true}])", "is never read"},
    {R"("thread": [{"offset": 0, "kind": "exit-word"}, {"offset": 8, "kind": "exit-word"}])",
     "there is one exit buffer"},
    {R"("thread": [{"offset": 0, "kind": "int"}, {"offset": 4, "kind": "int"}])",
     "trusted.thread[1]: overlaps trusted.thread[0], which ends at 8"},
    {R"("type_object": [{"offset": 64, "kind": "int", "writable": true}])",
     "a type object is never written"},
    {R"("type_object": [{"offset": 64, "kind": "length"}])", "belongs to fields of a type only"},
    {R"("types": [{"address": 4096, "fields": [{"offset": 24, "kind": "int"}]}])",
     "overlaps the head's managed-dict slot at 24"},
    {R"("types": [{"address": 4096, "fields": [{"offset": -4, "kind": "int"}]}])",
     "overlaps the head's count at 0"},
    {R"("types": [{"address": 4096, "fields": [{"offset": 32, "kind": "exit-word"}]}])",
     "belongs to the thread only"},
    {R"("types": [{"address": 4096, "fields": [{"offset": 32, "kind": "type", "writable": true}]}])",
     "kind type is never written"},
    {R"("types": [{"address": 4096, "fields": [{"offset": 32, "kind": "items"}]}])",
     "has items but no field of kind length"},
    {R"("types": [{"address": 4096, "fields": [{"offset": 32, "kind": "items"},
        {"offset": 40, "kind": "items"}, {"offset": 48, "kind": "length"}]}])",
     "has 2 item arrays"},
    {R"("types": [{"address": 4096, "fields": [{"offset": 32, "kind": "length"},
        {"offset": 40, "kind": "length"}]}])",
     "has 2 fields of kind length"},
    {R"("types": [{"address": 4096, "fields": [{"offset": 32, "kind": "length"},
        {"offset": 40, "kind": "inline-items"}, {"offset": 48, "kind": "int"}]}])",
     "lies behind the inline items"},
};
const Refused kMemory[] = {
    {R"("regions": [{"address": 4096, "kind": "int", "size": 16}, {"address": 4104, "kind": "int"}])",
     "trusted.regions[1]: overlaps trusted.regions[0]"},
    {R"("regions": [{"address": 4096, "kind": "int", "size": 16}],
        "shared_regions": [{"address": 4104, "kind": "int"}])",
     "trusted.regions[0]: overlaps trusted.shared_regions[0]"},
    {R"("regions": [{"address": 4096, "kind": "int"}], "constants": [{"address": 4096}])",
     "trusted.regions[0]: overlaps the head's count of trusted.constants[0]"},
    {R"("regions": [{"address": 4120, "kind": "int"}], "types": [{"address": 4096}])",
     "trusted.regions[0]: overlaps the head's managed-dict slot of trusted.types[0]"},
    {R"("regions": [{"address": 4096, "kind": "int"}],
        "entry_cells": [{"address": 4096, "arg_count": 0}])",
     "trusted.regions[0]: overlaps trusted.entry_cells[0]"},
};

INSTANTIATE_TEST_SUITE_P(Structure, RefusedTables, testing::ValuesIn(kStructure));
INSTANTIATE_TEST_SUITE_P(Order, RefusedTables, testing::ValuesIn(kOrder));
INSTANTIATE_TEST_SUITE_P(Values, RefusedTables, testing::ValuesIn(kValues));
INSTANTIATE_TEST_SUITE_P(Fields, RefusedTables, testing::ValuesIn(kFields));
INSTANTIATE_TEST_SUITE_P(Memory, RefusedTables, testing::ValuesIn(kMemory));

TEST(Manifest, RefusesWhatStandsAroundTheTables) {
    EXPECT_THAT(refusal("[]"), HasSubstr("manifest: an array where an object"));
    EXPECT_THAT(refusal("{}"), HasSubstr("manifest: has no \"trusted\""));
    EXPECT_THAT(refusal(R"({"trusted": 1})"), HasSubstr("trusted: 1 where an object"));
    EXPECT_THAT(refusal(R"({"trusted": {}, "hints": {}})"), HasSubstr("hints: has no \"labels\""));
    EXPECT_THAT(refusal(R"({"trusted": {}, "hints": {"labels": [{"offset": 1, "entries": [
        {"location": 0, "kind": "objects"}]}]}})"),
                HasSubstr("hints.labels[0].entries[0].kind: \"objects\" is no name"));
}

}  // namespace
}  // namespace tagproof::cli
