#pragma once
// A heap with its built-in types and a thread, for unit tests, and shorthand for making things.

#include <gtest/gtest.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "objmodel/heap.h"
#include "objmodel/ref.h"

namespace tagproof {

struct Dict;

class HeapTest : public testing::Test {
  public:
    // Checks that the heap is sound.
    void expectSound() const;

  protected:
    HeapTest();
    explicit HeapTest(const HeapOptions& options);
    // Checks that nothing is pending and the heap is sound.
    ~HeapTest() override;

    [[nodiscard]] Heap& heap() { return *heap_; }
    [[nodiscard]] Thread& thread() { return *thread_; }

    // The interned string, immortal.
    [[nodiscard]] Str* name(std::string_view text);
    [[nodiscard]] static Value number(int64_t number) { return Value::fixnum(number); }
    // A class with the given bases (object when none) and an empty body. Lives until the test ends.
    [[nodiscard]] Type* makeClass(std::string_view name, std::initializer_list<Type*> bases = {});
    [[nodiscard]] Type* makeClass(std::string_view name,
                                  std::initializer_list<Type*> bases,
                                  Dict* name_space);
    [[nodiscard]] Ref newObject(Type* type);
    // "TypeError: message" of what is pending, which is cleared; "" when nothing is.
    [[nodiscard]] std::string takeError();
    [[nodiscard]] std::string reprText(Value value);

  private:
    std::unique_ptr<Heap> heap_;
    std::unique_ptr<Thread> thread_;
};

}  // namespace tagproof
