// itertools.tee(): iterators that share the items of one.
//
//   tee --index--+
//                v
//        block [ 0 1 2 ... 56 ] -> block -> block, the last one still filled from the iterator
//                      ^
//   tee --index--------+
//
// A block goes with the last iterator that stands in it or before it.

#include <utility>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "runtime/modules/itertools.h"
#include "runtime/modules/library_state.h"
#include "runtime/vm.h"

namespace tagproof::itertools {

namespace {

constexpr uint32_t kBlockItems = 57;

struct TeeBlock {
    Object head;
    Value iterator;            // owned; shared by all blocks
    Value next;                // owned TeeBlock, or null
    uint32_t count;            // items read so far
    bool reading;              // the iterator is under way
    Value items[kBlockItems];  // owned
};

struct Tee {
    Object head;
    Value block;     // owned; null when the collector has cleared this
    uint32_t index;  // of the next item
};

Value newBlock(Thread& thread, Value iterator) {
    auto* block = allocateObject<TeeBlock>(thread, thread.vm->library().tee_block);
    if (block == nullptr) return Value::null();
    block->iterator = newRef(iterator);
    return Value::of(block);
}

void clearBlock(Thread&, Object* self) {
    auto* block = reinterpret_cast<TeeBlock*>(self);
    const uint32_t count = std::exchange(block->count, 0);
    for (uint32_t k = 0; k < count; ++k) decref(std::exchange(block->items[k], Value::null()));
    decref(std::exchange(block->iterator, Value::null()));
    decref(std::exchange(block->next, Value::null()));
}

void deallocBlock(Thread& thread, Object* self) {
    clearBlock(thread, self);
    freeObject(thread, self);
}

void traverseBlock(Object* self, VisitFunction visit, void* context) {
    const auto* block = reinterpret_cast<TeeBlock*>(self);
    for (uint32_t k = 0; k < block->count; ++k) visit(block->items[k], context);
    for (const Value word : {block->iterator, block->next}) {
        if (word) visit(word, context);
    }
}

// Item `index` of the block, which is read when it is the next. Null at the end, or + pending.
Value blockItem(Thread& thread, TeeBlock* block, uint32_t index) {
    if (index < block->count) return newRef(block->items[index]);
    if (block->iterator.isNull()) return Value::null();
    if (block->reading) {
        return raise(thread, ExceptionKind::kRuntimeError, "cannot re-enter the tee iterator");
    }
    const Ref iterator = Ref::borrow(block->iterator);
    block->reading = true;
    const Value item = iterNext(thread, iterator.get());
    block->reading = false;
    if (item.isNull()) return Value::null();
    block->items[block->count++] = newRef(item);
    return item;
}

// The block after a full one. Borrowed; null + MemoryError, or null when it was cleared.
Value followingBlock(Thread& thread, TeeBlock* block) {
    if (block->next.isNull() && block->iterator) block->next = newBlock(thread, block->iterator);
    return block->next;
}

// --- iterators -----------------------------------------------------------------------------------

Value newTee(Thread& thread, Value block, uint32_t index) {
    auto* tee = allocateObject<Tee>(thread, thread.vm->library().tee);
    if (tee == nullptr) return Value::null();
    tee->block = newRef(block);
    tee->index = index;
    return Value::of(tee);
}

Value copyTee(Thread& thread, Value self, const Value*, size_t) {
    const auto* tee = self.as<Tee>();
    return newTee(thread, tee->block, tee->index);
}

Value teeFromIterable(Thread& thread, Value iterable) {
    const Ref iterator(getIter(thread, iterable));
    if (!iterator) return Value::null();
    if (isExactly(iterator.get(), thread.vm->library().tee)) {
        return copyTee(thread, iterator.get(), nullptr, 0);
    }
    const Ref block(newBlock(thread, iterator.get()));
    return block ? newTee(thread, block.get(), 0) : Value::null();
}

Value constructTee(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    const bool fits = checkTypeArguments(thread, callee, "_tee", positional, keyword_names, 1);
    return fits ? teeFromIterable(thread, args[0]) : Value::null();
}

Value nextOfTee(Thread& thread, Value self) {
    auto* tee = self.as<Tee>();
    if (tee->block.isNull()) return Value::null();
    if (tee->index >= kBlockItems) {
        const Value next = followingBlock(thread, tee->block.as<TeeBlock>());
        if (next.isNull()) return Value::null();
        decref(std::exchange(tee->block, newRef(next)));
        tee->index = 0;
    }
    const Ref block = Ref::borrow(tee->block);
    const Value item = blockItem(thread, block.as<TeeBlock>(), tee->index);
    if (item) ++tee->index;
    return item;
}

}  // namespace

Value tee(Thread& thread, Value, const Value* args, size_t count) {
    int64_t wanted = 2;
    if (count > 1 && !toSsize(thread, args[1], &wanted)) return Value::null();
    if (wanted < 0) return raise(thread, ExceptionKind::kValueError, "n must be >= 0");
    Ref result(Value::of(allocateTuple(thread, static_cast<uint64_t>(wanted))));
    if (!result || wanted == 0) return result.release();
    Ref first(getIter(thread, args[0]));
    if (!first) return Value::null();
    Str* const name = thread.singletons->names.copy;
    Ref copy(getAttrOrNull(thread, first.get(), name));
    if (!copy) {
        if (hasPending(thread)) return Value::null();
        first = Ref(teeFromIterable(thread, first.get()));
        if (!first) return Value::null();
        copy = Ref(getAttr(thread, first.get(), name));
        if (!copy) return Value::null();
    }
    Value* const items = result.as<Tuple>()->items();
    items[0] = first.release();
    for (int64_t k = 1; k < wanted; ++k) {
        items[k] = call(thread, copy.get(), nullptr, 0);
        if (items[k].isNull()) return Value::null();
    }
    return result.release();
}

void setUpTee(Thread& thread, Type* type) {
    setUpIterator<Tee, OwnedValues<Tee, &Tee::block>>(type, constructTee, nextOfTee);
    type->type_flags &= ~uint32_t{kTypeAllowsSubclass};
    type->type_flags |= kTypeHasWeakrefs;
    addMethod(thread, type, "__copy__", copyTee, 0, 0);
}

void setUpTeeBlock(Thread&, Type* type) {
    setNativeLayout(type, CellFamily::kOther, sizeof(TeeBlock), 0);
    type->slots.dealloc = deallocBlock;
    type->slots.traverse = traverseBlock;
    type->slots.clear = clearBlock;
}

}  // namespace tagproof::itertools
