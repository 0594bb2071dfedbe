#include "objmodel/heap_test_support.h"

#include <vector>

#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap_check.h"
#include "objmodel/protocol.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {

HeapTest::HeapTest() : HeapTest(HeapOptions{}) {}

HeapTest::HeapTest(const HeapOptions& options)
    : heap_(Heap::create(options)), thread_(std::make_unique<Thread>()) {
    EXPECT_NE(heap_, nullptr);
    heap_->attach(*thread_);
    EXPECT_TRUE(initCoreTypes(*thread_));
}

HeapTest::~HeapTest() {
    EXPECT_EQ(takeError(), "");
    expectSound();
}

void HeapTest::expectSound() const {
    for (const HeapViolation& violation : checkHeap(*heap_)) {
        ADD_FAILURE() << violation.rule << " at " << std::hex << violation.address << ": "
                      << violation.text;
    }
}

Str* HeapTest::name(std::string_view text) { return internStr(*thread_, text); }

Type* HeapTest::makeClass(std::string_view name_text, std::initializer_list<Type*> bases) {
    const Ref name_space(Value::of(newDict(*thread_)));
    return makeClass(name_text, bases, name_space.as<Dict>());
}

Type* HeapTest::makeClass(std::string_view name_text,
                          std::initializer_list<Type*> bases,
                          Dict* name_space) {
    std::vector<Value> items;
    for (const Type* const base : bases) items.push_back(Value::of(base));
    const Ref tuple(Value::of(makeTuple(*thread_, items.data(), items.size())));
    Type* const metatype = calculateMetatype(*thread_, thread_->types->type, tuple.as<Tuple>());
    if (metatype == nullptr) return nullptr;
    const Value made =
        createType(*thread_, metatype, name(name_text), tuple.as<Tuple>(), name_space);
    return made.as<Type>();
}

Ref HeapTest::newObject(Type* type) {
    return Ref(callType(*thread_, Value::of(type), nullptr, 0, Value::null()));
}

std::string HeapTest::takeError() {
    const Ref exception(takePending(*thread_));
    if (!exception) return "";
    const Ref text(strOf(*thread_, exception.get()));
    const std::string kind = typeName(exception.get().asObject()->type);
    return text ? kind + ": " + toUtf8(text.as<Str>()) : kind;
}

std::string HeapTest::reprText(Value value) {
    const Ref text(reprOf(*thread_, value));
    return text ? toUtf8(text.as<Str>()) : "<error>";
}

}  // namespace tagproof
