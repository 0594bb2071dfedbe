"""Cuts CPython's installed test files into standalone scripts, one for a test method each.

    test_with.py --ast--> statements of the module, members of its classes
                 --need-> what the method names, and what that names, to the end
                 --text-> those lines, in their order, and a last line that runs the method

What a slice leaves out is what the method cannot reach: other test methods, imports, definitions. Lines
are copied as they stand. Attribute names are taken wherever they occur, whatever the object, so that
helper methods come along; strings count as names where the code evaluates strings.
"""
import ast
import builtins
import re
from dataclasses import dataclass, field
from pathlib import Path

ASYNC = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
FIXTURES = {"setUp", "tearDown", "setUpClass", "tearDownClass", "run", "id", "shortDescription"}
LEFT_OUT_MODULES = {"_testcapi", "xxsubtype", "pickle"}
EVALUATORS = {"eval", "exec", "compile", "__import__", "check_syntax_error", "globals"}


@dataclass(frozen=True)
class Method:
    """A test method as the file's syntax tree has it."""

    owner: str
    name: str
    line: int

    @property
    def title(self):
        return f"{self.owner}.{self.name}"


def first_line(node):
    return min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", []))])


def members(body):
    """The statements of a class body, those inside `if` and `try` included."""
    for node in body:
        yield node
        for block in ("body", "orelse", "finalbody", "handlers"):
            if isinstance(node, (ast.If, ast.Try, ast.ExceptHandler, ast.With)):
                yield from members(getattr(node, block, []))


def module_classes(tree):
    return {node.name: node for node in members(tree.body) if isinstance(node, ast.ClassDef)}


def base_names(node):
    return [ast.unparse(base) for base in node.bases]


def derives_from_test_case(name, classes, seen=()):
    """Does unittest run the class? Judged by the names of its bases."""
    if name not in classes:
        last = name.split(".")[-1]
        return last in ("TestCase", "IsolatedAsyncioTestCase") or ("." in name and "Test" in last)
    return name not in seen and any(derives_from_test_case(base, classes, (*seen, name))
                                    for base in base_names(classes[name]))


def descends(name, ancestor, classes):
    return name == ancestor or name in classes and any(
        descends(base, ancestor, classes) for base in base_names(classes[name]) if base != name)


def runners(owner, classes):
    """The classes that unittest would run a method of `owner` in; of one that is a test case, itself."""
    if derives_from_test_case(owner, classes):
        return [owner]
    return [name for name in classes
            if descends(name, owner, classes) and derives_from_test_case(name, classes)]


def count_methods(tree):
    """All test methods of the file, by the syntax tree alone; a second definition replaces the first."""
    classes = module_classes(tree)
    found = {}
    for name, node in classes.items():
        if not runners(name, classes):
            continue
        for member in members(node.body):
            if isinstance(member, FUNCTIONS) and member.name.startswith("test"):
                found[name, member.name] = Method(name, member.name, member.lineno)
    return list(found.values())


def bound_names(node):
    """Names that a statement of the module binds, or whose object it changes."""
    names = set()
    pending = [node]
    while pending:
        item = pending.pop()
        if isinstance(item, (*FUNCTIONS, ast.ClassDef)):
            names.add(item.name)
            continue
        if isinstance(item, ast.alias):
            names.add((item.asname or item.name).split(".")[0])
        elif isinstance(item, ast.Name) and not isinstance(item.ctx, ast.Load):
            names.add(item.id)
        elif isinstance(item, ast.Call) and isinstance(node, (ast.Expr, ast.For)):
            names.update(part.id for part in item.args if isinstance(part, ast.Name))
        elif isinstance(item, (ast.Attribute, ast.Subscript)) and isinstance(item.ctx, ast.Store):
            root = item
            while isinstance(root, (ast.Attribute, ast.Subscript)):
                root = root.value
            if isinstance(root, ast.Name):
                names.add(root.id)
        pending.extend(ast.iter_child_nodes(item))
    return names


@dataclass
class Need:
    """Names and attribute names that the kept code mentions, in its strings too where it evaluates some."""

    names: set = field(default_factory=set)
    attributes: set = field(default_factory=set)
    words: set = field(default_factory=set)

    def add(self, *nodes):
        for node in nodes:
            for item in ast.walk(node):
                self.add_item(item)
        if EVALUATORS & (self.names | self.attributes):
            self.names |= self.words
            self.attributes |= self.words

    def add_item(self, item):
        if isinstance(item, ast.Name):
            self.names.add(item.id)
        elif isinstance(item, ast.Attribute):
            self.attributes.add(item.attr)
        elif isinstance(item, ast.Global):
            self.names.update(item.names)
        elif isinstance(item, ast.Constant) and isinstance(item.value, str):
            self.words.update(re.findall(r"[^\W\d]\w*", item.value))
            if item.value.isidentifier():
                self.attributes.add(item.value)

    def size(self):
        return len(self.names) + len(self.attributes)


