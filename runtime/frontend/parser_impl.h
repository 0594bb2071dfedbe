// The recursive-descent parser; internal to parser*.cc, which are divided by family of the grammar.
//
// A parse function stands at the first token of its construct and returns the node with the cursor
// behind it, or null. Null means failure, and the whole parse unwinds: either an error is recorded,
// or the reason is only that no alternative accepts the furthest token, which is "invalid syntax".
// CPython finds its special messages in a second pass with the `invalid_` rules of its grammar;
// here the same conditions are checked where a construct has failed, so that correct programs pay
// nothing, and the rules that look ahead do it speculatively, with errors switched off.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "runtime/frontend/arena.h"
#include "runtime/frontend/ast.h"
#include "runtime/frontend/diagnostic.h"
#include "runtime/frontend/parser.h"
#include "runtime/frontend/token.h"
#include "runtime/frontend/tokenizer.h"

namespace tagproof::frontend {

// What targets are parsed for; the wording of errors depends on it.
enum class TargetUse : std::uint8_t { kAssign, kFor, kDelete };

// How the name of a node kind reads in an error: "function call", "literal", ...
[[nodiscard]] std::string_view describeExpr(const Expr& expr);

// The first part of `expr` that cannot be a target; null when all can.
[[nodiscard]] const Expr* findInvalidTarget(const Expr& expr, TargetUse use);

// Whether the token is `+=` or one of its kind.
[[nodiscard]] bool isAugmentedAssignment(TokenKind token);

class Parser {
  public:
    // REQUIRES: `text` is as tokenize() requires and outlives the parser, as does the arena.
    // `error_prefix` is put before the messages of the parser. `nesting` is the depth at which the
    // text stands.
    Parser(Arena& arena,
           std::string_view text,
           TokenList tokens,
           std::string_view error_prefix,
           int nesting);

    // Null on failure; then error() is set.
    [[nodiscard]] Module* parseFile();
    // One entry of a session. Null when the state is not kComplete; kInvalid: error() is set.
    [[nodiscard]] Module* parseEntry(EntryState& state);
    // The bracketed expression of a replacement field of an f-string.
    [[nodiscard]] Expr* parseReplacementField();

    // The file name is left empty.
    [[nodiscard]] const Diagnostic& error() const { return *error_; }

  private:
    // Collects the elements of a sequence on the parser's scratch stack.
    template <class T>
    class SeqBuilder {
      public:
        explicit SeqBuilder(Parser& parser) : parser_(parser), base_(parser.scratch_.size()) {}
        SeqBuilder(const SeqBuilder&) = delete;
        SeqBuilder& operator=(const SeqBuilder&) = delete;
        ~SeqBuilder() { parser_.scratch_.resize(base_); }

        void add(const T* element) { parser_.scratch_.push_back(element); }
        [[nodiscard]] std::size_t size() const { return parser_.scratch_.size() - base_; }
        [[nodiscard]] T* operator[](std::size_t i) const {
            return const_cast<T*>(static_cast<const T*>(parser_.scratch_[base_ + i]));
        }
        [[nodiscard]] T* last() const { return (*this)[size() - 1]; }
        [[nodiscard]] Seq<T> finish() const {
            return parser_.arena_.makeSeq<T>(size(), [&](std::size_t i) { return (*this)[i]; });
        }

      private:
        Parser& parser_;
        const std::size_t base_;  // where the elements start in scratch_
    };

    // Counts a level of nesting while it lives. The level is too deep when !ok(); then the error
    // is recorded.
    class Nesting {
      public:
        explicit Nesting(Parser& parser) : parser_(parser), is_ok_(parser.enterNesting()) {}
        Nesting(const Nesting&) = delete;
        Nesting& operator=(const Nesting&) = delete;
        ~Nesting() { --parser_.nesting_; }
        [[nodiscard]] bool ok() const { return is_ok_; }

      private:
        Parser& parser_;
        const bool is_ok_;
    };

    // Measures the height of the left-leaning chains (a.b.c, a + b + c) that are parsed while it
    // lives, apart from those before it.
    class ChainHeight {
      public:
        explicit ChainHeight(Parser& parser) : parser_(parser), outer_(parser.chain_height_) {
            parser_.chain_height_ = 0;
        }
        ChainHeight(const ChainHeight&) = delete;
        ChainHeight& operator=(const ChainHeight&) = delete;
        ~ChainHeight() { parser_.chain_height_ = std::max(outer_, parser_.chain_height_); }

