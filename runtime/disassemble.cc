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

}  // namespace

std::string listingOf(Thread& thread, const Code* code) {
    const CodeBody& body = *code->body;
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

std::vector<const Code*> allCodes(const Thread& thread, const Code* code) {
    std::vector<const Code*> all = {code};
    for (const Value constant : code->body->constants) {
        if (!isCode(thread, constant)) continue;
        const std::vector<const Code*> inner = allCodes(thread, constant.as<Code>());
        all.insert(all.end(), inner.begin(), inner.end());
    }
    return all;
}

std::string disassemble(Thread& thread, const Code* code) {
    std::string text;
    for (const Code* one : allCodes(thread, code)) {
        if (!text.empty()) text += '\n';
        text += listingOf(thread, one);
    }
    return text;
}

}  // namespace tagproof
