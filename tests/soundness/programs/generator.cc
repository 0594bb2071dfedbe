#include "tests/soundness/programs/generator.h"

#include <fmt/format.h>

namespace tagproof::soundness {

using fmt::format;

// --- program and classes -------------------------------------------------------------------------

const char* Generator::prelude() {
    return R"(
def rebind_shared():
    global shared
    shared = 'other'

def show(value, depth=0):
    if value is None or isinstance(value, (int, float, str)):
        return repr(value)
    name = type(value).__name__
    if depth > 2:
        return name
    if isinstance(value, (list, tuple)):
        return name + '[' + ', '.join([show(item, depth + 1) for item in value]) + ']'
    if isinstance(value, dict):
        return '{' + ', '.join([show(key, 3) + ': ' + show(value[key], depth + 1) for key in value]) + '}'
    return name + (show(value.__dict__, depth + 1) if hasattr(value, '__dict__') else '')
)";
}

std::string Generator::program() {
    const size_t classes = 1 + random_.below(2);
    for (size_t i = 0; i < classes; ++i) makeClass(i);
    line(format("shared = {}", intLiteral()));
    const size_t functions = 1 + random_.below(2);
    for (size_t i = 0; i < functions; ++i) makeFunction(i);
    makeMain();
    return text_;
}

void Generator::makeClass(size_t number) {
    Class made;
    made.name = format("C{}", number);
    const bool derives = number != 0 && random_.chance(40);
    const Class* base = derives ? &anyClass() : nullptr;
    if (base != nullptr) {
        made.attributes = base->attributes;
        made.methods = base->methods;
        made.is_manager = base->is_manager;
        made.dunders = base->dunders;
    }
    made.has_slots = base == nullptr && random_.chance(20);
    line(format("class {}{}:", made.name, base == nullptr ? "" : "(" + base->name + ")"));
    ++indent_;
    const size_t own = 1 + random_.below(4);
    std::vector<Attribute> added;
    for (size_t i = 0; i < own; ++i) {
        added.push_back({format("{}{}", static_cast<char>('a' + i), number), anyKind(), true});
    }
    if (made.has_slots) {
        std::string names;
        for (const Attribute& attribute : added) names += format("'{}', ", attribute.name);
        line(format("__slots__ = ({})", names));
    }
    in_method_ = true;
    variables_ = {{"n", Kind::kInt}};
    line("def __init__(self, n):");
    ++indent_;
    if (base != nullptr)
        line(random_.chance(60) ? "super().__init__(n)" : base->name + ".__init__(self, n)");
    for (const Attribute& attribute : added) {
        line(format("self.{} = {}", attribute.name, expression(attribute.kind, 1)));
    }
    --indent_;
    made.attributes.insert(made.attributes.end(), added.begin(), added.end());
    if (!made.has_slots && random_.chance(40)) {
        line(format("k{} = {}", number, intLiteral()));
        made.attributes.push_back({format("k{}", number), Kind::kInt, false});
    }
    classes_.push_back(made);
    makeMethods(classes_.back());
    makeDunders(classes_.back());
    if (random_.chance(70)) makeManager(classes_.back());
    in_method_ = false;
    --indent_;
}

void Generator::makeMethods(Class& made) {
    const size_t count = 1 + random_.below(2);
    for (size_t i = 0; i < count; ++i) {
        const std::string name = format("m{}", random_.below(4));
        line(format("def {}(self, x):", name));
        ++indent_;
        variables_ = {{"x", Kind::kInt}};
        if (random_.chance(70)) {
            for (const Attribute& attribute : made.attributes) {
                if (!attribute.is_assignable || !random_.chance(40)) continue;
                line(format("self.{} = {}", attribute.name, expression(attribute.kind, 1)));
            }
        }
        for (const Attribute& attribute : made.attributes) {
            if (attribute.kind == Kind::kInt)
                variables_.push_back({"self." + attribute.name, Kind::kInt});
        }
        if (random_.chance(30)) block(2);
        line(format("return {}", intExpression(2)));
        --indent_;
        made.methods.push_back(name);
    }
    if (random_.chance(30)) {
        line("@property");
        line("def p(self):");
        ++indent_;
        variables_ = {{"self." + made.attributes[0].name, made.attributes[0].kind}};
        line(format("return {}", intExpression(2)));
        --indent_;
        made.attributes.push_back({"p", Kind::kInt, false});
    }
}

