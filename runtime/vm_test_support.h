#pragma once
// A Vm for unit tests, and shorthand for running guest code and looking at what it left behind.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "objmodel/ref.h"
#include "runtime/vm.h"

namespace tagproof {

struct Code;
struct Function;

class VmTest : public testing::Test {
  protected:
    VmTest();

    [[nodiscard]] Vm& vm() { return *vm_; }
    [[nodiscard]] Thread& thread() { return vm_->thread(); }

    // Runs source in __main__; an exception fails the test.
    void run(std::string_view source);
    // A global of __main__. Borrowed.
    [[nodiscard]] Value global(std::string_view name);
    [[nodiscard]] Function* function(std::string_view name);
    // Calls a global; the repr of the result, or "TypeError: message" of what it raised.
    [[nodiscard]] std::string callText(std::string_view name, std::initializer_list<Value> args);
    // "TypeError: message" of what is pending, which is cleared; "" when nothing is.
    [[nodiscard]] std::string takeError();
    [[nodiscard]] std::string reprText(Value value);

  private:
    std::unique_ptr<Vm> vm_;
};

}  // namespace tagproof
