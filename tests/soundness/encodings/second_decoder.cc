#include "tests/soundness/encodings/second_decoder.h"

#include <llvm/ADT/SmallString.h>
#include <llvm/MC/MCAsmInfo.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCDisassembler/MCDisassembler.h>
#include <llvm/MC/MCInst.h>
#include <llvm/MC/MCInstPrinter.h>
#include <llvm/MC/MCInstrDesc.h>
#include <llvm/MC/MCInstrInfo.h>
#include <llvm/MC/MCRegisterInfo.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/MCTargetOptions.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Support/raw_ostream.h>

#include <cctype>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tests/soundness/meanings.h"

namespace tagproof::soundness {
namespace {

// X86's operand type of condition codes, the second of its own (its header is not installed).
constexpr uint8_t kConditionOperand = llvm::MCOI::OPERAND_FIRST_TARGET + 1;
constexpr unsigned kMemoryOperands = 5;  // base, scale, index, displacement, segment
constexpr uint8_t kNoCondition = 16;

constexpr std::string_view kNames64[] = {"RAX", "RCX", "RDX", "RBX", "RSP", "RBP", "RSI", "RDI"};
constexpr std::string_view kNames8[] = {"AL", "CL", "DL", "BL", "SPL", "BPL", "SIL", "DIL"};

ReadOperand registerOf(OperandKind kind, unsigned number, unsigned width) {
    ReadOperand out;
    out.kind = kind;
    out.number = static_cast<uint8_t>(number);
    out.width = static_cast<uint8_t>(width);
    return out;
}

// r8-r15 and their parts, xmm0-xmm15.
ReadOperand numberedRegister(std::string_view name) {
    const bool is_vector = name.starts_with("XMM");
    std::string_view rest = name.substr(is_vector ? 3 : 1);
    unsigned number = 0;
    while (!rest.empty() && std::isdigit(rest[0]) != 0) {
        number = number * 10 + static_cast<unsigned>(rest[0] - '0');
        rest.remove_prefix(1);
    }
    if (is_vector && rest.empty() && number < 16) {
        return registerOf(OperandKind::kVector, number, 16);
    }
    if (!is_vector && number >= 8 && number < 16) {
        if (rest.empty()) return registerOf(OperandKind::kGeneral, number, 8);
        if (rest == "D") return registerOf(OperandKind::kGeneral, number, 4);
        if (rest == "W") return registerOf(OperandKind::kGeneral, number, 2);
        if (rest == "B") return registerOf(OperandKind::kGeneral, number, 1);
    }
    return registerOf(OperandKind::kOther, kNoNumber, 0);
}

ReadOperand registerNamed(std::string_view name) {
    for (unsigned number = 0; number < 8; ++number) {
        const std::string_view wide = kNames64[number];
        const std::string_view rest = wide.substr(1);
        if (name == wide) return registerOf(OperandKind::kGeneral, number, 8);
        if (name == rest) return registerOf(OperandKind::kGeneral, number, 2);
        if (name.size() == 3 && name[0] == 'E' && name.substr(1) == rest) {
            return registerOf(OperandKind::kGeneral, number, 4);
        }
        if (name == kNames8[number]) return registerOf(OperandKind::kGeneral, number, 1);
    }
    if (name == "AH" || name == "CH" || name == "DH" || name == "BH") {
        return registerOf(OperandKind::kHighByte, kNoNumber, 1);
    }
    if (name.starts_with("XMM") ||
        (name.starts_with("R") && name.size() > 1 && std::isdigit(name[1]) != 0)) {
        return numberedRegister(name);
    }
    return registerOf(OperandKind::kOther, kNoNumber, 0);
}

uint8_t widthOfPointer(std::string_view text) {
    constexpr std::pair<std::string_view, uint8_t> kWidths[] = {
        {"byte ptr", 1}, {"xmmword ptr", 16}, {"qword ptr", 8}, {"dword ptr", 4}, {"word ptr", 2}};
    for (const auto& [word, width] : kWidths) {
        if (text.starts_with(word)) return width;
    }
    return 0;
}

// The operands of Intel text: "qword ptr [rax + 8*rcx], rdx".
std::vector<std::string> splitOperands(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const size_t comma = text.find(", ");
        out.emplace_back(text.substr(0, comma));
        if (comma == std::string_view::npos) break;
        text.remove_prefix(comma + 2);
    }
    return out;
}

std::string upper(std::string text) {
    for (char& c : text) c = static_cast<char>(std::toupper(c));
    return text;
}

// Is this operand that general register, or a part of it, without being encoded?
bool isFixed(const Shape::Source& source, const ReadOperand& general) {
    return source.is_fixed && source.fixed.kind == OperandKind::kGeneral &&
           general.kind == OperandKind::kGeneral && source.fixed.number == general.number;
}

bool isShiftByOne(std::string_view opcode) {
    const bool shifts = opcode.starts_with("SHL") || opcode.starts_with("SHR") ||
                        opcode.starts_with("SAR") || opcode.starts_with("ROL") ||
                        opcode.starts_with("ROR");
    return shifts && (opcode.ends_with("r1") || opcode.ends_with("m1"));
}

}  // namespace

