#pragma once
// Random programs in the guest language: classes with attributes, slots, properties, methods and
// managers; functions with loops, arithmetic, containers, closures and exceptions; and in the
// middle of a hot loop an event that changes what the compiled code has seen. Every program ends:
// loops are bounded, numbers, strings and lists stay small, functions call earlier ones only.
// Expressions are made for a kind, so that most of them succeed; some are not of the kind they are
// used as.

#include <cstdint>
#include <string>
#include <vector>

namespace tagproof::soundness {

// Equal everywhere for equal seeds (splitmix64).
class Random {
  public:
    explicit Random(uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15) {}
    uint64_t operator()() {
        uint64_t z = (state_ += 0x9e3779b97f4a7c15);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
    [[nodiscard]] size_t below(size_t limit) { return (*this)() % limit; }
    [[nodiscard]] bool chance(unsigned percent) { return below(100) < percent; }
    [[nodiscard]] int between(int low, int high) {
        const auto count = static_cast<size_t>(high) - static_cast<size_t>(low) + 1;
        return low + static_cast<int>(below(count));
    }

  private:
    uint64_t state_;
};

class Generator {
  public:
    explicit Generator(uint64_t seed) : random_(seed) {}

    // Defines result, the text of all that the program computed. Needs what prelude() defines.
    [[nodiscard]] std::string program();
    [[nodiscard]] static const char* prelude();

  private:
    enum class Kind : uint8_t { kInt, kFloat, kStr, kList, kDict, kObject };
    struct Variable {
        std::string name;
        Kind kind;
    };
    struct Attribute {
        std::string name;
        Kind kind;
        bool is_assignable;
    };
    struct Class {
        std::string name;
        std::vector<Attribute> attributes;
        bool is_manager = false;
        bool has_slots = false;
        std::vector<std::string> methods;  // of (self, int) -> int
        std::string dunders;               // those it has, as "add len call"
    };

    // --- program and classes
    void makeClass(size_t number);
    void makeMethods(Class& made);
    void makeDunders(Class& made);
    void makeManager(Class& made);
    void makeFunction(size_t number);
    void makeMain();
    [[nodiscard]] std::string event();

    // --- statements
    void block(int statements);
    void statement();
    void assign();
    void storeAttribute();
    void storeItem();
    void branch();
    void forLoop();
    void whileLoop();
    void with();
    void tryBlock();
    void closure();
    void effect();
    void nested(int statements);
    void leaveLoop();

    // --- expressions
    [[nodiscard]] std::string expression(Kind kind, int depth);
    [[nodiscard]] std::string intExpression(int depth);
    [[nodiscard]] std::string floatExpression(int depth);
    [[nodiscard]] std::string strExpression(int depth);
    [[nodiscard]] std::string listExpression(int depth);
    [[nodiscard]] std::string dictExpression(int depth);
    [[nodiscard]] std::string condition(int depth);
    [[nodiscard]] std::string object();
    [[nodiscard]] std::string intLiteral();
    [[nodiscard]] std::string callOf(int depth);
    [[nodiscard]] std::string attributeOf(Kind kind);
    // A variable of the kind, or "".
    [[nodiscard]] std::string variable(Kind kind);
    [[nodiscard]] Kind anyKind();

    void line(const std::string& text);
    [[nodiscard]] std::string fresh(const char* stem);
    [[nodiscard]] const Class& anyClass() { return classes_[random_.below(classes_.size())]; }
    // That of the object which functions are mostly called with.
    [[nodiscard]] const Class& likelyClass() {
        return random_.chance(88) ? classes_.front() : anyClass();
    }
    template <size_t N>
    [[nodiscard]] std::string pick(const char* const (&choices)[N]) {
        return choices[random_.below(N)];
    }

    Random random_;
    std::string text_;
    int indent_ = 0;
    int loops_ = 0;   // around the current statement
    int blocks_ = 0;  // nested statements around it
    bool in_method_ = false;
    size_t functions_ = 0;  // that may be called
    size_t names_ = 0;
    std::vector<Variable> variables_;  // of the current function
    std::vector<Class> classes_;
};

}  // namespace tagproof::soundness
