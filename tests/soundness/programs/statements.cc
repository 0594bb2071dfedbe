// Statements of random functions.

#include "tests/soundness/programs/generator.h"

#include <fmt/format.h>

namespace tagproof::soundness {

using fmt::format;

void Generator::block(int statements) {
    for (int i = 0; i < statements; ++i) statement();
}

void Generator::nested(int statements) {
    ++indent_;
    ++blocks_;
    const size_t known = variables_.size();
    block(statements);
    // Names made here may be unbound behind it.
    if (!random_.chance(5)) variables_.resize(known);
    --blocks_;
    --indent_;
}

void Generator::statement() {
    const size_t choice = random_.below(100);
    const bool may_nest = blocks_ < 3;
    if (choice < 24 || (!may_nest && choice < 60)) return assign();
    if (choice < 38) return storeAttribute();
    if (choice < 46) return storeItem();
    if (!may_nest) return effect();
    if (choice < 56) return branch();
    if (choice < 68 && loops_ < 2) return forLoop();
    if (choice < 72 && loops_ < 2) return whileLoop();
    if (choice < 81) return with();
    if (choice < 88) return tryBlock();
    if (choice < 92 && !in_method_) return closure();
    if (choice < 95 && loops_ > 0) return leaveLoop();
    effect();
}

void Generator::assign() {
    const Kind kind = anyKind();
    const std::string value = expression(kind, 2);
    const std::string known = variable(kind);
    if (known.empty() || random_.chance(40)) {
        const std::string name = fresh("v");
        line(format("{} = {}", name, value));
        variables_.push_back({name, kind});
    } else if (kind == Kind::kInt && random_.chance(40)) {
        const char* const operators[] = {"+=", "-=", "|=", "^="};
        line(format("{} {} {}", known, pick(operators), value));
    } else if (random_.chance(6)) {
        line(format("{} = {}", known, expression(anyKind(), 1)));
    } else if (kind == Kind::kInt && random_.chance(15)) {
        const std::string second = variable(kind);
        line(format("{0}, {1} = {1}, {0}", known, second));
    } else {
        line(format("{} = {}", known, value));
    }
}

void Generator::storeAttribute() {
    const std::string owner = in_method_ ? "self" : object();
    const Class& about = likelyClass();
    const Attribute& attribute = about.attributes[random_.below(about.attributes.size())];
    if (random_.chance(4)) return line(format("del {}.{}", owner, attribute.name));
    const Kind kind = random_.chance(92) ? attribute.kind : anyKind();
    if (kind == Kind::kInt && random_.chance(30)) {
        return line(format("{}.{} += {}", owner, attribute.name, intExpression(1)));
    }
    line(format("{}.{} = {}", owner, attribute.name, expression(kind, 2)));
}

void Generator::storeItem() {
    const std::string list = variable(Kind::kList);
    const std::string dict = variable(Kind::kDict);
    if (!list.empty() && random_.chance(60)) {
        line(random_.chance(50)
                 ? format("{}[{}] = {}", list, random_.between(-1, 1), intExpression(2))
                 : format("{}[len({}) - 1] = {}", list, list, intExpression(2)));
    } else if (!dict.empty()) {
        line(format("{}[{}] = {}", dict, random_.chance(50) ? "'k'" : intExpression(1),
                    intExpression(1)));
    } else {
        assign();
    }
}

void Generator::branch() {
    line(format("if {}:", condition(2)));
    nested(1 + static_cast<int>(random_.below(2)));
    if (!random_.chance(50)) return;
    line("else:");
    nested(1);
}

void Generator::forLoop() {
    const std::string name = fresh("i");
    const std::string list = variable(Kind::kList);
    if (!list.empty() && random_.chance(35)) {
        line(format("for {} in {}[:4]:", name, list));
    } else {
        line(format("for {} in range({}):", name, random_.between(1, 5)));
    }
    variables_.push_back({name, Kind::kInt});
    ++loops_;
    nested(1 + static_cast<int>(random_.below(2)));
    --loops_;
    if (!random_.chance(15)) return;
    line("else:");
    nested(1);
}

void Generator::whileLoop() {
    const std::string name = fresh("w");
    line(format("{} = {}", name, random_.between(1, 4)));
    line(format("while {} > 0:", name));
    ++loops_;
    ++indent_;
    line(format("{} -= 1", name));
    --indent_;
    nested(1 + static_cast<int>(random_.below(2)));
    --loops_;
}

void Generator::with() {
    if (!classes_[0].is_manager && !random_.chance(5)) return branch();
    const std::string name = fresh("e");
    line(random_.chance(60) ? format("with {} as {}:", object(), name)
                            : format("with {}:", object()));
    nested(1 + static_cast<int>(random_.below(2)));
}

void Generator::tryBlock() {
    line("try:");
    nested(1 + static_cast<int>(random_.below(2)));
    if (random_.chance(35)) line(format("    if {}: raise ValueError('made')", condition(1)));
    const bool has_handler = random_.chance(80);
    if (has_handler) {
        const char* const kinds[] = {"Exception", "ValueError", "(TypeError, AttributeError)",
                                     "ZeroDivisionError"};
        line(format("except {} as error:", pick(kinds)));
        const std::string name = fresh("v");
        line(format("    {} = len(str(error))", name));
        nested(1);
    }
    if (!has_handler || random_.chance(30)) {
        line("finally:");
        nested(1);
    }
}

void Generator::closure() {
    const std::string name = fresh("g");
    const std::string outer = variable(Kind::kInt);
    line(format("def {}(y):", name));
    ++indent_;
    const bool writes = !outer.empty() && outer[0] == 'v' && random_.chance(40);
    if (writes) {
        line("nonlocal " + outer);
        line(format("{} = {} + y", outer, outer));
    }
    line(format("return {} + y", outer.empty() ? "1" : outer));
    --indent_;
    const std::string result = fresh("v");
    line(format("{} = {}({})", result, name, intExpression(1)));
    variables_.push_back({result, Kind::kInt});
}

void Generator::effect() {
    const std::string list = variable(Kind::kList);
    if (!list.empty() && random_.chance(50)) {
        return line(format("{0} = {0}[-4:] + [{1}]", list, intExpression(2)));
    }
    if (!in_method_ && random_.chance(20)) return line(format("shared = {}", intExpression(1)));
    if (random_.chance(10)) return line(format("assert {}, 'no'", condition(1)));
    line(in_method_ ? "pass" : callOf(1));
}

void Generator::leaveLoop() {
    line(format("if {}:", condition(1)));
    line(random_.chance(50) ? "    break" : "    continue");
}

}  // namespace tagproof::soundness
