#pragma once
// The three standard streams of this process.

namespace tagproof::cli {

// A process may be started without them. The numbers are taken then, by what can be neither read
// nor written: else the next file that is opened would get one, and with it what programs print.
void takeMissingStreams();

// Sends standard output to standard error while it lives.
class OutputAside {
  public:
    // Throws FileError when no descriptor is left.
    OutputAside();
    ~OutputAside();
    OutputAside(const OutputAside&) = delete;
    OutputAside& operator=(const OutputAside&) = delete;

  private:
    int saved_;  // what standard output was
};

}  // namespace tagproof::cli
