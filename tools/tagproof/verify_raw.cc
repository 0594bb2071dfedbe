// tagproof verify --raw: machine code of any origin against a manifest; no guest program involved.

#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "tools/tagproof/commands.h"
#include "tools/tagproof/files.h"
#include "tools/tagproof/manifest.h"
#include "tools/tagproof/proof_output.h"
#include "tools/tagproof/proof_report.h"

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

// Larger functions than these are no compiler's.
constexpr size_t kMostCodeBytes = size_t{4} << 20;
constexpr size_t kMostManifestBytes = size_t{64} << 20;

std::vector<uint8_t> readCode(const VerifyOptions& options) {
    const size_t limit = options.hex ? 4 * kMostCodeBytes : kMostCodeBytes;
    const std::string content = readInput(options.raw, limit, "a function's code");
    std::vector<uint8_t> code(content.begin(), content.end());
    if (options.hex) {
        std::optional<std::vector<uint8_t>> parsed = parseHex(content);
        if (!parsed) {
            throw FileError(options.raw +
                            " is not hexadecimal text: pairs of digits, # begins a comment");
        }
        code = std::move(*parsed);
    }
    if (code.empty()) throw FileError(options.raw + " is empty: there is no code to verify");
    return code;
}

FunctionProof proveRaw(const std::vector<uint8_t>& code,
                       const Manifest& manifest,
                       const VerifyOptions& options) {
    const bool has_states = options.explain || !options.html.empty();
    FunctionProof proof = prove(code, manifest.address(), manifest.trusted(), manifest.hints(),
                                has_states ? verify::Detail::kStates : verify::Detail::kWrites);
    proof.function = options.raw;
    if (manifest.hints() != nullptr) return proof;
    verify::InferenceWorkspace workspace;
    static_cast<void>(verify::inferAndVerify(code, manifest.address(), manifest.trusted(),
                                             workspace, &proof.times));
    return proof;
}

int verifyRaw(const VerifyOptions& options) {
    requirePage(options);
    const std::vector<uint8_t> code = readCode(options);
    const Manifest manifest(readInput(options.manifest, kMostManifestBytes, "a manifest"));
    manifest.requireSound(code.size());
    ProgramReport report;
    report.program = options.raw;
    report.has_states = options.explain;
    report.functions.push_back(proveRaw(code, manifest, options));
    const bool is_written = writeReport(report, options);
    if (report.rejected() != 0) return kStatusFailed;
    return is_written ? 0 : kStatusUsage;
}

}  // namespace

int verifyRawCommand(const VerifyOptions& options) {
    try {
        return verifyRaw(options);
    } catch (const FileError& error) {
        return failVerify(error.what());
    } catch (const DocumentError& error) {
        return failVerify(options.manifest + ": " + error.what());
    }
}

}  // namespace tagproof::cli
