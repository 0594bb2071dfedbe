#include "tools/tagproof/line_editor.h"

#include <histedit.h>
#include <langinfo.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cwchar>
#include <filesystem>
#include <string>
#include <vector>

#include "runtime/poll.h"
#include "runtime/vm.h"

namespace tagproof::cli {

namespace {

constexpr int kHistorySize = 1000;
constexpr const char* kIndentation = "    ";
// What happens to a terminal while a line is typed. They are taken one by one between keys, so that
// the terminal is never left in the mode of the editor.
constexpr int kTerminalSignals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGWINCH};

sigset_t terminalSignals(bool with_interrupt) {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : kTerminalSignals) {
        if (with_interrupt || number != SIGINT) sigaddset(&set, number);
    }
    return set;
}

bool isIgnored(int number) {
    struct sigaction action = {};
    return sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

// Keeps the signals of terminals waiting while it lives.
class SignalsBlocked {
  public:
    SignalsBlocked() {
        const sigset_t set = terminalSignals(true);
        pthread_sigmask(SIG_BLOCK, &set, &old_);
    }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &old_, nullptr); }

  private:
    sigset_t old_;
};

// $XDG_STATE_HOME/tagproof/history or its default; empty when there is no place for it.
std::string historyPath() {
    const char* const state = std::getenv("XDG_STATE_HOME");
    const char* const home = std::getenv("HOME");
    if (state != nullptr && state[0] == '/') return std::string(state) + "/tagproof/history";
    if (home != nullptr && home[0] == '/')
        return std::string(home) + "/.local/state/tagproof/history";
    return "";
}

void useUtf8() {
    if (std::setlocale(LC_CTYPE, "") != nullptr &&
        std::string_view(nl_langinfo(CODESET)) == "UTF-8") {
        return;
    }
    static_cast<void>(std::setlocale(LC_CTYPE, "C.UTF-8"));
}

// --- a terminal ----------------------------------------------------------------------------------

class TerminalReader final : public LineReader {
  public:
    explicit TerminalReader(Vm& vm);
    ~TerminalReader() override;
    [[nodiscard]] Result read(std::string_view prompt, std::string* line) override;

  private:
    static TerminalReader& of(EditLine* editor);
    int nextCharacter(wchar_t* character);
    [[nodiscard]] bool takeSignal();
    void endBy(int number);
    void pause();
    unsigned char complete();
    void loadHistory();
    void saveHistory();

    Vm& vm_;
    EditLine* editor_;  // owned
    History* history_;  // owned
    int signals_ = -1;  // signalfd, owned
    std::string prompt_;
    bool is_interrupted_ = false;
};

TerminalReader& TerminalReader::of(EditLine* editor) {
    void* self = nullptr;
    el_get(editor, EL_CLIENTDATA, &self);
    return *static_cast<TerminalReader*>(self);
}

TerminalReader::TerminalReader(Vm& vm)
    : vm_(vm), editor_(el_init("tagproof", stdin, stdout, stderr)), history_(history_init()) {
    const sigset_t all = terminalSignals(true);
    signals_ = ::signalfd(-1, &all, SFD_CLOEXEC);
    el_set(editor_, EL_CLIENTDATA, this);
    el_set(editor_, EL_SIGNAL, 0);
    el_set(editor_, EL_EDITOR, "emacs");
    el_set(editor_, EL_HIST, history, history_);
    el_set(
        editor_, EL_PROMPT, +[](EditLine* editor) { return of(editor).prompt_.data(); });
    el_set(
        editor_, EL_GETCFN,
        +[](EditLine* editor, wchar_t* character) { return of(editor).nextCharacter(character); });
    // The narrow form would copy the texts and never free them.
    el_wset(
        editor_, EL_ADDFN, L"complete-name", L"Completes a name",
        +[](EditLine* editor, wint_t) { return of(editor).complete(); });
    el_set(editor_, EL_BIND, "^I", "complete-name", nullptr);
    el_set(editor_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
    el_source(editor_, nullptr);
    loadHistory();
    const sigset_t reserved = terminalSignals(false);
    pthread_sigmask(SIG_UNBLOCK, &reserved, nullptr);
}

TerminalReader::~TerminalReader() {
    saveHistory();
    el_end(editor_);
    history_end(history_);
    if (signals_ >= 0) ::close(signals_);
}

LineReader::Result TerminalReader::read(std::string_view prompt, std::string* line) {
    const SignalsBlocked blocked;
    prompt_ = prompt;
    is_interrupted_ = takeInterrupt(vm_.thread());
    if (is_interrupted_) return Result::kInterrupted;
    // By itself the editor would show the prompt first, and keys typed then would be echoed twice.
    el_set(editor_, EL_PREP_TERM, 1);
    int length = 0;
    const char* const text = el_gets(editor_, &length);
    if (is_interrupted_) return Result::kInterrupted;
    if (text == nullptr || length <= 0) return Result::kEnd;
    line->assign(text, static_cast<size_t>(length));
    if (line->ends_with('\n')) line->pop_back();
    if (line->find_first_not_of(" \t") != std::string::npos) {
        HistEvent event;
        history(history_, &event, H_ENTER, line->c_str());
    }
    return Result::kLine;
}

// Called by the editor. 1: a character; 0: there are no more; -1: the line is given up.
int TerminalReader::nextCharacter(wchar_t* character) {
    std::mbstate_t state = {};
    for (;;) {
        std::array<pollfd, 2> sources = {pollfd{STDIN_FILENO, POLLIN, 0}, {signals_, POLLIN, 0}};
        if (::poll(sources.data(), sources.size(), -1) < 0 && errno != EINTR) return 0;
        if ((sources[1].revents & POLLIN) != 0) {
            if (!takeSignal()) return -1;
            continue;
        }
        if (sources[0].revents == 0) continue;
        char byte = 0;
        const ssize_t count = ::read(STDIN_FILENO, &byte, 1);
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (count <= 0) return 0;
        const size_t used = std::mbrtowc(character, &byte, 1, &state);
        if (used == static_cast<size_t>(-2)) continue;  // the character has more bytes
        if (used != static_cast<size_t>(-1)) return 1;
        state = {};  // no text; it is skipped
    }
}

// False: Ctrl-C.
bool TerminalReader::takeSignal() {
    signalfd_siginfo info = {};
    if (::read(signals_, &info, sizeof(info)) != static_cast<ssize_t>(sizeof(info))) return true;
    const int number = static_cast<int>(info.ssi_signo);
    if (number == SIGWINCH) el_resize(editor_);
    if (number == SIGWINCH || isIgnored(number)) return true;
    if (number == SIGINT) {
        is_interrupted_ = true;
        return false;
    }
    if (number == SIGTSTP) {
        pause();
    } else {
        endBy(number);
    }
    return true;
}

// A signal that ends programs does so with the terminal as it was.
void TerminalReader::endBy(int number) {
    saveHistory();
    el_set(editor_, EL_PREP_TERM, 0);
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, number);
    pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
    ::raise(number);
    pthread_sigmask(SIG_BLOCK, &one, nullptr);
    el_set(editor_, EL_PREP_TERM, 1);
}

