#include "runtime/version_info.h"

#include <fmt/core.h>

#include <vector>

#include "objmodel/call.h"
#include "objmodel/heap.h"
#include "objmodel/list.h"
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

Value newNamespace(Thread& thread,
                   std::initializer_list<std::pair<const char*, Value>> attributes) {
    const Ref names(Value::of(makeList(thread)));
    std::vector<Value> values;
    for (const auto& [name, value] : attributes) {
        Str* const word = internStr(thread, name);
        if (!names || word == nullptr ||
            !listAppendOwned(thread, names.as<List>(), Value::of(word))) {
            return Value::null();
        }
        values.push_back(value);
    }
    const Ref keys(Value::of(tupleFromIterable(thread, names.get())));
    if (!keys) return Value::null();
    return call(thread, Value::of(thread.types->simple_namespace), values.data(), 0, keys.get());
}

Value newFlags(Thread& thread) {
    const Value off = Value::fixnum(0);
    const Value no = thread.singletons->false_;
    return newNamespace(thread, {{"debug", off},
                                 {"inspect", off},
                                 {"interactive", off},
                                 {"optimize", off},
                                 {"dont_write_bytecode", Value::fixnum(1)},
                                 {"no_user_site", off},
                                 {"no_site", off},
                                 {"ignore_environment", off},
                                 {"verbose", off},
                                 {"bytes_warning", off},
                                 {"quiet", off},
                                 {"hash_randomization", off},
                                 {"isolated", off},
                                 {"dev_mode", no},
                                 {"utf8_mode", off},
                                 {"warn_default_encoding", off},
                                 {"safe_path", no},
                                 {"int_max_str_digits", Value::fixnum(4300)}});
}

Value newImplementationInfo(Thread& thread, Value version_info) {
    const Ref name(Value::of(makeAsciiStr(thread, "tagproof")));
    const Ref tag(Value::of(makeAsciiStr(thread, "tagproof-311")));
    if (!name || !tag) return Value::null();
    return newNamespace(
        thread, {{"name", name.get()}, {"version", version_info}, {"cache_tag", tag.get()}});
}

}  // namespace tagproof