class SecondDecoder::Llvm {
  public:
    Llvm();

    bool decode(std::span<const uint8_t> bytes, llvm::MCInst& inst, uint64_t& length) {
        inst.clear();
        return disassembler_->getInstruction(inst, length,
                                             llvm::ArrayRef<uint8_t>(bytes.data(), bytes.size()), 0,
                                             llvm::nulls()) == llvm::MCDisassembler::Success;
    }
    // `mnemonic`, `operands` as printed.
    void print(const llvm::MCInst& inst, std::string& mnemonic, std::string& operands);
    const Shape& shapeOf(const llvm::MCInst& inst);
    [[nodiscard]] ReadOperand operandOf(const llvm::MCInst& inst,
                                        const Shape& shape,
                                        const Shape::Source& source) const;

    llvm::MCInst scratch;

  private:
    Shape makeShape(const llvm::MCInst& inst, uint8_t condition, bool& is_ambiguous);
    void describe(const llvm::MCInst& inst, Shape& shape) const;
    static void describeWrite(const ReadOperand& written, Shape& shape);
    [[nodiscard]] const ReadOperand& reg(unsigned number) const { return registers_[number]; }

    std::unique_ptr<llvm::MCRegisterInfo> register_info_;
    std::unique_ptr<llvm::MCAsmInfo> asm_info_;
    std::unique_ptr<llvm::MCInstrInfo> instr_info_;
    std::unique_ptr<llvm::MCSubtargetInfo> subtarget_;
    std::unique_ptr<llvm::MCContext> context_;
    std::unique_ptr<llvm::MCDisassembler> disassembler_;
    std::unique_ptr<llvm::MCInstPrinter> printer_;
    std::vector<ReadOperand> registers_;  // by LLVM's register number
    std::vector<bool> is_no_index_;       // the pseudo registers of a SIB byte without index
    std::unordered_map<uint32_t, std::unique_ptr<Shape>> shapes_;
    Shape ambiguous_;  // of the instruction being read
};

SecondDecoder::Llvm::Llvm() {
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86Disassembler();
    const std::string triple = "x86_64-pc-linux-gnu";
    std::string error;
    const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple, error);
    if (target == nullptr) throw std::runtime_error(error);
    register_info_.reset(target->createMCRegInfo(triple));
    asm_info_.reset(target->createMCAsmInfo(*register_info_, triple, llvm::MCTargetOptions()));
    instr_info_.reset(target->createMCInstrInfo());
    subtarget_.reset(target->createMCSubtargetInfo(triple, "", "+avx"));
    context_ = std::make_unique<llvm::MCContext>(llvm::Triple(triple), asm_info_.get(),
                                                 register_info_.get(), subtarget_.get());
    disassembler_.reset(target->createMCDisassembler(*subtarget_, *context_));
    printer_.reset(target->createMCInstPrinter(llvm::Triple(triple), 1, *asm_info_, *instr_info_,
                                               *register_info_));
    for (unsigned number = 0; number < register_info_->getNumRegs(); ++number) {
        const std::string_view name = register_info_->getName(number);
        registers_.push_back(registerNamed(name));
        is_no_index_.push_back(name == "RIZ");
    }
}