      private:
        Parser& parser_;
        const int outer_;
    };

    // Goes back to where it was made when it dies. While it lives, kAlternative and kLookAhead have
    // errors switched off. kLookAhead and kDiagnosis are for the rules that CPython applies only to
    // find a message: they leave the furthest token alone.
    enum class SpeculationKind : std::uint8_t { kAlternative, kLookAhead, kDiagnosis };
    class Speculation {
      public:
        Speculation(Parser& parser, SpeculationKind kind)
            : parser_(parser), kind_(kind), cursor_(parser.cursor_), furthest_(parser.furthest_) {
            if (kind_ != SpeculationKind::kDiagnosis) ++parser_.speculations_;
        }
        Speculation(const Speculation&) = delete;
        Speculation& operator=(const Speculation&) = delete;
        ~Speculation() {
            if (kind_ != SpeculationKind::kDiagnosis) --parser_.speculations_;
            parser_.cursor_ = cursor_;
            if (kind_ != SpeculationKind::kAlternative) parser_.furthest_ = furthest_;
        }

      private:
        Parser& parser_;
        const SpeculationKind kind_;
        const std::size_t cursor_;
        const std::size_t furthest_;
    };

    // A string literal's parts.
    struct StringLiteral {
        std::string_view body;        // between the quotes
        std::size_t body_offset = 0;  // of the body in the literal
        bool is_bytes = false;
        bool is_raw = false;
        bool is_format = false;
    };

    struct FStringState;
    struct ParameterState;
    struct ArgumentState;

    // Tokens (parser.cc).
    [[nodiscard]] const Token& peek() const { return tokens_[cursor_]; }
    [[nodiscard]] const Token& peekAhead(std::size_t count) const;
    [[nodiscard]] bool at(TokenKind kind) const { return peek().kind == kind; }
    [[nodiscard]] bool atSoftKeyword(std::string_view text) const;
    [[nodiscard]] std::string_view textOf(const Token& token) const;
    void advance();
    void rewind(std::size_t cursor) { cursor_ = cursor; }
    bool accept(TokenKind kind);
    [[nodiscard]] bool expect(TokenKind kind) { return accept(kind); }
    // As expect(), and "expected 'X'" at the token that stands there instead.
    [[nodiscard]] bool expectForced(TokenKind kind);
    // The colon of a compound statement: "expected ':'" when the line ends instead.
    [[nodiscard]] bool expectColon();
    // An interned, normalized identifier; absent on failure.
    [[nodiscard]] Identifier parseIdentifier();
    [[nodiscard]] Identifier identifierOf(const Token& token);

    // Nodes.
    template <class T>
    [[nodiscard]] T* makeAt(const Token& start) {
        T* node = arena_.make<T>();
        node->location = locationFrom(start);
        return node;
    }
    template <class T>
    [[nodiscard]] T* makeAt(const Location& start) {
        T* node = arena_.make<T>();
        node->location = locationFrom(start);
        return node;
    }
    // From the start to the end of the last token that was consumed, line structure left out.
    [[nodiscard]] Location locationFrom(const Token& start) const;
    [[nodiscard]] Location locationFrom(const Location& start) const;
    [[nodiscard]] static Location locationOf(const Token& token);

    // Errors (parser_errors.cc). Each returns null, for `return fail...(...)`.
    bool enterNesting();
    // One more link on top of the highest chain of the current ChainHeight; false: too high.
    bool growChain();
    std::nullptr_t failTooComplex();
    std::nullptr_t failAt(const Location& range, const std::string& message);
    std::nullptr_t failAt(const Token& token, const std::string& message);
    // From the start of one node to the end of another.
    std::nullptr_t failRange(const Location& first,
                             const Location& last,
                             const std::string& message);
    // From the start of a node up to the furthest token that was looked at.
    std::nullptr_t failFrom(const Location& start, const std::string& message);
    // At the furthest token that was looked at, as CPython's RAISE_SYNTAX_ERROR.
    std::nullptr_t failAtFurthest(const std::string& message,
                                  DiagnosticKind kind = DiagnosticKind::kSyntaxError);
    // "expected an indented block after <construct> on line N".
    std::nullptr_t failNoBlock(std::string_view construct, const Token& keyword);
    std::nullptr_t failInvalidTarget(const Expr* expr, TargetUse use);
    [[nodiscard]] bool hasFailed() const { return error_.has_value(); }
    void settleError();
    [[nodiscard]] bool atExpressionStart() const;
    [[nodiscard]] bool isLegacyStatement(const Expr& expr) const;
    void diagnoseAdjacentExpressions(std::size_t start, const Expr& expr);
    void diagnoseNamedExpression(std::size_t start, const Expr& expr);
    void diagnoseAssignment(std::size_t start);
    void diagnoseAnnotation(std::size_t start);
    void diagnoseAnnotatedAtom(std::size_t start);
    void diagnoseAnnotatedTuple(std::size_t start);
    bool parseAnnotation();
    void diagnoseAssignedTargets(std::size_t start);
    void diagnoseTargets(std::size_t start, TargetUse use);
    [[nodiscard]] bool isComparedByMistake(std::size_t start, const Expr& expr);

