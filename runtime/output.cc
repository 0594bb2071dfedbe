#include "runtime/output.h"

#include <unistd.h>
#include <cerrno>

namespace tagproof {

OutputStream::OutputStream(int descriptor, Buffering buffering)
    : descriptor_(descriptor), buffering_(buffering) {}

int OutputStream::write(std::string_view text) {
    buffer_.append(text);
    const bool line_done =
        buffering_ == Buffering::kLine && text.find('\n') != std::string_view::npos;
    return line_done || buffer_.size() > kBlockSize ? flush() : 0;
}

int OutputStream::flush() {
    size_t done = 0;
    while (done < buffer_.size()) {
        const ssize_t count = ::write(descriptor_, buffer_.data() + done, buffer_.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) {
            const int error = errno;
            buffer_.erase(0, done);
            return error;
        }
        done += static_cast<size_t>(count);
    }
    buffer_.clear();
    return 0;
}

Buffering defaultBuffering(int descriptor) {
    return ::isatty(descriptor) != 0 ? Buffering::kLine : Buffering::kBlock;
}

}  // namespace tagproof
