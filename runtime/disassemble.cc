#include "runtime/disassemble.h"

#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "runtime/bytecode_listing.h"
#include "runtime/code.h"

namespace tagproof {

namespace {

std::vector<std::string> textsOf(const std::vector<Str*>& names) {
    std::vector<std::string> texts;
    texts.reserve(names.size());
    for (const Str* name : names) texts.push_back(toUtf8(name));
    return texts;
}

std::string constantText(Thread& thread, Value constant) {
    if (isCode(thread, constant)) {
        return "<code " + toUtf8(constant.as<Code>()->body->qualified_name) + ">";
    }
    const Ref text(reprOf(thread, constant));
    return text ? toUtf8(text.as<Str>()) : "?";
}

std::string listing(Thread& thread, const CodeBody& body) {
    BytecodeListing listing{.title = toUtf8(body.qualified_name) + " (" + toUtf8(body.filename) +
                                     ":" + std::to_string(body.first_line) + ")",
                            .code = viewOf(body),
                            .positions = body.positions,
                            .locals = textsOf(body.local_names),
                            .cells = textsOf(body.cell_names),
                            .names = textsOf(body.names),
                            .constants = {}};
    for (const Value constant : body.constants) {
        listing.constants.push_back(constantText(thread, constant));
    }
    return formatListing(listing);
}

}  // namespace

std::string disassemble(Thread& thread, const Code* code, std::string_view function) {
    std::string text;
    if (function.empty() || toUtf8(code->body->qualified_name) == function) {
        text = listing(thread, *code->body);
    }
    for (const Value constant : code->body->constants) {
        if (!isCode(thread, constant)) continue;
        const std::string inner = disassemble(thread, constant.as<Code>(), function);
        if (!text.empty() && !inner.empty()) text += '\n';
        text += inner;
    }
    return text;
}

}  // namespace tagproof
