#pragma once
// Writes functions of a program as what `verify --raw` reads: NAME.bin, the code, and NAME.json,
// its manifest.

#include <map>
#include <span>
#include <string>

#include "tools/tagproof/proof_report.h"

namespace tagproof::cli {

class ProofExport {
  public:
    // Into a folder that exists.
    explicit ProofExport(std::string folder) : folder_(std::move(folder)) {}

    // Throws FileError. Functions of one name get numbers.
    void add(const FunctionProof& proof, std::span<const uint8_t> code);

  private:
    std::string folder_;
    std::map<std::string, int> names_;  // how often each was taken
};

}  // namespace tagproof::cli
