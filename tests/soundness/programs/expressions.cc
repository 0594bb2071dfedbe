// Expressions of random functions, by kind.

#include "tests/soundness/programs/generator.h"

#include <fmt/format.h>

namespace tagproof::soundness {

using fmt::format;

Generator::Kind Generator::anyKind() {
    const size_t choice = random_.below(100);
    if (choice < 48) return Kind::kInt;
    if (choice < 66) return Kind::kFloat;
    if (choice < 78) return Kind::kStr;
    if (choice < 91) return Kind::kList;
    return choice < 96 || classes_.empty() || in_method_ ? Kind::kDict : Kind::kObject;
}

std::string Generator::variable(Kind kind) {
    std::vector<const Variable*> found;
    for (const Variable& each : variables_) {
        if (each.kind == kind) found.push_back(&each);
    }
    return found.empty() ? "" : found[random_.below(found.size())]->name;
}

std::string Generator::expression(Kind kind, int depth) {
    std::string known = random_.chance(35) ? variable(kind) : "";
    if (!known.empty()) return known;
    switch (kind) {
        case Kind::kInt:
            return intExpression(depth);
        case Kind::kFloat:
            return floatExpression(depth);
        case Kind::kStr:
            return strExpression(depth);
        case Kind::kList:
            return listExpression(depth);
        case Kind::kDict:
            return dictExpression(depth);
        case Kind::kObject:
            return object();
    }
    return "None";
}

std::string Generator::intLiteral() {
    if (random_.chance(80)) return format("{}", random_.between(-3, 9));
    const char* const large[] = {"255",       "1 << 31",   "2**59", "-(2**60)",
                                 "2**60 - 1", "2**53 + 1", "True"};
    return "(" + pick(large) + ")";
}

std::string Generator::intExpression(int depth) {
    std::string known = variable(Kind::kInt);
    if (depth <= 0) return known.empty() || random_.chance(30) ? intLiteral() : known;
    const auto inner = [&] { return intExpression(depth - 1); };
    switch (random_.below(18)) {
        case 0:
        case 1:
        case 2:
            return format("({} + {})", inner(), inner());
        case 3:
            return format("({} - {})", inner(), inner());
        case 4:
            return format("(({} & 255) * {})", inner(), random_.between(-3, 7));
        case 5:
            return format("({} // {})", inner(),
                          random_.chance(85) ? format("{}", random_.between(1, 9)) : inner());
        case 6:
            return format("({} % {})", inner(),
                          random_.chance(85) ? format("{}", random_.between(1, 9)) : inner());
        case 7: {
            const char* const operators[] = {"&", "|", "^"};
            return format("({} {} {})", inner(), pick(operators), inner());
        }
        case 8:
            return format("(({} & 1023) << {})", inner(), random_.between(0, 5));
        case 9:
            return format("({} >> {})", inner(), random_.between(0, 5));
        case 10:
            return format("({} if {} else {})", inner(), condition(depth - 1), inner());
        case 11:
            return format("len({})", listExpression(depth - 1));
        case 12:
            return attributeOf(Kind::kInt);
        case 13:
            return in_method_ ? inner() : callOf(depth);
        case 14: {
            const std::string list = variable(Kind::kList);
            return list.empty() ? inner() : format("{}[{}]", list, random_.between(-1, 1));
        }
        case 15:
            return random_.chance(50) ? format("-{}", inner()) : format("~{}", inner());
        case 16:
            return format("int({})", floatExpression(depth - 1));
        default:
            return known.empty() ? intLiteral() : known;
    }
}

std::string Generator::floatExpression(int depth) {
    std::string known = variable(Kind::kFloat);
    if (depth <= 0 || random_.chance(20)) {
        const char* const literals[] = {"0.5", "-1.5", "2.0",  "1e100",
                                        "0.0", "-0.0", "1e-3", "3.25"};
        return known.empty() || random_.chance(30) ? pick(literals) : known;
    }
    const auto inner = [&] {
        return random_.chance(75) ? floatExpression(depth - 1) : intExpression(depth - 1);
    };
    switch (random_.below(7)) {
        case 0:
        case 1:
            return format("({} + {})", floatExpression(depth - 1), inner());
        case 2:
            return format("({} - {})", inner(), floatExpression(depth - 1));
        case 3:
            return format("({} * {})", floatExpression(depth - 1), inner());
        case 4:
            return format("({} / {})", inner(),
                          random_.chance(80) ? "4.0" : floatExpression(depth - 1));
        case 5:
            return attributeOf(Kind::kFloat);
        default:
            return format("-{}", floatExpression(depth - 1));
    }
}

std::string Generator::strExpression(int depth) {
    const char* const literals[] = {"'a'", "''", "'text'", "'long text of some words'"};
    if (depth <= 0) return pick(literals);
    switch (random_.below(6)) {
        case 0:
            return format("({} + {})[:24]", strExpression(depth - 1), strExpression(depth - 1));
        case 1:
            return format("f'{{{}}}-{{{}:.2f}}'", expression(Kind::kInt, 0), floatExpression(0));
        case 2:
            return format("str({})[:12]", intExpression(depth - 1));
        case 3:
            return format("{}.upper()", strExpression(depth - 1));
        case 4:
            return attributeOf(Kind::kStr);
        default:
            return pick(literals);
    }
}

std::string Generator::listExpression(int depth) {
    std::string known = variable(Kind::kList);
    if (!known.empty() && random_.chance(35)) return known;
    switch (random_.below(6)) {
        case 0:
            return format("[{}, {}]", intExpression(depth - 1), intExpression(depth - 1));
        case 1:
            return format("[j + {} for j in range({})]", intLiteral(), random_.between(1, 4));
        case 2:
            return format("[j for j in ({}, {}, 3) if j != {}]", intLiteral(), intLiteral(),
                          intLiteral());
        case 3:
            return format("list(range({}))", random_.between(0, 4));
        case 4:
            return attributeOf(Kind::kList);
        default:
            return format("[{}, {}, {}]", intLiteral(), intExpression(depth - 1),
                          floatExpression(0));
    }
}

std::string Generator::dictExpression(int depth) {
    if (random_.chance(30)) return format("{{j: j * {} for j in range(3)}}", intLiteral());
    return format("{{'k': {}, {}: {}}}", intExpression(depth - 1), random_.between(0, 3),
                  intExpression(depth - 1));
}

std::string Generator::condition(int depth) {
    const char* const comparisons[] = {"<", "<=", "==", "!=", ">", ">="};
    switch (random_.below(10)) {
        case 0:
        case 1:
        case 2:
            return format("{} {} {}", intExpression(depth - 1), pick(comparisons),
                          intExpression(depth - 1));
        case 3:
            return format("{} {} {}", floatExpression(depth - 1), pick(comparisons),
                          floatExpression(depth - 1));
        case 4:
            return format("{} in {}", intExpression(depth - 1), listExpression(0));
        case 5:
            return in_method_ || classes_.empty() || variables_.size() < 2 ||
                           variables_[1].name != "o"
                       ? "True"
                       : format("isinstance({}, {})", object(), anyClass().name);
        case 6:
            return depth <= 0 ? "False"
                              : format("({}) and ({})", condition(depth - 1), condition(depth - 1));
        case 7:
            return depth <= 0 ? "True"
                              : format("({}) or ({})", condition(depth - 1), condition(depth - 1));
        case 8:
            return depth <= 0 ? intExpression(0) : format("not ({})", condition(depth - 1));
        default:
            return format("{} is {}None", strExpression(0) + "[:0]",
                          random_.chance(50) ? "not " : "");
    }
}

std::string Generator::object() {
    std::string known = variable(Kind::kObject);
    if (!known.empty() && random_.chance(85)) return known;
    return format("{}({})", anyClass().name, random_.between(0, 4));
}

std::string Generator::attributeOf(Kind kind) {
    std::vector<std::string> found;
    const std::string owner = in_method_ ? "self" : variable(Kind::kObject);
    if (!classes_.empty()) {
        for (const Attribute& attribute : likelyClass().attributes) {
            if (attribute.kind == kind) found.push_back(attribute.name);
        }
    }
    if (owner.empty() || found.empty() || in_method_) return expression(kind, 0);
    return format("{}.{}", owner, found[random_.below(found.size())]);
}

// A call that gives an int, mostly.
std::string Generator::callOf(int depth) {
    const Class& about = likelyClass();
    const std::string argument = intExpression(depth - 2);
    const bool may_call = functions_ != 0 && (loops_ == 0 || random_.chance(10));
    if (may_call && random_.chance(25)) {
        const size_t callee = loops_ == 0 ? random_.below(functions_) : 0;
        const char* const forms[] = {"f{}({}, {})", "f{}({}, n={})", "f{}(*({}, {}))"};
        return format(fmt::runtime(pick(forms)), callee, object(), argument);
    }
    const std::string owner = object();
    if (about.dunders.find("call") != std::string::npos && random_.chance(30)) {
        return format("{}({})", owner, argument);
    }
    if (about.dunders.find("add") != std::string::npos && random_.chance(30)) {
        return format("({} + {})", owner, argument);
    }
    if (about.dunders.find("getitem") != std::string::npos && random_.chance(30)) {
        return format("{}[{}]", owner, argument);
    }
    return format("{}.{}({})", owner, about.methods[random_.below(about.methods.size())], argument);
}

}  // namespace tagproof::soundness
