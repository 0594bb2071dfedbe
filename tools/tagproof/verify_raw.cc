// tagproof verify --raw: machine code of any origin against a manifest; no guest program involved.

#include <cctype>
#include <sstream>
#include <string>
#include <vector>

#include "tools/tagproof/commands.h"
#include "tools/tagproof/files.h"
#include "tools/tagproof/manifest.h"
#include "tools/tagproof/printable.h"
#include "tools/tagproof/proof_output.h"
#include "tools/tagproof/proof_report.h"

namespace tagproof::cli {

namespace {

// "48 8b 07" with any white space and # comments.
std::vector<uint8_t> parseHex(const std::string& text, const std::string& file) {
    const auto is_digit = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
    std::vector<uint8_t> bytes;
    std::istringstream lines(text);
    size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        const std::string code = line.substr(0, line.find('#'));
        for (size_t i = 0; i < code.size(); ++i) {
            if (std::isspace(static_cast<unsigned char>(code[i])) != 0) continue;
            const std::string digits = code.substr(i, 2);
            if (digits.size() < 2 || !is_digit(digits[0]) || !is_digit(digits[1])) {
                throw FileError(
                    fmt::format("{}: line {}, column {}: not hexadecimal text: '{}' is "
                                "no pair of digits; # begins a comment",
                                file, number, i + 1, printable(digits)));
            }
            bytes.push_back(static_cast<uint8_t>(std::stoul(digits, nullptr, 16)));
            ++i;
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
    std::vector<uint8_t> code = options.hex ? parseHex(content, options.raw)
                                            : std::vector<uint8_t>(content.begin(), content.end());
    if (code.empty()) throw FileError(options.raw + " is empty: there is no code to verify");
    return code;
}

std::string nameOf(const VerifyOptions& options) {
    return options.raw == "-" ? "<stdin>" : options.raw;
}

FunctionProof proveRaw(const std::vector<uint8_t>& code,
                       const Manifest& manifest,
                       const VerifyOptions& options) {
    const bool has_states = options.explain || !options.html.empty();
    FunctionProof proof = prove(code, manifest.address(), manifest.trusted(), manifest.hints(),
                                has_states ? verify::Detail::kStates : verify::Detail::kWrites);
    proof.function = nameOf(options);
    makePrintable(proof);
    if (manifest.hints() != nullptr) return proof;
    verify::InferenceWorkspace workspace;
    static_cast<void>(verify::inferAndVerify(code, manifest.address(), manifest.trusted(),
                                             workspace, &proof.times));
    return proof;
}

int verifyRaw(const VerifyOptions& options) {
    if (options.raw == "-" && options.manifest == "-") {
        throw FileError("--raw and --manifest cannot both be standard input; name a file");
    }
    requirePage(options);
    const std::vector<uint8_t> code = readCode(options);
    const Manifest manifest(readInput(options.manifest, kMostManifestBytes, "a manifest"));
    manifest.requireSound(code.size());
    ProgramReport report;
    report.program = nameOf(options);
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
        return failVerify(options.manifest + ": " + printable(error.what()));
    }
}

}  // namespace tagproof::cli
