#include "runtime/suggestions.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/type_object.h"
#include "runtime/code.h"
#include "runtime/traceback.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

constexpr size_t kMoveCost = 2;
constexpr size_t kCaseCost = 1;
constexpr size_t kMaxLength = 40;
constexpr size_t kMaxCandidates = 750;

size_t substitutionCost(char a, char b) {
    if ((a & 31) != (b & 31)) return kMoveCost;
    if (a == b) return 0;
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(a) == lower(b) ? kCaseCost : kMoveCost;
}

void trimCommonEnds(std::string_view* a, std::string_view* b) {
    while (!a->empty() && !b->empty() && a->front() == b->front()) {
        a->remove_prefix(1);
        b->remove_prefix(1);
    }
    while (!a->empty() && !b->empty() && a->back() == b->back()) {
        a->remove_suffix(1);
        b->remove_suffix(1);
    }
}

// Edit distance, or anything above `limit`. One row of the matrix, updated in place.
size_t editDistance(std::string_view a, std::string_view b, size_t limit) {
    trimCommonEnds(&a, &b);
    if (a.empty() || b.empty()) return (a.size() + b.size()) * kMoveCost;
    if (a.size() > kMaxLength || b.size() > kMaxLength) return limit + 1;
    if (b.size() < a.size()) std::swap(a, b);
    if ((b.size() - a.size()) * kMoveCost > limit) return limit + 1;
    std::vector<size_t> row(a.size());
    for (size_t i = 0; i < a.size(); ++i) row[i] = (i + 1) * kMoveCost;
    size_t result = 0;
    for (size_t j = 0; j < b.size(); ++j) {
        size_t distance = j * kMoveCost;
        size_t minimum = SIZE_MAX;
        result = distance;
        for (size_t i = 0; i < a.size(); ++i) {
            const size_t substitute = distance + substitutionCost(b[j], a[i]);
            distance = row[i];
            result = std::min(std::min(result, distance) + kMoveCost, substitute);
            row[i] = result;
            minimum = std::min(minimum, result);
        }
        if (minimum > limit) return limit + 1;
    }
    return result;
}

std::optional<std::string> nearest(const std::vector<std::string>& candidates,
                                   const std::string& name) {
    if (candidates.size() >= kMaxCandidates) return std::nullopt;
    std::optional<std::string> best;
    size_t best_distance = SIZE_MAX;
    for (const std::string& candidate : candidates) {
        if (candidate == name) continue;
        // At most a third of the characters may change.
        const size_t limit =
            std::min((name.size() + candidate.size() + 3) * kMoveCost / 6, best_distance - 1);
        const size_t distance = editDistance(name, candidate, limit);
        if (distance > limit) continue;
        best = candidate;
        best_distance = distance;
    }
    return best;
}

std::vector<std::string> keysOf(Dict* dict) {
    std::vector<std::string> keys;
    size_t position = 0;
    Value key;
    Value value;
    while (dictNext(dict, &position, &key, &value)) {
        if (isStr(key)) keys.push_back(toUtf8(key.as<Str>()));
    }
    return keys;
}

std::optional<std::string> suggestAttribute(Thread& thread, Value exception) {
    const Value name = exceptionExtra(exception, kAttributeErrorName);
    const Value object = exceptionExtra(exception, kAttributeErrorObject);
    if (name.isNull() || object.isNull() || !isStr(name)) return std::nullopt;
    const Ref dir(lookupSpecial(thread, object, thread.singletons->names.dir));
    const Ref names(dir ? call(thread, dir.get(), nullptr, 0) : Value::null());
    std::vector<std::string> candidates;
    const bool listed = names && forEach(thread, names.get(), [&](Value item) {
                            if (isStr(item)) candidates.push_back(toUtf8(item.as<Str>()));
                            return true;
                        });
    clearPending(thread);
    if (!listed) return std::nullopt;
    std::ranges::sort(candidates);
    return nearest(candidates, toUtf8(name.as<Str>()));
}

std::optional<std::string> suggestVariable(Thread& thread, Value exception) {
    const Value name = exceptionExtra(exception, kNameErrorName);
    auto* entry = exception.as<ExceptionObject>()->traceback.as<Traceback>();
    if (name.isNull() || !isStr(name) || entry == nullptr) return std::nullopt;
    while (entry->next != nullptr) entry = entry->next;
    const std::string text = toUtf8(name.as<Str>());
    std::vector<std::string> locals;
    const CodeBody& body = *entry->code->body;
    for (const auto* names : {&body.local_names, &body.cell_names}) {
        for (const Str* local : *names) locals.push_back(toUtf8(local));
    }
    if (auto found = nearest(locals, text)) return found;
    if (entry->globals != nullptr) {
        if (auto found = nearest(keysOf(entry->globals), text)) return found;
    }
    return nearest(keysOf(thread.vm->builtins()), text);
}

}  // namespace

std::optional<std::string> suggestName(Thread& thread, Value exception) {
    const auto is = [&](ExceptionKind kind) {
        return isInstanceOf(thread, exception, exceptionType(thread, kind));
    };
    if (is(ExceptionKind::kAttributeError)) return suggestAttribute(thread, exception);
    if (is(ExceptionKind::kNameError)) return suggestVariable(thread, exception);
    return std::nullopt;
}

}  // namespace tagproof
