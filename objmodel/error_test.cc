// Exceptions: raising, chaining, and what the classes with fields of their own do.

#include "objmodel/error.h"

#include <gtest/gtest.h>

#include <vector>

#include "objmodel/attr.h"
#include "objmodel/dict.h"
#include "objmodel/heap_test_support.h"
#include "objmodel/protocol.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

class ErrorTest : public HeapTest {
  protected:
    Ref make(ExceptionKind kind, std::initializer_list<Value> args) {
        return Ref(
            newException(thread(), exceptionType(thread(), kind), args.begin(), args.size()));
    }
    Value text(std::string_view utf8) { return Value::of(name(utf8)); }
    std::string shown(const Ref& value) {
        const Ref shown_text(strOf(thread(), value.get()));
        return toUtf8(shown_text.as<Str>());
    }
    std::string attribute(const Ref& object, std::string_view attribute_name) {
        const Ref value(getAttr(thread(), object.get(), name(attribute_name)));
        return value ? reprText(value.get()) : takeError();
    }
};

TEST_F(ErrorTest, EveryClassOfTheHierarchyWorks) {
    for (size_t k = 0; k < kExceptionKindCount; ++k) {
        Type* const type = thread().types->exceptions[k];
        EXPECT_TRUE(isSubtype(type, exceptionType(thread(), ExceptionKind::kBaseException)));
        EXPECT_TRUE(hasFlag(type, kTypeIsException)) << typeName(type);
    }
    EXPECT_TRUE(isSubtype(exceptionType(thread(), ExceptionKind::kFileNotFoundError),
                          exceptionType(thread(), ExceptionKind::kOSError)));
}

TEST_F(ErrorTest, ReprAndStr) {
    const Ref one = make(ExceptionKind::kValueError, {text("x")});
    EXPECT_EQ(reprText(one.get()), "ValueError('x')");
    EXPECT_EQ(shown(one), "x");
    const Ref two = make(ExceptionKind::kValueError, {text("x"), number(1)});
    EXPECT_EQ(reprText(two.get()), "ValueError('x', 1)");
    EXPECT_EQ(shown(two), "('x', 1)");
    EXPECT_EQ(reprText(make(ExceptionKind::kValueError, {}).get()), "ValueError()");
    EXPECT_EQ(shown(make(ExceptionKind::kKeyError, {text("k")})), "'k'");
}

TEST_F(ErrorTest, FieldsOfTheirOwn) {
    const Ref stop = make(ExceptionKind::kStopIteration, {number(1), number(2)});
    EXPECT_EQ(attribute(stop, "value"), "1");
    EXPECT_EQ(attribute(make(ExceptionKind::kStopIteration, {}), "value"), "None");
    EXPECT_EQ(attribute(make(ExceptionKind::kSystemExit, {number(1), number(2)}), "code"),
              "(1, 2)");
    const Ref os = make(ExceptionKind::kOSError, {number(2), text("No such"), text("f")});
    EXPECT_EQ(typeName(os.get().asObject()->type), "FileNotFoundError");
    EXPECT_EQ(shown(os), "[Errno 2] No such: 'f'");
    EXPECT_EQ(attribute(os, "args"), "(2, 'No such')");
    EXPECT_EQ(attribute(os, "filename"), "'f'");
    const Ref details(Value::of(makeTuple(
        thread(), std::vector<Value>{text("f"), number(1), number(2), text("t")}.data(), 4)));
    const Ref syntax = make(ExceptionKind::kSyntaxError, {text("m"), details.get()});
    EXPECT_EQ(shown(syntax), "m (f, line 1)");
    EXPECT_EQ(attribute(syntax, "lineno"), "1");
    EXPECT_EQ(attribute(syntax, "end_lineno"), "None");
}

TEST_F(ErrorTest, AttributesMayBeAdded) {
    const Ref error = make(ExceptionKind::kValueError, {});
    ASSERT_EQ(setAttr(thread(), error.get(), name("x"), number(1)), 0);
    EXPECT_EQ(attribute(error, "x"), "1");
    EXPECT_EQ(attribute(error, "__dict__"), "{'x': 1}");
}

TEST_F(ErrorTest, RaisingWhileHandlingChains) {
    const Ref first = make(ExceptionKind::kValueError, {});
    HandledException handled{first.get()};
    thread().handled = &handled;
    raise(thread(), ExceptionKind::kTypeError, "{} {}", "second", 2);
    thread().handled = nullptr;
    EXPECT_EQ(thread().pending.as<ExceptionObject>()->context, first.get());
    EXPECT_EQ(takeError(), "TypeError: second 2");
}

TEST_F(ErrorTest, ChainsNeverBecomeCycles) {
    const Ref first = make(ExceptionKind::kValueError, {});
    const Ref second = make(ExceptionKind::kTypeError, {});
    HandledException handled{first.get()};
    thread().handled = &handled;
    raiseObject(thread(), second.get());
    handled.exception = second.get();
    raiseObject(thread(), first.get());
    thread().handled = nullptr;
    EXPECT_EQ(first.as<ExceptionObject>()->context, second.get());
    EXPECT_TRUE(second.as<ExceptionObject>()->context.isNull());
    clearPending(thread());
}

TEST_F(ErrorTest, RaiseStatement) {
    const Value type = Value::of(exceptionType(thread(), ExceptionKind::kKeyError));
    const Ref cause = make(ExceptionKind::kValueError, {});
    raiseStatement(thread(), type, cause.get());
    auto* const raised = thread().pending.as<ExceptionObject>();
    EXPECT_EQ(raised->cause, cause.get());
    EXPECT_TRUE(raised->suppress_context);
    EXPECT_EQ(takeError(), "KeyError: ");
    raiseStatement(thread(), number(1), Value::null());
    EXPECT_EQ(takeError(), "TypeError: exceptions must derive from BaseException");
    raiseStatement(thread(), type, number(1));
    EXPECT_EQ(takeError(), "TypeError: exception causes must derive from BaseException");
}

TEST_F(ErrorTest, Matching) {
    const Ref error = make(ExceptionKind::kKeyError, {});
    const Value lookup = Value::of(exceptionType(thread(), ExceptionKind::kLookupError));
    const Value type = Value::of(exceptionType(thread(), ExceptionKind::kTypeError));
    EXPECT_EQ(exceptionMatches(thread(), error.get(), lookup), 1);
    EXPECT_EQ(exceptionMatches(thread(), error.get(), type), 0);
    const Ref both(Value::of(makeTuple(thread(), type, lookup)));
    EXPECT_EQ(exceptionMatches(thread(), error.get(), both.get()), 1);
    EXPECT_EQ(exceptionMatches(thread(), error.get(), number(1)), -1);
    EXPECT_EQ(takeError(),
              "TypeError: catching classes that do not inherit from BaseException is not allowed");
}

TEST_F(ErrorTest, SubclassesKeepTheFieldsOfTheirBase) {
    Type* const type = makeClass("Mine", {exceptionType(thread(), ExceptionKind::kOSError)});
    const Value args[] = {number(2), text("m")};
    const Ref error(newException(thread(), type, args, 2));
    EXPECT_EQ(error.get().asObject()->type, type);
    EXPECT_EQ(attribute(error, "errno"), "2");
    ASSERT_EQ(setAttr(thread(), error.get(), name("own"), number(5)), 0);
    EXPECT_EQ(attribute(error, "own"), "5");
}

}  // namespace
}  // namespace tagproof
