#include "objmodel/number_bytes.h"

#include <algorithm>

#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/int.h"
#include "objmodel/int_operand.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str_unicode.h"
#include "objmodel/text_kind.h"

namespace tagproof {

namespace {

constexpr uint64_t kBitsOfByte = 8;

// A bytes-like object as bytes, as which messages show it. New reference, or null + MemoryError.
Value shownAsBytes(Thread& thread, Value bytes) {
    return isBytes(bytes) ? newRef(bytes) : Value::of(makeBytes(thread, bufferOf(bytes)));
}

// --- int.to_bytes, int.from_bytes ----------------------------------------------------------------

// The arguments after the first one; values null = not given.
struct ByteOrder {
    bool little = false;
    bool is_signed = false;

    // False with an exception pending.
    [[nodiscard]] bool read(Thread& thread, const char* function, Value order, Value sign) {
        if (!order.isNull() && !isStr(order)) {
            raise(thread, ExceptionKind::kTypeError,
                  "{}() argument 'byteorder' must be str, not {}", function,
                  argumentTypeName(thread, order));
            return false;
        }
        const int truth = sign.isNull() ? 0 : isTrue(thread, sign);
        if (truth < 0) return false;
        is_signed = truth != 0;
        little = !order.isNull() && strEqual(order.as<Str>(), "little");
        if (order.isNull() || little || strEqual(order.as<Str>(), "big")) return true;
        raise(thread, ExceptionKind::kValueError, "byteorder must be either 'little' or 'big'");
        return false;
    }
};

// Writes the number, modulo 256^length. False when it does not fit.
bool writeBytes(mpz_srcptr number, bool is_signed, uint8_t* out, uint64_t length) {
    const bool negative = mpz_sgn(number) < 0;
    MpzTemp magnitude;  // of a negative number: of its complement, whose bits are the other ones
    if (negative) {
        mpz_com(magnitude.get(), number);
    } else {
        mpz_set(magnitude.get(), number);
    }
    const bool zero = mpz_sgn(magnitude.get()) == 0;
    const uint64_t bits = zero ? 0 : mpz_sizeinbase(magnitude.get(), 2);
    const bool needs_sign = is_signed && !zero;  // CPython writes -1 to no bytes at all, too
    if (bits + (needs_sign ? 1 : 0) > length * kBitsOfByte) return false;
    const uint64_t used = (bits + kBitsOfByte - 1) / kBitsOfByte;
    std::fill_n(out, length, uint8_t{0});
    mpz_export(out + (length - used), nullptr, 1, 1, 0, 0, magnitude.get());
    for (uint64_t k = 0; negative && k < length; ++k) out[k] = static_cast<uint8_t>(~out[k]);
    return true;
}

Value methodToBytes(
    Thread& thread, Value self, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"length", "byteorder", "signed", nullptr};
    const ParameterList parameters{.function = "to_bytes", .names = kNames, .max_positional = 2};
    Value bound[3];
    int64_t length = 1;
    ByteOrder order;
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound) ||
        (!bound[0].isNull() && !toSsize(thread, bound[0], &length)) ||
        !order.read(thread, "to_bytes", bound[1], bound[2])) {
        return Value::null();
    }
    if (length < 0) {
        return raise(thread, ExceptionKind::kValueError, "length argument must be non-negative");
    }
    const IntOperand number(thread, self);
    if (mpz_sgn(number.get()) < 0 && !order.is_signed) {
        return raise(thread, ExceptionKind::kOverflowError,
                     "can't convert negative int to unsigned");
    }
    const auto size = static_cast<uint64_t>(length);
    Ref bytes(Value::of(allocateBytes(thread, size)));
    if (!bytes) return Value::null();
    uint8_t* const data = bytes.as<Bytes>()->data();
    if (!writeBytes(number.get(), order.is_signed, data, size)) {
        return raise(thread, ExceptionKind::kOverflowError, "int too big to convert");
    }
    if (order.little) std::reverse(data, data + size);
    return size < 2 ? Value::of(makeBytes(thread, data, size)) : bytes.release();
}

Value readBytes(Thread& thread, BufferView bytes, const ByteOrder& order) {
    if (bytes.length == 0) return Value::fixnum(0);
    MpzTemp number;
    mpz_import(number.get(), bytes.length, order.little ? -1 : 1, 1, 0, 0, bytes.data);
    const uint8_t highest = bytes.at(order.little ? bytes.length - 1 : 0);
    if (order.is_signed && highest >= 0x80) {
        MpzTemp modulus;
        mpz_setbit(modulus.get(), bytes.length * kBitsOfByte);
        mpz_sub(number.get(), number.get(), modulus.get());
    }
    return makeInt(thread, static_cast<mpz_srcptr>(number.get()));
}

Value methodFromBytes(
    Thread& thread, Value type, const Value* args, size_t positional, Value keyword_names) {
    static constexpr const char* kNames[] = {"bytes", "byteorder", "signed", nullptr};
    const ParameterList parameters{
        .function = "from_bytes", .names = kNames, .max_positional = 2, .required = 1};
    Value bound[3];
    ByteOrder order;
    if (!bindNativeArguments(thread, parameters, args, positional, keyword_names, bound) ||
        !order.read(thread, "from_bytes", bound[1], bound[2])) {
        return Value::null();
    }
    const Ref bytes(toBytes(thread, bound[0]));
    if (!bytes) return Value::null();
    Ref number(readBytes(thread, bufferOf(bytes.get()), order));
    if (!number || type == Value::of(thread.types->int_)) return number.release();
    return call(thread, type, {number.get()});
}

}  // namespace

Value intFromBytes(Thread& thread, Value bytes, int base) {
    const Ref source(shownAsBytes(thread, bytes));
    if (!source) return Value::null();
    return intFromAscii(thread, withBlanksAsSpaces(bufferOf(source.get()).text()), source.get(),
                        base);
}

bool doubleFromBytes(Thread& thread, Value bytes, double* out) {
    const Ref source(shownAsBytes(thread, bytes));
    return source && doubleFromAscii(thread, withBlanksAsSpaces(bufferOf(source.get()).text()),
                                     source.get(), out);
}

void addIntBytesMethods(Thread& thread, Type* type) {
    addKeywordMethod(thread, type, "to_bytes", methodToBytes);
    addKeywordClassMethod(thread, type, "from_bytes", methodFromBytes);
}

}  // namespace tagproof
