#include "tools/tagproof/proof_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>

#include "tools/tagproof/page_assets.h"

namespace tagproof::cli {

namespace {

using nlohmann::ordered_json;
using verify::ExplainedLine;
using verify::Known;
using verify::Statistics;
using verify::Violation;
using verify::WriteClass;

// Text as HTML shows it, in attributes too; what is not UTF-8 becomes a question mark.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += static_cast<unsigned char>(c) < 0x20 && c != '\n' ? ' ' : c;
        }
    }
    return out;
}

// The page as it grows.
class Page {
  public:
    template <typename... Args>
    void add(fmt::format_string<Args...> format, Args&&... args) {
        fmt::format_to(std::back_inserter(html_), format, std::forward<Args>(args)...);
    }
    void raw(std::string_view html) { html_ += html; }
    void text(std::string_view text) { html_ += escaped(text); }
    [[nodiscard]] std::string take() { return std::move(html_); }

  private:
    std::string html_;
};

std::string_view className(uint32_t k) {
    return verify::writeClassName(static_cast<WriteClass>(k));
}

// --- code ----------------------------------------------------------------------------------------

// One function's table of code.
class CodeTable {
  public:
    CodeTable(Page& page, const FunctionProof& proof, size_t number)
        : page_(page), proof_(proof), number_(number) {
        for (const Violation& violation : proof.verdict.violations) {
            violations_.emplace(violation.offset, &violation);
        }
    }

    void add() {
        page_.raw("<div class=code><table class=rows>\n");
        auto source = proof_.source.begin();
        for (const ExplainedLine& line : proof_.explanation.lines) {
            if (line.is_label) page_.add("<tr class=lab><td><td colspan=3>L{:x}\n", line.offset);
            for (; source != proof_.source.end() && source->offset <= line.offset; ++source) {
                page_.raw("<tr class=src><td><td><td colspan=2>");
                page_.text(source->text);
                page_.raw("\n");
            }
            addLine(line);
        }
        page_.raw("</table></div>\n");
    }

  private:
    void addLine(const ExplainedLine& line) {
        std::string classes;
        if (line.write) classes = fmt::format("w{}", static_cast<unsigned>(line.write->write));
        const auto [first, last] = violations_.equal_range(line.offset);
        if (first != last) classes = "rej";
        if (!line.is_reached) classes += classes.empty() ? "dead" : " dead";
        page_.add("<tr id=f{}-{:x}", number_, line.offset);
        if (!classes.empty()) page_.add(" class=\"{}\"", classes);
        page_.add("><td><td title=\"{}\">{:x}<td>", line.bytes, line.offset);
        page_.text(line.instruction);
        if (!line.name.empty()) page_.add(" <span class=nm>{}</span>", escaped(line.name));
        page_.raw("<td>");
        addState(line);
        if (line.write) addWrite(*line.write);
        for (auto one = first; one != last; ++one) {
            page_.raw("<span class=why>");
            page_.add("✕ {}: {}", verify::ruleName(one->second->rule),
                      escaped(one->second->message));
            page_.raw("</span>");
        }
        page_.raw("\n");
    }

    // What is new since the line before stands out. Where the caller's registers are is said when
    // it changes.
    void addState(const ExplainedLine& line) {
        if (!line.is_reached) return page_.raw("never reached");
        const auto saved = std::ranges::count_if(line.state, &Known::is_saved);
        for (const Known& known : line.state) {
            if (known.is_saved && saved == saved_) continue;
            const auto before = before_.find(known.where);
            const bool is_new = before == before_.end() || before->second != known.what;
            page_.raw(is_new ? "<em>" : "");
            page_.add("{}={}", known.where, escaped(known.what));
            page_.raw(is_new ? "</em> " : " ");
        }
        saved_ = saved;
        before_.clear();
        for (const Known& known : line.state) before_.emplace(known.where, known.what);
    }

    void addWrite(const verify::WriteProof& write) {
        page_.add("<span class=pf><b>{}</b> ", verify::writeClassName(write.write));
        page_.text(verify::placeOf(write) + "; " + write.row + "; " + write.base + "; " +
                   write.word);
        page_.raw("</span>");
    }

    Page& page_;
    const FunctionProof& proof_;
    size_t number_;
    std::multimap<uint32_t, const Violation*> violations_;    // by offset
    std::map<std::string, std::string, std::less<>> before_;  // the state of the line before
    ptrdiff_t saved_ = 0;
};

// --- violations ----------------------------------------------------------------------------------

// "0-4 2f-33": the lines from the entry to the violation, as ranges of offsets.
std::string linesOf(const verify::Path& path, uint32_t end) {
    std::string ranges;
    uint32_t begin = 0;
    for (const verify::PathStep& step : path) {
        if (!step.is_taken) continue;
        fmt::format_to(std::back_inserter(ranges), "{:x}-{:x} ", begin, step.offset);
        begin = step.target;
    }
    return ranges + fmt::format("{:x}-{:x}", begin, end);
}

