// The itertools module: its types, and what they share.

#include "runtime/modules/itertools.h"

#include "objmodel/call.h"
#include "objmodel/error.h"
#include "objmodel/native_function.h"
#include "objmodel/protocol.h"
#include "objmodel/ref.h"
#include "runtime/builtins.h"
#include "runtime/modules/library_state.h"
#include "runtime/modules/native_modules.h"

namespace tagproof {

namespace itertools {

bool rejectTypeKeywords(Thread& thread, Value callee, const char* name, Value keyword_names) {
    const bool own_init = callee.as<Type>()->slots.init != thread.types->object->slots.init;
    return own_init || rejectKeywords(thread, name, keyword_names);
}

bool checkTypeArguments(Thread& thread,
                        Value callee,
                        const char* name,
                        size_t positional,
                        Value keyword_names,
                        size_t count) {
    return rejectTypeKeywords(thread, callee, name, keyword_names) &&
           checkArgumentCount(thread, name, positional, count, count);
}

int isSelected(Thread& thread, Value predicate, Value item) {
    if (predicate == thread.singletons->none || predicate == Value::of(thread.types->bool_)) {
        return isTrue(thread, item);
    }
    const Ref answer(call(thread, predicate, &item, 1));
    return answer ? isTrue(thread, answer.get()) : -1;
}

namespace {

constexpr LibraryTypeRow kTypes[] = {
    {&LibraryState::tee, "itertools._tee", setUpTee},
    {&LibraryState::tee_block, "itertools._tee_dataobject", setUpTeeBlock},
    {&LibraryState::grouper, "itertools._grouper", setUpGrouper},
    {&LibraryState::accumulate, "itertools.accumulate", setUpAccumulate},
    {&LibraryState::combinations, "itertools.combinations", setUpCombinations},
    {&LibraryState::combinations_with_replacement, "itertools.combinations_with_replacement",
     setUpCombinationsWithReplacement},
    {&LibraryState::cycle, "itertools.cycle", setUpCycle},
    {&LibraryState::drop_while, "itertools.dropwhile", setUpDropWhile},
    {&LibraryState::take_while, "itertools.takewhile", setUpTakeWhile},
    {&LibraryState::islice, "itertools.islice", setUpIslice},
    {&LibraryState::star_map, "itertools.starmap", setUpStarMap},
    {&LibraryState::chain, "itertools.chain", setUpChain},
    {&LibraryState::compress, "itertools.compress", setUpCompress},
    {&LibraryState::filter_false, "itertools.filterfalse", setUpFilterFalse},
    {&LibraryState::count, "itertools.count", setUpCount},
    {&LibraryState::zip_longest, "itertools.zip_longest", setUpZipLongest},
    {&LibraryState::pairwise, "itertools.pairwise", setUpPairwise},
    {&LibraryState::permutations, "itertools.permutations", setUpPermutations},
    {&LibraryState::product, "itertools.product", setUpProduct},
    {&LibraryState::repeat, "itertools.repeat", setUpRepeat},
    {&LibraryState::group_by, "itertools.groupby", setUpGroupBy},
};

constexpr FunctionRow kFunctions[] = {
    {"tee", tee, 1, 2},
};

}  // namespace
}  // namespace itertools

bool initItertoolsModule(Thread& thread, Value module) {
    return addLibraryTypes(thread, module, itertools::kTypes) &&
           addFunctions(thread, module, itertools::kFunctions);
}

}  // namespace tagproof
