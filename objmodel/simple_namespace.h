#pragma once
// types.SimpleNamespace: an object whose attributes are what it was called with.

namespace tagproof {

struct Thread;

void initSimpleNamespaceType(Thread& thread);

}  // namespace tagproof
