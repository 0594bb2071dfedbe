#pragma once
// A Vm with its compiler, for tests of what happens between them.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "jit/jit.h"
#include "runtime/vm.h"

namespace tagproof {

struct Code;
struct Function;

class JitTest : public testing::Test {
  protected:
    // By default every function is compiled before its first call.
    JitTest();
    explicit JitTest(const JitOptions& options);
    ~JitTest() override;

    [[nodiscard]] Vm& vm() { return *vm_; }
    [[nodiscard]] Jit& jit() { return *jit_; }
    [[nodiscard]] Thread& thread() { return vm_->thread(); }

    // Runs source in __main__; an exception fails the test.
    void run(std::string_view source);
    // A global of __main__. Borrowed.
    [[nodiscard]] Value global(std::string_view name);
    [[nodiscard]] std::string reprOfGlobal(std::string_view name);
    [[nodiscard]] Code* code(std::string_view name);
    [[nodiscard]] CompiledUnit* unit(std::string_view name);

  private:
    std::unique_ptr<Vm> vm_;
    std::unique_ptr<Jit> jit_;
};

}  // namespace tagproof
