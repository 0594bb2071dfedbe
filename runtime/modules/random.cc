// The _random module: the generator's type, what the seed of a text is, and bits of the operating
// system. The distributions are runtime/stdlib/random.py.

#include <sys/random.h>
#include <algorithm>
#include <cerrno>
#include <climits>
#include <vector>

#include "objmodel/bytes.h"
#include "objmodel/c_int.h"
#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/modules/mersenne_twister.h"
#include "runtime/modules/native_modules.h"
#include "runtime/modules/sha512.h"
#include "runtime/text_file.h"

namespace tagproof {

namespace {

constexpr uint64_t kWordBits = 32;

struct RandomObject {
    Object head;
    MersenneTwister* generator = nullptr;  // owned raw buffer
};

MersenneTwister& generatorOf(Value self) { return *self.as<RandomObject>()->generator; }

// Words of a number, lowest first.
struct WordNumber {
    std::vector<uint32_t> words;

    [[nodiscard]] Value toInt(Thread& thread) const {
        mpz_t number;
        mpz_init(number);
        mpz_import(number, words.size(), -1, sizeof(uint32_t), 0, 0, words.data());
        const Value result = makeInt(thread, number);
        mpz_clear(number);
        return result;
    }
};

// False + OSError.
bool readSystem(Thread& thread, void* bytes, size_t size) {
    auto* at = static_cast<char*>(bytes);
    while (size > 0) {
        const ssize_t count = ::getrandom(at, size, 0);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) {
            raiseErrno(thread, errno);
            return false;
        }
        at += count;
        size -= static_cast<size_t>(count);
    }
    return true;
}

// --- seeds ---------------------------------------------------------------------------------------

// The absolute value of an int in words; at least one.
void wordsOfInt(const Thread& thread, Value integer, std::vector<uint32_t>* key) {
    int64_t number;
    if (fitsInt64(thread, integer, &number)) {
        const uint64_t magnitude = number < 0 ? uint64_t{0} - static_cast<uint64_t>(number)
                                              : static_cast<uint64_t>(number);
        key->push_back(static_cast<uint32_t>(magnitude));
        if (magnitude >> kWordBits != 0) {
            key->push_back(static_cast<uint32_t>(magnitude >> kWordBits));
        }
        return;
    }
    const auto* big = integer.as<BigInt>();
    const auto limbs = static_cast<size_t>(std::abs(big->signed_size));
    for (size_t i = 0; i < limbs; ++i) {
        key->push_back(static_cast<uint32_t>(big->limbs()[i]));
        key->push_back(static_cast<uint32_t>(big->limbs()[i] >> kWordBits));
    }
    while (key->size() > 1 && key->back() == 0) key->pop_back();
}

// An int counts with all its bits, None asks the system, anything else counts by its hash.
bool seedFrom(Thread& thread, Value self, Value seed) {
    std::vector<uint32_t> key;
    if (seed.isNull() || seed == thread.singletons->none) {
        key.resize(MersenneTwister::kStateWords);
        if (!readSystem(thread, key.data(), key.size() * sizeof(uint32_t))) return false;
    } else if (isInt(seed)) {
        wordsOfInt(thread, seed, &key);
    } else {
        const int64_t hash = hashOf(thread, seed);
        if (hash == -1) return false;
        const Ref magnitude(makeUnsignedInt(thread, static_cast<uint64_t>(hash)));
        if (!magnitude) return false;
        wordsOfInt(thread, magnitude.get(), &key);
    }
    generatorOf(self).seed(key);
    return true;
}

// --- the type ------------------------------------------------------------------------------------

Value constructRandom(Thread& thread, Value callee, const Value*, size_t, Value) {
    auto* generator = static_cast<MersenneTwister*>(allocateRaw(thread, sizeof(MersenneTwister)));
    if (generator == nullptr) return Value::null();
    auto* self = allocateObject<RandomObject>(thread, callee.as<Type>());
    if (self == nullptr) {
        freeRaw(thread, generator, sizeof(MersenneTwister));
        return Value::null();
    }
    self->generator = new (generator) MersenneTwister();
    return Value::of(self);
}

int initRandom(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    if (keywordCount(keyword_names) != 0) {
        raise(thread, ExceptionKind::kTypeError, "Random() takes no keyword arguments");
        return -1;
    }
    if (positional > 1) {
        raise(thread, ExceptionKind::kTypeError, "Random() requires 0 or 1 argument");
        return -1;
    }
    return seedFrom(thread, self, positional == 1 ? args[0] : Value::null()) ? 0 : -1;
}

void deallocRandom(Thread& thread, Object* self) {
    freeRaw(thread, reinterpret_cast<RandomObject*>(self)->generator, sizeof(MersenneTwister));
    freeObject(thread, self);
}

Value seedMethod(Thread& thread, Value self, const Value* args, size_t count) {
    const bool seeded = seedFrom(thread, self, count == 1 ? args[0] : Value::null());
    return seeded ? thread.singletons->none : Value::null();
}

Value randomMethod(Thread& thread, Value self, const Value*, size_t) {
    return makeFloat(thread, generatorOf(self).nextDouble());
}

// The number of bits that is asked for. False + pending.
bool bitCount(Thread& thread, Value value, uint64_t* count) {
    int number;
    if (!toCInt(thread, value, &number)) return false;
    if (number < 0) {
        raise(thread, ExceptionKind::kValueError, "number of bits must be non-negative");
        return false;
    }
    *count = static_cast<uint64_t>(number);
    return true;
}

// `bits` bits: whole words of `next`, lowest first, the top bits of the last one.
template <typename Next>
Value bitsOf(Thread& thread, uint64_t bits, Next next) {
    if (bits == 0) return Value::fixnum(0);
    if (bits <= kWordBits) {
        return Value::fixnum(static_cast<int64_t>(next() >> (kWordBits - bits)));
    }
    WordNumber number;
    number.words.reserve((bits - 1) / kWordBits + 1);
    for (uint64_t left = bits; left > 0; left -= std::min(left, kWordBits)) {
        const uint32_t word = next();
        number.words.push_back(left < kWordBits ? word >> (kWordBits - left) : word);
    }
    return number.toInt(thread);
}

Value bitsMethod(Thread& thread, Value self, const Value* args, size_t) {
    uint64_t bits;
    if (!bitCount(thread, args[0], &bits)) return Value::null();
    MersenneTwister& generator = generatorOf(self);
    return bitsOf(thread, bits, [&] { return generator.next(); });
}

Value stateMethod(Thread& thread, Value self, const Value*, size_t) {
    const MersenneTwister& generator = generatorOf(self);
    Value words[MersenneTwister::kStateWords + 1];  // fixnums: nothing is owned
    for (size_t i = 0; i < generator.state.size(); ++i) {
        words[i] = Value::fixnum(generator.state[i]);
    }
    words[MersenneTwister::kStateWords] = Value::fixnum(generator.position);
    return Value::of(makeTuple(thread, words, std::size(words)));
}

// An int as a C unsigned long. False + pending.
bool toUnsignedWord(Thread& thread, Value value, uint64_t* word) {
    if (!isInt(value)) {
        raise(thread, ExceptionKind::kTypeError, "an integer is required");
        return false;
    }
    if (intSign(thread, value) < 0) {
        raise(thread, ExceptionKind::kOverflowError,
              "can't convert negative value to unsigned int");
        return false;
    }
    if (intBitLength(thread, value) > 64) {
        raise(thread, ExceptionKind::kOverflowError,
              "Python int too large to convert to C unsigned long");
        return false;
    }
    int64_t number;
    *word = fitsInt64(thread, value, &number) ? static_cast<uint64_t>(number)
                                              : value.as<BigInt>()->limbs()[0];
    return true;
}

Value setStateMethod(Thread& thread, Value self, const Value* args, size_t) {
    if (!isTuple(args[0])) {
        return raise(thread, ExceptionKind::kTypeError, "state vector must be a tuple");
    }
    const Tuple* const state = args[0].as<Tuple>();
    if (state->size != MersenneTwister::kStateWords + 1) {
        return raise(thread, ExceptionKind::kValueError, "state vector is the wrong size");
    }
    MersenneTwister replaced;
    for (size_t i = 0; i < replaced.state.size(); ++i) {
        uint64_t word;
        if (!toUnsignedWord(thread, state->items()[i], &word)) return Value::null();
        replaced.state[i] = static_cast<uint32_t>(word);
    }
    int64_t position;
    const Value last = state->items()[MersenneTwister::kStateWords];
    if (!isInt(last)) return raise(thread, ExceptionKind::kTypeError, "an integer is required");
    if (!intToInt64(thread, last, &position)) return Value::null();
    if (position < 0 || position > MersenneTwister::kStateWords) {
        return raise(thread, ExceptionKind::kValueError, "invalid state");
    }
    replaced.position = static_cast<uint32_t>(position);
    generatorOf(self) = replaced;
    return thread.singletons->none;
}

Type* newRandomType(Thread& thread) {
    Type* const type = newNativeType(thread, "_random.Random", thread.types->object);
    if (type == nullptr) return nullptr;
    setNativeLayout(type, CellFamily::kOther, sizeof(RandomObject), kTypeAllowsSubclass);
    type->slots.dealloc = deallocRandom;
    type->slots.construct = constructRandom;
    type->slots.init = initRandom;
    addMethod(thread, type, "random", randomMethod, 0, 0);
    addMethod(thread, type, "seed", seedMethod, 0, 1);
    addMethod(thread, type, "getrandbits", bitsMethod, 1, 1);
    addMethod(thread, type, "getstate", stateMethod, 0, 0);
    addMethod(thread, type, "setstate", setStateMethod, 1, 1);
    return finishNativeType(thread, type) ? type : nullptr;
}

// --- functions -----------------------------------------------------------------------------------

// A text's UTF-8, or bytes, followed by their digest, as one number.
Value textSeed(Thread& thread, Value, const Value* args, size_t) {
    std::string bytes =
        isStr(args[0]) ? toUtf8(args[0].as<Str>()) : std::string(bufferOf(args[0]).text());
    const Sha512Digest digest = sha512(bytes);
    bytes.append(digest.begin(), digest.end());
    mpz_t number;
    mpz_init(number);
    mpz_import(number, bytes.size(), 1, 1, 0, 0, bytes.data());
    const Value result = makeInt(thread, number);
    mpz_clear(number);
    return result;
}

Value systemBits(Thread& thread, Value, const Value* args, size_t) {
    uint64_t bits;
    if (!bitCount(thread, args[0], &bits)) return Value::null();
    std::vector<uint32_t> words((bits + kWordBits - 1) / kWordBits);
    if (!readSystem(thread, words.data(), words.size() * sizeof(uint32_t))) return Value::null();
    size_t used = 0;
    return bitsOf(thread, bits, [&] { return words[used++]; });
}

constexpr FunctionRow kFunctions[] = {
    {"system_bits", systemBits, 1, 1},
    {"text_seed", textSeed, 1, 1},
};

}  // namespace

bool initRandomModule(Thread& thread, Value module) {
    Type* const type = newRandomType(thread);
    return type != nullptr && addValue(thread, module, "Random", newRef(Value::of(type))) &&
           addFunctions(thread, module, kFunctions);
}

}  // namespace tagproof
