#include "runtime/bytecode_listing.h"

#include <array>
#include <string_view>

#include "objmodel/type.h"

namespace tagproof {

namespace {

constexpr std::size_t kNameWidth = 22;
constexpr std::size_t kNumberWidth = 5;

constexpr std::array<std::string_view, kBinaryOpCount> kBinarySymbols{
    "+", "-", "*", "@", "/", "//", "%", "**", "<<", ">>", "&", "|", "^"};
constexpr std::array<std::string_view, kUnaryOpCount> kUnarySymbols{"-", "+", "~"};
constexpr std::array<std::string_view, 6> kCompareSymbols{"<", "<=", "==", "!=", ">", ">="};

std::string padLeft(std::string text, std::size_t width) {
    if (text.size() < width) text.insert(0, width - text.size(), ' ');
    return text;
}

// In columns: at least `width` of them.
void appendPadded(std::string& out, std::string_view text, std::size_t width) {
    out += text;
    if (text.size() < width) out.append(width - text.size(), ' ');
}

std::string at(const std::vector<std::string>& texts, std::uint32_t index) {
    return index < texts.size() ? texts[index] : "?" + std::to_string(index);
}

std::string operatorText(Instruction instruction) {
    const std::uint32_t operand = instruction.operand;
    switch (instruction.op()) {
        case Opcode::COMPARE_OP:
            return std::string(kCompareSymbols.at(operand));
        case Opcode::UNARY_OP:
            return std::string(kUnarySymbols.at(operand));
        case Opcode::INPLACE_OP:
            return std::string(kBinarySymbols.at(operand)) + "=";
        default:  // BINARY_OP is the only other one
            return std::string(kBinarySymbols.at(operand));
    }
}

std::string operandText(const BytecodeListing& listing, Instruction instruction) {
    switch (opcodeInfo(instruction.op()).operand) {
        case OperandKind::kNone:
            return "";
        case OperandKind::kLocal:
            return at(listing.locals, instruction.operand);
        case OperandKind::kCell:
            return at(listing.cells, instruction.operand);
        case OperandKind::kName:
            return at(listing.names, instruction.operand);
        case OperandKind::kConst:
            return at(listing.constants, instruction.operand);
        case OperandKind::kTarget:
            return "-> " + std::to_string(instruction.operand);
        case OperandKind::kOp:
            return operatorText(instruction);
        case OperandKind::kCount:
        case OperandKind::kFlags:
            break;
    }
    return std::to_string(instruction.operand);
}

std::vector<bool> findTargets(const BytecodeView& code) {
    std::vector<bool> targets(code.instructions.size(), false);
    for (const Instruction& instruction : code.instructions) {
        if ((opcodeInfo(instruction.op()).flags & kJump) == 0) continue;
        if (instruction.operand < targets.size()) targets[instruction.operand] = true;
    }
    for (const ExceptionRange& range : code.exceptions) {
        if (range.target < targets.size()) targets[range.target] = true;
    }
    return targets;
}

void addNames(std::string& text, std::string_view what, const std::vector<std::string>& names) {
    if (names.empty()) return;
    text += "  ";
    text += what;
    text += ':';
    for (const std::string& name : names) text += ' ' + name;
    text += '\n';
}

}  // namespace

std::string formatListing(const BytecodeListing& listing) {
    std::string text = listing.title + '\n';
    addNames(text, "locals", listing.locals);
    addNames(text, "cells", listing.cells);
    const std::vector<bool> targets = findTargets(listing.code);
    std::uint32_t line = 0;
    for (std::size_t i = 0; i < listing.code.instructions.size(); ++i) {
        const Instruction instruction = listing.code.instructions[i];
        const bool is_new_line = listing.positions[i].line != line;
        line = listing.positions[i].line;
        std::string row = padLeft(is_new_line ? std::to_string(line) : "", kNumberWidth);
        row += targets[i] ? " >> " : "    ";
        row += padLeft(std::to_string(i), kNumberWidth) + "  ";
        appendPadded(row, opcodeInfo(instruction.op()).name, kNameWidth);
        row += operandText(listing, instruction);
        row.erase(row.find_last_not_of(' ') + 1);
        text += row + '\n';
    }
    for (const ExceptionRange& range : listing.code.exceptions) {
        text += "  protected: " + std::to_string(range.begin) + '-' +
                std::to_string(range.end - 1) + " -> " + std::to_string(range.target) + ", depth " +
                std::to_string(range.depth) + '\n';
    }
    return text;
}

}  // namespace tagproof
