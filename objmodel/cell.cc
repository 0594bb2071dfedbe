#include "objmodel/cell.h"

#include <fmt/format.h>

#include <utility>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/type_object.h"

namespace tagproof {
namespace {

void deallocCell(Thread& thread, Object* self) {
    decref(std::exchange(reinterpret_cast<Cell*>(self)->value, Value::null()));
    freeObject(thread, self);
}

void traverseCell(Object* self, VisitFunction visit, void* context) {
    const Value value = reinterpret_cast<Cell*>(self)->value;
    if (value) visit(value, context);
}

void clearCell(Thread&, Object* self) {
    decref(std::exchange(reinterpret_cast<Cell*>(self)->value, Value::null()));
}

Value constructCell(
    Thread& thread, Value, const Value* args, size_t positional, Value keyword_names) {
    if (!rejectKeywords(thread, "cell", keyword_names) ||
        !checkArgumentCount(thread, "cell", positional, 0, 1)) {
        return Value::null();
    }
    return Value::of(newCell(thread, positional > 0 ? args[0] : Value::null()));
}

int initCell(Thread&, Value, const Value*, size_t, Value) { return 0; }

Value reprCell(Thread& thread, Value self) {
    const Value value = self.as<Cell>()->value;
    if (value.isNull()) {
        return Value::of(makeStr(thread, fmt::format("<cell at {:#x}: empty>", self.bits)));
    }
    return Value::of(makeStr(thread, fmt::format("<cell at {:#x}: {} object at {:#x}>", self.bits,
                                                 typeName(typeOf(thread, value)), value.bits)));
}

Value getContents(Thread& thread, Value self) {
    const Value value = self.as<Cell>()->value;
    if (value.isNull()) return raise(thread, ExceptionKind::kValueError, "Cell is empty");
    return newRef(value);
}

int setContents(Thread&, Value self, Value value) {
    setCell(self.as<Cell>(), value);
    return 0;
}

}  // namespace

Cell* newCell(Thread& thread, Value value) {
    auto* cell = allocateObject<Cell>(thread, thread.types->cell);
    if (cell != nullptr) cell->value = newRef(value);
    return cell;
}

void initCellType(Thread& thread) {
    Type* const type = thread.types->cell;
    setNativeLayout(type, CellFamily::kCell, sizeof(Cell), 0);
    type->slots.dealloc = deallocCell;
    type->slots.traverse = traverseCell;
    type->slots.clear = clearCell;
    type->slots.construct = constructCell;
    type->slots.init = initCell;
    type->slots.repr = reprCell;
    addGetSet(thread, type, "cell_contents", getContents, setContents);
}

}  // namespace tagproof
