#include "tools/tagproof/helper_report.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "jit/helper_audit.h"
#include "objmodel/print.h"

namespace tagproof::cli {

bool reportHelpers(const HelperAudit& audit, const std::string& file) {
    nlohmann::ordered_json counts;
    for (const Helper helper : kAllHelpers) {
        counts[std::string(helperInfo(helper).name)] = audit.callsOf(helper);
    }
    std::ofstream out(file, std::ios::app);
    out << counts.dump() << '\n' << std::flush;
    if (!out) printTo(stderr, "tagproof: cannot write {}\n", file);
    for (const std::string& finding : audit.findings()) {
        printTo(stderr, "tagproof: helper {}\n", finding);
    }
    return out && audit.findings().empty();
}

}  // namespace tagproof::cli
