#pragma once
// A Vm with a small program, whose names HIR text may use, for tests of the compiler's parts.
//
//   class Point     x, y as inline values          class Slotted   a, b in __slots__
//   f(a, b), g(a), h()                             cell0 ... cells of new names of __main__
//   "a list": a new one; address0 ...: places that nobody reads

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "jit/hir/parser.h"
#include "objmodel/ref.h"

namespace tagproof {
class Vm;
struct Dict;
struct Thread;
}  // namespace tagproof

namespace tagproof::hir {

class HirTest : public testing::Test, public SymbolResolver {
  protected:
    HirTest();
    ~HirTest() override;

    // The function of the text; a fault in the text fails the test and gives null.
    [[nodiscard]] std::unique_ptr<Function> parsed(std::string_view text);
    // "3:14: message" for a text that is at fault.
    [[nodiscard]] std::string errorOf(std::string_view text);
    // What `pass` makes of `input`, frame states included.
    [[nodiscard]] std::string after(void (*pass)(Function&), std::string_view input);
    [[nodiscard]] Thread& thread() { return *thread_; }

    [[nodiscard]] Value value(std::string_view text) override;
    [[nodiscard]] const Type* type(std::string_view name) override;
    [[nodiscard]] Str* string(std::string_view text) override;
    [[nodiscard]] tagproof::Cell* cell(std::string_view name) override;
    [[nodiscard]] tagproof::Function* function(std::string_view name) override;
    [[nodiscard]] Code* code(std::string_view name) override;
    [[nodiscard]] uint64_t address(std::string_view name) override;

  private:
    [[nodiscard]] Value global(std::string_view name);

    std::unique_ptr<Vm> vm_;
    Thread* thread_ = nullptr;
    Dict* globals_ = nullptr;  // of __main__, borrowed
    std::deque<Ref> made_;     // objects made for constants
};

// A program: the lines behind `fun f (2 arguments)`, `bb0:` and the loading of v0 and v1.
[[nodiscard]] std::string withArguments(std::string_view body);

}  // namespace tagproof::hir
