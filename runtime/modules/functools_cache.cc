// The wrapper that functools.lru_cache() puts around a function.
//
//   cache: dict  key -> link                      (unbounded: key -> result)
//   list         oldest <-> link <-> ... <-> newest, through the links
//
// The dict owns the links. What is looked up or dropped may run code that calls the wrapper again:
// a link is taken out of the list before it leaves the dict, and the dict is asked again after the
// function has run.

#include <utility>

#include "objmodel/attr.h"
#include "objmodel/call.h"
#include "objmodel/descriptors.h"
#include "objmodel/dict.h"
#include "objmodel/error.h"
#include "objmodel/native_function.h"
#include "objmodel/owned_values.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/function.h"
#include "runtime/modules/functools.h"
#include "runtime/modules/library_state.h"
#include "runtime/vm.h"

namespace tagproof::functools {

namespace {

struct LruLink {
    Object head;
    Value key;       // owned
    Value result;    // owned
    uint64_t hash;   // of the key
    LruLink* older;  // not owned; null in the oldest
    LruLink* newer;  // not owned; null in the newest
};

constexpr int64_t kUnbounded = -1;

struct LruCache {
    Object head;
    Value function;    // owned
    Value cache;       // owned dict
    Value info_type;   // owned: makes the result of cache_info()
    LruLink* oldest;   // in the dict
    LruLink* newest;   // in the dict
    int64_t max_size;  // kUnbounded: no limit
    int64_t hits;
    int64_t misses;
    bool typed;  // arguments of different types differ
};

LruCache* cacheOf(Value self) { return self.as<LruCache>(); }
Dict* dictOf(Value self) { return cacheOf(self)->cache.as<Dict>(); }

// --- list ----------------------------------------------------------------------------------------

void unlink(LruCache* self, LruLink* link) {
    (link->older != nullptr ? link->older->newer : self->oldest) = link->newer;
    (link->newer != nullptr ? link->newer->older : self->newest) = link->older;
    link->older = nullptr;
    link->newer = nullptr;
}

void linkNewest(LruCache* self, LruLink* link) {
    link->older = self->newest;
    link->newer = nullptr;
    (self->newest != nullptr ? self->newest->newer : self->oldest) = link;
    self->newest = link;
}

void linkOldest(LruCache* self, LruLink* link) {
    link->newer = self->oldest;
    link->older = nullptr;
    (self->oldest != nullptr ? self->oldest->older : self->newest) = link;
    self->oldest = link;
}

// --- keys ----------------------------------------------------------------------------------------

bool isPlainKey(const Thread& thread, Value value) {
    return value.isFixnum() || isExactly(value, thread.types->int_) ||
           isExactly(value, thread.types->str);
}

// What stands for the arguments: one str or int itself, else a tuple of them; after a mark, names
// and values of keywords; when typed, the types of all.
Ref makeKey(Thread& thread, const Value* args, size_t positional, Value keyword_names, bool typed) {
    const size_t keywords = keywordCount(keyword_names);
    if (!typed && keywords == 0) {
        if (positional == 1 && isPlainKey(thread, args[0])) return Ref::borrow(args[0]);
        return Ref(Value::of(makeTuple(thread, args, positional)));
    }
    const size_t given = positional + keywords;
    const size_t size = positional + (keywords != 0 ? 1 + 2 * keywords : 0) + (typed ? given : 0);
    Ref key(Value::of(allocateTuple(thread, size)));
    if (!key) return key;
    Value* out = key.as<Tuple>()->items();
    for (size_t k = 0; k < positional; ++k) *out++ = newRef(args[k]);
    if (keywords != 0) *out++ = Value::of(thread.vm->library().lru_link);
    for (size_t k = 0; k < keywords; ++k) {
        *out++ = newRef(keyword_names.as<Tuple>()->items()[k]);
        *out++ = newRef(args[positional + k]);
    }
    for (size_t k = 0; typed && k < given; ++k) {
        *out++ = newRef(Value::of(typeOf(thread, args[k])));
    }
    return key;
}

// --- calls ---------------------------------------------------------------------------------------

// A key with its hash.
struct Key {
    Value value;
    uint64_t hash;
};

Value remember(Thread& thread, Value self, const Key& key, Ref result) {
    if (dictSetHashed(thread, dictOf(self), key.value, key.hash, result.get()) < 0) {
        return Value::null();
    }
    return result.release();
}

// Stores a new link. `link` is given up.
bool storeLink(Thread& thread, Value self, const Key& key, Value result, Ref link) {
    auto* const words = link.as<LruLink>();
    words->hash = key.hash;
    const Ref old_key(std::exchange(words->key, newRef(key.value)));
    const Ref old_result(std::exchange(words->result, newRef(result)));
    if (dictSetHashed(thread, dictOf(self), key.value, key.hash, link.get()) < 0) return false;
    linkNewest(cacheOf(self), words);
    return true;
}

// Takes the oldest entry out, to be used again; empty without pending when it had gone from the
// dict by itself.
Ref evictOldest(Thread& thread, Value self) {
    auto* const cache = cacheOf(self);
    const Ref link = Ref::borrow(Value::of(cache->oldest));
    auto* const words = link.as<LruLink>();
    unlink(cache, words);
    const Ref key = Ref::borrow(words->key);
    Ref popped(dictPopHashed(thread, dictOf(self), key.get(), words->hash));
    if (!popped && hasPending(thread)) linkOldest(cache, words);
    return popped;
}

// After the function has run: the result goes into the cache, unless the same call put it there.
Value rememberBounded(Thread& thread, Value self, const Key& key, Ref result) {
    auto* const cache = cacheOf(self);
    if (cache->cache.isNull()) return result.release();
    const Value present = dictGetHashed(thread, dictOf(self), key.value, key.hash);
    if (present || hasPending(thread)) return present ? result.release() : Value::null();
    Ref link;
    const bool full = static_cast<int64_t>(dictOf(self)->used) >= cache->max_size;
    if (full && cache->oldest != nullptr) {
        link = evictOldest(thread, self);
        if (!link) return hasPending(thread) ? Value::null() : result.release();
    } else {
        link = Ref(Value::of(allocateObject<LruLink>(thread, thread.vm->library().lru_link)));
        if (!link) return Value::null();
    }
    const bool stored = storeLink(thread, self, key, result.get(), std::move(link));
    return stored ? result.release() : Value::null();
}

// The cached result, as a new reference; null with or without pending.
Value recall(Thread& thread, Value self, const Key& key) {
    const Value found = dictGetHashed(thread, dictOf(self), key.value, key.hash);
    if (found.isNull()) return found;
    auto* const cache = cacheOf(self);
    ++cache->hits;
    if (cache->max_size == kUnbounded) return newRef(found);
    auto* const link = found.as<LruLink>();
    unlink(cache, link);
    linkNewest(cache, link);
    return newRef(link->result);
}

Value callCached(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    auto* const cache = cacheOf(self);
    if (cache->cache.isNull()) {
        return raise(thread, ExceptionKind::kRuntimeError, "cached function was cleared");
    }
    const Ref function = Ref::borrow(cache->function);
    if (cache->max_size == 0) {
        ++cache->misses;
        return call(thread, function.get(), args, positional, keyword_names);
    }
    const Ref keep = Ref::borrow(self);
    const Ref value = makeKey(thread, args, positional, keyword_names, cache->typed);
    const int64_t hash = value ? dictHashKey(thread, value.get()) : -1;
    if (hash == -1) return Value::null();
    const Key key{value.get(), static_cast<uint64_t>(hash)};
    const Value known = recall(thread, self, key);
    if (known || hasPending(thread)) return known;
    ++cache->misses;
    Ref result(call(thread, function.get(), args, positional, keyword_names));
    if (!result) return Value::null();
    return cache->max_size == kUnbounded ? remember(thread, self, key, std::move(result))
                                         : rememberBounded(thread, self, key, std::move(result));
}

// --- making --------------------------------------------------------------------------------------

// maxsize: None, or an int. False + pending.
bool readMaxSize(Thread& thread, Value value, int64_t* out) {
    if (value == thread.singletons->none) {
        *out = kUnbounded;
        return true;
    }
    if (typeOf(thread, value)->slots.index == nullptr) {
        raise(thread, ExceptionKind::kTypeError, "maxsize should be integer or None");
        return false;
    }
    if (!toRepeatCount(thread, value, out)) return false;
    if (*out < 0) *out = 0;
    return true;
}

Value constructCache(
    Thread& thread, Value callee, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"user_function", "maxsize", "typed", "cache_info_type",
                                             nullptr};
    const ParameterList parameters{
        .function = "lru_cache", .names = kNames, .max_positional = 4, .required = 4};
    Value bound[4];
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound)) {
        return Value::null();
    }
    const int typed = isTrue(thread, bound[2]);
    if (typed < 0) return Value::null();
    if (!isCallable(thread, bound[0])) {
        return raise(thread, ExceptionKind::kTypeError, "the first argument must be callable");
    }
    int64_t max_size = 0;
    if (!readMaxSize(thread, bound[1], &max_size)) return Value::null();
    Ref dict(Value::of(newDict(thread)));
    auto* cache = dict ? allocateObject<LruCache>(thread, callee.as<Type>()) : nullptr;
    if (cache == nullptr) return Value::null();
    cache->function = newRef(bound[0]);
    cache->cache = dict.release();
    cache->info_type = newRef(bound[3]);
    cache->max_size = max_size;
    cache->typed = typed != 0;
    return Value::of(cache);
}