void SecondDecoder::Llvm::print(const llvm::MCInst& inst,
                                std::string& mnemonic,
                                std::string& operands) {
    llvm::SmallString<128> buffer;
    llvm::raw_svector_ostream out(buffer);
    printer_->printInst(&inst, 0, "", *subtarget_, out);
    std::string_view text(buffer.data(), buffer.size());
    while (!text.empty() && std::isspace(text.front()) != 0) text.remove_prefix(1);
    const size_t space = text.find_first_of(" \t");
    mnemonic = text.substr(0, space);
    operands = space == std::string_view::npos ? "" : text.substr(space + 1);
}

// Finds out which MCInst operand each printed operand is. Those that stand in the text only are
// fixed. Ambiguous: the text would fit in two ways, so the shape must not be kept.
Shape SecondDecoder::Llvm::makeShape(const llvm::MCInst& inst,
                                     uint8_t condition,
                                     bool& is_ambiguous) {
    const llvm::MCInstrDesc& desc = instr_info_->get(inst.getOpcode());
    Shape shape;
    shape.opcode = instr_info_->getName(inst.getOpcode()).str();
    std::string operands;
    print(inst, shape.mnemonic, operands);
    const auto texts = splitOperands(operands);
    unsigned next = 0;
    const auto skip_tied = [&] {
        while (next < desc.getNumOperands() &&
               (desc.getOperandConstraint(next, llvm::MCOI::TIED_TO) != -1 ||
                desc.OpInfo[next].OperandType == kConditionOperand)) {
            ++next;
        }
    };
    if (texts.size() > kMaxReadOperands) return shape;
    for (const std::string& text : texts) {
        skip_tied();
        Shape::Source& source = shape.sources[shape.source_count++];
        const ReadOperand named = registerNamed(upper(text));
        const bool is_immediate = named.kind == OperandKind::kOther;
        const bool is_encoded =
            next < inst.getNumOperands() && inst.getOperand(next).isReg() &&
            register_info_->getName(inst.getOperand(next).getReg()) == upper(text);
        source.operand = static_cast<uint8_t>(next);
        if (text.find('[') != std::string::npos) {
            source.is_memory = true;
            shape.memory_width = widthOfPointer(text);
            next += kMemoryOperands;
        } else if (is_immediate || is_encoded) {
            ++next;
        } else {
            source.is_fixed = true;
            source.fixed = named;
        }
    }
    skip_tied();
    is_ambiguous = next != inst.getNumOperands();
    if (isShiftByOne(shape.opcode) && shape.source_count == 1) {
        Shape::Source& source = shape.sources[shape.source_count++];
        source.is_fixed = true;
        source.fixed.kind = OperandKind::kImmediate;
        source.fixed.value = 1;
    }
    const Meaning meaning = meaningOf(shape.mnemonic, condition);
    shape.is_known = meaning.is_known && !(is_ambiguous && texts.empty());
    shape.family = meaning.family;
    shape.op = meaning.op;
    describe(inst, shape);
    return shape;
}

// What the opcode's description says that it reads and writes.
void SecondDecoder::Llvm::describe(const llvm::MCInst& inst, Shape& shape) const {
    const llvm::MCInstrDesc& desc = instr_info_->get(inst.getOpcode());
    shape.loads = desc.mayLoad();
    shape.stores = desc.mayStore();
    for (unsigned k = 0; k < desc.getNumOperands(); ++k) {
        if (desc.getOperandConstraint(k, llvm::MCOI::TIED_TO) == 0) shape.reads_first = true;
    }
    for (unsigned k = 0; k < 2 && k < shape.source_count; ++k) {
        const Shape::Source& source = shape.sources[k];
        shape.writes_operand[k] = !source.is_fixed && source.operand < desc.getNumDefs();
    }
    for (const llvm::MCPhysReg* at = desc.getImplicitDefs(); at != nullptr && *at != 0; ++at) {
        if (std::string_view(register_info_->getName(*at)) == "EFLAGS") shape.writes_flags = true;
        describeWrite(reg(*at), shape);
    }
    for (const llvm::MCPhysReg* at = desc.getImplicitUses(); at != nullptr && *at != 0; ++at) {
        if (shape.source_count > 0 && isFixed(shape.sources[0], reg(*at))) shape.reads_first = true;
    }
}

