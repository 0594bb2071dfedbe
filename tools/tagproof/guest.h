#pragma once
// A guest program's world, made from the command line: the Vm, the Jit attached to it, and the
// checks that were asked for. Lives on the guest stack (withGuest), for one program.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "jit/jit.h"
#include "runtime/session.h"
#include "runtime/vm.h"
#include "tools/tagproof/options.h"

namespace tagproof::cli {

class Guest {
  public:
    // Null when memory, the heap's address, or a file to write cannot be had: reported on standard
    // error, with `status` for the process. `options` must outlive the guest.
    [[nodiscard]] static std::unique_ptr<Guest> create(const GuestOptions& options,
                                                       const std::vector<std::string>& arguments,
                                                       int& status);
    Guest(const Guest&) = delete;
    Guest& operator=(const Guest&) = delete;

    // Runs the program to its end, then the checks. The exit status of the process. `lines` are
    // those of a session, if there is to be one.
    [[nodiscard]] int run(const Program& program, LineReader* lines = nullptr);
    // What that status is made of. The program's own, as of python3.
    [[nodiscard]] int programStatus() const { return program_status_; }
    // What the checks add, which outweighs it: 0, or a status of commands.h.
    [[nodiscard]] int checkStatus() const { return check_status_; }

    // Runs source in __main__ without ending the program. False: an exception, which was printed.
    [[nodiscard]] bool execute(std::string_view source, std::string_view filename);

    // Attribute of an imported module. Borrowed; null when there is no such module or attribute.
    [[nodiscard]] Value moduleAttribute(std::string_view module, std::string_view name);

    // The functions that __main__ defined, methods and nested ones included, in the order of their
    // source lines. Borrowed.
    [[nodiscard]] std::vector<Function*> mainFunctions();

    // One line per violated invariant.
    [[nodiscard]] std::vector<std::string> heapFindings();

    [[nodiscard]] Vm& vm() { return *vm_; }
    [[nodiscard]] Jit& jit() { return *jit_; }

  private:
    Guest(const GuestOptions& options, std::unique_ptr<Vm> vm, std::unique_ptr<Jit> jit);
    [[nodiscard]] int runChecks();

    const GuestOptions& options_;
    int program_status_ = 0;
    int check_status_ = 0;
    std::unique_ptr<Vm> vm_;
    std::unique_ptr<Jit> jit_;  // goes before the Vm
};

// Makes a guest on the guest stack and returns body(guest), called there; a status when none can be
// made.
template <typename Body>
[[nodiscard]] int withGuest(const GuestOptions& options,
                            const std::vector<std::string>& arguments,
                            Body body) {
    struct Call {
        const GuestOptions& options;
        const std::vector<std::string>& arguments;
        Body& body;
    } call{options, arguments, body};
    return runOnGuestStack(
        [](void* context) {
            const Call& made = *static_cast<Call*>(context);
            int status = 0;
            const std::unique_ptr<Guest> guest =
                Guest::create(made.options, made.arguments, status);
            return guest == nullptr ? status : made.body(*guest);
        },
        &call);
}

}  // namespace tagproof::cli
