// Addresses, loads and stores. A memory operand is resolved to a region and an interval of offsets
// in it; the access is then looked up in that region's row. What cannot be resolved is a violation.
//
//   base operand               region    accesses
//   kStack                     frame     [rsp, return address)
//   kObj, constant             object    head words, fields of the type row; inc/dec of counts
//   kSlot (values form), kVals values    [0, 8 * capacity), whole words
//   kBuf                       items     below the proven item count, whole words, loads only
//   kThread                    thread    fields of the thread row
//   integer constant           absolute  trusted regions

#include <utility>

#include "jit/verify/machine.h"

namespace tagproof::verify {
namespace {

constexpr int64_t widthMask(unsigned width) {
    return width >= 8 ? kMax : (int64_t{1} << (8 * width)) - 1;
}

// A number of `width` bytes.
constexpr Abstract rawInteger(unsigned width) {
    return width >= 8 ? anyInteger() : integer(0, widthMask(width));
}

constexpr bool overlaps(int64_t lo, int64_t end, int64_t field, int64_t field_end) {
    return lo < field_end && end > field;
}

constexpr Abstract kNoBase = constant(0);

// How many items of an array, or of an object with inline items, are proven to be there.
uint32_t knownItems(const Abstract& base) { return base.kind == Kind::kObj ? base.map : 0; }

}  // namespace

void Machine::count(WriteClass write) {
    if (statistics_ != nullptr) ++statistics_->writes[static_cast<unsigned>(write)];
}

uint32_t Machine::capacityOf(uint32_t type_row) const {
    const TypeRow* row = tables_.type(type_row);
    return row == nullptr ? 0 : row->capacity;
}

// --- addresses -----------------------------------------------------------------------------------

Machine::Address Machine::fromBase(const Abstract& base, int64_t disp) {
    Address to;
    to.base = &base;
    to.lo = to.hi =
        static_cast<int64_t>(static_cast<uint64_t>(base.lo) + static_cast<uint64_t>(disp));
    switch (base.kind) {
        case Kind::kStack:
            to.region = Region::kStack;
            return to;
        case Kind::kObj:
        case Kind::kType:
            to.region = Region::kObject;
            return to;
        case Kind::kSlot:
            if (base.low != kSlotValuesLow) {
                fail(RuleId::kSlotBase, "the base is a slot word whose tag has not been tested");
                return Address{};
            }
            to.region = Region::kValues;
            to.lo = to.hi = disp + tables_.head().prefix_from_values;
            return to;
        case Kind::kVals:
            to.region = Region::kValues;
            return to;
        case Kind::kBuf:
            to.region = Region::kItems;
            return to;
        case Kind::kThread:
            to.region = Region::kThread;
            return to;
        case Kind::kDict:
            fail(RuleId::kSlotBase, "the base is a dict read from a slot");
            return Address{};
        case Kind::kInt:
            break;
        case Kind::kValue:
            fail(RuleId::kBase, "the base is a value not proven to be an object");
            return Address{};
        case Kind::kTop:
        case Kind::kLen:
        case Kind::kSaved:
            fail(RuleId::kBase, "the base is no proven pointer");
            return Address{};
    }
    if (!isConstant(base)) {
        fail(RuleId::kBase, "the base is a number");
        return Address{};
    }
    to.region = Region::kAbsolute;
    if (tables_.constant(static_cast<uint64_t>(base.lo)) != nullptr) {
        to.region = Region::kObject;
        to.lo = to.hi = disp;
    }
    return to;
}

bool Machine::addIndex(Address& to, const Abstract& index, unsigned scale) {
    if (isConstant(index)) {
        int64_t offset = 0;
        if (__builtin_mul_overflow(index.lo, int64_t{scale}, &offset)) return false;
        return !__builtin_add_overflow(to.lo, offset, &to.lo) &&
               !__builtin_add_overflow(to.hi, offset, &to.hi);
    }
    if (index.kind != Kind::kInt) return false;
    if (has(index, Abstract::kBounded) && scale == 8) {
        to.item_owner = index.aux;
        return true;
    }
    constexpr int64_t kLimit = int64_t{1} << 32;
    if (index.lo < -kLimit || index.hi > kLimit) return false;
    to.words = scale == 8;
    return !__builtin_add_overflow(to.lo, index.lo * int64_t{scale}, &to.lo) &&
           !__builtin_add_overflow(to.hi, index.hi * int64_t{scale}, &to.hi);
}

Machine::Address Machine::address(const Instruction& in) {
    const Abstract* base = in.base == kNoRegister ? &kNoBase : &state.at(in.base);
    if (in.index == kNoRegister) return fromBase(*base, in.disp);
    const Abstract* index = &state.at(in.index);
    if (in.scale == 1 && base->kind == Kind::kInt && index->kind != Kind::kInt) {
        std::swap(base, index);
    }
    Address to = fromBase(*base, in.disp);
    if (to.region != Region::kBad && !addIndex(to, *index, in.scale)) {
        fail(RuleId::kBase, "the index is not bounded");
        return Address{};
    }
    return to;
}

// --- loads ---------------------------------------------------------------------------------------

Abstract Machine::load(const Address& from, unsigned width) {
    switch (from.region) {
        case Region::kBad:
            return top();
        case Region::kStack:
            return loadStack(from, width);
        case Region::kObject:
            return loadObject(from, width);
        case Region::kAbsolute:
            return loadAbsolute(from, width);
        case Region::kThread: {
            const Field* field = tables_.threadField(from.lo);
            if (field != nullptr && from.lo == from.hi && from.item_owner == 0) {
                return loadField(*field, from, width);
            }
            fail(RuleId::kLoadRange, "no readable field of the thread");
            return top();
        }
        case Region::kValues: {
            const int64_t end = 8 * int64_t{capacityOf(from.base->aux)};
            const bool inside = from.item_owner == 0 && from.lo >= 0 && from.hi + width <= end;
            if (inside && from.words && from.lo % 8 == 0 && width == 8) return value(true);
            fail(RuleId::kValuesRange, "a load of anything but a whole word of the values block");
            return top();
        }
        case Region::kItems: {
            const bool indexed = from.item_owner != 0 && from.item_owner == from.base->aux;
            const bool inside = indexed ? from.lo == 0
                                        : from.item_owner == 0 && from.words && from.lo >= 0 &&
                                              from.hi < 8 * int64_t{from.base->map};
            if (inside && from.lo % 8 == 0 && width == 8) return value(false);
            fail(RuleId::kLoadRange, "an item load without a proven index");
            return top();
        }
    }
    return top();
}

Abstract Machine::loadStack(const Address& from, unsigned width) {
    const int64_t lo = from.lo;
    if (from.item_owner != 0 || lo != from.hi || lo < state.at(kRsp).lo || lo + width > 0) {
        fail(RuleId::kStackRange, "a load outside the frame");
        return top();
    }
    const auto word = static_cast<uint32_t>((-lo - 1) / 8);
    const Abstract& a = state.at(kRegisterCount + word);
    if (width > 8) return top();
    if (lo % 8 != 0) return width == 8 ? top() : rawInteger(width);
    if (width == 8) return has(a, kHalfWord) && a.kind == Kind::kInt ? top() : a;
    return truncate(a, width);
}

std::optional<Abstract> Machine::loadHead(const Address& from,
                                          uint32_t owner,
                                          unsigned width) const {
    const HeadLayout& head = tables_.head();
    if (from.lo == head.refcount && width == head.refcount_width) return rawInteger(width);
    if (from.lo == head.type && width == 8) return pointer(Kind::kType, 0, owner);
    if (!overlaps(from.lo, from.lo + width, head.slot, head.slot + 8)) return std::nullopt;
    // What crosses the slot's borders may leave the object.
    if (from.lo < head.slot || from.lo + width > head.slot + 8) return std::nullopt;
    if (width != 8 || !isManaged(*from.base, tables_)) return top();
    Abstract slot{.kind = Kind::kSlot, .low = kSlotLow, .flags = Abstract::kNullable};
    slot.aux = typeRowOf(*from.base, tables_);
    return slot;
}

Abstract Machine::loadObject(const Address& from, unsigned width) {
    const bool derived = from.base->kind == Kind::kObj && from.base->lo != 0;
    const uint32_t owner = derived || from.base->sym == 0 ? state.freshSymbol() : from.base->sym;
    const bool exact = from.lo == from.hi && from.item_owner == 0;
    if (exact) {
        const std::optional<Abstract> loaded = loadHead(from, owner, width);
        if (loaded) return *loaded;
    }
    const TypeRow* type = tables_.type(typeRowOf(*from.base, tables_));
    std::span<const Field> fields;
    if (type != nullptr) fields = type->fields;
    if (from.base->kind == Kind::kType) fields = tables_.typeObject();
    const Field* field = Tables::field(fields, from.lo);
    if (field != nullptr && exact) {
        Address owned = from;
        owned.owner = owner;
        return loadField(*field, owned, width);
    }
    const bool item = field != nullptr && field->kind == FieldKind::kInlineItems &&
                      from.item_owner == owner && from.lo == field->offset && width == 8;
    if (item) return value(false);
    fail(RuleId::kLoadRange,
         type == nullptr ? "a field of an object of unknown type" : "no readable field there");
    return top();
}

Abstract Machine::loadField(const Field& field, const Address& from, unsigned width) {
    const int64_t inside = from.lo - field.offset;
    const bool whole = inside % field.width == 0 && width == field.width;
    if (!field.readable || (!whole && inside % field.width + width > field.width)) {
        fail(RuleId::kLoadRange, "the load leaves the field, or it is not readable");
        return top();
    }
    switch (field.kind) {
        case FieldKind::kInt:
        case FieldKind::kDouble:
            return rawInteger(width);
        case FieldKind::kValue:
            return whole ? value(false) : top();
        case FieldKind::kValueOrNull:
            return whole ? value(true) : top();
        case FieldKind::kType:
        case FieldKind::kObject:
            return whole ? object(kNoType) : top();
        case FieldKind::kItems: {
            Abstract items = pointer(Kind::kBuf, 0, from.owner);
            items.map = knownItems(*from.base);
            return whole && from.owner != 0 ? items : top();
        }
        case FieldKind::kLength:
            return whole && from.owner != 0 ? pointer(Kind::kLen, 0, from.owner) : top();
        case FieldKind::kInlineItems:
            if (whole && inside / 8 < int64_t{knownItems(*from.base)}) return value(false);
            fail(RuleId::kLoadRange, "an item load without a proven index");
            return top();
        case FieldKind::kExitWord:
            return top();
    }
    return top();
}

Abstract Machine::loadAbsolute(const Address& from, unsigned width) {
    const verify::Region* region = tables_.region(static_cast<uint64_t>(from.lo));
    if (region == nullptr || from.lo != from.hi || from.item_owner != 0) {
        fail(RuleId::kBase, "no trusted cell at this address");
        return top();
    }
    Address inside = from;
    inside.lo = inside.hi = from.lo - static_cast<int64_t>(region->address);
    const Field field{
        .count = region->size / region->width, .width = region->width, .kind = region->kind};
    return loadField(field, inside, width);
}

// --- stores --------------------------------------------------------------------------------------

void Machine::store(const Address& to, unsigned width, const Abstract& a, StoreKind kind) {
    switch (to.region) {
        case Region::kBad:
            return;
        case Region::kStack:
            return storeStack(to, width, kind == StoreKind::kVector ? anyInteger() : a);
        case Region::kObject:
            return storeObject(to, width, a, kind);
        case Region::kValues:
            return storeValues(to, width, a);
        case Region::kItems:
            return fail(RuleId::kStoreRange, "item storage is not written by emitted code");
        case Region::kThread:
            return storeThread(to, width, a, kind);
        case Region::kAbsolute:
            return storeAbsolute(to, width, a, kind);
    }
}

// A stack word of which only the low half is known.
Abstract Machine::halfWord(const Abstract& a) {
    Abstract half = named(truncate(a, 4));
    half.flags |= kHalfWord;
    return half;
}

void Machine::storeStack(const Address& to, unsigned width, const Abstract& a) {
    const int64_t lo = to.lo;
    if (to.item_owner != 0 || lo != to.hi || lo < state.at(kRsp).lo || lo + width > 0) {
        return fail(RuleId::kStackRange, "a store outside the frame");
    }
    count(WriteClass::kStack);
    const auto first = static_cast<uint32_t>((-lo - 1) / 8);     // of the lowest byte
    const auto last = static_cast<uint32_t>(-(lo + width) / 8);  // of the highest byte
    const uint32_t at = kRegisterCount + first;
    if (lo % 8 == 0 && width == 8) {
        state.setNamed(at, a);
    } else if (lo % 8 == 0 && width == 4) {
        state.set(at, halfWord(a));
    } else if ((lo % 8 + 8) % 8 == 4 && width == 4) {
        // The low half stays.
        state.set(at, state.at(at).kind == Kind::kInt ? halfWord(state.at(at)) : top());
    } else {
        for (uint32_t k = last; k <= first; ++k) {
            const bool whole = lo % 8 == 0 && width == 16;
            state.set(kRegisterCount + k, whole ? state.fresh(anyInteger()) : top());
        }
    }
}

void Machine::storeObject(const Address& to, unsigned width, const Abstract& a, StoreKind kind) {
    const HeadLayout& head = tables_.head();
    if (to.item_owner != 0) {
        return fail(RuleId::kStoreRange, "items are not written by emitted code");
    }
    const int64_t end = to.hi + width;
    if (overlaps(to.lo, end, head.slot, head.slot + 8)) {
        return fail(RuleId::kSlotStore, "the store touches a managed-dict slot");
    }
    if (overlaps(to.lo, end, head.refcount, head.refcount + head.refcount_width)) {
        const bool counts = kind == StoreKind::kCount && to.lo == head.refcount && to.lo == to.hi;
        if (!counts || width != head.refcount_width || !isObjectWord(*to.base, tables_)) {
            return fail(RuleId::kRefcount,
                        "not an inc, dec, add or sub of the whole count of an object");
        }
        return count(WriteClass::kRefcount);
    }
    const TypeRow* type = tables_.type(typeRowOf(*to.base, tables_));
    const Field* field = type == nullptr ? nullptr : Tables::field(type->fields, to.lo);
    if (field == nullptr || to.lo != to.hi) {
        return fail(RuleId::kStoreRange, type == nullptr ? "a store into an object of unknown type"
                                                         : "no writable field there");
    }
    storeField(*field, to, width, a, kind);
}

void Machine::storeField(
    const Field& field, const Address& to, unsigned width, const Abstract& a, StoreKind kind) {
    const int64_t inside = to.lo - field.offset;
    if (!field.writable || inside % field.width != 0 || width != field.width) {
        return fail(RuleId::kStoreRange, "not a whole writable field");
    }
    if (!fits(field.kind, a, kind)) {
        return fail(RuleId::kStoreValue, "the word may not be stored in this field");
    }
    const bool raw = field.kind == FieldKind::kInt || field.kind == FieldKind::kDouble;
    switch (to.region) {
        case Region::kThread:
            return count(raw ? WriteClass::kThreadRaw : WriteClass::kThreadValue);
        case Region::kAbsolute:
            return count(raw ? WriteClass::kRawCell : WriteClass::kValueCell);
        case Region::kObject:
        case Region::kBad:
        case Region::kStack:
        case Region::kValues:
        case Region::kItems:
            return count(WriteClass::kObjectField);
    }
}

// May `a` be written into a field of that kind?
bool Machine::fits(FieldKind kind, const Abstract& a, StoreKind store) const {
    if (store == StoreKind::kVector) return kind == FieldKind::kDouble;
    switch (kind) {
        case FieldKind::kValue:
            return isValueWord(a, false, tables_);
        case FieldKind::kValueOrNull:
            return isValueWord(a, true, tables_);
        case FieldKind::kObject:
            return isObjectWord(a, tables_);
        case FieldKind::kInt:
        case FieldKind::kDouble:
            return asInteger(a).kind == Kind::kInt;
        case FieldKind::kItems:
        case FieldKind::kLength:
        case FieldKind::kType:
        case FieldKind::kInlineItems:
        case FieldKind::kExitWord:
            return false;
    }
    return false;
}

void Machine::storeValues(const Address& to, unsigned width, const Abstract& a) {
    const int64_t end = 8 * int64_t{capacityOf(to.base->aux)};
    const bool words = to.words && to.lo % 8 == 0 && width == 8;
    if (!words || to.item_owner != 0 || to.lo < 0 || to.hi + width > end) {
        return fail(RuleId::kValuesRange, "not a whole word inside the values block");
    }
    if (!isValueWord(a, true, tables_)) {
        return fail(RuleId::kStoreValue, "the word stored into the values block is no value");
    }
    count(WriteClass::kValues);
}

void Machine::storeThread(const Address& to, unsigned width, const Abstract& a, StoreKind kind) {
    const Field* field = tables_.threadField(to.lo);
    if (field == nullptr || to.lo != to.hi || to.item_owner != 0) {
        return fail(RuleId::kStoreRange, "no writable field of the thread");
    }
    if (field->kind != FieldKind::kExitWord) return storeField(*field, to, width, a, kind);
    const int64_t inside = to.lo - field->offset;
    if (!field->writable || width != 8 || inside % 8 != 0 || inside / 8 >= kMaxExitWords) {
        return fail(RuleId::kStoreRange, "not a whole word of the exit buffer");
    }
    memory_.exit_words[inside / 8] =
        ExitStore{.epoch = memory_.exit_epoch, .is_double = kind == StoreKind::kVector, .word = a};
    count(WriteClass::kExitWord);
}

void Machine::storeAbsolute(const Address& to, unsigned width, const Abstract& a, StoreKind kind) {
    const verify::Region* region = tables_.region(static_cast<uint64_t>(to.lo));
    if (region == nullptr || to.lo != to.hi || to.item_owner != 0) {
        return fail(RuleId::kBase, "no trusted cell at this address");
    }
    Address inside = to;
    inside.lo = inside.hi = to.lo - static_cast<int64_t>(region->address);
    const Field field{.count = region->size / region->width,
                      .width = region->width,
                      .kind = region->kind,
                      .writable = region->writable};
    storeField(field, inside, width, a, kind);
}

}  // namespace tagproof::verify