    // Statements (parser_statements.cc).
    [[nodiscard]] bool parseStatement(SeqBuilder<Stmt>& body);
    [[nodiscard]] bool parseEntryBody(SeqBuilder<Stmt>& body);
    [[nodiscard]] bool parseSimpleStatements(SeqBuilder<Stmt>& body);
    [[nodiscard]] Stmt* parseSimpleStatement();
    [[nodiscard]] Stmt* parseExpressionStatement();
    [[nodiscard]] Stmt* parseAssignment(std::size_t start, Expr* first_target);
    [[nodiscard]] Stmt* parseAugmentedAssignment(const Token& start, Expr* target);
    [[nodiscard]] Stmt* parseAnnotatedAssignment(const Token& start, Expr* target);
    [[nodiscard]] Expr* parseAssignedValue();
    [[nodiscard]] Stmt* parseReturn();
    [[nodiscard]] Stmt* parseRaise();
    [[nodiscard]] Stmt* parseDelete();
    [[nodiscard]] Stmt* parseAssert();
    template <class T>
    [[nodiscard]] Stmt* parseNameList();
    [[nodiscard]] Stmt* parseImport();
    [[nodiscard]] Stmt* parseImportFrom();
    [[nodiscard]] bool parseImportedNames(SeqBuilder<Alias>& names);
    [[nodiscard]] Alias* parseAlias(bool is_dotted);
    [[nodiscard]] Identifier parseDottedName();

    // Compound statements (parser_compound.cc, parser_definitions.cc).
    [[nodiscard]] bool atCompoundStatement() const;
    [[nodiscard]] Stmt* parseCompoundStatement();
    [[nodiscard]] bool parseBlock(Seq<Stmt>& body,
                                  std::string_view construct,
                                  const Token& keyword);
    [[nodiscard]] bool parseElse(Seq<Stmt>& body);
    [[nodiscard]] Stmt* parseIf();
    [[nodiscard]] Stmt* parseWhile();
    template <class T>
    [[nodiscard]] Stmt* parseFor(const Token& start);
    [[nodiscard]] Stmt* parseTry();
    template <class T>
    [[nodiscard]] Stmt* parseHandlers(const Token& start, Seq<Stmt> body);
    [[nodiscard]] ExceptHandler* parseHandler(bool is_star);
    std::nullptr_t failMixedHandler(bool is_star);
    [[nodiscard]] bool parseHandlerType(ExceptHandler& handler, bool is_star);
    void diagnoseHandlerTypes(const Expr& first);
    template <class T>
    [[nodiscard]] Stmt* parseWith(const Token& start);
    [[nodiscard]] bool parseWithItems(SeqBuilder<WithItem>& items);
    [[nodiscard]] bool parseBracketedWithItems(SeqBuilder<WithItem>& items);
    [[nodiscard]] bool parseWithItemList(SeqBuilder<WithItem>& items, bool is_bracketed);
    [[nodiscard]] WithItem* parseWithItem();
    [[nodiscard]] Expr* parseWithTarget();
    [[nodiscard]] bool diagnoseBracketedWithItems();
    [[nodiscard]] Stmt* parseAsync();
    [[nodiscard]] Stmt* parseDecorated();
    template <class T>
    [[nodiscard]] Stmt* parseFunction(const Token& start, Seq<Expr> decorators);
    [[nodiscard]] bool parseReturnAnnotation(Expr*& returns);
    [[nodiscard]] Stmt* parseClass(Seq<Expr> decorators);