// --- methods -------------------------------------------------------------------------------------

Value cacheInfo(Thread& thread, Value self, const Value*, size_t) {
    const auto* cache = cacheOf(self);
    const Ref hits(makeInt(thread, cache->hits));
    const Ref misses(makeInt(thread, cache->misses));
    const Ref size(makeInt(thread, static_cast<int64_t>(dictOf(self)->used)));
    const Ref limit(cache->max_size == kUnbounded ? thread.singletons->none
                                                  : makeInt(thread, cache->max_size));
    if (!hits || !misses || !size || !limit) return Value::null();
    return call(thread, cache->info_type, {hits.get(), misses.get(), limit.get(), size.get()});
}

Value clearCacheMethod(Thread& thread, Value self, const Value*, size_t) {
    auto* cache = cacheOf(self);
    cache->hits = 0;
    cache->misses = 0;
    cache->oldest = nullptr;
    cache->newest = nullptr;
    dictClear(thread, dictOf(self));
    return thread.singletons->none;
}

Value cachedItself(Thread&, Value self, const Value*, size_t) { return newRef(self); }

// For pickle and copy: found by its qualified name.
Value reduceCache(Thread& thread, Value self, const Value*, size_t) {
    return getAttr(thread, self, thread.singletons->names.qualname);
}