// A register that is written without being encoded: an operand that only the text has, or none.
void SecondDecoder::Llvm::describeWrite(const ReadOperand& written, Shape& shape) {
    if (written.kind != OperandKind::kGeneral) return;
    for (unsigned k = 0; k < 2 && k < shape.source_count; ++k) {
        if (!isFixed(shape.sources[k], written)) continue;
        shape.writes_operand[k] = true;
        return;
    }
    shape.implicit_writes = static_cast<uint16_t>(shape.implicit_writes | 1U << written.number);
}

const Shape& SecondDecoder::Llvm::shapeOf(const llvm::MCInst& inst) {
    const llvm::MCInstrDesc& desc = instr_info_->get(inst.getOpcode());
    uint8_t condition = kNoCondition;
    const unsigned count = desc.getNumOperands();
    if (count > 0 && desc.OpInfo[count - 1].OperandType == kConditionOperand) {
        condition = static_cast<uint8_t>(inst.getOperand(count - 1).getImm());
    }
    auto& kept = shapes_[inst.getOpcode() * 32 + condition];
    if (kept != nullptr) return *kept;
    bool is_ambiguous = false;
    Shape shape = makeShape(inst, condition, is_ambiguous);
    if (is_ambiguous) {
        ambiguous_ = std::move(shape);
        return ambiguous_;
    }
    kept = std::make_unique<Shape>(std::move(shape));
    return *kept;
}

ReadOperand SecondDecoder::Llvm::operandOf(const llvm::MCInst& inst,
                                           const Shape& shape,
                                           const Shape::Source& source) const {
    if (source.is_fixed) return source.fixed;
    const llvm::MCInstrDesc& desc = instr_info_->get(inst.getOpcode());
    const llvm::MCOperand& operand = inst.getOperand(source.operand);
    const uint8_t type = desc.OpInfo[source.operand].OperandType;
    ReadOperand out;
    if (source.is_memory) {
        out.kind = OperandKind::kMemory;
        out.width = shape.memory_width;
        const auto address = [&](unsigned number, uint8_t& to) {
            if (number == 0 || is_no_index_[number]) return;
            const ReadOperand& read = reg(number);
            const bool is_wide = read.kind == OperandKind::kGeneral && read.width == 8;
            to = is_wide ? read.number : kNotAddressable;
        };
        address(operand.getReg(), out.base);
        out.scale = static_cast<uint8_t>(inst.getOperand(source.operand + 1U).getImm());
        address(inst.getOperand(source.operand + 2U).getReg(), out.index);
        out.disp = inst.getOperand(source.operand + 3U).getImm();
        out.has_segment = inst.getOperand(source.operand + 4U).getReg() != 0;
    } else if (operand.isReg()) {
        out = reg(operand.getReg());
    } else {
        const bool relative = type == llvm::MCOI::OPERAND_PCREL;
        out.kind = relative ? OperandKind::kRelative : OperandKind::kImmediate;
        out.value = operand.getImm();
    }
    return out;
}

SecondDecoder::SecondDecoder() : llvm_(std::make_unique<Llvm>()) {}
SecondDecoder::~SecondDecoder() = default;

bool SecondDecoder::read(std::span<const uint8_t> bytes, Reading& out) {
    uint64_t length = 0;
    llvm::MCInst& inst = llvm_->scratch;
    if (!llvm_->decode(bytes, inst, length)) return false;
    out.length = static_cast<uint8_t>(length);
    const Shape& shape = llvm_->shapeOf(inst);
    out.shape = &shape;
    out.operand_count = shape.source_count;
    for (unsigned k = 0; k < shape.source_count; ++k) {
        out.operands[k] = llvm_->operandOf(inst, shape, shape.sources[k]);
    }
    return true;
}

std::string SecondDecoder::text(std::span<const uint8_t> bytes) {
    uint64_t length = 0;
    llvm::MCInst inst;
    if (!llvm_->decode(bytes, inst, length)) return "(no instruction)";
    std::string mnemonic;
    std::string operands;
    llvm_->print(inst, mnemonic, operands);
    return mnemonic + " " + operands;
}

}  // namespace tagproof::soundness