    // Parameters (parser_parameters.cc).
    [[nodiscard]] Arguments* parseParameters(TokenKind close);
    [[nodiscard]] bool parseParameter(ParameterState& state);
    [[nodiscard]] bool parsePlainParameter(ParameterState& state);
    [[nodiscard]] bool parseSlash(ParameterState& state);
    [[nodiscard]] bool parseStarParameter(ParameterState& state);
    [[nodiscard]] bool parseDoubleStarParameter(ParameterState& state);
    [[nodiscard]] bool endParameter(const ParameterState& state);
    [[nodiscard]] Arg* parseArg(const ParameterState& state, bool is_star);
    [[nodiscard]] Expr* parseDefault();
    void diagnoseBracketedParameters(const ParameterState& state);

    // match (parser_match.cc).
    [[nodiscard]] bool atMatchStatement();
    void diagnoseMatch(std::size_t start);
    [[nodiscard]] Stmt* parseMatch();
    [[nodiscard]] Expr* parseMatchSubject();
    [[nodiscard]] MatchCase* parseCase();

    // Patterns (parser_patterns.cc).
    [[nodiscard]] Pattern* parseOpenPattern();
    [[nodiscard]] Pattern* parsePattern();
    [[nodiscard]] Pattern* parseMaybeStarPattern();
    [[nodiscard]] Pattern* parseOrPattern();
    [[nodiscard]] Identifier parseAsTarget();
    [[nodiscard]] Pattern* parseClosedPattern();
    [[nodiscard]] Pattern* parseSingletonPattern(ConstantValue::Kind kind);
    [[nodiscard]] Pattern* parseNamePattern();
    [[nodiscard]] Pattern* parseBracketedPattern(TokenKind close);
    [[nodiscard]] Pattern* parseSequenceTail(const Token& start, Pattern* first, TokenKind close);
    [[nodiscard]] Pattern* parseMappingPattern();
    [[nodiscard]] Pattern* parseClassPattern(const Token& start, Expr* cls);
    std::nullptr_t failPositionalPattern();
    [[nodiscard]] bool atCaptureTarget() const;
    [[nodiscard]] Identifier parseCaptureTarget();
    [[nodiscard]] Expr* parseNameOrAttribute();
    [[nodiscard]] Expr* parseLiteralExpr();
    [[nodiscard]] Expr* parseSignedNumber();
    [[nodiscard]] Expr* parseComplexTail(const Token& start, Expr* real);

    // Expressions (parser_expressions.cc).
    [[nodiscard]] Expr* parseStarExpressions();
    [[nodiscard]] Expr* parseStarExpression();
    [[nodiscard]] Expr* parseStarNamedExpression();
    [[nodiscard]] Expr* parseNamedExpression();
    [[nodiscard]] bool atAssignmentExpression() const;
    [[nodiscard]] Expr* parseAssignmentExpression();
    [[nodiscard]] Expr* parseExpression();
    [[nodiscard]] Expr* parseUndiagnosedExpression();
    [[nodiscard]] Expr* parseConditionTail(const Token& start, Expr* body);
    [[nodiscard]] Expr* parseYield();
    [[nodiscard]] Expr* parseLambda();
    [[nodiscard]] Expr* parseDisjunction();
    [[nodiscard]] Expr* parseConjunction();
    [[nodiscard]] Expr* parseInversion();
    [[nodiscard]] Expr* parseComparison();
    [[nodiscard]] std::optional<CmpOp> acceptComparisonOperator();
    [[nodiscard]] Expr* parseBitwiseOr() { return parseBinary(0); }
    [[nodiscard]] Expr* parseBinary(int min_precedence);
    [[nodiscard]] Expr* parseFactor();
    [[nodiscard]] Expr* parsePower();
    [[nodiscard]] Expr* parsePrimary();
    [[nodiscard]] Expr* parseCall(const Token& start, Expr* func);
    [[nodiscard]] Expr* parseSubscript(const Token& start, Expr* value);
    [[nodiscard]] Expr* parseSlices();
    [[nodiscard]] Expr* parseSlice();
    [[nodiscard]] Expr* parseStarred(Expr* (Parser::*parse_value)());

