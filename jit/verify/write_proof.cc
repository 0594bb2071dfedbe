#include "jit/verify/write_proof.h"

#include <utility>

#include "jit/verify/state_text.h"

namespace tagproof::verify {
namespace {

std::string_view kindName(FieldKind kind) {
    switch (kind) {
        case FieldKind::kValue:
            return "value";
        case FieldKind::kValueOrNull:
            return "value-or-null";
        case FieldKind::kInt:
            return "int";
        case FieldKind::kDouble:
            return "double";
        case FieldKind::kItems:
            return "items";
        case FieldKind::kLength:
            return "length";
        case FieldKind::kType:
            return "type";
        case FieldKind::kObject:
            return "object";
        case FieldKind::kInlineItems:
            return "inline-items";
        case FieldKind::kExitWord:
            return "exit-word";
    }
    return "?";
}

std::string hex(int64_t offset) {
    const bool negative = offset < 0;
    const uint64_t size =
        negative ? 0 - static_cast<uint64_t>(offset) : static_cast<uint64_t>(offset);
    return format("%c0x%llx", negative ? '-' : '+', static_cast<unsigned long long>(size));
}

std::string typeName(uint32_t row, const Tables& tables) {
    const TypeRow* type = tables.type(row);
    if (type == nullptr) return "unknown type";
    return "type " + (type->name.empty() ? format("%u", row) : std::string(type->name));
}

std::string fieldRow(const Field* field) {
    if (field == nullptr) return "";
    std::string text = "field at " + hex(field->offset) + ": ";
    if (field->count != 1) text += format("%u x ", field->count);
    text += kindName(field->kind);
    if (field->width != 8) text += format(" of %u bytes", unsigned{field->width});
    return text + (field->writable ? ", writable" : ", read only");
}

// The memory operand of an instruction, as a region and offsets in it.
class Target {
  public:
    Target(const Instruction& in, const State& state, const Tables& tables)
        : in_(in), state_(state), tables_(tables) {
        base_ = in.base == kNoRegister ? constant(0) : state.at(in.base);
        if (in.index == kNoRegister) return;
        index_ = state.at(in.index);
        base_register_ = in.base;
        index_register_ = in.index;
        // As the checker: of two registers, the one that is a pointer is the base.
        if (in.scale == 1 && base_.kind == Kind::kInt && index_.kind != Kind::kInt) {
            std::swap(base_, index_);
            std::swap(base_register_, index_register_);
        }
    }

    WriteProof describe(unsigned width) {
        WriteProof proof;
        proof.base = in_.base == kNoRegister && in_.index == kNoRegister ? "an absolute address"
                                                                         : baseText();
        place(in_.disp);
        proof.begin = lo_;
        proof.end = hi_ + width;
        proof.region = region_;
        proof.row = row_;
        return proof;
    }

  private:
    std::string baseText() const {
        const unsigned reg = in_.index == kNoRegister ? in_.base : base_register_;
        std::string text = named(reg, base_);
        if (in_.index != kNoRegister) {
            text += format(", plus %u x ", unsigned{in_.scale}) + named(index_register_, index_);
        }
        return text;
    }

    std::string named(unsigned reg, const Abstract& a) const {
        const std::string name = reg == kNoRegister ? "nothing" : locationName(reg, 0);
        return name + " is " + toString(a, tables_);
    }

    // Region, row, and the offsets that the write stays in.
    void place(int64_t disp) {
        lo_ = hi_ = base_.lo + disp;
        if (base_.kind == Kind::kSlot) lo_ = hi_ = disp + tables_.head().prefix_from_values;
        if (index_.kind == Kind::kInt && in_.index != kNoRegister) {
            lo_ += index_.lo * in_.scale;
            hi_ += index_.hi * in_.scale;
        }
        switch (base_.kind) {
            case Kind::kStack:
                region_ = "own frame";
                row_ = format("the frame is [%lld, 0) from the return address",
                              static_cast<long long>(state_.at(kRsp).lo));
                return;
            case Kind::kObj:
            case Kind::kType:
                return placeInObject(typeRowOf(base_, tables_));
            case Kind::kSlot:
            case Kind::kVals:
                return placeInValues();
            case Kind::kThread:
                return placeInThread();
            case Kind::kInt:
                return placeAtAddress(disp);
            case Kind::kTop:
            case Kind::kValue:
            case Kind::kDict:
            case Kind::kBuf:
            case Kind::kLen:
            case Kind::kSaved:
                return;
        }
    }

