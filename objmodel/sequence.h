#pragma once
// What list and tuple (and the constructors of all built-in types) share.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objmodel/object.h"
#include "objmodel/type.h"

namespace tagproof {

struct Thread;

// An index key of a sequence of `length` items, negative ones counted from the end. False with
// IndexError "<name> index out of range" or TypeError "<name> indices must be integers or slices,
// not T" pending. `what` completes the first message ("list index", "list assignment index").
// `length` is read after the key's __index__ has run, which may have changed the sequence.
[[nodiscard]] bool resolveIndex(Thread& thread,
                                Value key,
                                const uint64_t& length,
                                const char* name,
                                const char* what,
                                uint64_t* index);

// The rich comparison of two arrays of values. They are reached through `get`, since guest code may
// change them meanwhile; keeps both owners alive.
struct ItemView {
    const Value* items;
    uint64_t size;
};
using GetItems = ItemView (*)(Value owner);
[[nodiscard]] Value compareItems(
    Thread& thread, Value left, Value right, CompareOp op, GetItems get);

// "[a, b]" of a container that `get` reaches; "[...]" when its repr is under way already.
[[nodiscard]] Value reprItems(
    Thread& thread, Value owner, GetItems get, std::string_view open, std::string_view close);

// Marks a container whose repr is under way, so that one that contains itself ends.
class ReprScope {
  public:
    explicit ReprScope(Object* object) : object_(object), first_((object->flags & kInRepr) == 0) {
        object_->flags |= kInRepr;
    }
    ReprScope(const ReprScope&) = delete;
    ReprScope& operator=(const ReprScope&) = delete;
    ~ReprScope() {
        if (first_) object_->flags &= ~static_cast<uint32_t>(kInRepr);
    }
    // False: this is a repr inside its own repr.
    [[nodiscard]] bool first() const { return first_; }

  private:
    Object* object_;
    bool first_;
};

// True when the arguments are those of a constructor with at most one positional one. Raises
// "T expected at most 1 argument, got 2" or "T() takes no keyword arguments".
[[nodiscard]] bool checkSingleArgument(
    Thread& thread, const Type* type, const Type* exact, size_t positional, Value keyword_names);

// args of seq.index(value, start, stop): clamped, start and stop default to the whole.
[[nodiscard]] bool readIndexBounds(Thread& thread,
                                   const Value* args,
                                   size_t count,
                                   uint64_t length,
                                   uint64_t* start,
                                   uint64_t* stop);

}  // namespace tagproof
