// The fields of every node, by name and in the order of Python.asdl: visitFields(node, visit) calls
// visit(name, field) for each field but the location and the `kind` of a Constant.
#pragma once

#include "runtime/frontend/ast.h"

namespace tagproof::frontend {

template <class Visit>
void visitFields(const Comprehension& node, const Visit& visit) {
    visit("target", node.target);
    visit("iter", node.iter);
    visit("ifs", node.ifs);
    visit("is_async", node.is_async);
}

template <class Visit>
void visitFields(const ExceptHandler& node, const Visit& visit) {
    visit("type", node.type);
    visit("name", node.name);
    visit("body", node.body);
}

template <class Visit>
void visitFields(const Arg& node, const Visit& visit) {
    visit("arg", node.arg);
    visit("annotation", node.annotation);
}

template <class Visit>
void visitFields(const Arguments& node, const Visit& visit) {
    visit("posonlyargs", node.posonlyargs);
    visit("args", node.args);
    visit("vararg", node.vararg);
    visit("kwonlyargs", node.kwonlyargs);
    visit("kw_defaults", node.kw_defaults);
    visit("kwarg", node.kwarg);
    visit("defaults", node.defaults);
}

template <class Visit>
void visitFields(const Keyword& node, const Visit& visit) {
    visit("arg", node.arg);
    visit("value", node.value);
}

template <class Visit>
void visitFields(const Alias& node, const Visit& visit) {
    visit("name", node.name);
    visit("asname", node.asname);
}

template <class Visit>
void visitFields(const WithItem& node, const Visit& visit) {
    visit("context_expr", node.context_expr);
    visit("optional_vars", node.optional_vars);
}

template <class Visit>
void visitFields(const MatchCase& node, const Visit& visit) {
    visit("pattern", node.pattern);
    visit("guard", node.guard);
    visit("body", node.body);
}

template <class Visit>
void visitFields(const BoolOp& node, const Visit& visit) {
    visit("op", node.op);
    visit("values", node.values);
}

template <class Visit>
void visitFields(const NamedExpr& node, const Visit& visit) {
    visit("target", node.target);
    visit("value", node.value);
}

template <class Visit>
void visitFields(const BinOp& node, const Visit& visit) {
    visit("left", node.left);
    visit("op", node.op);
    visit("right", node.right);
}

template <class Visit>
void visitFields(const UnaryOp& node, const Visit& visit) {
    visit("op", node.op);
    visit("operand", node.operand);
}

template <class Visit>
void visitFields(const Lambda& node, const Visit& visit) {
    visit("args", node.args);
    visit("body", node.body);
}

template <class Visit>
void visitFields(const IfExp& node, const Visit& visit) {
    visit("test", node.test);
    visit("body", node.body);
    visit("orelse", node.orelse);
}

template <class Visit>
void visitFields(const Dict& node, const Visit& visit) {
    visit("keys", node.keys);
    visit("values", node.values);
}

template <class Visit>
void visitFields(const Set& node, const Visit& visit) {
    visit("elts", node.elts);
}

template <class Visit>
void visitFields(const ListComp& node, const Visit& visit) {
    visit("elt", node.elt);
    visit("generators", node.generators);
}

template <class Visit>
void visitFields(const SetComp& node, const Visit& visit) {
    visit("elt", node.elt);
    visit("generators", node.generators);
}

template <class Visit>
void visitFields(const DictComp& node, const Visit& visit) {
    visit("key", node.key);
    visit("value", node.value);
    visit("generators", node.generators);
}

template <class Visit>
void visitFields(const GeneratorExp& node, const Visit& visit) {
    visit("elt", node.elt);
    visit("generators", node.generators);
}

template <class Visit>
void visitFields(const Await& node, const Visit& visit) {
    visit("value", node.value);
}

template <class Visit>
void visitFields(const Yield& node, const Visit& visit) {
    visit("value", node.value);
}

template <class Visit>
void visitFields(const YieldFrom& node, const Visit& visit) {
    visit("value", node.value);
}

template <class Visit>
void visitFields(const Compare& node, const Visit& visit) {
    visit("left", node.left);
    visit("ops", node.ops);
    visit("comparators", node.comparators);
}

template <class Visit>
void visitFields(const Call& node, const Visit& visit) {
    visit("func", node.func);
    visit("args", node.args);
    visit("keywords", node.keywords);
}

template <class Visit>
void visitFields(const FormattedValue& node, const Visit& visit) {
    visit("value", node.value);
    visit("conversion", node.conversion);
    visit("format_spec", node.format_spec);
}

template <class Visit>
void visitFields(const JoinedStr& node, const Visit& visit) {
    visit("values", node.values);
}

template <class Visit>
void visitFields(const Constant& node, const Visit& visit) {
    visit("value", node.value);
}

template <class Visit>
void visitFields(const Attribute& node, const Visit& visit) {
    visit("value", node.value);
    visit("attr", node.attr);
    visit("ctx", node.ctx);
}

template <class Visit>
void visitFields(const Subscript& node, const Visit& visit) {
    visit("value", node.value);
    visit("slice", node.slice);
    visit("ctx", node.ctx);
}

template <class Visit>
void visitFields(const Starred& node, const Visit& visit) {
    visit("value", node.value);
    visit("ctx", node.ctx);
}

template <class Visit>
void visitFields(const Name& node, const Visit& visit) {
    visit("id", node.id);
    visit("ctx", node.ctx);
}

template <class Visit>
void visitFields(const List& node, const Visit& visit) {
    visit("elts", node.elts);
    visit("ctx", node.ctx);
}

template <class Visit>
void visitFields(const Tuple& node, const Visit& visit) {
    visit("elts", node.elts);
    visit("ctx", node.ctx);
}

template <class Visit>
void visitFields(const Slice& node, const Visit& visit) {
    visit("lower", node.lower);
    visit("upper", node.upper);
    visit("step", node.step);
}

template <class Visit>
void visitFields(const FunctionDef& node, const Visit& visit) {
    visit("name", node.name);
    visit("args", node.args);
    visit("body", node.body);
    visit("decorator_list", node.decorator_list);
    visit("returns", node.returns);
}

template <class Visit>
void visitFields(const AsyncFunctionDef& node, const Visit& visit) {
    visit("name", node.name);
    visit("args", node.args);
    visit("body", node.body);
    visit("decorator_list", node.decorator_list);
    visit("returns", node.returns);
}

template <class Visit>
void visitFields(const ClassDef& node, const Visit& visit) {
    visit("name", node.name);
    visit("bases", node.bases);
    visit("keywords", node.keywords);
    visit("body", node.body);
    visit("decorator_list", node.decorator_list);
}

template <class Visit>
void visitFields(const Return& node, const Visit& visit) {
    visit("value", node.value);
}

template <class Visit>
void visitFields(const Delete& node, const Visit& visit) {
    visit("targets", node.targets);
}

template <class Visit>
void visitFields(const Assign& node, const Visit& visit) {
    visit("targets", node.targets);
    visit("value", node.value);
}

template <class Visit>
void visitFields(const AugAssign& node, const Visit& visit) {
    visit("target", node.target);
    visit("op", node.op);
    visit("value", node.value);
}

template <class Visit>
void visitFields(const AnnAssign& node, const Visit& visit) {
    visit("target", node.target);
    visit("annotation", node.annotation);
    visit("value", node.value);
    visit("simple", node.simple);
}

template <class Visit>
void visitFields(const For& node, const Visit& visit) {
    visit("target", node.target);
    visit("iter", node.iter);
    visit("body", node.body);
    visit("orelse", node.orelse);
}

template <class Visit>
void visitFields(const AsyncFor& node, const Visit& visit) {
    visit("target", node.target);
    visit("iter", node.iter);
    visit("body", node.body);
    visit("orelse", node.orelse);
}

template <class Visit>
void visitFields(const While& node, const Visit& visit) {
    visit("test", node.test);
    visit("body", node.body);
    visit("orelse", node.orelse);
}

template <class Visit>
void visitFields(const If& node, const Visit& visit) {
    visit("test", node.test);
    visit("body", node.body);
    visit("orelse", node.orelse);
}

template <class Visit>
void visitFields(const With& node, const Visit& visit) {
    visit("items", node.items);
    visit("body", node.body);
}

template <class Visit>
void visitFields(const AsyncWith& node, const Visit& visit) {
    visit("items", node.items);
    visit("body", node.body);
}

template <class Visit>
void visitFields(const Match& node, const Visit& visit) {
    visit("subject", node.subject);
    visit("cases", node.cases);
}

template <class Visit>
void visitFields(const Raise& node, const Visit& visit) {
    visit("exc", node.exc);
    visit("cause", node.cause);
}

template <class Visit>
void visitFields(const Try& node, const Visit& visit) {
    visit("body", node.body);
    visit("handlers", node.handlers);
    visit("orelse", node.orelse);
    visit("finalbody", node.finalbody);
}

template <class Visit>
void visitFields(const TryStar& node, const Visit& visit) {
    visit("body", node.body);
    visit("handlers", node.handlers);
    visit("orelse", node.orelse);
    visit("finalbody", node.finalbody);
}

template <class Visit>
void visitFields(const Assert& node, const Visit& visit) {
    visit("test", node.test);
    visit("msg", node.msg);
}

template <class Visit>
void visitFields(const Import& node, const Visit& visit) {
    visit("names", node.names);
}

template <class Visit>
void visitFields(const ImportFrom& node, const Visit& visit) {
    visit("module", node.module);
    visit("names", node.names);
    visit("level", node.level);
}

template <class Visit>
void visitFields(const Global& node, const Visit& visit) {
    visit("names", node.names);
}

template <class Visit>
void visitFields(const Nonlocal& node, const Visit& visit) {
    visit("names", node.names);
}

template <class Visit>
void visitFields(const ExprStmt& node, const Visit& visit) {
    visit("value", node.value);
}

template <class Visit>
void visitFields(const Pass&, const Visit&) {}

template <class Visit>
void visitFields(const Break&, const Visit&) {}

template <class Visit>
void visitFields(const Continue&, const Visit&) {}

template <class Visit>
void visitFields(const MatchValue& node, const Visit& visit) {
    visit("value", node.value);
}

template <class Visit>
void visitFields(const MatchSingleton& node, const Visit& visit) {
    visit("value", node.value);
}

template <class Visit>
void visitFields(const MatchSequence& node, const Visit& visit) {
    visit("patterns", node.patterns);
}

template <class Visit>
void visitFields(const MatchMapping& node, const Visit& visit) {
    visit("keys", node.keys);
    visit("patterns", node.patterns);
    visit("rest", node.rest);
}

template <class Visit>
void visitFields(const MatchClass& node, const Visit& visit) {
    visit("cls", node.cls);
    visit("patterns", node.patterns);
    visit("kwd_attrs", node.kwd_attrs);
    visit("kwd_patterns", node.kwd_patterns);
}

template <class Visit>
void visitFields(const MatchStar& node, const Visit& visit) {
    visit("name", node.name);
}

template <class Visit>
void visitFields(const MatchAs& node, const Visit& visit) {
    visit("pattern", node.pattern);
    visit("name", node.name);
}

template <class Visit>
void visitFields(const MatchOr& node, const Visit& visit) {
    visit("patterns", node.patterns);
}

}  // namespace tagproof::frontend
