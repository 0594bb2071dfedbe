#include "tools/tagproof/proof_output.h"

#include <cstdio>

#include "objmodel/print.h"
#include "tools/tagproof/commands.h"
#include "tools/tagproof/files.h"
#include "tools/tagproof/print_json.h"
#include "tools/tagproof/proof_json.h"
#include "tools/tagproof/proof_page.h"
#include "tools/tagproof/proof_text.h"

namespace tagproof::cli {

namespace {

// Code of another JIT is one function, and its report that function's.
void printReport(const ProgramReport& report, const VerifyOptions& options) {
    const bool is_raw = !options.raw.empty();
    if (options.json) {
        printJson(is_raw ? functionJson(report.functions.front(), report.has_states)
                         : programJson(report));
    } else {
        printTo(stdout, "{}",
                is_raw ? functionText(report.functions.front(), report.has_states)
                       : programText(report));
    }
}

}  // namespace

bool writeReport(const ProgramReport& report, const VerifyOptions& options) {
    printReport(report, options);
    bool is_written = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
    try {
        if (!options.html.empty()) writeFile(options.html, programPage(report));
    } catch (const FileError& error) {
        failVerify(error.what());
        is_written = false;
    }
    return is_written;
}

void requirePage(const VerifyOptions& options) {
    if (options.html.empty()) return;
    const bool is_file = options.raw.empty() && options.program.kind == ProgramKind::kFile;
    for (const std::string& input :
         {options.raw, options.manifest, is_file ? options.program.text : ""}) {
        requireOther("--html", options.html, input);
    }
    requireWritable(options.html);
}

int failVerify(const std::string& text) {
    printTo(stderr, "tagproof verify: {}\n", text);
    return kStatusUsage;
}

}  // namespace tagproof::cli
