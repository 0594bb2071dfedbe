#include "tools/tagproof/option_values.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "jit/hir/passes/passes.h"

namespace tagproof::cli {

namespace {

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

// Takes digits off the front of `text`. False when there are none, or the number is too large.
bool takeNumber(std::string_view& text, uint64_t* number) {
    const bool is_hex = text.starts_with("0x") || text.starts_with("0X");
    if (is_hex) text.remove_prefix(2);
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, *number, is_hex ? 16 : 10);
    if (parsed.ec != std::errc()) return false;
    text.remove_prefix(static_cast<size_t>(parsed.ptr - text.data()));
    return true;
}

// The power of two of "k", "MB", ...; -1 for anything else.
int shiftOf(std::string_view unit) {
    if (unit.empty()) return 0;
    if (unit.size() > 2 || (unit.size() == 2 && std::tolower(unit[1]) != 'b')) return -1;
    switch (std::tolower(unit[0])) {
        case 'k':
            return 10;
        case 'm':
            return 20;
        case 'g':
            return 30;
        default:
            return -1;
    }
}

}  // namespace

uint64_t parseSize(std::string_view text) {
    std::string_view rest = text;
    uint64_t number = 0;
    const bool has_number = takeNumber(rest, &number);
    const int shift = shiftOf(rest);
    if (!has_number || shift < 0 || number > (UINT64_MAX >> shift)) {
        throw BadValue(quoted(text) + " is no number of bytes such as 4096, 0x1000, 64m or 2g");
    }
    return number << shift;
}

uint64_t parseCount(std::string_view text, uint64_t least, uint64_t most) {
    const char* end = text.data() + text.size();
    uint64_t number = 0;
    const auto parsed = std::from_chars(text.data(), end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end || number < least || number > most) {
        throw BadValue(quoted(text) + " is no number from " + std::to_string(least) + " to " +
                       std::to_string(most));
    }
    return number;
}

HeapCheck parseHeapCheck(std::string_view when) {
    HeapCheck check{.at_exit = true};
    if (when == "exit") return check;
    check.at_collections = when == "gc";
    if (check.at_collections) return check;
    try {
        check.allocations = parseCount(when, 1, UINT64_MAX);
    } catch (const BadValue&) {
        throw BadValue(quoted(when) + " is none of exit, gc, or a number of allocations above 0");
    }
    return check;
}

void addDumps(GuestOptions& options, std::string_view list) {
    while (true) {
        const size_t comma = list.find(',');
        const std::string_view name = list.substr(0, comma);
        const bool is_bytecode = parseChoice<bool>(
            name, {{"bytecode", true}, {"hir", false}, {"hir-passes", false}, {"asm", false}});
        if (is_bytecode) {
            options.dump_bytecode = true;
        } else {
            options.jit.dump += (options.jit.dump.empty() ? "" : ",") + std::string(name);
        }
        if (comma == std::string_view::npos) return;
        list.remove_prefix(comma + 1);
    }
}

std::string parsePass(std::string_view name) {
    std::string names = "build";
    if (name == names) return names;
    for (const hir::Pass& pass : hir::kPasses) {
        if (name == pass.name) return pass.name;
        names += std::string(", ") + pass.name;
    }
    throw BadValue("no pass is called " + quoted(name) + "; there are " + names);
}

}  // namespace tagproof::cli
