#include "jit/verify/path.h"

#include <algorithm>

namespace tagproof::verify {

PathFinder::PathFinder(const Program& program, const std::vector<bool>& reached)
    : program_(program), reached_(reached) {
    graph_.build(program);
    arrivals_.resize(graph_.first.size());
    found_.resize(graph_.first.size());
    if (!found_.empty()) search();
}

uint32_t PathFinder::end(uint32_t segment) const {
    return segment + 1 < graph_.first.size() ? graph_.first[segment + 1]
                                             : static_cast<uint32_t>(program_.instructions.size());
}

void PathFinder::arrive(uint32_t segment, const Arrival& how, std::vector<uint32_t>& queue) {
    if (found_[segment]) return;
    found_[segment] = true;
    arrivals_[segment] = how;
    queue.push_back(segment);
}

// Breadth first.
void PathFinder::search() {
    std::vector<uint32_t> queue;
    arrive(0, Arrival{}, queue);
    for (size_t next = 0; next < queue.size(); ++next) {
        const uint32_t segment = queue[next];
        for (uint32_t i = graph_.first[segment]; i < end(segment) && reached_[i]; ++i) {
            const Instruction& in = program_.instructions[i];
            if (in.family == Family::kJump && in.target != kNoTarget) {
                arrive(graph_.segment_of[in.target], {segment, i}, queue);
            }
            const bool goes_on = in.family != Family::kReturn && in.family != Family::kTrap &&
                                 !(in.family == Family::kJump && in.op == kAlways);
            if (!goes_on) break;
            const bool is_last = i + 1 == end(segment) && segment + 1 < graph_.first.size();
            if (is_last) arrive(segment + 1, {segment, kNoTarget}, queue);
        }
    }
}

PathStep PathFinder::step(uint32_t index, bool is_taken) const {
    const Instruction& in = program_.instructions[index];
    return {in.offset, disassemble(program_, in), is_taken,
            is_taken ? program_.instructions[in.target].offset : 0};
}

void PathFinder::addPassed(uint32_t from, uint32_t to, Path& path) const {
    for (uint32_t i = to; i > from; --i) {
        if (program_.instructions[i - 1].family == Family::kJump)
            path.push_back(step(i - 1, false));
    }
}

Path PathFinder::to(uint32_t index) const {
    const auto after = std::ranges::upper_bound(graph_.first, index);
    auto segment = static_cast<uint32_t>(after - graph_.first.begin()) - 1;
    Path path;
    if (index >= program_.instructions.size() || !found_[segment]) return path;
    uint32_t last = index;
    for (;;) {
        addPassed(graph_.first[segment], last, path);
        const Arrival& how = arrivals_[segment];
        if (how.from == kNoTarget) break;
        if (how.branch != kNoTarget) path.push_back(step(how.branch, true));
        segment = how.from;
        last = how.branch == kNoTarget ? end(segment) : how.branch;
    }
    std::ranges::reverse(path);
    return path;
}

}  // namespace tagproof::verify
