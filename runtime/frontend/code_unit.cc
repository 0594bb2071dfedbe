#include "runtime/frontend/code_unit.h"

#include <bit>

#include "objmodel/float.h"
#include "runtime/bytecode_listing.h"
#include "runtime/frontend/literal_repr.h"

namespace tagproof::frontend {

namespace {

using Kind = ConstantItem::Kind;

std::string intText(const ConstantItem& constant) {
    std::string text = constant.is_negative ? "-" : "";
    if (constant.int_fits) return text + std::to_string(constant.int_value);
    if (constant.int_base == 2) text += "0b";
    if (constant.int_base == 8) text += "0o";
    if (constant.int_base == 16) text += "0x";
    text += constant.text;
    return text;
}

std::string strRepr(std::string_view text) {
    const bool has_quote = text.find('\'') != std::string_view::npos;
    const bool has_double = text.find('"') != std::string_view::npos;
    const char quote = has_quote && !has_double ? '"' : '\'';
    std::string repr(1, quote);
    for (const char c : text) {
        if (c == '\n') {
            repr += "\\n";
        } else if (c == '\t') {
            repr += "\\t";
        } else {
            if (c == quote || c == '\\') repr += '\\';
            repr += c;
        }
    }
    return repr + quote;
}

std::string joinReprs(const CodeUnit& unit, const std::vector<ConstantItem>& items) {
    std::string text;
    for (const ConstantItem& item : items) {
        if (!text.empty()) text += ", ";
        text += constantRepr(unit, item);
    }
    return text;
}

}  // namespace

ConstantItem ConstantItem::integer(std::int64_t value) {
    const auto magnitude = static_cast<std::uint64_t>(value);
    return {.kind = Kind::kInt,
            .is_negative = value < 0,
            .int_fits = true,
            .int_value = value < 0 ? 0 - magnitude : magnitude};
}

ConstantItem ConstantItem::of(const ConstantValue& value) {
    switch (value.kind) {
        case ConstantValue::Kind::kNone:
            break;
        case ConstantValue::Kind::kTrue:
            return boolean(true);
        case ConstantValue::Kind::kFalse:
            return boolean(false);
        case ConstantValue::Kind::kEllipsis:
            return {.kind = Kind::kEllipsis};
        case ConstantValue::Kind::kInt:
            return {.kind = Kind::kInt,
                    .int_fits = value.int_fits,
                    .int_base = value.int_base,
                    .int_value = value.int_value,
                    .text = value.text};
        case ConstantValue::Kind::kFloat:
            return floating(value.float_value);
        case ConstantValue::Kind::kStr:
            return str(value.text);
        case ConstantValue::Kind::kBytes:
            return bytes(value.text);
        case ConstantValue::Kind::kComplex:
            break;
    }
    return none();
}

std::string constantKey(const ConstantItem& constant) {
    std::string key(1, static_cast<char>('a' + static_cast<int>(constant.kind)));
    switch (constant.kind) {
        case Kind::kNone:
        case Kind::kTrue:
        case Kind::kFalse:
        case Kind::kEllipsis:
            break;
        case Kind::kInt:
            key += intText(constant);
            break;
        case Kind::kFloat:
            key += std::to_string(std::bit_cast<std::uint64_t>(constant.float_value));
            break;
        case Kind::kStr:
        case Kind::kBytes:
            key += std::to_string(constant.text.size()) + ':';
            key += constant.text;
            break;
        case Kind::kTuple:
        case Kind::kFrozenSet:
            key += std::to_string(constant.items.size()) + '(';
            for (const ConstantItem& item : constant.items) key += constantKey(item) + ',';
            break;
        case Kind::kCode:
            key += std::to_string(constant.child);
            break;
    }
    return key;
}

std::string constantRepr(const CodeUnit& unit, const ConstantItem& constant) {
    switch (constant.kind) {
        case Kind::kNone:
            return "None";
        case Kind::kTrue:
            return "True";
        case Kind::kFalse:
            return "False";
        case Kind::kEllipsis:
            return "Ellipsis";
        case Kind::kInt:
            return intText(constant);
        case Kind::kFloat:
            return reprDouble(constant.float_value);
        case Kind::kStr:
            return strRepr(constant.text);
        case Kind::kBytes:
            return reprOfBytes(constant.text);
        case Kind::kTuple:
            return "(" + joinReprs(unit, constant.items) +
                   (constant.items.size() == 1 ? ",)" : ")");
        case Kind::kFrozenSet:
            return "frozenset({" + joinReprs(unit, constant.items) + "})";
        case Kind::kCode:
            break;
    }
    return "<code " + unit.children[constant.child]->qualified_name + ">";
}

BytecodeView viewOf(const CodeUnit& unit) {
    return {.instructions = unit.instructions,
            .exceptions = unit.exceptions,
            .stack_size = unit.stack_size,
            .local_count = static_cast<std::uint32_t>(unit.local_names.size()),
            .cell_count = static_cast<std::uint32_t>(unit.cell_names.size()),
            .name_count = static_cast<std::uint32_t>(unit.names.size()),
            .constant_count = static_cast<std::uint32_t>(unit.constants.size()),
            .cache_count = unit.cache_count,
            .feedback_count = unit.feedback_count};
}

std::string listingOf(const CodeUnit& unit, std::string_view filename) {
    const auto texts = [](const std::vector<Identifier>& names) {
        return std::vector<std::string>(names.begin(), names.end());
    };
    BytecodeListing listing{.title = unit.qualified_name + " (" + std::string(filename) + ":" +
                                     std::to_string(unit.first_line) + ")",
                            .code = viewOf(unit),
                            .positions = unit.positions,
                            .locals = texts(unit.local_names),
                            .cells = texts(unit.cell_names),
                            .names = texts(unit.names),
                            .constants = {}};
    for (const ConstantItem& constant : unit.constants) {
        listing.constants.push_back(constantRepr(unit, constant));
    }
    std::string text = formatListing(listing);
    for (const auto& child : unit.children) text += '\n' + listingOf(*child, filename);
    return text;
}

}  // namespace tagproof::frontend