// "4>2f 33": the branches, with their targets when taken.
std::string stepsOf(const verify::Path& path) {
    std::string steps;
    for (const verify::PathStep& step : path) {
        if (!steps.empty()) steps += ' ';
        steps += step.is_taken ? fmt::format("{:x}>{:x}", step.offset, step.target)
                               : fmt::format("{:x}", step.offset);
    }
    return steps;
}

void addViolation(Page& page, const FunctionProof& proof, size_t k, size_t number) {
    const Violation& violation = proof.verdict.violations[k];
    const verify::Path& path = proof.explanation.paths[k];
    page.add("<div class=violation><a class=mono href=\"#f{}-{:x}\">+{:#x}</a> <code>", number,
             violation.offset, violation.offset);
    page.text(violation.instruction);
    page.add("</code> <span class=dim>{}</span>", violation.bytes);
    if (proof.explanation.reached[k]) {
        page.add(
            "<button data-lines=\"{}\" data-steps=\"{}\" aria-pressed=false>show the path</button>",
            linesOf(path, violation.offset), stepsOf(path));
    }
    page.add("<dl><dt>rule<dd><b>{}</b>: {}", verify::ruleName(violation.rule),
             escaped(verify::ruleText(violation.rule)));
    page.add("<dt>wrong<dd>{}", escaped(violation.message));
    if (!violation.state.empty()) {
        page.add("<dt>state<dd class=mono>{}", escaped(violation.state));
    }
    page.add("<dt>path<dd class=mono>{}</dl></div>\n",
             escaped(verify::pathText(proof.explanation, k)));
}

// --- assumptions ---------------------------------------------------------------------------------

std::string plain(const ordered_json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_object() && !value.is_array()) return value.dump();
    std::string text;
    for (const auto& [key, part] : value.items()) {
        if (!text.empty()) text += value.is_object() ? ", " : "; ";
        if (value.is_object()) text += part == true ? key : key + " ";
        if (part != true) text += plain(part);
    }
    return value.is_object() ? text : "(" + text + ")";
}

void addAssumptions(Page& page, const FunctionProof& proof) {
    page.raw("<details><summary>What the proof assumes</summary><table class=assumed>\n");
    for (const auto& [key, value] : proof.assumptions.items()) {
        const ordered_json rows = value.is_array() ? value : ordered_json::array({value});
        bool is_first = true;
        for (const ordered_json& row : rows) {
            page.add("<tr><th>{}<td>{}\n", is_first ? escaped(key) : "", escaped(plain(row)));
            is_first = false;
        }
    }
    page.raw("</table></details>\n");
}

// --- functions -----------------------------------------------------------------------------------

void addShares(Page& page, const Statistics& counts) {
    page.raw("<span class=share>");
    for (uint32_t k = 0; k < verify::kWriteClassCount; ++k) {
        if (counts.writes[k] == 0) continue;
        page.add("<i class=w{} style=\"--n:{}\" title=\"{} {}\"></i>", k, counts.writes[k],
                 counts.writes[k], className(k));
    }
    page.raw("</span>");
}

void addFunction(Page& page, const FunctionProof& proof, size_t number, bool is_open) {
    const Statistics& counts = proof.verdict.statistics;
    page.add("<section id=f{}{}><details{}><summary><h2>{}</h2><span class=badge>{}</span>", number,
             proof.verdict.ok ? "" : " class=bad", is_open ? " open" : "", escaped(proof.function),
             proof.verdict.ok ? "proven" : "REJECTED");
    page.add("<span class=dim>{} · {} instructions · {} bytes · {} calls · {} exits",
             escaped(proof.place), counts.instructions, counts.bytes, counts.calls, counts.exits);
    if (!proof.verdict.ok) {
        page.add(" · {} violation{}", proof.verdict.violation_count,
                 proof.verdict.violation_count == 1 ? "" : "s");
    }
    page.raw("</span></summary><div class=inner>\n");
    for (size_t k = 0; k < proof.verdict.violations.size(); ++k) {
        addViolation(page, proof, k, number);
    }
    if (proof.verdict.violation_count > proof.verdict.violations.size()) {
        page.add("<p>and {} more violations</p>\n",
                 proof.verdict.violation_count - proof.verdict.violations.size());
    }
    addAssumptions(page, proof);
    CodeTable(page, proof, number).add();
    page.raw("</div></details></section>\n");
}

// --- the whole -----------------------------------------------------------------------------------

void addCard(Page& page, std::string_view style, const std::string& number, std::string_view text) {
    page.add("<div class=\"card {}\"><b>{}</b>{}</div>\n", style, number, text);
}

