#pragma once
// A call as emitted code makes it, with what the callee leaves behind (helper_audit.cc).

#include <cstdint>

// Calls `function` with words[0..6) in rdi, rsi, rdx, rcx, r8, r9, `number` in xmm0 and the
// callee-saved registers set to words of their own. out[0..7): these registers behind the call
// (rbx, rbp, r12 ... r15), and the flags. The result is rax.
extern "C" uint64_t tagproofCallWatched(uint64_t function,
                                        const uint64_t* words,
                                        double number,
                                        uint64_t* out);
