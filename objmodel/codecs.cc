// Encoding and decoding: the names of encodings and error handlers, and the encoders and decoders,
// which meet what cannot be converted range by range and ask the handler what stands for it. Where
// ranges begin and end, and what is said of them, is CPython's.

#include "objmodel/codecs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "objmodel/bytes_builder.h"
#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/int.h"
#include "objmodel/ref.h"
#include "objmodel/str_builder.h"
#include "objmodel/str_units.h"
#include "objmodel/text_kind.h"

namespace tagproof {

namespace {

enum class Encoding : uint8_t { kUtf8, kAscii, kLatin1, kUnknown };

enum class Handler : uint8_t {
    kStrict,
    kIgnore,
    kReplace,
    kBackslashReplace,
    kSurrogateEscape,
    kSurrogatePass,
    kXmlCharRefReplace,
    kUnknown,
};

constexpr char32_t kReplacement = 0xfffd;
constexpr char32_t kFirstEscape = 0xdc80;  // surrogateescape: U+DC80 to U+DCFF are bytes
constexpr char32_t kLastEscape = 0xdcff;
constexpr char32_t kEscapeOffset = 0xdc00;

bool isSurrogate(char32_t c) { return c >= 0xd800 && c <= 0xdfff; }
bool isEscape(char32_t c) { return c >= kFirstEscape && c <= kLastEscape; }

// --- names ---------------------------------------------------------------------------------------

// Lower case, with an underscore for each run of what is neither letter, digit nor dot.
std::string normalizedName(std::string_view name) {
    std::string result;
    bool pending = false;
    for (char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool plain = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
        if (plain) {
            if (pending && !result.empty()) result += '_';
            result += upper ? static_cast<char>(c | 0x20) : c;
        }
        pending = !plain;
    }
    return result;
}

Encoding encodingNamed(std::string_view name) {
    using enum Encoding;
    static constexpr std::string_view kUtf8Names[] = {"utf_8",     "utf8",      "u8",     "utf",
                                                      "utf8_ucs2", "utf8_ucs4", "cp65001"};
    static constexpr std::string_view kAsciiNames[] = {
        "ascii", "us_ascii", "646",    "ansi_x3.4_1968", "ansi_x3_4_1968",   "ansi_x3.4_1986",
        "cp367", "csascii",  "ibm367", "iso646_us",      "iso_646.irv_1991", "iso_ir_6",
        "us"};
    static constexpr std::string_view kLatin1Names[] = {
        "latin_1",    "latin1",          "latin",     "l1",      "8859",
        "cp819",      "csisolatin1",     "ibm819",    "iso8859", "iso8859_1",
        "iso_8859_1", "iso_8859_1_1987", "iso_ir_100"};
    const std::string normal = normalizedName(name);
    const auto is_in = [&](const auto& names) {
        return std::ranges::find(names, normal) != std::end(names);
    };
    if (is_in(kUtf8Names)) return kUtf8;
    if (is_in(kAsciiNames)) return kAscii;
    return is_in(kLatin1Names) ? kLatin1 : kUnknown;
}

Handler handlerNamed(std::string_view name) {
    using enum Handler;
    static constexpr std::string_view kNames[] = {
        "strict",          "ignore",        "replace",          "backslashreplace",
        "surrogateescape", "surrogatepass", "xmlcharrefreplace"};
    const auto found = std::ranges::find(kNames, name) - std::begin(kNames);
    return static_cast<Handler>(found);
}

bool readName(
    Thread& thread, const char* function, const char* parameter, Value value, std::string* out) {
    if (value.isNull()) return true;
    if (!isStr(value)) {
        raise(thread, ExceptionKind::kTypeError, "{}() argument '{}' must be str, not {}", function,
              parameter, argumentTypeName(thread, value));
        return false;
    }
    const Ref utf8(encodeStr(thread, value.as<Str>(), CodecArguments()));
    if (!utf8) return false;
    *out = bufferOf(utf8.get()).text();
    if (out->find('\0') == std::string::npos) return true;
    raise(thread, ExceptionKind::kValueError, "embedded null character");
    return false;
}

Value raiseUnknownEncoding(Thread& thread, const CodecArguments& arguments) {
    return raise(thread, ExceptionKind::kLookupError, "unknown encoding: {}", arguments.encoding);
}

// --- what cannot be converted --------------------------------------------------------------------

// A range of the source, and how the conversion is named.
struct Problem {
    const char* encoding;
    uint64_t start;
    uint64_t end;
    const char* reason;
};

// UnicodeDecodeError or UnicodeEncodeError about a range of `source`. False.
bool raiseProblem(Thread& thread, ExceptionKind kind, Value source, const Problem& problem) {
    const Ref encoding(Value::of(makeAsciiStr(thread, problem.encoding)));
    const Ref reason(Value::of(makeAsciiStr(thread, problem.reason)));
    if (!encoding || !reason) return false;
    const Value args[] = {encoding.get(), source,
                          Value::fixnum(static_cast<int64_t>(problem.start)),
                          Value::fixnum(static_cast<int64_t>(problem.end)), reason.get()};
    const Ref error(newException(thread, exceptionType(thread, kind), args, std::size(args)));
    if (error) raiseObject(thread, error.get());
    return false;
}

// For handlers that do nothing for errors of this kind. False.
bool raiseNotHandled(Thread& thread, const CodecArguments& arguments, const char* error) {
    if (handlerNamed(arguments.errors) == Handler::kUnknown) {
        raise(thread, ExceptionKind::kLookupError, "unknown error handler name '{}'",
              arguments.errors);
    } else {
        raise(thread, ExceptionKind::kTypeError, "don't know how to handle {} in error callback",
              error);
    }
    return false;
}

// --- decoding ------------------------------------------------------------------------------------

class Decoder {
  public:
    // `source` is bytes-like.
    Decoder(Thread& thread, Value source, const CodecArguments& arguments)
        : thread_(thread),
          source_(source),
          bytes_(bufferOf(source)),
          arguments_(arguments),
          handler_(handlerNamed(arguments.errors)),
          out_(thread) {}