Value bindCache(Thread& thread, Value self, Value instance, Value) {
    const bool unbound = instance.isNull() || instance == thread.singletons->none;
    return unbound ? newRef(self) : newBoundMethod(thread, self, instance);
}

// --- life ----------------------------------------------------------------------------------------

using CacheValues =
    OwnedValues<LruCache, &LruCache::function, &LruCache::cache, &LruCache::info_type>;

void clearCache(Thread& thread, Object* self) {
    auto* cache = reinterpret_cast<LruCache*>(self);
    cache->oldest = nullptr;
    cache->newest = nullptr;
    CacheValues::clear(thread, self);
}

void deallocCache(Thread& thread, Object* self) {
    clearCache(thread, self);
    freeObject(thread, self);
}

}  // namespace

void setUpLruLink(Thread&, Type* type) {
    using Owned = OwnedValues<LruLink, &LruLink::key, &LruLink::result>;
    setNativeLayout(type, CellFamily::kOther, sizeof(LruLink), 0);
    type->slots.dealloc = Owned::dealloc;
    type->slots.traverse = Owned::traverse;
}

void setUpLruCache(Thread& thread, Type* type) {
    setNativeLayout(
        type, CellFamily::kOther, sizeof(LruCache),
        kTypeAllowsSubclass | kTypeHasManagedDict | kTypeHasWeakrefs | kTypeIsMethodDescriptor);
    type->slots.dealloc = deallocCache;
    type->slots.traverse = CacheValues::traverse;
    type->slots.clear = clearCache;
    type->slots.construct = constructCache;
    type->slots.call = callCached;
    type->slots.descriptor_get = bindCache;
    addMethod(thread, type, "cache_info", cacheInfo, 0, 0);
    addMethod(thread, type, "cache_clear", clearCacheMethod, 0, 0);
    addMethod(thread, type, "__reduce__", reduceCache, 0, 0);
    addMethod(thread, type, "__copy__", cachedItself, 0, 0);
    addMethod(thread, type, "__deepcopy__", cachedItself, 1, 1);
    static_cast<void>(addManagedDictAttribute(thread, type));
}

}  // namespace tagproof::functools
