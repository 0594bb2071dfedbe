#include "runtime/version_info.h"

#include <fmt/core.h>

#include "objmodel/call.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

namespace {

constexpr int64_t kMajor = 3;
constexpr int64_t kMinor = 11;
constexpr int64_t kMicro = 2;
constexpr size_t kFields = 5;

template <size_t Index>
Value getField(Thread&, Value self) {
    return newRef(self.as<Tuple>()->items()[Index]);
}

Value reprVersion(Thread& thread, Value) {
    return Value::of(makeStr(
        thread,
        fmt::format(
            "sys.version_info(major={}, minor={}, micro={}, releaselevel='final', serial=0)",
            kMajor, kMinor, kMicro)));
}

Type* newVersionType(Thread& thread) {
    Type* type = newNativeType(thread, "sys.version_info", thread.types->tuple);
    if (type == nullptr) return nullptr;
    setNativeLayout(type, CellFamily::kTuple, sizeof(Tuple), kTypeIsTuple);
    type->slots.repr = reprVersion;
    addGetSet(thread, type, "major", getField<0>, nullptr);
    addGetSet(thread, type, "minor", getField<1>, nullptr);
    addGetSet(thread, type, "micro", getField<2>, nullptr);
    addGetSet(thread, type, "releaselevel", getField<3>, nullptr);
    addGetSet(thread, type, "serial", getField<4>, nullptr);
    return finishNativeType(thread, type) ? type : nullptr;
}

}  // namespace

Value newVersionInfo(Thread& thread) {
    Type* type = newVersionType(thread);
    const Ref level(Value::of(makeAsciiStr(thread, "final")));
    if (type == nullptr || !level) return Value::null();
    auto* info = allocateSized<Tuple>(thread, type, sizeof(Tuple) + kFields * sizeof(Value));
    if (info == nullptr) return Value::null();
    info->size = kFields;
    const Value fields[kFields] = {Value::fixnum(kMajor), Value::fixnum(kMinor),
                                   Value::fixnum(kMicro), newRef(level.get()), Value::fixnum(0)};
    for (size_t i = 0; i < kFields; ++i) info->items()[i] = fields[i];
    return Value::of(info);
}

Value newImplementationInfo(Thread& thread, Value version_info) {
    const Ref name(Value::of(makeAsciiStr(thread, "tagproof")));
    const Ref tag(Value::of(makeAsciiStr(thread, "tagproof-311")));
    const Ref keys[] = {Ref(Value::of(internStr(thread, "name"))),
                        Ref(Value::of(internStr(thread, "version"))),
                        Ref(Value::of(internStr(thread, "cache_tag")))};
    if (!name || !tag || !keys[0] || !keys[1] || !keys[2]) return Value::null();
    const Value words[] = {keys[0].get(), keys[1].get(), keys[2].get()};
    const Ref names(Value::of(makeTuple(thread, words, 3)));
    if (!names) return Value::null();
    const Value values[] = {name.get(), version_info, tag.get()};
    return call(thread, Value::of(thread.types->simple_namespace), values, 0, names.get());
}

}  // namespace tagproof