class TestFile:
    """An installed test file, to be cut."""

    def __init__(self, path):
        self.path = Path(path)
        text = self.path.read_text(encoding="utf-8")
        self.lines = text.splitlines(keepends=True)
        self.tree = ast.parse(text)
        self.classes = module_classes(self.tree)
        self.bound = [bound_names(node) for node in self.tree.body]
        self.all_bound = set().union(*self.bound)
        self.companions = {
            alias.asname or alias.name: TestFile(self.path.parent / f"{alias.name}.py")
            for node in self.tree.body if isinstance(node, ast.ImportFrom) and node.module == "test"
            for alias in node.names if alias.name.endswith("_tests")}

    def methods(self):
        return count_methods(self.tree)

    def text_of(self, first, last):
        text = "".join(self.lines[first - 1:last])
        return text if text.endswith("\n") else text + "\n"

    def is_test_class(self, node):
        return isinstance(node, ast.ClassDef) and any(
            isinstance(item, FUNCTIONS) and item.name.startswith("test")
            for item in members(node.body))

    def kept_members(self, node, method, need):
        """The members of a test class that the method needs; all helpers where a base is foreign."""
        foreign = any(base not in self.classes and base not in ("object", "unittest.TestCase")
                      for base in base_names(node))
        kept = []
        for item in node.body:
            functions = [part for part in members([item]) if isinstance(part, FUNCTIONS)]
            if not functions or any(
                    part.name in need.attributes or part.name in FIXTURES
                    or (method and node.name == method.owner and part.name == method.name)
                    or (not part.name.startswith("test")
                        and (foreign or re.fullmatch(r"__\w+__", part.name)))
                    for part in functions):
                kept.append(item)
        return kept

    def parts(self, node, method, need):
        """The syntax trees of what is kept of a statement of the module."""
        if not self.is_test_class(node):
            return [node]
        return [*node.bases, *node.keywords, *node.decorator_list,
                *self.kept_members(node, method, need)]

    def needed(self, index, need):
        return bool(self.bound[index] & need.names)

    def close(self, need, method):
        """Adds what is needed by what is needed, until nothing new is; the needs of companions."""
        needs = {name: Need(attributes=need.attributes) for name in self.companions}
        size = -1
        while size != need.size():
            size = need.size()
            for index, node in enumerate(self.tree.body):
                if self.needed(index, need) and not isinstance(node, (ast.Import, ast.ImportFrom)):
                    need.add(*self.parts(node, method, need))
            for name, companion in self.companions.items():
                needs[name].names |= companion.all_bound & need.attributes
                companion.close(needs[name], None)
        return needs

    def import_text(self, node, need, stem):
        lines = []
        unknown = need.names - self.all_bound - set(dir(builtins))
        for alias in node.names:
            name = alias.asname or alias.name
            renamed = f" as {alias.asname}" if alias.asname else ""
            if name in self.companions and name in need.names:
                lines.append(f"import {stem}__{name} as {name}\n")
            elif isinstance(node, ast.ImportFrom):
                if node.module == "__future__" or name in need.names or name == "*" and unknown:
                    lines.append(f"from {'.' * node.level}{node.module or ''} "
                                 f"import {alias.name}{renamed}\n")
            elif name.split(".")[0] in need.names and (
                    alias.asname or all(part in need.attributes for part in name.split(".")[1:])):
                lines.append(f"import {alias.name}{renamed}\n")
        return "".join(lines)

    def statement_text(self, node, method, need, stem):
        first = first_line(node)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            return self.import_text(node, need, stem)
        if not self.is_test_class(node) or first_line(node.body[0]) == node.lineno:
            return self.text_of(first, node.end_lineno)
        text = self.text_of(first, first_line(node.body[0]) - 1)
        kept = self.kept_members(node, method, need)
        if not kept:
            return text + " " * (node.col_offset + 4) + "pass\n"
        return text + "\n".join(self.text_of(first_line(item), item.end_lineno) for item in kept)

    def module_text(self, method, need, stem):
        """The module as far as it is needed."""
        texts = []
        for index, node in enumerate(self.tree.body):
            main = isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)
            star = isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
            future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
            if not main and (star or future or self.needed(index, need)):
                texts.append(self.statement_text(node, method, need, stem))
        return "\n".join(text for text in texts if text)

    def module_texts(self, method, need, stem):
        """The modules of a slice by their names: `stem`, and what it imports of the test package."""
        needs = self.close(need, method)
        texts = {stem: self.module_text(method, need, stem)}
        for name, companion in self.companions.items():
            if name in need.names:
                texts |= companion.module_texts(None, needs[name], f"{stem}__{name}")
        return texts

    def slice(self, method, stem):
        """The modules of a method's script, called `stem`."""
        concrete = runners(method.owner, self.classes)
        need = Need(names={method.owner, *concrete})
        texts = self.module_texts(method, need, stem)
        texts[stem] += (f"\n\nimport unittest as _unittest\n"
                        f"_unittest.run_slice([{', '.join(concrete)}], {method.name!r})\n")
        return texts


def modules_named(node):
    """The modules that an import, or a call that imports, names."""
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").split(".")[0]]
    if isinstance(node, ast.Call) and "import_module" in ast.unparse(node.func) and node.args:
        return [getattr(node.args[0], "value", "")]
    return []


def reason_to_leave_out(texts):
    """Why the design leaves the slice out of the count, or an empty string."""
    for text in texts:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ASYNC):
                return "needs async"
            for module in modules_named(node):
                if module in LEFT_OUT_MODULES:
                    return f"needs {module}"
    return ""
