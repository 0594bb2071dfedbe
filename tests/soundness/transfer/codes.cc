// The instructions of the proofs: bytes and meaning. rax is the first operand, rcx the second.

#include <fmt/format.h>

#include "tests/soundness/transfer/cpu.h"

namespace tagproof::soundness {
namespace {

constexpr unsigned kRax = 0;
constexpr unsigned kRcx = 1;
constexpr unsigned kRdx = 2;
using Bytes = std::vector<uint8_t>;

// REX.W for 8 bytes; one-byte forms have the opcode before.
Bytes sized(unsigned width, Bytes rest) {
    if (width == 1) --rest[0];
    if (width == 8) rest.insert(rest.begin(), 0x48);
    return rest;
}

uint8_t operator""_b(unsigned long long byte) { return static_cast<uint8_t>(byte); }

Bytes with(Bytes bytes, size_t zeros) {
    bytes.insert(bytes.end(), zeros, 0);
    return bytes;
}

std::string named(const char* name, unsigned width) { return fmt::format("{}/{}", name, width); }

z3::expr aluResult(Cpu& cpu, unsigned op, const z3::expr& a, const z3::expr& b) {
    switch (op) {
        case 0:
            return cpu.add(a, b);
        case 1:
        case 5:
            return cpu.subtract(a, b);
        case 2:
            return cpu.logic(a & b);
        case 6:
            return cpu.test(a, b);
        case 3:
            return cpu.logic(a | b);
        default:
            return cpu.logic(a ^ b);
    }
}

Bytes aluBytes(unsigned op, unsigned width, Operands operands) {
    constexpr uint8_t kOpcodes[] = {0x01, 0x29, 0x21, 0x09, 0x31, 0x39, 0x85};
    constexpr uint8_t kExtensions[] = {0, 5, 4, 1, 6, 7, 0};
    if (operands != Operands::kImmediate) {
        return sized(width, {kOpcodes[op], operands == Operands::kSame ? 0xC0_b : 0xC8_b});
    }
    const auto modrm = static_cast<uint8_t>(0xC0 | kExtensions[op] << 3);
    return with(sized(width, {op == 6 ? 0xF7_b : 0x81_b, modrm}), width == 1 ? 1 : 4);
}

}  // namespace

Code aluCode(unsigned op, unsigned width, Operands operands) {
    Code code{.name = named(kAluNames[op], width), .bytes = aluBytes(op, width, operands)};
    if (operands == Operands::kImmediate) code.immediate_bytes = width == 1 ? 1 : 4;
    constexpr const char* kOperandNames[] = {" a, b", " a, a", " a, imm"};
    code.name += kOperandNames[static_cast<unsigned>(operands)];
    code.sets_flags = true;
    if (operands == Operands::kRegisters) code.reads = Code::Reads::kBoth;
    code.run = [=](Cpu& cpu) {
        const z3::expr a = cpu.reg(kRax, width);
        const z3::expr b = operands == Operands::kRegisters ? cpu.reg(kRcx, width)
                           : operands == Operands::kSame    ? a
                                                            : cpu.immediate(width);
        const z3::expr result = aluResult(cpu, op, a, b);
        if (op < 5) cpu.setReg(kRax, width, result);
    };
    return code;
}

Code unaryCode(unsigned op, unsigned width) {
    constexpr uint8_t kOpcodes[] = {0xFF, 0xFF, 0xF7, 0xF7};
    constexpr uint8_t kModrm[] = {0xC0, 0xC8, 0xD8, 0xD0};
    Code code{.name = named(kUnaryNames[op], width) + " a",
              .bytes = sized(width, {kOpcodes[op], kModrm[op]})};
    code.sets_flags = op != 3;
    code.run = [=](Cpu& cpu) {
        const z3::expr a = cpu.reg(kRax, width);
        cpu.setReg(kRax, width,
                   op == 3 ? ~a : (op == 2 ? cpu.negate(a) : cpu.increment(a, op == 1)));
    };
    return code;
}

Code shiftCode(unsigned op, unsigned width, unsigned by) {
    constexpr uint8_t kModrm[] = {0xE0, 0xE8, 0xF8};
    Code code{.name = fmt::format("{}/{} a, {}", kShiftNames[op], width, by),
              .bytes = sized(width, {0xC1, kModrm[op], static_cast<uint8_t>(by)})};
    code.run = [=](Cpu& cpu) {
        const z3::expr a = cpu.reg(kRax, width);
        const z3::expr count = cpu.number(by & (width == 8 ? 63 : 31), 8 * width);
        cpu.forgetFlags();
        cpu.setReg(
            kRax, width,
            op == 0 ? z3::shl(a, count) : (op == 1 ? z3::lshr(a, count) : z3::ashr(a, count)));
    };
    return code;
}

std::vector<Code> unspecificShifts(unsigned width) {
    const std::pair<const char*, Bytes> forms[] = {
        {"shl a, cl", {0xD3, 0xE0}},   {"shr a, cl", {0xD3, 0xE8}},   {"sar a, cl", {0xD3, 0xF8}},
        {"rol a, 5", {0xC1, 0xC0, 5}}, {"ror a, 5", {0xC1, 0xC8, 5}},
    };
    std::vector<Code> codes;
    for (const auto& [name, bytes] : forms) {
        Code code{.name = fmt::format("{} ({} bytes)", name, width), .bytes = sized(width, bytes)};
        code.is_unspecific = true;
        code.run = [=](Cpu& cpu) {
            cpu.setReg(kRax, width, cpu.unknown(8 * width));
            cpu.forgetFlags();
        };
        codes.push_back(code);
    }
    return codes;
}

Code imulCode(unsigned width, bool by_immediate) {
    const Bytes bytes = by_immediate ? with({0x69, 0xC1}, 4) : Bytes{0x0F, 0xAF, 0xC1};
    Code code{.name = named("imul", width) + (by_immediate ? " a, b, imm" : " a, b"),
              .bytes = sized(width, bytes),
              .immediate_bytes = by_immediate ? 4U : 0U};
    code.reads = by_immediate ? Code::Reads::kSecond : Code::Reads::kBoth;
    code.run = [=](Cpu& cpu) {
        const z3::expr b = cpu.reg(kRcx, width);
        const z3::expr product = by_immediate ? cpu.multiply(b, cpu.immediate(width))
                                              : cpu.multiply(cpu.reg(kRax, width), b);
        cpu.setReg(kRax, width, product);
        cpu.forgetFlags();
    };
    return code;
}

Code extendCode(bool is_signed, unsigned from, unsigned to) {
    Bytes bytes = {0x0F, static_cast<uint8_t>((is_signed ? 0xBE : 0xB6) + (from == 2 ? 1 : 0)),
                   0xC1};
    if (from == 4) bytes = {0x63, 0xC1};
    Code code{.name = fmt::format("{} {} from {}", is_signed ? "movsx" : "movzx", to, from),
              .bytes = sized(to, bytes)};
    code.reads = Code::Reads::kSecond;
    code.run = [=](Cpu& cpu) {
        const z3::expr b = cpu.regs[kRcx].extract(8 * from - 1, 0);
        const unsigned more = 8 * (to - from);
        cpu.setReg(kRax, to, is_signed ? z3::sext(b, more) : z3::zext(b, more));
    };
    return code;
}

namespace {

// [base + displacement] or [index * 2^by + displacement].
Code leaOfOne(unsigned width, const std::string& form, Bytes bytes, unsigned reg, unsigned by) {
    Code code{.name = fmt::format("lea/{} {}", width, form),
              .bytes = sized(width, with(std::move(bytes), 4)),
              .displacement_bytes = 4};
    code.reads = reg == kRcx ? Code::Reads::kSecond : Code::Reads::kFirst;
    code.run = [=](Cpu& cpu) {
        const z3::expr word = cpu.regs[reg] * (1 << by);
        const z3::expr sum = z3::ite(cpu.disp == 0, word, cpu.sum(word, cpu.disp));
        cpu.setReg(kRdx, width, width == 8 ? sum : sum.extract(31, 0));
    };
    return code;
}

// [a + b * 2^by], and with a displacement that is not 0. The terms are those of the contracts.
Code leaOfTwo(unsigned width, unsigned by, bool is_displaced) {
    Code code{.name = fmt::format("lea/{} [a + b * {}{}]", width, 1 << by,
                                  is_displaced ? " + disp" : "")};
    code.bytes = {0x8D, static_cast<uint8_t>(is_displaced ? 0x94 : 0x14),
                  static_cast<uint8_t>(by << 6 | 0x08)};
    if (is_displaced) code.bytes = with(code.bytes, 4);
    code.bytes = sized(width, code.bytes);
    code.displacement_bytes = is_displaced ? 4 : 0;
    code.has_contract = true;
    code.run = [=](Cpu& cpu) {
        z3::expr sum = cpu.sum(cpu.regs[kRax], z3::shl(cpu.regs[kRcx], cpu.number(by, 64)));
        if (is_displaced) {
            cpu.explorer->assume(cpu.disp != 0);
            sum = cpu.sum(sum, cpu.disp);
        }
        cpu.setReg(kRdx, width, width == 8 ? sum : sum.extract(31, 0));
    };
    return code;
}

}  // namespace

std::vector<Code> leaCodes(unsigned width) {
    std::vector<Code> codes = {leaOfOne(width, "[a + disp]", {0x8D, 0x90}, kRax, 0)};
    for (unsigned by = 0; by < 4; ++by) {
        codes.push_back(leaOfTwo(width, by, false));
        codes.push_back(leaOfTwo(width, by, true));
        codes.push_back(leaOfOne(width, fmt::format("[b * {} + disp]", 1 << by),
                                 {0x8D, 0x14, static_cast<uint8_t>(by << 6 | 0x0D)}, kRcx, by));
    }
    return codes;
}

std::vector<Code> moveCodes(unsigned width) {
    Code copy{.name = named("mov", width) + " a, b", .bytes = sized(width, {0x89, 0xC8})};
    copy.reads = Code::Reads::kBoth;
    copy.run = [=](Cpu& cpu) { cpu.setReg(kRax, width, cpu.reg(kRcx, width)); };
    Code constant{.name = named("mov", width) + " a, imm"};
    constant.bytes = width == 1 ? Bytes{0xB0, 0} : with(sized(width, {0xC7, 0xC0}), 4);
    constant.immediate_bytes = width == 1 ? 1 : 4;
    constant.run = [=](Cpu& cpu) { cpu.setReg(kRax, width, cpu.immediate(width)); };
    std::vector<Code> codes = {copy, constant};
    if (width == 8) {
        constant.name = "mov/8 a, imm64";
        constant.bytes = with({0x48, 0xB8}, 8);
        constant.immediate_bytes = 8;
        codes.push_back(constant);
    }
    return codes;
}

Code exchangeCode(unsigned width) {
    Code code{.name = named("xchg", width) + " a, b", .bytes = sized(width, {0x87, 0xC8})};
    code.reads = Code::Reads::kBoth;
    code.run = [=](Cpu& cpu) {
        const z3::expr a = cpu.reg(kRax, width);
        cpu.setReg(kRax, width, cpu.reg(kRcx, width));
        cpu.setReg(kRcx, width, a);
    };
    return code;
}

Code moveIfCode(unsigned width) {
    Code code{.name = named("cmovcc", width) + " a, b", .bytes = sized(width, {0x0F, 0x44, 0xC1})};
    code.has_contract = true;
    code.passes_on = true;
    code.operand_bytes = width;
    code.run = [=](Cpu& cpu) {
        const z3::expr is_taken = cpu.condition(4);
        cpu.setReg(kRax, width, z3::ite(is_taken, cpu.reg(kRcx, width), cpu.reg(kRax, width)));
    };
    return code;
}

Code setConditionCode() {
    Code code{.name = "setcc a", .bytes = {0x0F, 0x94, 0xC0}};
    code.run = [](Cpu& cpu) {
        cpu.setReg(kRax, 1, z3::ite(cpu.condition(4), cpu.number(1, 8), cpu.number(0, 8)));
    };
    return code;
}

std::vector<Code> divideCodes() {
    std::vector<Code> codes;
    for (const unsigned width : {4U, 8U}) {
        Code divide{.name = named("idiv", width) + " b", .bytes = sized(width, {0xF7, 0xF9})};
        divide.run = [=](Cpu& cpu) {
            cpu.setReg(kRax, width, cpu.unknown(8 * width));
            cpu.setReg(kRdx, width, cpu.unknown(8 * width));
            cpu.forgetFlags();
        };
        Code sign{.name = width == 8 ? "cqo" : "cdq", .bytes = sized(width, {0x99})};
        sign.run = [=](Cpu& cpu) {
            const z3::expr a = cpu.reg(kRax, width);
            cpu.setReg(kRdx, width, z3::ashr(a, cpu.number(8 * width - 1, 8 * width)));
        };
        divide.is_unspecific = true;
        codes.push_back(divide);
        codes.push_back(sign);
    }
    return codes;
}

namespace {

// [rsp + offset]: bytes of frame word 1 (offset 0..7) or word 0 (8..15).
Code frameCode(const std::string& name, Bytes bytes, std::function<void(Cpu&)> run) {
    Code code{.name = name, .bytes = std::move(bytes), .run = std::move(run)};
    code.uses_memory = true;
    return code;
}

// Bytes [at, at + count) of a word replaced.
z3::expr replaced(const z3::expr& word, unsigned at, const z3::expr& part) {
    const unsigned low = 8 * at;
    const unsigned end = low + part.get_sort().bv_size();
    z3::expr result = part;
    if (end < 64) result = z3::concat(word.extract(63, end), result);
    if (low > 0) result = z3::concat(result, word.extract(low - 1, 0));
    return result;
}

}  // namespace

std::vector<Code> frameStores() {
    std::vector<Code> codes;
    const std::tuple<unsigned, uint8_t, unsigned> places[] = {
        {8, 8, 0}, {4, 8, 0}, {4, 12, 4}, {1, 8, 0}, {1, 13, 5}};
    for (const auto& [width, offset, at] : places) {
        const unsigned bytes = width;
        const unsigned first = at;
        codes.push_back(frameCode(fmt::format("mov/{} [rsp + {}], a", width, offset),
                                  sized(width, {0x89, 0x44, 0x24, offset}), [=](Cpu& cpu) {
                                      cpu.frame[0] =
                                          replaced(cpu.frame[0], first, cpu.reg(kRax, bytes));
                                  }));
    }
    // Across two words.
    codes.push_back(frameCode("mov/8 [rsp + 4], a", {0x48, 0x89, 0x44, 0x24, 4}, [](Cpu& cpu) {
        cpu.frame[1] = replaced(cpu.frame[1], 4, cpu.reg(kRax, 4));
        cpu.frame[0] = replaced(cpu.frame[0], 0, cpu.regs[kRax].extract(63, 32));
    }));
    codes.push_back(frameCode("pop b, after push a", {0x50, 0x59},
                              [](Cpu& cpu) { cpu.regs[kRcx] = cpu.regs[kRax]; }));
    return codes;
}

std::vector<Code> frameOperands() {
    std::vector<Code> codes;
    const std::tuple<unsigned, unsigned, uint8_t> forms[] = {
        {5, 4, 0x3B}, {5, 8, 0x3B}, {6, 8, 0x85}, {2, 8, 0x23}, {4, 4, 0x33}};
    for (const auto& [form, width, opcode] : forms) {
        const unsigned op = form;
        const unsigned bytes = width;
        codes.push_back(frameCode(fmt::format("{}/{} a, [rsp + 8]", kAluNames[op], width),
                                  sized(width, {opcode, 0x44, 0x24, 8}), [=](Cpu& cpu) {
                                      const z3::expr a = cpu.reg(kRax, bytes);
                                      const z3::expr b = cpu.frame[0].extract(8 * bytes - 1, 0);
                                      // The first operand of this form of test is the one in
                                      // memory.
                                      const z3::expr result = op == 6 ? aluResult(cpu, op, b, a)
                                                                      : aluResult(cpu, op, a, b);
                                      if (op < 5) cpu.setReg(kRax, bytes, result);
                                  }));
    }
    return codes;
}

std::vector<Code> frameLoads() {
    std::vector<Code> codes;
    const std::tuple<unsigned, uint8_t, unsigned> places[] = {
        {8, 8, 0}, {4, 8, 0}, {4, 12, 4}, {1, 8, 0}, {1, 13, 5}};
    for (const auto& [width, offset, at] : places) {
        const unsigned bytes = width;
        const unsigned first = at;
        codes.push_back(frameCode(
            fmt::format("mov/{} b, [rsp + {}]", width, offset),
            sized(width, {0x8B, 0x4C, 0x24, offset}), [=](Cpu& cpu) {
                cpu.setReg(kRcx, bytes, cpu.frame[0].extract(8 * (first + bytes) - 1, 8 * first));
            }));
    }
    return codes;
}

namespace {

void append(std::vector<Code>& codes, const std::vector<Code>& more) {
    codes.insert(codes.end(), more.begin(), more.end());
}

std::vector<Code> aluCodes(unsigned width) {
    std::vector<Code> codes;
    for (unsigned op = 0; op < kAluCount; ++op) {
        for (const Operands form : {Operands::kRegisters, Operands::kSame, Operands::kImmediate}) {
            codes.push_back(aluCode(op, width, form));
        }
    }
    return codes;
}

// What there is of 4 and 8 bytes only.
std::vector<Code> wideCodes(unsigned width) {
    std::vector<Code> codes;
    for (unsigned op = 0; op < 4; ++op) codes.push_back(unaryCode(op, width));
    for (unsigned k = 0; k < 3 * 8 * width; ++k) {
        codes.push_back(shiftCode(k / (8 * width), width, k % (8 * width)));
    }
    append(codes, unspecificShifts(width));
    append(codes,
           {imulCode(width, false), imulCode(width, true), exchangeCode(width), moveIfCode(width)});
    for (const unsigned from : {1U, 2U}) {
        append(codes, {extendCode(false, from, width), extendCode(true, from, width)});
    }
    if (width == 8) codes.push_back(extendCode(true, 4, width));
    append(codes, leaCodes(width));
    return codes;
}

}  // namespace

std::vector<Code> allCodes() {
    std::vector<Code> codes;
    for (const unsigned width : {1U, 4U, 8U}) {
        append(codes, aluCodes(width));
        append(codes, moveCodes(width));
    }
    append(codes, wideCodes(4));
    append(codes, wideCodes(8));
    codes.push_back(setConditionCode());
    append(codes, divideCodes());
    append(codes, frameStores());
    append(codes, frameLoads());
    return codes;
}

}  // namespace tagproof::soundness
