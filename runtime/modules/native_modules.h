#pragma once
// The modules written in C++ (this folder). Each init fills the namespace of its new module; false
// + pending on failure.

#include "objmodel/value.h"

namespace tagproof {

struct Thread;

[[nodiscard]] bool initSysModule(Thread& thread, Value module);
[[nodiscard]] bool initPosixModule(Thread& thread, Value module);
[[nodiscard]] bool initTimeModule(Thread& thread, Value module);
[[nodiscard]] bool addCalendar(Thread& thread, Value module);
[[nodiscard]] bool initMathModule(Thread& thread, Value module);
[[nodiscard]] bool addMathIntegers(Thread& thread, Value module);
[[nodiscard]] bool initRandomModule(Thread& thread, Value module);
[[nodiscard]] bool initIoModule(Thread& thread, Value module);
[[nodiscard]] bool initArrayModule(Thread& thread, Value module);
[[nodiscard]] bool initGcModule(Thread& thread, Value module);
[[nodiscard]] bool initWeakrefModule(Thread& thread, Value module);
[[nodiscard]] bool initAbcModule(Thread& thread, Value module);
[[nodiscard]] bool initCollectionsModule(Thread& thread, Value module);
[[nodiscard]] bool initFunctoolsModule(Thread& thread, Value module);
[[nodiscard]] bool initItertoolsModule(Thread& thread, Value module);
[[nodiscard]] bool initOperatorModule(Thread& thread, Value module);
[[nodiscard]] bool initAtexitModule(Thread& thread, Value module);
[[nodiscard]] bool addGcObjectFunctions(Thread& thread, Value module);

}  // namespace tagproof
