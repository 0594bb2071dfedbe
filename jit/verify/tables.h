#pragma once
// Look-ups in the trusted tables. Rows are found by exact address (or offset), so that a table
// which is not sorted can only hide rows, never invent one. That rows lie apart from one another is
// assumed (README.md).

#include <algorithm>
#include <span>

#include "jit/verify/verify.h"

namespace tagproof::verify {

class Tables {
  public:
    explicit Tables(const Trusted& trusted) : trusted_(trusted), shared_(*trusted.shared) {
        for (const Field& field : shared_.thread) {
            if (field.kind == FieldKind::kExitWord) exit_words_ = &field;
        }
    }

    [[nodiscard]] const Trusted& function() const { return trusted_; }
    [[nodiscard]] const HeadLayout& head() const { return shared_.head; }
    // The thread's field that contains byte `offset`; the exit buffer is asked for most often.
    [[nodiscard]] const Field* threadField(int64_t offset) const {
        const bool in_buffer =
            exit_words_ != nullptr && offset >= exit_words_->offset &&
            offset < exit_words_->offset + int64_t{exit_words_->count} * exit_words_->width;
        return in_buffer ? exit_words_ : field(shared_.thread, offset);
    }
    [[nodiscard]] std::span<const Field> typeObject() const { return shared_.type_object; }

    [[nodiscard]] const TypeRow* type(uint32_t row) const {
        return row < shared_.types.size() ? &shared_.types[row] : nullptr;
    }
    // Row index of the type object at `address`, or kNoType.
    [[nodiscard]] uint32_t typeAt(uint64_t address) const {
        const TypeRow* row = at(shared_.types, address);
        return row == nullptr ? kNoType : static_cast<uint32_t>(row - shared_.types.data());
    }
    [[nodiscard]] const Helper* helper(uint64_t address) const {
        return at(shared_.helpers, address);
    }
    [[nodiscard]] const EntryCell* entryCell(uint64_t address) const {
        return at(trusted_.entry_cells, address);
    }
    [[nodiscard]] const Constant* constant(uint64_t address) const {
        const Constant* own = at(trusted_.constants, address);
        return own != nullptr ? own : at(shared_.constants, address);
    }
    [[nodiscard]] const Handle* handle(uint64_t address) const {
        return at(trusted_.handles, address);
    }
    // The region that contains `address`.
    [[nodiscard]] const Region* region(uint64_t address) const {
        const Region* own = covering(trusted_.regions, address);
        return own != nullptr ? own : covering(shared_.regions, address);
    }
    [[nodiscard]] const Exit* exit(uint64_t id) const {
        const auto found = std::ranges::lower_bound(trusted_.exits, id, {}, &Exit::id);
        return found != trusted_.exits.end() && found->id == id ? &*found : nullptr;
    }

    // The field whose array [offset, offset + count * width) contains byte `offset`.
    [[nodiscard]] static const Field* field(std::span<const Field> fields, int64_t offset) {
        const auto after = std::ranges::upper_bound(fields, offset, {}, &Field::offset);
        if (after == fields.begin()) return nullptr;
        const Field& found = *(after - 1);
        const bool items = found.kind == FieldKind::kInlineItems;
        const int64_t end = found.offset + int64_t{found.count} * found.width;
        if (found.width == 0) return nullptr;
        return items || offset < end ? &found : nullptr;
    }

  private:
    template <typename Row>
    static const Row* at(std::span<const Row> rows, uint64_t address) {
        const auto found = std::ranges::lower_bound(rows, address, {}, &Row::address);
        return found != rows.end() && found->address == address ? &*found : nullptr;
    }
    static const Region* covering(std::span<const Region> rows, uint64_t address) {
        const auto after = std::ranges::upper_bound(rows, address, {}, &Region::address);
        if (after == rows.begin()) return nullptr;
        const Region& found = *(after - 1);
        return found.width != 0 && address - found.address < found.size ? &found : nullptr;
    }

    const Trusted& trusted_;             // per function
    const SharedTables& shared_;         // per Vm
    const Field* exit_words_ = nullptr;  // the last such field of the thread
};

}  // namespace tagproof::verify