    // Atoms, displays and comprehensions (parser_atoms.cc).
    [[nodiscard]] Expr* parseAtom();
    [[nodiscard]] Expr* parseName();
    [[nodiscard]] Expr* makeConstant(ConstantValue::Kind kind);
    [[nodiscard]] Expr* parseParenthesized();
    [[nodiscard]] Expr* parseTupleTail(const Token& start, Expr* first);
    std::nullptr_t failDoubleStarredGroup();
    [[nodiscard]] Expr* parseGroupedYield();
    [[nodiscard]] Expr* parseListDisplay();
    [[nodiscard]] Expr* parseBraceDisplay();
    [[nodiscard]] Expr* parseSetTail(const Token& start, Expr* first);
    [[nodiscard]] Expr* parseDictTail(const Token& start, Expr* first_key);
    [[nodiscard]] bool parseDictItem(Expr* key, std::vector<Expr*>& keys, SeqBuilder<Expr>& values);
    [[nodiscard]] Expr* parseDictComprehension(const Token& start, Expr* key, Expr* value);
    [[nodiscard]] Expr* parseDictKey();
    std::nullptr_t failMissingColon(const Expr& key);
    [[nodiscard]] Expr* parseDictValue();
    [[nodiscard]] bool parseElements(SeqBuilder<Expr>& elements, TokenKind close);
    [[nodiscard]] bool atComprehension() const;
    [[nodiscard]] bool parseClauses(Seq<Comprehension>& generators);
    [[nodiscard]] Comprehension* parseClause();
    template <class T>
    [[nodiscard]] Expr* parseComprehension(const Token& start, Expr* elt, TokenKind close);

    // Call arguments (parser_arguments.cc). Up to, not including, the right parenthesis.
    [[nodiscard]] bool parseArguments(Seq<Expr>& args,
                                      Seq<Keyword>& keywords,
                                      bool allows_generator);
    [[nodiscard]] bool parseArgument(ArgumentState& state);
    [[nodiscard]] bool parsePositional(ArgumentState& state);
    [[nodiscard]] bool parseKeyword(ArgumentState& state);
    [[nodiscard]] bool parseUnpacking(ArgumentState& state);
    [[nodiscard]] bool parseBareGenerator(ArgumentState& state, Expr* elt);

    // Targets (parser_targets.cc).
    [[nodiscard]] Expr* parseStarTargets();
    [[nodiscard]] Expr* parseStarTarget();
    [[nodiscard]] static bool isSingleTarget(const Expr& expr);
    static void setContext(Expr& expr, ExprContext context);

    // Literals (parser_numbers.cc, parser_strings.cc, parser_fstrings.cc).
    [[nodiscard]] Expr* parseNumber();
    [[nodiscard]] bool convertInteger(std::string_view text,
                                      const Token& token,
                                      ConstantValue& value);
    [[nodiscard]] Expr* parseStrings();
    [[nodiscard]] static StringLiteral splitLiteral(std::string_view token);
    [[nodiscard]] bool appendLiteral(const Token& token,
                                     const StringLiteral& literal,
                                     FStringState& state,
                                     std::string& bytes);
    [[nodiscard]] bool appendBytes(const StringLiteral& literal, std::string& bytes);
    [[nodiscard]] bool appendText(std::string_view body, bool is_raw, std::string& text);
    [[nodiscard]] Constant* makeStrConstant(const FStringState& state);
    [[nodiscard]] bool parseFStringParts(FStringState& state, int depth);
    [[nodiscard]] bool parseFStringLiteral(FStringState& state, int depth);
    [[nodiscard]] bool parseField(FStringState& state, int depth);
    [[nodiscard]] bool parseFieldTail(FStringState& state, int depth, FormattedValue& field);
    [[nodiscard]] Expr* parseFieldExpression(const FStringState& state, std::size_t begin);
    [[nodiscard]] TextOrigin originOfField(const FStringState& state, std::size_t begin) const;
    void flushLiteral(FStringState& state);

    Arena& arena_;
    const std::string_view text_;
    const std::vector<Token> tokens_;
    const std::optional<LexicalError> lexical_error_;
    const std::string_view error_prefix_;
    std::size_t cursor_ = 0;
    std::size_t furthest_ = 0;  // the furthest token that a parse function has stood at
    std::size_t fetched_ = 0;   // the same, speculation included
    int speculations_ = 0;      // while positive, errors are not recorded
    int nesting_;
    int chain_height_ = 0;
    std::optional<Diagnostic> error_;
    std::vector<const void*> scratch_;  // elements of the sequences under construction
};

}  // namespace tagproof::frontend
