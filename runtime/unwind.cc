#include "runtime/unwind.h"

#include "objmodel/error.h"
#include "objmodel/ref.h"
#include "runtime/frame.h"

namespace tagproof {

const ExceptionRange* findHandler(const Code* code, uint32_t instruction) {
    for (const ExceptionRange& range : code->body->exceptions) {
        if (instruction >= range.begin && instruction < range.end) return &range;
    }
    return nullptr;
}

bool unwindToHandler(Thread& thread, Frame& frame) {
    const ExceptionRange* range = findHandler(frame.code, frame.pcIndex());
    if (range == nullptr) return false;
    Ref exception(takePending(thread));
    Value* keep = frame.stackBase() + range->depth;
    while (frame.stack_top > keep) {
        const Value word = *--frame.stack_top;
        decref(word);
    }
    *frame.stack_top++ = exception.release();
    frame.pc = frame.code->body->instructions.data() + range->target;
    return true;
}

}  // namespace tagproof
