#include "jit/verify/infer/loop_states.h"

#include <algorithm>
#include <bit>

namespace tagproof::verify {
namespace {

void widenInteger(Abstract& joined, const Abstract& before) {
    if (joined.lo < before.lo) joined.lo = joined.lo >= 0 ? 0 : kMin;
    if (joined.hi > before.hi && joined.hi > 0) {
        joined.hi = joined.hi <= int64_t{0xFFFFFFFF} ? int64_t{0xFFFFFFFF} : kMax;
    } else if (joined.hi > before.hi) {
        joined.hi = 0;
    }
    // A counter adds one pattern a round, until it reaches one that no value has; tags of values,
    // of double constants say, end before.
    const unsigned added = joined.low & ~unsigned{before.low};
    if (std::has_single_bit(added) && (joined.low & ~unsigned{kValueLow}) != 0) {
        joined.low = rangeLow(joined.lo, joined.hi);
        joined.flags &= static_cast<uint8_t>(~kNullOnly);
    }
}

// Makes growing parts jump to their limits, so that chains are short.
void widen(Abstract& joined, const Abstract& before) {
    if (joined.kind == Kind::kInt && before.kind == Kind::kInt) {
        widenInteger(joined, before);
    } else if (joined.kind == Kind::kObj || joined.kind == Kind::kBuf) {
        if (joined.map != before.map) joined.map = 0;
    } else if (joined.kind == Kind::kLen) {
        if (joined.lo != before.lo) joined.lo = 0;
    }
}

// The entries of `label` beside what they were in `before`, a superset of them.
void widenEntries(LabelState& label, const std::vector<HintEntry>& before, bool forget) {
    size_t kept = 0;
    auto old = before.begin();
    for (size_t k = 0; k < label.known.entries.size(); ++k) {
        HintEntry& entry = label.entries[k];
        while (old->location != entry.location) ++old;
        const bool same = isSameShape(entry.value, old->value);
        if (!same && forget) continue;
        if (!same) widen(entry.value, old->value);
        label.entries[kept++] = entry;
    }
    label.known.entries = {label.entries, kept};
}

}  // namespace

LoopStates::LoopStates(const Program& program,
                       const FlowGraph& graph,
                       const Liveness& liveness,
                       const Trusted& trusted,
                       const InferLimits& limits,
                       LoopMemory& memory)
    : program_(program),
      graph_(graph),
      liveness_(liveness),
      limits_(limits),
      memory_(memory.machine),
      machine_(trusted, memory.machine, nullptr, nullptr),
      labels_(memory.labels),
      visits_(memory.visits),
      members_(memory.members),
      dirty_(memory.dirty),
      before_(memory.before),
      walker_(program_, machine_, *this) {
    const size_t count = graph.first.size();
    labels_.assign(count, LabelState{});
    visits_.assign(count, 0);
    members_.assign(count, 0);
    dirty_.assign((graph.order.size() + 63) / 64, 0);
    memory_.entries.clear();
}

bool LoopStates::leadsToMember(uint32_t segment) const {
    return std::ranges::any_of(graph_.successors(segment),
                               [this](uint32_t to) { return members_[to] != 0; });
}

// The segments from which the head can be reached without leaving it: all stand between the head
// and the last segment that leads back to it or to the head of a loop inside.
void LoopStates::findMembers(uint32_t head) {
    std::ranges::fill(members_, uint8_t{0});
    const uint32_t begin = graph_.position[head];
    uint32_t end = graph_.loop_end[head];
    members_[head] = 1;
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t at = end; at-- > begin;) {
            const uint32_t segment = graph_.order[at];
            if (members_[segment] != 0 || !leadsToMember(segment)) continue;
            members_[segment] = 1;
            end = std::max(end, graph_.loop_end[segment]);
            changed = true;
        }
    }
}

LabelHint LoopStates::solve(uint32_t head, const LabelHint& joined) {
    LabelState& label = labels_[head];
    if (label.reached) return label.known;  // solved with the loop around it
    findMembers(head);
    label.reached = true;
    label.known = joined;
    label.entries = memory_.entries.room(kMaxLocations);
    memory_.entries.take(static_cast<uint32_t>(joined.entries.size()));
    std::ranges::copy(joined.entries, label.entries);
    label.known.entries = {label.entries, joined.entries.size()};
    markDirty(head);
    for (uint32_t next = nextDirty(); next != kNoTarget; next = nextDirty()) {
        execute(graph_.order[next]);
    }
    return label.known;
}

void LoopStates::markDirty(uint32_t segment) {
    const uint32_t at = graph_.position[segment];
    dirty_[at / 64] |= uint64_t{1} << (at % 64);
    lowest_ = std::min<size_t>(lowest_, at / 64);
}

// The earliest segment in reverse postorder whose state has changed: inner loops settle first.
uint32_t LoopStates::nextDirty() {
    for (; lowest_ < dirty_.size(); ++lowest_) {
        uint64_t& group = dirty_[lowest_];
        if (group == 0) continue;
        const auto bit = static_cast<uint32_t>(std::countr_zero(group));
        group &= group - 1;
        return static_cast<uint32_t>(64 * lowest_ + bit);
    }
    return kNoTarget;
}

void LoopStates::execute(uint32_t segment) {
    ++visits_[segment];
    machine_.load(labels_[segment].known);
    const auto count = static_cast<uint32_t>(program_.instructions.size());
    const uint32_t first = graph_.first[segment];
    for (uint32_t at = first; at < count; ++at) {
        if (at != first && isLabel(at)) return edge(at - 1, at);
        if (!walker_.step(at)) return;
    }
}

void LoopStates::arrive(uint32_t segment) {
    if (members_[segment] == 0) return;
    LabelState& label = labels_[segment];
    if (!label.reached) {
        memory_.joiner.assign(label, machine_.state, liveness_.liveAt(segment), memory_.entries);
        markDirty(segment);
    } else if (label.known.stack_words == machine_.state.stack_words && joinAt(segment)) {
        markDirty(segment);
    }
}

bool LoopStates::joinAt(uint32_t segment) {
    LabelState& label = labels_[segment];
    const bool widens = visits_[segment] >= limits_.visits_before_widening;
    if (widens) before_.assign(label.known.entries.begin(), label.known.entries.end());
    const bool changed = memory_.joiner.join(label, machine_.state, machine_.tables());
    if (changed && widens) {
        widenEntries(label, before_, visits_[segment] >= limits_.visits_before_top);
    }
    return changed;
}

}  // namespace tagproof::verify
