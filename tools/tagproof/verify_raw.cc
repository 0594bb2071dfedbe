// tagproof verify --raw: machine code of any origin against a manifest; no guest program involved.

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "jit/verify/explain.h"
#include "jit/verify/infer/infer.h"
#include "jit/verify/verify.h"
#include "objmodel/print.h"
#include "tools/tagproof/commands.h"
#include "tools/tagproof/files.h"
#include "tools/tagproof/manifest.h"
#include "tools/tagproof/print_json.h"
#include "tools/tagproof/verdict_report.h"

namespace tagproof::cli {

namespace {

// "48 8b 07" with any white space and # comments; nullopt when it is anything else.
std::optional<std::vector<uint8_t>> parseHex(const std::string& text) {
    std::vector<uint8_t> bytes;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line.substr(0, line.find('#')));
        for (std::string word; words >> word;) {
            if (word.size() % 2 != 0) return std::nullopt;
            for (size_t i = 0; i < word.size(); i += 2) {
                const std::string digits = word.substr(i, 2);
                if (digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) {
                    return std::nullopt;
                }
                bytes.push_back(static_cast<uint8_t>(std::stoul(digits, nullptr, 16)));
            }
        }
    }
    return bytes;
}

// Checks against the manifest's hints, or against inferred ones. With `listing` also writes the
// disassembly with the state beside each line there.
verify::Verdict check(std::span<const uint8_t> code,
                      const Manifest& manifest,
                      std::string* listing) {
    const uint64_t address = manifest.address();
    const verify::Trusted& trusted = manifest.trusted();
    const verify::Hints* hints = manifest.hints();
    if (listing == nullptr) {
        return hints == nullptr ? verify::inferAndVerify(code, address, trusted)
                                : verify::verify(code, address, trusted, *hints);
    }
    verify::Verdict verdict;
    *listing = hints == nullptr ? verify::inferAndExplain(code, address, trusted, {}, verdict)
                                : verify::explain(code, address, trusted, *hints, {}, verdict);
    return verdict;
}

void report(const VerifyOptions& options,
            const verify::Verdict& verdict,
            const std::string& listing) {
    if (options.json) {
        nlohmann::json json = verdictJson(options.raw, verdict);
        if (options.explain) json["listing"] = listing;
        printJson(json);
    } else if (options.explain) {  // the listing ends with the violations
        printTo(stdout, "{}{}: {}\n", listing, options.raw, verdict.ok ? "proven" : "REJECTED");
    } else {
        printTo(stdout, "{}", verdictText(options.raw, verdict));
    }
}

int badInput(const std::string& text) {
    printTo(stderr, "tagproof verify: {}\n", text);
    return kStatusUsage;
}

}  // namespace

int verifyRawCommand(const VerifyOptions& options) {
    const std::optional<std::string> code = readFile(options.raw);
    if (!code) return badInput("cannot read " + options.raw);
    const std::optional<std::string> manifest_text = readFile(options.manifest);
    if (!manifest_text) return badInput("cannot read " + options.manifest);

    std::optional<std::vector<uint8_t>> bytes = std::vector<uint8_t>(code->begin(), code->end());
    if (options.hex) bytes = parseHex(*code);
    if (!bytes) return badInput(options.raw + " is not hexadecimal text");

    try {
        const Manifest manifest(*manifest_text);
        std::string listing;
        const verify::Verdict verdict =
            check(*bytes, manifest, options.explain ? &listing : nullptr);
        report(options, verdict, listing);
        return verdict.ok ? 0 : kStatusFailed;
    } catch (const ManifestError& error) {
        return badInput(options.manifest + ": " + error.what());
    }
}

}  // namespace tagproof::cli
