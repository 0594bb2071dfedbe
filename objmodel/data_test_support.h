#pragma once
// For tests of the built-in data types: values from C++ literals, results as the text that a
// program would print.

#include <initializer_list>
#include <string>
#include <string_view>

#include "objmodel/attr.h"
#include "objmodel/float.h"
#include "objmodel/heap_test_support.h"
#include "objmodel/int.h"
#include "objmodel/list.h"
#include "objmodel/protocol.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"

namespace tagproof {

class DataTest : public HeapTest {
  protected:
    // repr() of a result (taken over), or "Error: message" of what it left pending.
    std::string text(Value result) {
        const Ref owned(result);
        return owned ? reprText(result) : takeError();
    }
    std::string text(const Ref& value) { return text(newRef(value.get())); }

    Ref str(std::string_view utf8) { return Ref(Value::of(makeStr(thread(), utf8))); }
    Ref real(double value) { return Ref(makeFloat(thread(), value)); }
    Ref integer(std::string_view digits) {
        const bool negative = digits.front() == '-';
        Ref magnitude(intFromDigits(thread(), digits.substr(negative ? 1 : 0), 10));
        return negative ? Ref(intNegate(thread(), magnitude.get())) : std::move(magnitude);
    }
    Ref list(std::initializer_list<Value> items) {
        return Ref(Value::of(makeList(thread(), items.begin(), items.size())));
    }
    Ref tuple(std::initializer_list<Value> items) {
        return Ref(Value::of(makeTuple(thread(), items.begin(), items.size())));
    }

    // self.method(args...) as text.
    std::string method(const Ref& self,
                       std::string_view method_name,
                       std::initializer_list<Value> args = {}) {
        return text(callMethod(thread(), self.get(), name(method_name), args.begin(), args.size()));
    }
    std::string binary(BinaryOp op, const Ref& left, const Ref& right) {
        return text(binaryOp(thread(), op, left.get(), right.get()));
    }
    std::string format(const Ref& value, std::string_view spec) {
        const Ref spec_text = str(spec);
        return text(formatOf(thread(), value.get(), spec_text.get()));
    }
};

}  // namespace tagproof
