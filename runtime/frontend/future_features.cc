#include "runtime/frontend/future_features.h"

#include <algorithm>
#include <array>
#include <string>

namespace tagproof::frontend {

namespace {

constexpr std::array<std::string_view, 10> kFutureFeatures{
    "nested_scopes",  "generators",       "division",       "absolute_import", "with_statement",
    "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop",  "annotations"};

void checkFeatures(const ImportFrom& statement, FutureFeatures& features, ErrorSink& errors) {
    const Location start{.lineno = statement.location.lineno,
                         .col_offset = statement.location.col_offset};
    for (const Alias* alias : statement.names) {
        if (alias->name == "annotations") features.annotations = true;
        if (alias->name == "braces") {
            errors.add(start, "not a chance");
        } else if (std::find(kFutureFeatures.begin(), kFutureFeatures.end(), alias->name) ==
                   kFutureFeatures.end()) {
            errors.add(start, "future feature " + std::string(alias->name) + " is not defined");
        }
    }
}

bool isDocstring(const Stmt& statement) {
    const ExprStmt* expression = statement.tryAs<ExprStmt>();
    if (expression == nullptr) return false;
    const Constant* constant = expression->value->tryAs<Constant>();
    return constant != nullptr && constant->value.kind == ConstantValue::Kind::kStr;
}

}  // namespace

bool isFutureImport(const Stmt& statement) {
    const ImportFrom* import = statement.tryAs<ImportFrom>();
    return import != nullptr && import->level == 0 && import->module == "__future__";
}

FutureFeatures scanFutureFeatures(const Module& module, ErrorSink& errors) {
    FutureFeatures features;
    bool first = true;
    for (const Stmt* statement : module.body) {
        if (isFutureImport(*statement)) {
            checkFeatures(statement->as<ImportFrom>(), features, errors);
            features.last_line = statement->location.lineno;
        } else if (!first || !isDocstring(*statement)) {
            break;
        }
        first = false;
    }
    return features;
}

}  // namespace tagproof::frontend
