#include "objmodel/str_table.h"

#include <cstring>
#include <new>

#include "objmodel/error.h"
#include "objmodel/heap.h"
#include "objmodel/str.h"

namespace tagproof {

namespace {

constexpr size_t kSlotBytes = 8;  // one pointer

// The slot of the string with that text, or the empty one where it belongs.
Str** findSlot(StrTable* table, Str* text) {
    const size_t mask = table->capacity - 1;
    size_t position = static_cast<size_t>(strHash(text)) & mask;
    while (table->slots[position] != nullptr && !strEqual(table->slots[position], text)) {
        position = (position + 1) & mask;
    }
    return &table->slots[position];
}

bool growTable(Thread& thread, StrTable* table) {
    const size_t capacity = table->capacity == 0 ? 1024 : table->capacity * 2;
    auto** slots = static_cast<Str**>(allocateRaw(thread, capacity * kSlotBytes));
    if (slots == nullptr) return false;
    std::memset(slots, 0, capacity * kSlotBytes);
    StrTable bigger;
    bigger.slots = slots;
    bigger.capacity = capacity;
    for (size_t k = 0; k < table->capacity; ++k) {
        if (table->slots[k] != nullptr) *findSlot(&bigger, table->slots[k]) = table->slots[k];
    }
    freeRaw(thread, table->slots, table->capacity * kSlotBytes);
    table->slots = slots;
    table->capacity = capacity;
    return true;
}

}  // namespace

StrTable* strTable(Thread& thread) {
    Heap& heap = *thread.heap;
    if (heap.strings == nullptr) {
        void* memory = allocateRaw(thread, sizeof(StrTable));
        if (memory == nullptr) return nullptr;
        heap.strings = new (memory) StrTable();
    }
    return heap.strings;
}

Str* internStr(Thread& thread, Str* text) {
    if (text == nullptr || text->interned) return text;
    StrTable* table = strTable(thread);
    if (table == nullptr || (2 * table->count >= table->capacity && !growTable(thread, table))) {
        decref(&text->head);
        return nullptr;
    }
    Str** slot = findSlot(table, text);
    if (*slot != nullptr) {
        decref(&text->head);
        return *slot;
    }
    if (text->head.type != thread.types->str) {
        Str* exact = sliceStr(thread, text, 0, text->length);
        decref(&text->head);
        if (exact == nullptr) return nullptr;
        text = exact;
    }
    text->interned = true;
    text->head.refcount = layout::kImmortalRefcount;
    *slot = text;
    ++table->count;
    return text;
}

Str* internStr(Thread& thread, std::string_view utf8) {
    return internStr(thread, makeStr(thread, utf8));
}

Str* makeCharStr(Thread& thread, char32_t code_point) {
    if (code_point >= 256) return makeStr(thread, &code_point, 1);
    StrTable* table = strTable(thread);
    if (table == nullptr) return nullptr;
    Str*& cached = table->characters[code_point];
    if (cached == nullptr) cached = internStr(thread, makeStr(thread, &code_point, 1));
    return cached;
}

}  // namespace tagproof
