#pragma once
// The names that manifests use for the enumerations of jit/verify/verify.h.

#include "jit/verify/verify.h"
#include "tools/tagproof/strict_json.h"

namespace tagproof::cli {

inline constexpr Named<verify::FieldKind> kFieldKinds[] = {
    {"value", verify::FieldKind::kValue},
    {"value-or-null", verify::FieldKind::kValueOrNull},
    {"int", verify::FieldKind::kInt},
    {"double", verify::FieldKind::kDouble},
    {"items", verify::FieldKind::kItems},
    {"length", verify::FieldKind::kLength},
    {"type", verify::FieldKind::kType},
    {"object", verify::FieldKind::kObject},
    {"inline-items", verify::FieldKind::kInlineItems},
    {"exit-word", verify::FieldKind::kExitWord},
};
inline constexpr Named<verify::ArgKind> kArgKinds[] = {
    {"thread", verify::ArgKind::kThread},
    {"value", verify::ArgKind::kValue},
    {"value-or-null", verify::ArgKind::kValueOrNull},
    {"object", verify::ArgKind::kObject},
    {"int", verify::ArgKind::kInt},
    {"const", verify::ArgKind::kConst},
    {"double", verify::ArgKind::kDouble},
    {"cell", verify::ArgKind::kCell},
};
inline constexpr Named<verify::ResultKind> kResultKinds[] = {
    {"none", verify::ResultKind::kNone},
    {"value", verify::ResultKind::kValue},
    {"value-or-null", verify::ResultKind::kValueOrNull},
    {"object", verify::ResultKind::kObject},
    {"object-or-null", verify::ResultKind::kObjectOrNull},
    {"int", verify::ResultKind::kInt},
    {"double", verify::ResultKind::kDouble},
    {"never", verify::ResultKind::kNever},
};
inline constexpr Named<verify::CallEffect> kCallEffects[] = {
    {"may-free", verify::CallEffect::kMayFree},
    {"leaf", verify::CallEffect::kLeaf},
};
inline constexpr Named<verify::WordKind> kWordKinds[] = {
    {"tagged", verify::WordKind::kTagged},
    {"int64", verify::WordKind::kInt64},
    {"double", verify::WordKind::kDouble},
};
inline constexpr Named<verify::WordOwnership> kOwnerships[] = {
    {"owned", verify::WordOwnership::kOwned},
    {"borrowed", verify::WordOwnership::kBorrowed},
    {"immediate", verify::WordOwnership::kImmediate},
};
inline constexpr Named<verify::EntryKind> kEntryKinds[] = {
    {"normal", verify::EntryKind::kNormal},
    {"loop", verify::EntryKind::kLoop},
};
inline constexpr Named<verify::Kind> kKinds[] = {
    {"top", verify::Kind::kTop},     {"int", verify::Kind::kInt},
    {"value", verify::Kind::kValue}, {"obj", verify::Kind::kObj},
    {"slot", verify::Kind::kSlot},   {"vals", verify::Kind::kVals},
    {"dict", verify::Kind::kDict},   {"buf", verify::Kind::kBuf},
    {"len", verify::Kind::kLen},     {"type", verify::Kind::kType},
    {"stack", verify::Kind::kStack}, {"thread", verify::Kind::kThread},
    {"saved", verify::Kind::kSaved},
};
static_assert(std::size(kKinds) == verify::kKindCount);

template <typename E, size_t N>
[[nodiscard]] constexpr std::string_view nameOf(const Named<E> (&names)[N], E value) {
    for (const Named<E>& row : names) {
        if (row.value == value) return row.name;
    }
    return "?";
}

}  // namespace tagproof::cli
