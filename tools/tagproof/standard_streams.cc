#include "tools/tagproof/standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include "tools/tagproof/files.h"

namespace tagproof::cli {

namespace {

constexpr int kFirstFree = STDERR_FILENO + 1;

bool isOpen(int descriptor) { return fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF; }

}  // namespace

void takeMissingStreams() {
    for (int number = STDIN_FILENO; number < kFirstFree; ++number) {
        // The lowest free number is what open() takes.
        const int mode = number == STDIN_FILENO ? O_WRONLY : O_RDONLY;
        if (!isOpen(number)) static_cast<void>(open("/dev/null", mode));
    }
}

OutputAside::OutputAside() : saved_(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, kFirstFree)) {
    if (saved_ < 0) {
        throw FileError(std::string("standard output cannot be kept aside: ") +
                        std::strerror(errno));
    }
    std::fflush(stdout);
    dup2(STDERR_FILENO, STDOUT_FILENO);
}

OutputAside::~OutputAside() {
    dup2(saved_, STDOUT_FILENO);
    close(saved_);
}

}  // namespace tagproof::cli
