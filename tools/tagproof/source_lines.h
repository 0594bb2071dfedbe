#pragma once
// The source text of a program's lines, where it is at hand, for what is shown to people.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tools/tagproof/options.h"

namespace tagproof::cli {

class SourceLines {
  public:
    // The program must outlive this.
    explicit SourceLines(const Program& program) : program_(program) {}

    // Without the white space around it; empty when it is not known. Lines count from 1. Reads each
    // file once.
    [[nodiscard]] std::string_view of(const std::string& file, uint32_t line);

  private:
    [[nodiscard]] std::vector<std::string> read(const std::string& file) const;

    const Program& program_;
    std::map<std::string, std::vector<std::string>> files_;  // by name
};

}  // namespace tagproof::cli
