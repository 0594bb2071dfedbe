#include "runtime/frontend/percent_fields.h"

#include <cstddef>

namespace tagproof::frontend {

namespace {

constexpr std::size_t kMostDigits = 2;  // longer widths are left to run time

class FieldReader {
  public:
    explicit FieldReader(std::string_view format) : rest_(format) {}

    std::optional<std::vector<PercentField>> run() {
        std::vector<PercentField> fields;
        do {
            fields.emplace_back();
            readText(&fields.back());
            if (!rest_.empty() && !readConversion(&fields.back())) return std::nullopt;
        } while (fields.back().conversion != 0);
        return fields;
    }

  private:
    void readText(PercentField* field) {
        while (!rest_.empty()) {
            if (rest_[0] == '%') {
                if (rest_.size() < 2 || rest_[1] != '%') return;
                rest_.remove_prefix(1);
            }
            field->text += rest_[0];
            rest_.remove_prefix(1);
        }
    }
    // Behind a percent sign: flags, width, precision, letter.
    bool readConversion(PercentField* field) {
        rest_.remove_prefix(1);
        bool to_the_left = false;
        for (; !rest_.empty() && isFlag(rest_[0]); rest_.remove_prefix(1)) {
            to_the_left = to_the_left || rest_[0] == '-';
        }
        std::string number;
        if (!readNumber(&number)) return false;
        if (!number.empty()) {
            if (!to_the_left && number != "0") field->spec = ">";
            field->spec += number;
        }
        if (!rest_.empty() && rest_[0] == '.') {
            rest_.remove_prefix(1);
            if (!readNumber(&number)) return false;
            field->spec += "." + (number.empty() ? "0" : number);
        }
        if (rest_.empty()) return false;
        field->conversion = rest_[0];
        rest_.remove_prefix(1);
        return field->conversion == 's' || field->conversion == 'r' || field->conversion == 'a';
    }
    static bool isFlag(char c) { return c == '-' || c == '+' || c == ' ' || c == '#' || c == '0'; }
    // Without leading zeros. False when there are too many digits.
    bool readNumber(std::string* number) {
        number->clear();
        std::size_t digits = 0;
        for (; !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9'; rest_.remove_prefix(1)) {
            if (++digits > kMostDigits) return false;
            if (*number == "0") number->clear();
            *number += rest_[0];
        }
        return true;
    }

    std::string_view rest_;
};

}  // namespace

std::optional<std::vector<PercentField>> splitPercentFormat(std::string_view format) {
    return FieldReader(format).run();
}

}  // namespace tagproof::frontend