// Counts the coloured lines of the page, those of rejected functions too.
void addLegend(Page& page, const ProgramReport& report) {
    page.raw("<div class=legend><span class=dim>Memory writes by proof</span>\n");
    for (uint32_t k = 0; k < verify::kWriteClassCount; ++k) {
        uint64_t count = 0;
        for (const FunctionProof& proof : report.functions) {
            count += proof.verdict.statistics.writes[k];
        }
        if (count == 0) continue;
        page.add("<button class=w{} data-w=w{} aria-pressed=false>{} <b>{}</b></button>\n", k, k,
                 className(k), count);
    }
    page.raw("</div>\n");
}

void addSummary(Page& page, const ProgramReport& report) {
    const ProofTotals totals = totalsOf(report);
    const size_t rejected = report.rejected();
    page.raw("<div class=cards>\n");
    addCard(page, "good", fmt::format("{}", report.functions.size() - rejected),
            "functions proven");
    addCard(page, rejected == 0 ? "" : "bad", fmt::format("{}", rejected), "rejected");
    addCard(page, "", fmt::format("{}", report.left_interpreted.size()), "left interpreted");
    addCard(page, "", fmt::format("{}", totals.writes()), "memory writes proven");
    addCard(page, "", fmt::format("{} / {}", totals.rules(), verify::rowCount()), "rules used");
    if (totals.times.total() != 0 && totals.verified_instructions != 0) {
        addCard(page, "", fmt::format("{} ns", totals.times.total() / totals.verified_instructions),
                "an instruction");
    }
    const int status = report.program_status.value_or(0);
    if (report.program_status) {
        addCard(page, status == 0 ? "" : "bad", fmt::format("{}", status),
                "the program's exit status");
    }
    page.raw("</div>\n");
    if (status != 0) {
        page.add(
            "<p class=failed>The program failed: it ended with status {}. What it did not come to "
            "is not on this page.</p>\n",
            status);
    }
    addLegend(page, report);
}

void addNavigation(Page& page, const ProgramReport& report) {
    page.raw("<nav aria-label=functions>\n");
    for (size_t k = 0; k < report.functions.size(); ++k) {
        const FunctionProof& proof = report.functions[k];
        page.add("<a href=\"#f{}\"{}><span class=name>{}</span><small>{}</small>", k,
                 proof.verdict.ok ? "" : " class=bad", escaped(proof.function),
                 escaped(proof.place));
        addShares(page, proof.verdict.statistics);
        page.raw("</a>\n");
    }
    page.raw("</nav>\n");
}

void addLeftInterpreted(Page& page, const ProgramReport& report) {
    if (report.left_interpreted.empty()) return;
    page.raw("<h3>Left interpreted</h3><table class=assumed>\n");
    for (const NotCompiled& entry : report.left_interpreted) {
        page.add("<tr><th>{}<td>{}<td>{}\n", escaped(entry.function), escaped(entry.place),
                 escaped(entry.reason));
    }
    page.raw("</table>\n");
}

constexpr std::string_view kFooter =
    "<footer>Each line shows what the verifier knows before the instruction; what is new stands "
    "out. "
    "A coloured instruction writes memory, and the line below its state says what was proven: the "
    "region and the bytes of it, the row that allows writing them, the base and the word. Paths go "
    "over reached code; whether their conditions can hold together is not asked.</footer>\n";

}  // namespace

std::string programPage(const ProgramReport& report) {
    constexpr size_t kMostOpenLines = 3000;  // beyond, functions start folded
    Page page;
    page.raw(
        "<!doctype html>\n<html lang=en><head><meta charset=utf-8>\n"
        "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n");
    page.add("<title>tagproof verify: {}</title>\n<style>\n", escaped(report.program));
    page.raw(kPageCss);
    page.raw("</style></head><body>\n<header class=bar>");
    page.add("<h1>tagproof verify <span class=dim>{}</span></h1><span class=grow></span>",
             escaped(report.program));
    page.raw(
        "<span id=hits aria-live=polite></span>"
        "<input id=search type=search placeholder=\"Search code, states, proofs  ( / )\" "
        "aria-label=Search><button id=unfold>Unfold all</button>"
        "<button id=theme aria-label=\"dark or light\">◐</button></header>\n<div class=layout>\n");
    addNavigation(page, report);
    page.raw("<main>\n");
    addSummary(page, report);
    size_t lines = 0;
    for (size_t k = 0; k < report.functions.size(); ++k) {
        const FunctionProof& proof = report.functions[k];
        lines += proof.explanation.lines.size();
        addFunction(page, proof, k, k == 0 || lines < kMostOpenLines || !proof.verdict.ok);
    }
    addLeftInterpreted(page, report);
    page.raw(kFooter);
    page.raw("</main></div>\n<script>\n");
    page.raw(kPageJs);
    page.raw("</script></body></html>\n");
    return page.take();
}

}  // namespace tagproof::cli
