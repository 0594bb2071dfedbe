// Import statements.

#include "runtime/frontend/compiler.h"

namespace tagproof::frontend {

void Compiler::compileImport(const Import& statement) {
    for (const Alias* alias : statement.names) {
        emitInt(0);
        emitNone();
        code().emitName(Opcode::IMPORT_NAME, intern(alias->name));
        if (isPresent(alias->asname)) {
            compileImportAs(*alias);
        } else {
            storeName(intern(alias->name.substr(0, alias->name.find('.'))));
        }
    }
}

// `import a.b.c as m`: IMPORT_NAME gives a; the rest is taken from there.
void Compiler::compileImportAs(const Alias& alias) {
    std::string_view rest = alias.name;
    std::size_t dot = rest.find('.');
    if (dot == std::string_view::npos) return storeName(alias.asname);
    while (dot != std::string_view::npos) {
        rest = rest.substr(dot + 1);
        dot = rest.find('.');
        code().emitName(Opcode::IMPORT_FROM, mangled(intern(rest.substr(0, dot))));
        emit(Opcode::SWAP, 2);
        emit(Opcode::POP_TOP);
    }
    storeName(alias.asname);
}

void Compiler::compileImportFrom(const ImportFrom& statement) {
    if (isFutureImport(statement) && statement.location.lineno > features_.last_line) {
        return error(statement.location,
                     "from __future__ imports must occur at the beginning of the file");
    }
    ConstantItem names{.kind = ConstantItem::Kind::kTuple};
    for (const Alias* alias : statement.names) {
        names.items.push_back(ConstantItem::str(alias->name));
    }
    emitInt(statement.level);
    code().emitConstant(names);
    code().emitName(Opcode::IMPORT_NAME,
                    intern(isPresent(statement.module) ? statement.module : ""));
    for (const Alias* alias : statement.names) {
        if (alias->name == "*") return emit(Opcode::IMPORT_STAR);
        code().emitName(Opcode::IMPORT_FROM, mangled(alias->name));
        storeName(isPresent(alias->asname) ? alias->asname : alias->name);
    }
    emit(Opcode::POP_TOP);
}

}  // namespace tagproof::frontend
