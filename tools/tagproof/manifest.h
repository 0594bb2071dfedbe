#pragma once
// Manifests of `tagproof verify --raw`: the trusted tables, and optionally hints, as JSON, so that
// machine code of any JIT can be verified. The format stands in manifest.md, its names in
// manifest_names.h, what tables must fulfil in jit/verify/check_tables.h; manifest_write.h writes
// manifests.

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "jit/verify/check_tables.h"
#include "tools/tagproof/strict_json.h"

namespace tagproof::cli {

// Owns everything that its Trusted and Hints point to.
class Manifest {
  public:
    // Throws DocumentError, also for text that is no JSON and for tables that contradict
    // themselves.
    explicit Manifest(const std::string& text);
    Manifest(const Manifest&) = delete;
    Manifest& operator=(const Manifest&) = delete;

    // Throws DocumentError when the code at address(), so many bytes, is not apart from the tables.
    void requireSound(size_t code_size) const;

    [[nodiscard]] uint64_t address() const { return address_; }
    [[nodiscard]] const verify::Trusted& trusted() const { return trusted_; }
    // Null: the manifest has none, infer them.
    [[nodiscard]] const verify::Hints* hints() const { return hints_ ? &*hints_ : nullptr; }

  private:
    void readShared(const ObjectReader& trusted);
    void readTypes(const ObjectReader& trusted);
    void readHelpers(const ObjectReader& trusted);
    void readFunction(const ObjectReader& trusted);
    void readExits(const ObjectReader& trusted);
    void readHints(const nlohmann::json& hints);

    uint64_t address_ = 0;  // where the first byte runs
    verify::SharedTables shared_;
    verify::Trusted trusted_;
    std::optional<verify::Hints> hints_;

    // What the spans above point to. Deques: their elements do not move.
    std::deque<std::string> names_;
    std::deque<std::vector<verify::Field>> fields_;
    std::deque<std::vector<verify::ExitWord>> exit_words_;
    std::deque<std::vector<verify::HintEntry>> hint_entries_;
    std::vector<verify::TypeRow> types_;
    std::vector<verify::Helper> helpers_;
    std::vector<verify::Region> shared_regions_;
    std::vector<verify::Constant> shared_constants_;
    std::vector<verify::Exit> exits_;
    std::vector<verify::Region> regions_;
    std::vector<verify::Constant> constants_;
    std::vector<verify::EntryCell> entry_cells_;
    std::vector<verify::Handle> handles_;
    std::vector<verify::LabelHint> labels_;
};

}  // namespace tagproof::cli