    Value utf8();
    Value ascii();

  private:
    bool handle(const Problem& problem, uint64_t* next);
    bool passSurrogate(uint64_t at);

    Thread& thread_;
    Value source_;
    BufferView bytes_;
    const CodecArguments& arguments_;
    Handler handler_;
    StrBuilder out_;
};

// Appends what stands for a range, and says where to go on. False with an exception pending.
bool Decoder::handle(const Problem& problem, uint64_t* next) {
    *next = problem.end;
    switch (handler_) {
        case Handler::kIgnore:
            return true;
        case Handler::kReplace:
            out_.append(kReplacement);
            return true;
        case Handler::kBackslashReplace:
            for (uint64_t k = problem.start; k < problem.end; ++k) {
                out_.appendAscii(fmt::format("\\x{:02x}", bytes_.at(k)));
            }
            return true;
        case Handler::kSurrogateEscape:
            for (uint64_t k = problem.start; k < problem.end; ++k) {
                out_.append(kEscapeOffset + bytes_.at(k));
            }
            return true;
        case Handler::kSurrogatePass:
            if (std::string_view(problem.encoding) == "utf-8" && passSurrogate(problem.start)) {
                *next = problem.start + 3;
                return true;
            }
            break;
        case Handler::kStrict:
            break;
        case Handler::kXmlCharRefReplace:
        case Handler::kUnknown:
            return raiseNotHandled(thread_, arguments_, "UnicodeDecodeError");
    }
    const Ref source(Value::of(makeBytes(thread_, bytes_)));
    return source &&
           raiseProblem(thread_, ExceptionKind::kUnicodeDecodeError, source.get(), problem);
}

// The three bytes of a surrogate at `at`.
bool Decoder::passSurrogate(uint64_t at) {
    if (bytes_.length - at < 3 || bytes_.at(at) != 0xed) return false;
    const uint8_t second = bytes_.at(at + 1);
    const uint8_t third = bytes_.at(at + 2);
    if ((second & 0xe0) != 0xa0 || (third & 0xc0) != 0x80) return false;
    out_.append(char32_t{0xd000} | (char32_t{second} & 0x3f) << 6 | (char32_t{third} & 0x3f));
    return true;
}

// One sequence of UTF-8 at the start of `bytes`.
struct Utf8Sequence {
    uint64_t length;     // of the sequence, or of the malformed range
    char32_t character;  // when reason is null
    const char* reason;  // why it is malformed
};

bool isContinuation(uint8_t byte) { return (byte & 0xc0) == 0x80; }

// How many bytes the sequence of a lead byte has; 0: it is none.
uint64_t sequenceLength(uint8_t lead) {
    if (lead >= 0xc2 && lead <= 0xdf) return 2;
    if (lead >= 0xe0 && lead <= 0xef) return 3;
    return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

// Whether the second byte may follow the lead: neither overlong, nor a surrogate, nor too big.
bool fitsLead(uint8_t lead, uint8_t second) {
    if (!isContinuation(second)) return false;
    if (lead == 0xe0) return second >= 0xa0;
    if (lead == 0xed) return second < 0xa0;
    if (lead == 0xf0) return second >= 0x90;
    return lead != 0xf4 || second < 0x90;
}

Utf8Sequence readUtf8(const uint8_t* bytes, uint64_t available) {
    const uint8_t lead = bytes[0];
    if (lead < 0x80) return {1, lead, nullptr};
    const uint64_t length = sequenceLength(lead);
    if (length == 0) return {1, 0, "invalid start byte"};
    char32_t character = lead & (0x7fu >> length);
    for (uint64_t k = 1; k < length; ++k) {
        if (k == available) return {available, 0, "unexpected end of data"};
        const bool fits = k == 1 ? fitsLead(lead, bytes[1]) : isContinuation(bytes[k]);
        if (!fits) return {k, 0, "invalid continuation byte"};
        character = character << 6 | (bytes[k] & 0x3fu);
    }
    return {length, character, nullptr};
}

Value Decoder::utf8() {
    for (uint64_t at = 0; at < bytes_.length;) {
        uint64_t plain = at;
        while (plain < bytes_.length && bytes_.at(plain) < 0x80) ++plain;
        out_.appendAscii(bytes_.text().substr(at, plain - at));
        at = plain;
        if (at == bytes_.length) break;
        const Utf8Sequence sequence = readUtf8(bytes_.data + at, bytes_.length - at);
        if (sequence.reason == nullptr) {
            out_.append(sequence.character);
            at += sequence.length;
            continue;
        }
        const Problem problem{"utf-8", at, at + sequence.length, sequence.reason};
        if (!handle(problem, &at)) return Value::null();
    }
    return Value::of(out_.finish());
}

Value Decoder::ascii() {
    for (uint64_t at = 0; at < bytes_.length;) {
        uint64_t plain = at;
        while (plain < bytes_.length && bytes_.at(plain) < 0x80) ++plain;
        out_.appendAscii(bytes_.text().substr(at, plain - at));
        at = plain;
        if (at == bytes_.length) break;
        const Problem problem{"ascii", at, at + 1, "ordinal not in range(128)"};
        if (!handle(problem, &at)) return Value::null();
    }
    return Value::of(out_.finish());
}

Value decodeLatin1(Thread& thread, BufferView bytes) {
    if (bytes.length == 0) return Value::of(makeEmptyStr(thread));
    if (bytes.length == 1) return Value::of(makeCharStr(thread, bytes.at(0)));
    Str* text = allocateStr(thread, bytes.length, widestBound(bytes.data, bytes.length));
    if (text != nullptr) copyUnits(text->units<uint8_t>(), bytes.data, bytes.length);
    return Value::of(text);
}

// --- encoding ------------------------------------------------------------------------------------

class Encoder {
  public:
    Encoder(Thread& thread, Str* source, const CodecArguments& arguments)
        : thread_(thread),
          source_(source),
          arguments_(arguments),
          handler_(handlerNamed(arguments.errors)),
          out_(thread) {}

    Value utf8();
    // Latin-1, or ASCII, whose code points end at `limit`.
    Value narrow(const char* encoding, char32_t limit);

  private:
    bool handle(Problem problem);
    bool fail(const Problem& problem) {
        return raiseProblem(thread_, ExceptionKind::kUnicodeEncodeError, Value::of(source_),
                            problem);
    }
    void appendUtf8(char32_t c);
    template <typename Write>
    void forEach(const Problem& problem, Write write) {
        for (uint64_t k = problem.start; k < problem.end; ++k) write(source_->at(k));
    }

    Thread& thread_;
    Str* source_;
    const CodecArguments& arguments_;
    Handler handler_;
    BytesBuilder out_;
};

std::string backslashed(char32_t c) {
    const auto number = static_cast<uint32_t>(c);
    if (c < 0x100) return fmt::format("\\x{:02x}", number);
    return c < 0x10000 ? fmt::format("\\u{:04x}", number) : fmt::format("\\U{:08x}", number);
}

// Appends what stands for a range. False with an exception pending.
bool Encoder::handle(Problem problem) {
    switch (handler_) {
        case Handler::kIgnore:
            return true;
        case Handler::kReplace:
            out_.appendRepeated(U'?', problem.end - problem.start);
            return true;
        case Handler::kBackslashReplace:
            forEach(problem, [&](char32_t c) { out_.appendAscii(backslashed(c)); });
            return true;
        case Handler::kXmlCharRefReplace:
            forEach(problem, [&](char32_t c) {
                out_.appendAscii(fmt::format("&#{};", static_cast<uint32_t>(c)));
            });
            return true;
        case Handler::kSurrogateEscape:
            while (problem.start < problem.end && isEscape(source_->at(problem.start))) {
                out_.append(source_->at(problem.start++) - kEscapeOffset);
            }
            return problem.start == problem.end || fail(problem);
        case Handler::kSurrogatePass:
            if (std::string_view(problem.encoding) != "utf-8") break;
            forEach(problem, [&](char32_t c) { appendUtf8(c); });
            return true;
        case Handler::kStrict:
            break;
        case Handler::kUnknown:
            return raiseNotHandled(thread_, arguments_, "UnicodeEncodeError");
    }
    return fail(problem);
}

void Encoder::appendUtf8(char32_t c) {
    const auto continuation = [&](int shift) { out_.append(0x80 | ((c >> shift) & 0x3f)); };
    if (c < 0x80) {
        out_.append(c);
    } else if (c < 0x800) {
        out_.append(0xc0 | c >> 6);
        continuation(0);
    } else if (c < 0x10000) {
        out_.append(0xe0 | c >> 12);
        continuation(6);
        continuation(0);
    } else {
        out_.append(0xf0 | c >> 18);
        continuation(12);
        continuation(6);
        continuation(0);
    }
}

Value Encoder::utf8() {
    for (uint64_t at = 0; at < source_->length;) {
        uint64_t end = at;
        while (end < source_->length && isSurrogate(source_->at(end))) ++end;
        if (end == at) {
            appendUtf8(source_->at(at++));
            continue;
        }
        if (!handle({"utf-8", at, end, "surrogates not allowed"})) return Value::null();
        at = end;
    }
    return Value::of(out_.finish());
}

Value Encoder::narrow(const char* encoding, char32_t limit) {
    const char* const reason =
        limit == 0x80 ? "ordinal not in range(128)" : "ordinal not in range(256)";
    for (uint64_t at = 0; at < source_->length;) {
        uint64_t end = at;
        while (end < source_->length && source_->at(end) >= limit) ++end;
        if (end == at) {
            out_.append(source_->at(at++));
            continue;
        }
        if (!handle({encoding, at, end, reason})) return Value::null();
        at = end;
    }
    return Value::of(out_.finish());
}

}  // namespace

bool readCodecArguments(
    Thread& thread, const char* function, Value encoding, Value errors, CodecArguments* out) {
    return readName(thread, function, "encoding", encoding, &out->encoding) &&
           readName(thread, function, "errors", errors, &out->errors);
}

Value encodeStr(Thread& thread, Str* text, const CodecArguments& arguments) {
    const Encoding encoding = encodingNamed(arguments.encoding);
    const bool same = text->ascii || (encoding == Encoding::kLatin1 && text->kind == 1);
    if (same && encoding != Encoding::kUnknown) {
        return Value::of(makeBytes(thread, text->bytes(), text->length));
    }
    switch (encoding) {
        case Encoding::kUtf8:
            return Encoder(thread, text, arguments).utf8();
        case Encoding::kAscii:
            return Encoder(thread, text, arguments).narrow("ascii", 0x80);
        case Encoding::kLatin1:
            return Encoder(thread, text, arguments).narrow("latin-1", 0x100);
        case Encoding::kUnknown:
            break;
    }
    return raiseUnknownEncoding(thread, arguments);
}

Value decodeBytes(Thread& thread, Value bytes, const CodecArguments& arguments) {
    if (bufferOf(bytes).length == 0) return Value::of(makeEmptyStr(thread));
    switch (encodingNamed(arguments.encoding)) {
        case Encoding::kUtf8:
            return Decoder(thread, bytes, arguments).utf8();
        case Encoding::kAscii:
            return Decoder(thread, bytes, arguments).ascii();
        case Encoding::kLatin1:
            return decodeLatin1(thread, bufferOf(bytes));
        case Encoding::kUnknown:
            break;
    }
    return raiseUnknownEncoding(thread, arguments);
}

}  // namespace tagproof
