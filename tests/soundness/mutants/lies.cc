#include "tests/soundness/mutants/lies.h"

#include <algorithm>

namespace tagproof::soundness {
namespace {

using verify::Abstract;
using verify::Kind;

uint32_t anyRow(const verify::Trusted& trusted, Dice& dice) {
    const size_t rows = trusted.shared->types.size();
    return rows == 0 || dice.oneIn(4) ? verify::kNoType : dice.below(rows);
}

// A word of some kind that is good for accesses.
Abstract wishful(const verify::Trusted& trusted, uint32_t symbols, Dice& dice) {
    Abstract a;
    a.sym = symbols == 0 ? 0 : dice.below(symbols + 1);
    const uint32_t owner = symbols == 0 ? 0 : 1 + dice.below(symbols);
    switch (dice.below(8)) {
        case 0:
        case 1:
            a.kind = Kind::kObj;
            a.low = 1;
            a.aux = anyRow(trusted, dice);
            a.flags = dice.oneIn(2) ? Abstract::kManaged : 0;
            a.map = dice.oneIn(2) ? 0 : dice.below(4);
            break;
        case 2:
            a.kind = Kind::kValue;
            a.low = dice.oneIn(2) ? 1 : static_cast<uint8_t>(dice() & 0x7F);
            break;
        case 3:
            a.kind = Kind::kSlot;
            a.low = dice.oneIn(2) ? 0x80 : 0x01;
            a.aux = anyRow(trusted, dice);
            break;
        case 4:
            a.kind = Kind::kVals;
            a.aux = anyRow(trusted, dice);
            break;
        case 5:
            a.kind = dice.oneIn(2) ? Kind::kBuf : Kind::kLen;
            a.aux = owner;
            a.map = dice.below(4);
            break;
        case 6:
            a.kind = Kind::kInt;
            a.hi = dice.below(9);
            a.flags = dice.oneIn(2) ? Abstract::kBounded : 0;
            a.aux = a.flags != 0 ? owner : 0;
            break;
        default:
            a.kind = dice.oneIn(2) ? Kind::kThread : Kind::kDict;
            break;
    }
    return a;
}

// The same word, said to be a little better than it is.
void improve(Abstract& a, uint32_t symbols, const verify::Trusted& trusted, Dice& dice) {
    switch (dice.below(7)) {
        case 0:
            a.flags &= static_cast<uint8_t>(~Abstract::kNullable);
            a.low &= a.kind == Kind::kValue ? 1 : 0x80;
            break;
        case 1:
            a.lo = std::max<int64_t>(a.lo, 0);
            a.hi = std::min<int64_t>(a.hi, 7);
            break;
        case 2:
            a.low &= static_cast<uint8_t>(dice());
            break;
        case 3:
            a.aux = a.kind == Kind::kObj || a.kind == Kind::kSlot ? anyRow(trusted, dice) : a.aux;
            a.flags |= a.kind == Kind::kObj ? Abstract::kManaged : 0;
            break;
        case 4:
            a.sym = symbols == 0 ? 0 : 1 + dice.below(symbols);
            break;
        case 5:
            a.map += 1 + dice.below(3);
            break;
        default:
            a.kind = a.kind == Kind::kValue ? Kind::kObj : Kind::kValue;
            a.low = 1;
            a.flags = 0;
            a.aux = verify::kNoType;
            break;
    }
}

}  // namespace

HintCopy::HintCopy(const verify::Hints& hints) {
    labels_.reserve(hints.labels.size());
    for (const verify::LabelHint& label : hints.labels) {
        labels_.push_back({label, {label.entries.begin(), label.entries.end()}});
    }
}

verify::Hints HintCopy::hints() const {
    view_.clear();
    for (const Label& label : labels_) {
        view_.push_back(label.hint);
        view_.back().entries = label.entries;
    }
    return {view_};
}

HintCopy HintCopy::lying(unsigned count, const verify::Trusted& trusted, Dice& dice) const {
    HintCopy copy = *this;
    for (unsigned k = 0; k < count && !copy.labels_.empty(); ++k) copy.lie(trusted, dice);
    return copy;
}

void HintCopy::lie(const verify::Trusted& trusted, Dice& dice) {
    Label& label = labels_[dice.below(labels_.size())];
    std::vector<verify::HintEntry>& entries = label.entries;
    const unsigned what = dice.below(10);
    if (what == 0) {
        // What holds elsewhere.
        const Label& other = labels_[dice.below(labels_.size())];
        const uint32_t offset = label.hint.offset;
        label = other;
        label.hint.offset = offset;
        return;
    }
    if (what == 8) {
        label.hint.is_joined = true;
        label.hint.keep = dice.oneIn(2) ? ~uint64_t{0} : uint64_t{dice.below(~uint32_t{0})};
        return;
    }
    if (what == 9) {
        std::swap(label, labels_[dice.below(labels_.size())]);  // another order of turns
        return;
    }
    if (what < 4 || entries.empty()) {
        const uint32_t location = dice.below(verify::kRegisterCount + label.hint.stack_words);
        const auto at =
            std::ranges::lower_bound(entries, location, {}, &verify::HintEntry::location);
        const Abstract a = wishful(trusted, label.hint.symbol_count, dice);
        if (at != entries.end() && at->location == location) {
            at->value = a;
        } else {
            entries.insert(at, {location, a});
        }
        return;
    }
    verify::HintEntry& entry = entries[dice.below(entries.size())];
    if (what == 4) {
        entry.value = entries[dice.below(entries.size())].value;
    } else {
        improve(entry.value, label.hint.symbol_count, trusted, dice);
    }
}

}  // namespace tagproof::soundness
