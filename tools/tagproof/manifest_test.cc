#include "tools/tagproof/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tagproof::cli {
namespace {

using testing::HasSubstr;

// What a manifest is refused with; empty when it is accepted.
std::string refusal(const std::string& text) {
    try {
        const Manifest manifest(text);
        return "";
    } catch (const ManifestError& error) {
        return error.what();
    }
}

TEST(Manifest, FillsTheTrustedTables) {
    const Manifest manifest(R"({
        "address": "0x7f0000001000",
        "trusted": {
            "head": {"slot": 24},
            "types": [{"address": "0x5000", "capacity": 6, "managed": true, "name": "Point",
                       "fields": [{"offset": 32, "kind": "value", "writable": true}]}],
            "helpers": [{"address": 4096, "name": "opGetAttr", "args": ["thread", "value"],
                         "result": "value-or-null", "effect": "may-free"}],
            "shared_constants": [{"address": 8192, "type": 0}],
            "thread": [{"offset": 32, "count": 4, "kind": "value-or-null"}],
            "entry": "normal", "arg_count": 1,
            "exits": [{"id": 3, "words": [{"kind": "tagged", "ownership": "owned"}]}],
            "regions": [{"address": 24576, "size": 16, "writable": true}],
            "entry_cells": [{"address": 12288, "arg_count": 2}]
        }})");
    EXPECT_EQ(manifest.address(), 0x7f0000001000U);
    EXPECT_EQ(manifest.hints(), nullptr);
    const verify::Trusted& trusted = manifest.trusted();
    EXPECT_EQ(trusted.arg_count, 1U);
    ASSERT_EQ(trusted.shared->types.size(), 1U);
    EXPECT_EQ(trusted.shared->types[0].name, "Point");
    EXPECT_TRUE(trusted.shared->types[0].fields[0].writable);
    ASSERT_EQ(trusted.shared->helpers.size(), 1U);
    EXPECT_EQ(trusted.shared->helpers[0].arg_count, 2U);
    EXPECT_EQ(trusted.shared->helpers[0].args[1], verify::ArgKind::kValue);
    EXPECT_EQ(trusted.shared->helpers[0].result, verify::ResultKind::kValueOrNull);
    EXPECT_EQ(trusted.shared->constants[0].type_row, 0U);
    EXPECT_EQ(trusted.shared->thread[0].count, 4U);
    EXPECT_EQ(trusted.exits[0].words[0].ownership, verify::WordOwnership::kOwned);
    EXPECT_EQ(trusted.regions[0].size, 16U);
    EXPECT_EQ(trusted.entry_cells[0].arg_count, 2U);
}

TEST(Manifest, ReadsHints) {
    const Manifest manifest(R"({"trusted": {}, "hints": {"labels": [
        {"offset": 16, "stack_words": 1, "symbol_count": 1,
         "entries": [{"location": 3, "kind": "obj", "sym": 1, "lo": -8, "hi": -8}]}]}})");
    ASSERT_NE(manifest.hints(), nullptr);
    const verify::LabelHint& label = manifest.hints()->labels[0];
    EXPECT_EQ(label.offset, 16U);
    EXPECT_EQ(label.entries[0].value.kind, verify::Kind::kObj);
    EXPECT_EQ(label.entries[0].value.lo, -8);
}

TEST(Manifest, RefusesWhatItDoesNotUnderstand) {
    EXPECT_THAT(refusal("{"), HasSubstr("not JSON"));
    EXPECT_THAT(refusal("[]"), HasSubstr("must be an object"));
    EXPECT_THAT(refusal("{}"), HasSubstr("has no \"trusted\""));
    EXPECT_THAT(refusal(R"({"trusted": {"typos": []}})"), HasSubstr("unknown key \"typos\""));
    EXPECT_THAT(refusal(R"({"trusted": {"types": {}}})"), HasSubstr("must be an array"));
    EXPECT_THAT(refusal(R"({"trusted": {"types": [{"writeable": true}]}})"),
                HasSubstr("trusted.types[0]: unknown key"));
    EXPECT_THAT(refusal(R"({"trusted": {"regions": [{"kind": "any"}]}})"),
                HasSubstr("trusted.regions[0]: unknown name \"any\""));
    EXPECT_THAT(refusal(R"({"trusted": {"arg_count": -1}})"), HasSubstr("does not fit"));
    EXPECT_THAT(refusal(R"({"trusted": {"arg_count": "1x"}})"), HasSubstr("is no number"));
    EXPECT_THAT(refusal(R"({"trusted": {"arg_count": 1.5}})"), HasSubstr("must be an integer"));
    EXPECT_THAT(refusal(R"({"trusted": {"helpers": [{"args": [1]}]}})"),
                HasSubstr("array of strings"));
}

}  // namespace
}  // namespace tagproof::cli