void Generator::makeDunders(Class& made) {
    const std::string attribute = "self." + made.attributes[0].name;
    const auto add = [&](const char* name, const char* parameters, const std::string& result) {
        line(format("def __{}__({}):", name, parameters));
        ++indent_;
        line("return " + result);
        --indent_;
        made.dunders += format("{} ", name);
    };
    variables_ = {{attribute, made.attributes[0].kind}};
    if (random_.chance(25)) add("add", "self, other", intExpression(1));
    if (random_.chance(15)) add("len", "self", format("{}", random_.below(4)));
    if (random_.chance(20)) add("call", "self, x", intExpression(1) + " + x");
    if (random_.chance(15)) add("eq", "self, other", "other is not None");
    // `in` takes items until there is none.
    if (random_.chance(15)) {
        add("getitem", "self, x", "x + " + intExpression(1) + " if x < 100 else [][x]");
    }
    if (random_.chance(12)) add("getattr", "self, name", "len(name)");
    if (random_.chance(10)) add("bool", "self", condition(1));
}

void Generator::makeManager(Class& made) {
    made.is_manager = true;
    std::string counter;
    for (const Attribute& attribute : made.attributes) {
        if (attribute.kind == Kind::kInt && attribute.is_assignable) counter = attribute.name;
    }
    line("def __enter__(self):");
    ++indent_;
    if (!counter.empty()) line(format("self.{0} = self.{0} + 1", counter));
    line(random_.chance(80) ? "return self" : "return 7");
    --indent_;
    line("def __exit__(self, kind, error, traceback):");
    ++indent_;
    if (!counter.empty()) line(format("self.{} -= 1", counter));
    if (random_.chance(15)) line("self.seen = kind is not None");
    const char* const results[] = {"return None", "return False", "return kind is not None",
                                   "return True"};
    line(pick(results));
    --indent_;
}

void Generator::makeFunction(size_t number) {
    names_ = 0;
    variables_ = {{"n", Kind::kInt}, {"o", Kind::kObject}};
    const bool has_default = random_.chance(30);
    line(format("def f{}(o, n{}):", number, has_default ? ", m=3" : ""));
    if (has_default) variables_.push_back({"m", Kind::kInt});
    ++indent_;
    if (random_.chance(25)) line("global shared");
    const Kind kinds[] = {Kind::kInt, anyKind()};
    for (const Kind kind : kinds) {
        const std::string name = fresh("v");
        const std::string value = expression(kind, 2);
        line(format("{} = {}", name, value));
        variables_.push_back({name, kind});
    }
    block(1 + static_cast<int>(random_.below(4)));
    line(format("return {}", random_.chance(60) ? intExpression(2) : expression(anyKind(), 2)));
    --indent_;
    functions_ = number + 1;
}

void Generator::makeMain() {
    const int rounds = random_.between(6, 12);
    line("out = []");
    std::string objects;
    for (const Class& each : classes_)
        objects += format("{}({}), ", each.name, random_.between(0, 5));
    line("try:");
    line(format("    objects = [{}]", objects));
    line("except Exception as error:");
    line("    objects = [None, None, None]");
    line(format("for i in range({}):", rounds));
    ++indent_;
    line(format("o = objects[i % {}]", random_.chance(50) ? 1 : classes_.size()));
    for (size_t i = 0; i < functions_; ++i) {
        line("try:");
        line(format("    out.append(show(f{}(o, {})))", i, random_.chance(80) ? "i" : "i * 0.5"));
        line("except Exception as error:");
        line("    out.append(type(error).__name__ + ': ' + str(error))");
    }
    line(format("if i == {}:", random_.between(2, rounds - 1)));
    line("    try:");
    line("        " + event());
    line("    except Exception as error:");
    line("        out.append(type(error).__name__)");
    --indent_;
    line("result = ' '.join(out) + show(objects)");
}

// What compiled code has to notice.
std::string Generator::event() {
    const Class& target = anyClass();
    const std::string attribute = target.attributes[0].name;
    const std::string other = classes_[random_.below(classes_.size())].name;
    switch (random_.below(12)) {
        case 0:
            return format("{}.{} = lambda self, x: x + 1000", target.name, target.methods[0]);
        case 1:
            return "o.__class__ = " + other;
        case 2:
            return "o.__dict__";
        case 3:
            return format("o.{} = 'flipped'", attribute);
        case 4:
            return format("del o.{}", attribute);
        case 5:
            return format("{}.{} = property(lambda self: 77)", target.name, attribute);
        case 6:
            return "for j in range(35): setattr(o, 'x%d' % j, j)";
        case 7:
            return format("{}.k0 = 5", target.name);
        case 8:
            return format("o.__dict__ = {{'{}': 9}}", attribute);
        case 9:
            return "rebind_shared()";
        case 10:
            return format("objects[0] = {}(3)", other);
        default:
            return format("{}.__getattr__ = lambda self, name: 5", target.name);
    }
}

void Generator::line(const std::string& text) {
    text_.append(static_cast<size_t>(indent_) * 4, ' ');
    text_ += text;
    text_ += '\n';
}

std::string Generator::fresh(const char* stem) { return format("{}{}", stem, names_++); }

}  // namespace tagproof::soundness