void TerminalReader::pause() {
    el_set(editor_, EL_PREP_TERM, 0);
    ::kill(::getpid(), SIGSTOP);
    el_set(editor_, EL_PREP_TERM, 1);
    el_set(editor_, EL_REFRESH);
}

unsigned char TerminalReader::complete() {
    constexpr std::string_view kWordBytes =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";
    const LineInfo* const info = el_line(editor_);
    const std::string_view before(info->buffer, static_cast<size_t>(info->cursor - info->buffer));
    if (before.find_first_not_of(" \t") == std::string_view::npos) {
        return el_insertstr(editor_, kIndentation) == 0 ? CC_REFRESH : CC_ERROR;
    }
    const size_t space = before.find_last_not_of(kWordBytes);
    const std::string word(before.substr(space == std::string_view::npos ? 0 : space + 1));
    const std::vector<std::string> found = completions(vm_.thread(), word);
    if (word.empty() || found.empty()) return CC_ERROR;
    size_t common = found.front().size();
    for (const std::string& name : found) {
        while (!name.starts_with(std::string_view(found.front()).substr(0, common))) --common;
    }
    if (common > word.size()) {
        const std::string rest = found.front().substr(word.size(), common - word.size());
        return el_insertstr(editor_, rest.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
    }
    if (found.size() == 1) return CC_NORM;
    std::fputc('\n', stdout);
    for (const std::string& name : found) std::fprintf(stdout, "%s  ", name.c_str());
    std::fputc('\n', stdout);
    return CC_REDISPLAY;
}

void TerminalReader::loadHistory() {
    HistEvent event;
    history(history_, &event, H_SETSIZE, kHistorySize);
    history(history_, &event, H_SETUNIQUE, 1);
    const std::string path = historyPath();
    if (!path.empty()) history(history_, &event, H_LOAD, path.c_str());
}

// Without a place for it the history is lost, and nothing else.
void TerminalReader::saveHistory() {
    const std::string path = historyPath();
    if (path.empty()) return;
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
    HistEvent event;
    history(history_, &event, H_SAVE, path.c_str());
}

// --- anything else -------------------------------------------------------------------------------

class PlainReader final : public LineReader {
  public:
    explicit PlainReader(Vm& vm) : vm_(vm) {}
    [[nodiscard]] Result read(std::string_view prompt, std::string* line) override;

  private:
    Vm& vm_;
};

// Byte by byte: what follows the line belongs to the program.
LineReader::Result PlainReader::read(std::string_view prompt, std::string* line) {
    std::fwrite(prompt.data(), 1, prompt.size(), stderr);
    line->clear();
    for (;;) {
        if (takeInterrupt(vm_.thread())) return Result::kInterrupted;
        char byte = 0;
        const ssize_t count = ::read(STDIN_FILENO, &byte, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return line->empty() ? Result::kEnd : Result::kLine;
        if (byte == '\n') return Result::kLine;
        line->push_back(byte);
    }
}

}  // namespace

void reserveTerminalSignals() {
    const sigset_t reserved = terminalSignals(false);
    pthread_sigmask(SIG_BLOCK, &reserved, nullptr);
}

std::unique_ptr<LineReader> newLineReader(Vm& vm) {
    const bool is_terminal = ::isatty(STDIN_FILENO) != 0 && ::isatty(STDOUT_FILENO) != 0;
    if (is_terminal) {
        useUtf8();
        return std::make_unique<TerminalReader>(vm);
    }
    const sigset_t reserved = terminalSignals(false);
    pthread_sigmask(SIG_UNBLOCK, &reserved, nullptr);
    return std::make_unique<PlainReader>(vm);
}

}  // namespace tagproof::cli
