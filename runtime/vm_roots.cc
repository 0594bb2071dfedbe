// The roots of a Vm, and the heap checker with them (declared in runtime/vm.h).

#include "objmodel/dict.h"
#include "objmodel/heap_check.h"
#include "objmodel/list.h"
#include "objmodel/type_object.h"
#include "runtime/frame.h"
#include "runtime/function.h"
#include "runtime/garbage_collector.h"
#include "runtime/vm.h"

namespace tagproof {
namespace {

class RootVisitor {
  public:
    RootVisitor(VisitFunction visit, void* context) : visit_(visit), context_(context) {}

    void visit(Value value) {
        if (!value.isNull()) visit_(value, context_);
    }
    void visitFrame(Frame* frame);

  private:
    VisitFunction visit_;
    void* context_;
};

// A generator's frame is visited with its generator. Where a running frame's operand stack ends is
// known to the dispatch loop alone: its words are held by code under way.
void RootVisitor::visitFrame(Frame* frame) {
    if ((frame->flags & kFrameIsGenerator) != 0) return;
    visit(Value::of(frame->code));
    if (frame->function != nullptr) {
        visit(Value::of(frame->function));
    } else {
        visit(Value::of(frame->globals));
        visit(Value::of(frame->builtins));
    }
    visit(frame->names);
    visit(frame->constructed);
    for (const Value* word = frame->slots(); word < frame->stackBase(); ++word) visit(*word);
}

}  // namespace

void Vm::visitRoots(VisitFunction visit, void* visit_context) {
    RootVisitor roots(visit, visit_context);
    for (const Value owned :
         {main_, builtins_module_, import_function_, Value::of(builtins_), Value::of(sys_),
          Value::of(modules_), Value::of(collector_->garbage()),
          Value::of(collector_->callbacks())}) {
        roots.visit(owned);
    }
    roots.visit(heap_->last_memory_error);
    roots.visit(base_handled_.exception);
    for (Frame* frame = thread_->frame; frame != nullptr; frame = frame->previous) {
        roots.visitFrame(frame);
    }
    if (hooks_.visit_references != nullptr) {
        hooks_.visit_references(hooks_.context, visit, visit_context);
    }
}

std::vector<HeapViolation> Vm::checkHeap(bool exact_counts) {
    HeapCheckOptions options;
    options.visit_roots = [](VisitFunction visit, void* visit_context, void* vm) {
        static_cast<Vm*>(vm)->visitRoots(visit, visit_context);
    };
    options.roots_context = this;
    options.exact_counts = exact_counts;
    return tagproof::checkHeap(*heap_, options);
}

}  // namespace tagproof
