// C3 linearisation, as CPython's pmerge.

#include <string>
#include <vector>

#include "objmodel/attr.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

// One list to merge, and how much of it is done.
struct Sequence {
    const Tuple* items;
    size_t head = 0;

    [[nodiscard]] bool done() const { return head >= items->size; }
    [[nodiscard]] Value front() const { return items->items()[head]; }
    [[nodiscard]] bool tailHas(Value candidate) const {
        for (size_t k = head + 1; k < items->size; ++k) {
            if (items->items()[k] == candidate) return true;
        }
        return false;
    }
};

// The first head that is in no other list's tail; null when all are done or blocked.
Value nextCandidate(const std::vector<Sequence>& sequences) {
    for (const Sequence& sequence : sequences) {
        if (sequence.done()) continue;
        bool blocked = false;
        for (const Sequence& other : sequences) {
            blocked = blocked || other.tailHas(sequence.front());
        }
        if (!blocked) return sequence.front();
    }
    return Value::null();
}

// __name__ as the class or its metaclass has it; its repr where there is none. New reference.
Value nameOfClass(Thread& thread, Value type) {
    const Value name = getAttrOrNull(thread, type, thread.singletons->names.name);
    return name || hasPending(thread) ? name : reprOf(thread, type);
}

// The bases that are left are told apart as keys of a dict, as in CPython: a metaclass may have a
// __hash__ and __eq__, or forbid hashing.
void raiseInconsistent(Thread& thread, const std::vector<Sequence>& sequences) {
    std::vector<Ref> heads;
    for (const Sequence& sequence : sequences) {
        if (!sequence.done()) heads.push_back(Ref::borrow(sequence.front()));
    }
    const Ref set(Value::of(newDict(thread)));
    if (!set) return;
    for (const Ref& head : heads) {
        if (dictSet(thread, set.as<Dict>(), head.get(), thread.singletons->none) < 0) return;
    }
    std::string names;
    size_t position = 0;
    Value base;
    Value none;
    while (dictNext(set.as<Dict>(), &position, &base, &none)) {
        const Ref name(nameOfClass(thread, base));
        if (!name) return;
        names += names.empty() ? "" : ", ";
        names += isStr(name.get()) ? toUtf8(name.as<Str>()) : "?";
    }
    raise(thread, ExceptionKind::kTypeError,
          "Cannot create a consistent method resolution\norder (MRO) for bases {}", names);
}

bool rejectDuplicates(Thread& thread, const Tuple* bases) {
    for (size_t k = 0; k < bases->size; ++k) {
        for (size_t other = 0; other < k; ++other) {
            if (bases->items()[k] != bases->items()[other]) continue;
            const Ref name(nameOfClass(thread, bases->items()[k]));
            if (!name) return false;
            raise(thread, ExceptionKind::kTypeError, "duplicate base class{}",
                  isStr(name.get()) ? " " + toUtf8(name.as<Str>()) : "");
            return false;
        }
    }
    return true;
}

}  // namespace

Tuple* computeMro(Thread& thread, Type* type) {
    const Tuple* const bases = type->bases;
    if (!rejectDuplicates(thread, bases)) return nullptr;
    std::vector<Sequence> sequences;
    for (size_t k = 0; k < bases->size; ++k) {
        sequences.push_back({bases->items()[k].as<Type>()->mro});
    }
    sequences.push_back({bases});
    std::vector<Value> result = {Value::of(type)};
    for (Value next = nextCandidate(sequences); next; next = nextCandidate(sequences)) {
        result.push_back(next);
        for (Sequence& sequence : sequences) {
            if (!sequence.done() && sequence.front() == next) ++sequence.head;
        }
    }
    for (const Sequence& sequence : sequences) {
        if (sequence.done()) continue;
        raiseInconsistent(thread, sequences);
        return nullptr;
    }
    return makeTuple(thread, result.data(), result.size());
}

}  // namespace tagproof
