#include "tools/tagproof/helper_report.h"

#include <nlohmann/json.hpp>

#include "jit/helper_audit.h"
#include "objmodel/print.h"
#include "tools/tagproof/commands.h"
#include "tools/tagproof/files.h"

namespace tagproof::cli {

int reportHelpers(const HelperAudit& audit, const std::string& file) {
    nlohmann::ordered_json counts;
    for (const Helper helper : kAllHelpers) {
        counts[std::string(helperInfo(helper).name)] = audit.callsOf(helper);
    }
    int status = 0;
    try {
        appendLine(file, counts.dump());
    } catch (const FileError& error) {
        printTo(stderr, "tagproof: --check-helpers: {}\n", error.what());
        status = kStatusUsage;
    }
    for (const std::string& finding : audit.findings()) {
        printTo(stderr, "tagproof: helper {}\n", finding);
    }
    return audit.findings().empty() ? status : kStatusHelperLied;
}

}  // namespace tagproof::cli
