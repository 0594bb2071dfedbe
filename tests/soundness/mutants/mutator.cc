#include "tests/soundness/mutants/mutator.h"

#include <algorithm>
#include <cstring>

namespace tagproof::soundness {
namespace {

constexpr std::string_view kNames[] = {
#define TAGPROOF_MUTATION(id, name) name,
#include "tests/soundness/mutants/mutations.def"
#undef TAGPROOF_MUTATION
};

int64_t readSigned(const uint8_t* at, unsigned size) {
    uint64_t word = 0;
    std::memcpy(&word, at, size);
    const unsigned shift = 64 - 8 * size;
    return static_cast<int64_t>(word << shift) >> shift;
}

void addTo(Piece& piece, unsigned at, unsigned size, int64_t delta) {
    const auto word = static_cast<uint64_t>(readSigned(piece.bytes.data() + at, size) + delta);
    std::memcpy(piece.bytes.data() + at, &word, size);
}

bool changeDisplacement(Piece& piece, Dice& dice) {
    static constexpr int kSteps[] = {1, -1, 8, -8, 24, -24, 4, -4, 16, -16, 2, 7, -32};
    static constexpr int kPlaces[] = {0, 8, 0x10, 0x18, 0x20, 0x28, 1, -1, 0x1C};
    if (piece.displacement_size == 0) return false;
    if (dice.oneIn(4)) {
        const int64_t now =
            readSigned(piece.bytes.data() + piece.displacement, piece.displacement_size);
        addTo(piece, piece.displacement, piece.displacement_size,
              kPlaces[dice.below(std::size(kPlaces))] - now);
    } else {
        addTo(piece, piece.displacement, piece.displacement_size,
              kSteps[dice.below(std::size(kSteps))]);
    }
    return true;
}

bool changeImmediate(Piece& piece, Dice& dice) {
    static constexpr int kSteps[] = {1, -1, 8, -8, 2, 4, 16, -3, 64};
    if (piece.immediate_size == 0) return false;
    if (dice.oneIn(3)) {
        static constexpr int kWords[] = {0, 1, 7, 8, -1, 0x18, 3, 0x7F};
        const int64_t now = readSigned(piece.bytes.data() + piece.immediate, piece.immediate_size);
        addTo(piece, piece.immediate, piece.immediate_size,
              kWords[dice.below(std::size(kWords))] - now);
    } else {
        addTo(piece, piece.immediate, piece.immediate_size, kSteps[dice.below(std::size(kSteps))]);
    }
    return true;
}

bool hasRex(const Piece& piece) {
    return piece.opcode != 0 && piece.bytes[piece.opcode - 1U] >> 4 == 4;
}

bool changeWidth(Piece& piece, Dice& dice) {
    switch (dice.below(3)) {
        case 0:
            piece.bytes[piece.opcode] ^= 1;
            break;
        case 1:
            if (hasRex(piece)) {
                piece.bytes[piece.opcode - 1U] ^= 8;
            } else {
                piece.bytes.insert(piece.opcode, 0x48);
            }
            break;
        default:
            piece.bytes.insert(0, 0x66);
            break;
    }
    readParts(piece);
    return true;
}

bool insertPrefix(Piece& piece, Dice& dice) {
    static constexpr uint8_t kPrefixes[] = {0x67, 0x66, 0x2E, 0x36, 0x3E, 0x26, 0x64, 0x65,
                                            0xF0, 0xF2, 0xF3, 0x41, 0x44, 0x42, 0x48, 0x4C};
    const uint8_t byte = kPrefixes[dice.below(std::size(kPrefixes))];
    if (byte >> 4 == 4 && hasRex(piece)) {
        piece.bytes[piece.opcode - 1U] ^= static_cast<uint8_t>(byte & 0xF);
    } else {
        piece.bytes.insert(byte >> 4 == 4 ? piece.opcode : 0, byte);
    }
    readParts(piece);
    return true;
}

bool changeRegister(Piece& piece, Dice& dice) {
    const auto random = static_cast<uint8_t>(dice());
    if (piece.modrm == 0) {
        // The register is in the opcode, or nowhere.
        piece.bytes[piece.opcode] = static_cast<uint8_t>(piece.bytes[piece.opcode] ^ (random & 7));
    } else if (piece.sib != 0 && (random & 0x80) != 0) {
        piece.bytes[piece.sib] ^= (random & 0x40) != 0 ? random & 0x38 : random & 7;
    } else {
        piece.bytes[piece.modrm] ^= (random & 0x40) != 0 ? random & 0x38 : random & 7;
    }
    if (hasRex(piece) && dice.oneIn(3)) piece.bytes[piece.opcode - 1U] ^= random >> 3 & 5;
    readParts(piece);
    return true;
}

// jcc: removed (nops of the same length), inverted, or always taken.
bool changeGuard(Piece& piece, Dice& dice) {
    const size_t length = piece.bytes.size();
    const bool is_near = length == 6 && piece.bytes[0] == 0x0F && piece.bytes[1] >> 4 == 8;
    const bool is_short = length == 2 && piece.bytes[0] >> 4 == 7;
    if (!is_near && !is_short) return false;
    if (dice.oneIn(3)) {
        piece.bytes[is_near ? 1 : 0] ^= 1;
        return true;
    }
    static constexpr uint8_t kNop6[] = {0x66, 0x0F, 0x1F, 0x44, 0x00, 0x00};
    static constexpr uint8_t kNop2[] = {0x66, 0x90};
    const uint32_t offset = piece.offset;
    piece = Piece{};
    piece.bytes = is_near ? ShortBytes(kNop6) : ShortBytes(kNop2);
    piece.offset = offset;
    return true;
}

bool changeOpcode(Piece& piece, Dice& dice) {
    const auto random = static_cast<uint8_t>(dice());
    uint8_t& byte = piece.bytes[piece.opcode];
    if (byte == 0x0F && piece.opcode + 1U < piece.bytes.size()) {
        piece.bytes[piece.opcode + 1U] ^= random & 0xF;
    } else if (byte >> 4 == 7) {
        byte ^= random & 0xF;
    } else if (byte < 0x40) {
        byte ^= random & 0x38;  // add, or, adc, sbb, and, sub, xor, cmp
    } else if ((byte == 0x81 || byte == 0x83 || byte == 0xC1 || byte >= 0xF6) && piece.modrm != 0) {
        piece.bytes[piece.modrm] ^= random & 0x38;
    } else {
        byte ^= random & 3;
    }
    readParts(piece);
    return true;
}

bool flipBit(Piece& piece, Dice& dice) {
    const unsigned bit = dice.below(8 * piece.bytes.size());
    piece.bytes[bit / 8] ^= static_cast<uint8_t>(1U << bit % 8);
    // A changed distance is kept: the target is what the bytes say now.
    const bool in_distance = piece.relative_size != 0 && bit / 8 >= piece.relative;
    if (in_distance) {
        piece.relative_size = 0;
        piece.target = Piece::kNoTarget;
    }
    return true;
}

// What can be done with this instruction in particular, half of the time.
Mutation drawMutation(const Piece& piece, Dice& dice) {
    const auto any = static_cast<Mutation>(dice.below(kMutationCount));
    if (dice.oneIn(2)) return any;
    if (piece.relative_size != 0) return dice.oneIn(3) ? Mutation::kTarget : Mutation::kGuard;
    if (piece.immediate_size == 8) return Mutation::kAddress;
    if (piece.displacement_size != 0) return Mutation::kDisplacement;
    if (piece.immediate_size != 0) return dice.oneIn(3) ? Mutation::kAddress : Mutation::kImmediate;
    return any;
}

// Indices behind a change of the number of pieces.
void shiftTargets(Listing& listing, size_t from, int delta) {
    for (Piece& piece : listing) {
        if (piece.target != Piece::kNoTarget && piece.target > from) {
            piece.target = static_cast<uint32_t>(static_cast<int64_t>(piece.target) + delta);
        }
    }
}

void erase(Listing& listing, size_t at) {
    shiftTargets(listing, at, -1);
    listing.erase(listing.begin() + static_cast<std::ptrdiff_t>(at));
}

void insert(Listing& listing, size_t before, const Piece& piece) {
    if (before != 0) shiftTargets(listing, before - 1, 1);
    listing.insert(listing.begin() + static_cast<std::ptrdiff_t>(before), piece);
}

}  // namespace

std::string_view mutationName(Mutation mutation) { return kNames[static_cast<size_t>(mutation)]; }

Mutator::Mutator(const Listing& original, const Listing& donor, const verify::Trusted& trusted)
    : original_(original), donor_(donor) {
    const verify::SharedTables& shared = *trusted.shared;
    for (const auto& row : shared.types) addresses_.push_back(row.address);
    for (const auto& row : shared.helpers) addresses_.push_back(row.address);
    for (const auto& row : shared.constants) addresses_.push_back(row.address);
    for (const auto& row : shared.regions) addresses_.push_back(row.address);
    for (const auto& row : trusted.constants) addresses_.push_back(row.address);
    for (const auto& row : trusted.regions) addresses_.push_back(row.address);
    for (const auto& row : trusted.entry_cells) addresses_.push_back(row.address);
    for (const auto& row : trusted.handles) addresses_.push_back(row.address);
    for (const auto& exit : trusted.exits) exit_ids_.push_back(exit.id);
}

// A 64-bit immediate becomes another address, of any kind; a 32-bit one another exit.
bool Mutator::changeAddress(Piece& piece, Dice& dice) const {
    if (piece.immediate_size == 8 && !addresses_.empty()) {
        const uint64_t word = addresses_[dice.below(addresses_.size())];
        std::memcpy(piece.bytes.data() + piece.immediate, &word, sizeof word);
        return true;
    }
    if (piece.immediate_size != 4 || exit_ids_.empty()) return false;
    const uint32_t id = exit_ids_[dice.below(exit_ids_.size())];
    std::memcpy(piece.bytes.data() + piece.immediate, &id, sizeof id);
    return true;
}

// Some instructions give way to as many or others of the donor. Branches of the fragment go where
// they can.
bool Mutator::splice(Listing& listing, size_t at, Dice& dice) const {
    constexpr unsigned kLongest = 12;
    const size_t from = dice.below(donor_.size());
    const size_t count = std::min<size_t>(1 + dice.below(kLongest), donor_.size() - from);
    const size_t removed = std::min<size_t>(dice.below(kLongest), listing.size() - at);
    for (size_t k = 0; k < removed && listing.size() > 1; ++k) erase(listing, at);
    at = std::min(at, listing.size());
    for (size_t k = 0; k < count; ++k) {
        Piece piece = donor_[from + k];
        const uint32_t target = piece.target;
        piece.target = Piece::kNoTarget;
        insert(listing, at + k, piece);
        if (target == Piece::kNoTarget) continue;
        const bool inside = target >= from && target < from + count;
        listing[at + k].target =
            inside ? static_cast<uint32_t>(at + target - from) : dice.below(listing.size());
    }
    for (Piece& piece : listing) {
        if (piece.target != Piece::kNoTarget && piece.target >= listing.size()) {
            piece.target = static_cast<uint32_t>(listing.size() - 1);
        }
    }
    return true;
}

bool Mutator::apply(Mutation mutation, Listing& listing, size_t at, Dice& dice) const {
    Piece& piece = listing[at];
    switch (mutation) {
        case Mutation::kBitFlip:
            return flipBit(piece, dice);
        case Mutation::kByte:
            piece.bytes[dice.below(piece.bytes.size())] = static_cast<uint8_t>(dice());
            readParts(piece);
            return true;
        case Mutation::kDisplacement:
            return changeDisplacement(piece, dice);
        case Mutation::kWidth:
            return changeWidth(piece, dice);
        case Mutation::kDrop:
            if (listing.size() > 1) erase(listing, at);
            return true;
        case Mutation::kSwap:
            if (at + 1 < listing.size()) std::swap(piece, listing[at + 1]);
            return at + 1 < listing.size();
        case Mutation::kDouble:
            insert(listing, at, Piece(piece));
            return true;
        case Mutation::kMove: {
            const Piece moved = piece;
            erase(listing, at);
            constexpr unsigned kFar = 12;
            const size_t low = at > kFar / 2 ? at - kFar / 2 : 0;
            insert(listing, std::min(low + dice.below(kFar), listing.size()), moved);
            return true;
        }
        case Mutation::kGuard:
            return changeGuard(piece, dice);
        case Mutation::kTarget:
            if (piece.relative_size == 0) return false;
            piece.target = dice.below(listing.size());
            return true;
        case Mutation::kPrefix:
            return insertPrefix(piece, dice);
        case Mutation::kRegister:
            return changeRegister(piece, dice);
        case Mutation::kImmediate:
            return changeImmediate(piece, dice);
        case Mutation::kAddress:
            return changeAddress(piece, dice);
        case Mutation::kOpcode:
            return changeOpcode(piece, dice);
        case Mutation::kSplice:
            return splice(listing, at, dice);
        case Mutation::kCount:
            break;
    }
    return false;
}

Mutant Mutator::make(size_t at, Dice& dice) const {
    Mutant mutant;
    Listing listing = original_;
    mutant.original = original_[at].offset;
    mutant.place = mutant.original;
    const unsigned wanted = dice.oneIn(3) ? 2 + dice.below(2) : 1;
    constexpr unsigned kTries = 24;
    constexpr unsigned kNear = 9;
    for (unsigned k = 0; k < kTries && mutant.changes < wanted; ++k) {
        // Further changes are made near the first one: faults that hide each other.
        const size_t near = mutant.changes == 0 ? at : at + dice.below(kNear);
        if (near >= listing.size()) continue;
        const Mutation mutation = drawMutation(listing[near], dice);
        if (!apply(mutation, listing, near, dice)) continue;
        if (mutant.changes++ == 0) mutant.first = mutation;
    }
    if (mutant.changes == 0) return mutant;
    mutant.code = writeListing(listing);
    if (mutant.code.size() != original_.back().offset + original_.back().bytes.size()) {
        mutant.same_starts = false;
    }
    return mutant;
}

}  // namespace tagproof::soundness
