// The calendar of the time module: struct_time and what makes it, reads it and shows it. The zone
// is that of the process; tm_zone and tm_gmtoff are absent.

#include <cmath>
#include <ctime>
#include <string>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "objmodel/str.h"
#include "objmodel/tuple.h"
#include "objmodel/type_object.h"
#include "runtime/builtins.h"
#include "runtime/modules/library_state.h"
#include "runtime/modules/native_modules.h"
#include "runtime/modules/struct_sequence.h"
#include "runtime/vm.h"

namespace tagproof {

namespace {

constexpr size_t kFields = 9;
constexpr int kFirstYear = 1900;  // of a C struct tm
constexpr const char* kFieldNames[] = {"tm_year", "tm_mon",  "tm_mday", "tm_hour", "tm_min",
                                       "tm_sec",  "tm_wday", "tm_yday", "tm_isdst"};

Value toStruct(Thread& thread, const tm& time) {
    const int64_t numbers[kFields] = {int64_t{time.tm_year} + kFirstYear,
                                      time.tm_mon + 1,
                                      time.tm_mday,
                                      time.tm_hour,
                                      time.tm_min,
                                      time.tm_sec,
                                      (time.tm_wday + 6) % 7,
                                      time.tm_yday + 1,
                                      time.tm_isdst};
    Value items[kFields];
    for (size_t i = 0; i < kFields; ++i) items[i] = Value::fixnum(numbers[i]);
    return newStructSequence(thread, thread.vm->library().struct_time, items, kFields);
}

// Seconds since the epoch: now without an argument or with None. False + pending.
bool toSeconds(Thread& thread, const Value* args, size_t count, time_t* seconds) {
    if (count == 0 || args[0] == thread.singletons->none) {
        *seconds = ::time(nullptr);
        return true;
    }
    if (!isFloat(args[0])) {
        const Ref index(indexOf(thread, args[0]));
        int64_t number;
        if (!index || !intToInt64(thread, index.get(), &number)) return false;
        *seconds = number;
        return true;
    }
    double number;
    if (!toDouble(thread, args[0], &number)) return false;
    if (std::isnan(number)) {
        raise(thread, ExceptionKind::kValueError, "Invalid value NaN (not a number)");
        return false;
    }
    if (std::fabs(number) > 9e18) {
        raise(thread, ExceptionKind::kOverflowError, "timestamp out of range for platform time_t");
        return false;
    }
    *seconds = static_cast<time_t>(std::floor(number));
    return true;
}

using Break = tm* (*)(const time_t*, tm*);

// Seconds as a date. False + pending.
template <Break Convert>
bool breakSeconds(Thread& thread, const Value* args, size_t count, tm* result) {
    time_t seconds;
    if (!toSeconds(thread, args, count, &seconds)) return false;
    if (Convert(&seconds, result) != nullptr) return true;
    raise(thread, ExceptionKind::kOverflowError, "timestamp out of range for platform time_t");
    return false;
}

template <Break Convert>
Value breakTime(Thread& thread, Value, const Value* args, size_t count) {
    tm result{};
    return breakSeconds<Convert>(thread, args, count, &result) ? toStruct(thread, result)
                                                               : Value::null();
}

// The date in a tuple or struct_time. False + pending.
bool readStruct(Thread& thread, Value value, const char* function, tm* result) {
    if (!isTuple(value)) {
        raise(thread, ExceptionKind::kTypeError, "Tuple or struct_time argument required");
        return false;
    }
    const Tuple* const items = value.as<Tuple>();
    int64_t numbers[kFields];
    if (items->size != kFields) {
        raise(thread, ExceptionKind::kTypeError, "{}(): illegal time tuple argument", function);
        return false;
    }
    for (size_t i = 0; i < kFields; ++i) {
        const Ref index(indexOf(thread, items->items()[i]));
        if (!index || !intToInt64(thread, index.get(), &numbers[i])) return false;
        if (numbers[i] < INT32_MIN || numbers[i] > INT32_MAX) {
            raise(thread, ExceptionKind::kOverflowError, "signed integer is {}",
                  numbers[i] < 0 ? "less than minimum" : "greater than maximum");
            return false;
        }
    }
    if (numbers[0] < int64_t{INT32_MIN} + kFirstYear) {
        raise(thread, ExceptionKind::kOverflowError, "year out of range");
        return false;
    }
    const auto field = [&](size_t i) { return static_cast<int>(numbers[i]); };
    result->tm_year = static_cast<int>(numbers[0] - kFirstYear);
    result->tm_mon = field(1) - 1;
    result->tm_mday = field(2);
    result->tm_hour = field(3);
    result->tm_min = field(4);
    result->tm_sec = field(5);
    result->tm_wday = (field(6) + 1) % 7;
    result->tm_yday = field(7) - 1;
    result->tm_isdst = field(8);
    return true;
}

// Whether C's functions can show it; zero months and days count as the first.
bool checkStruct(Thread& thread, tm* time) {
    if (time->tm_mon == -1) time->tm_mon = 0;
    if (time->tm_mday == 0) time->tm_mday = 1;
    if (time->tm_yday == -1) time->tm_yday = 0;
    const struct {
        int value;
        int low;
        int high;
        const char* name;
    } rules[] = {
        {time->tm_mon, 0, 11, "month"},         {time->tm_mday, 1, 31, "day of month"},
        {time->tm_hour, 0, 23, "hour"},         {time->tm_min, 0, 59, "minute"},
        {time->tm_sec, 0, 61, "seconds"},       {time->tm_wday, 0, 6, "day of week"},
        {time->tm_yday, 0, 365, "day of year"},
    };
    for (const auto& rule : rules) {
        if (rule.value >= rule.low && rule.value <= rule.high) continue;
        raise(thread, ExceptionKind::kValueError, "{} out of range", rule.name);
        return false;
    }
    return true;
}

// The given date, or now.
bool dateArgument(
    Thread& thread, const Value* args, size_t count, const char* function, tm* result) {
    if (count == 0) return breakSeconds<::localtime_r>(thread, nullptr, 0, result);
    return readStruct(thread, args[0], function, result) && checkStruct(thread, result);
}

Value showDate(Thread& thread, const tm& time) {
    static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return Value::of(
        makeStr(thread, fmt::format("{} {}{:3} {:02}:{:02}:{:02} {}", kDays[time.tm_wday],
                                    kMonths[time.tm_mon], time.tm_mday, time.tm_hour, time.tm_min,
                                    time.tm_sec, int64_t{time.tm_year} + kFirstYear)));
}

Value asciiTime(Thread& thread, Value, const Value* args, size_t count) {
    tm time{};
    return dateArgument(thread, args, count, "asctime", &time) ? showDate(thread, time)
                                                               : Value::null();
}

Value showSeconds(Thread& thread, Value, const Value* args, size_t count) {
    tm time{};
    return breakSeconds<::localtime_r>(thread, args, count, &time) ? showDate(thread, time)
                                                                   : Value::null();
}

Value makeTime(Thread& thread, Value, const Value* args, size_t) {
    tm time{};
    if (!readStruct(thread, args[0], "mktime", &time)) return Value::null();
    time.tm_wday = -1;  // stays so when it fails
    const time_t seconds = ::mktime(&time);
    if (seconds == -1 && time.tm_wday == -1) {
        return raise(thread, ExceptionKind::kOverflowError, "mktime argument out of range");
    }
    return makeFloat(thread, static_cast<double>(seconds));
}

Value formatTime(Thread& thread, Value, const Value* args, size_t count) {
    if (!isStr(args[0])) {
        return raise(thread, ExceptionKind::kTypeError, "strftime() argument 1 must be str, not {}",
                     typeName(typeOf(thread, args[0])));
    }
    tm time{};
    if (!dateArgument(thread, args + 1, count - 1, "strftime", &time)) return Value::null();
    const std::string format = toUtf8(args[0].as<Str>());
    if (format.empty()) return newRef(args[0]);
    // C says nothing of why it gave nothing: a format may stand for an empty text.
    for (size_t size = 1024; size <= 256 * (format.size() + 16); size *= 2) {
        std::string text(size, '\0');
        const size_t length = ::strftime(text.data(), size, format.c_str(), &time);
        if (length > 0) return Value::of(makeStr(thread, text.substr(0, length)));
    }
    return newRef(thread.singletons->empty_str);
}

constexpr FunctionRow kFunctions[] = {
    {"asctime", asciiTime, 0, 1},
    {"ctime", showSeconds, 0, 1},
    {"gmtime", breakTime<::gmtime_r>, 0, 1},
    {"localtime", breakTime<::localtime_r>, 0, 1},
    {"mktime", makeTime, 1, 1},
    {"strftime", formatTime, 1, 2},
};

// The time zone of the process. The C library keeps it in variables that every tzset() writes, so
// it is read once for all Vms.
struct Zone {
    std::string standard;
    std::string summer;
    long seconds_west;
    bool has_summer;
};

const Zone& zoneOfProcess() {
    static const Zone kZone = [] {
        ::tzset();
        return Zone{tzname[0], tzname[1], timezone, daylight != 0};
    }();
    return kZone;
}

bool addZone(Thread& thread, Value module) {
    const Zone& zone = zoneOfProcess();
    const Ref standard(Value::of(makeStr(thread, zone.standard)));
    const Ref summer(Value::of(makeStr(thread, zone.summer)));
    if (!standard || !summer) return false;
    const Value names[] = {standard.get(), summer.get()};
    const long summer_west = zone.has_summer ? zone.seconds_west - 3600 : zone.seconds_west;
    return addValue(thread, module, "timezone", makeInt(thread, zone.seconds_west)) &&
           addValue(thread, module, "altzone", makeInt(thread, summer_west)) &&
           addValue(thread, module, "daylight", Value::fixnum(zone.has_summer ? 1 : 0)) &&
           addValue(thread, module, "tzname", Value::of(makeTuple(thread, names, 2)));
}

}  // namespace

bool addCalendar(Thread& thread, Value module) {
    Type*& type = thread.vm->library().struct_time;
    if (type == nullptr) {
        type = newStructSequenceType(thread, {"time.struct_time", kFieldNames, kFields});
    }
    return type != nullptr && addValue(thread, module, "struct_time", newRef(Value::of(type))) &&
           addFunctions(thread, module, kFunctions) && addZone(thread, module);
}

}  // namespace tagproof