    void placeInObject(uint32_t type_row) {
        const HeadLayout& head = tables_.head();
        region_ = "object of " + typeName(type_row, tables_);
        if (lo_ == head.refcount) {
            row_ = format("head: count of %u bytes at ", unsigned{head.refcount_width}) +
                   hex(head.refcount);
            return;
        }
        const TypeRow* type = tables_.type(type_row);
        row_ = fieldRow(type == nullptr ? nullptr : Tables::field(type->fields, lo_));
    }

    void placeInValues() {
        const TypeRow* type = tables_.type(base_.aux);
        region_ = "values block of " + typeName(base_.aux, tables_);
        row_ = format("values: at least %u words", type == nullptr ? 0 : type->capacity);
    }

    void placeInThread() {
        const Field* field = tables_.threadField(lo_);
        region_ = "thread";
        row_ = fieldRow(field);
        if (field == nullptr || field->kind != FieldKind::kExitWord) return;
        region_ = "exit buffer";
        row_ = format("word %lld of the exit buffer, at ",
                      static_cast<long long>((lo_ - field->offset) / 8)) +
               hex(field->offset) + " of the thread";
    }

    void placeAtAddress(int64_t disp) {
        const auto base = static_cast<uint64_t>(base_.lo);
        if (tables_.constant(base) != nullptr) {
            lo_ = hi_ = disp;
            return placeInObject(typeRowOf(base_, tables_));
        }
        const verify::Region* region = tables_.region(static_cast<uint64_t>(lo_));
        if (region == nullptr) return;
        region_ = "cell";
        row_ = format("cell at 0x%llx: %u bytes of ",
                      static_cast<unsigned long long>(region->address), region->size) +
               std::string(kindName(region->kind)) + (region->writable ? ", writable" : "");
    }

    const Instruction& in_;
    const State& state_;
    const Tables& tables_;
    Abstract base_;
    Abstract index_;
    unsigned base_register_ = kNoRegister;
    unsigned index_register_ = kNoRegister;
    int64_t lo_ = 0;
    int64_t hi_ = 0;
    std::string region_;
    std::string row_;
};

constexpr unsigned digitOf(const Instruction& in, unsigned k) { return (in.form >> (3 * k)) & 7; }

// What a move writes; empty: something is computed.
std::string wordOf(const Instruction& in, const State& state, const Tables& tables) {
    if (in.family == Family::kVecMove) return "a vector register";
    if (in.family != Family::kMove) return "";
    if (digitOf(in, 1) == kImm) return format("the number %lld", static_cast<long long>(in.imm));
    return locationName(in.reg[1], 0) + " is " +
           toString(truncate(state.at(in.reg[1]), in.width), tables);
}

}  // namespace

std::optional<WriteProof> describeWrite(const Instruction& in,
                                        const State& state,
                                        const Tables& tables) {
    if (in.family == Family::kPush) {
        WriteProof proof;
        proof.base = "rsp is " + toString(state.at(kRsp), tables);
        proof.region = "own frame";
        proof.end = state.at(kRsp).lo;
        proof.begin = proof.end - 8;
        proof.row = format("the frame is [%lld, 0) from the return address",
                           static_cast<long long>(proof.begin));
        proof.word = locationName(in.reg[0], 0) + " is " + toString(state.at(in.reg[0]), tables);
        return proof;
    }
    if (digitOf(in, 0) != kMem) return std::nullopt;
    WriteProof proof = Target(in, state, tables).describe(in.width);
    proof.word = wordOf(in, state, tables);
    return proof;
}

}  // namespace tagproof::verify
