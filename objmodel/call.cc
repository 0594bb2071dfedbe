#include "objmodel/call.h"

#include <algorithm>
#include <array>
#include <vector>

namespace tagproof {

Value callPrepended(Thread& thread,
                    Value callee,
                    Value first,
                    const Value* args,
                    size_t positional,
                    Value keyword_names) {
    constexpr size_t kInline = 8;
    const size_t total = positional + keywordCount(keyword_names);
    std::array<Value, kInline> few;
    std::vector<Value> many;
    Value* all = few.data();
    if (total + 1 > kInline) {
        many.resize(total + 1);
        all = many.data();
    }
    all[0] = first;
    std::copy_n(args, total, all + 1);
    return call(thread, callee, all, positional + 1, keyword_names);
}

}  // namespace tagproof
