// The finder: known secrets and credential patterns anywhere in one text, in every spelling.
//   1. the ledger over the bytes (raw, base64 at three alignments, hex, UTF-16),
//   2. the patterns, and those of the user,
//   3. the same in what the text decodes to, and again in what that decodes to, to a depth: percent,
//      JSON escapes, HTML entities, quoted-printable, encoded words, base64 and hex runs, compressed
//      data, parts of multipart (explore.h).
// The work for one text is bounded; when it does not suffice, or when what is found can not be
// replaced, `find` says so and the caller leaves the text out.  Borrows everything; one thread at a
// time an object, any number of objects.
#pragma once

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "http/unpack.h"
#include "redact/budget.h"
#include "redact/edits.h"
#include "redact/expressions.h"
#include "redact/ledger.h"
#include "redact/patterns.h"
#include "redact/pseudonym.h"
#include "redact/runs.h"
#include "redact/views.h"

namespace cvr::redact {

class Overlaps;

class Finder {
 public:
  // `own`: a second ledger, or nullptr.
  Finder(const Ledger& ledger, const Ledger* own, const Patterns& patterns, const Pseudonyms& pseudonyms)
      : ledgers_{&ledger, own, nullptr}, patterns_(patterns), pseudonyms_(pseudonyms) {}

  // The same with the user's patterns.
  Finder with(const Expressions& expressions) const {
    Finder out = *this;
    out.expressions_ = expressions.empty() ? nullptr : &expressions;
    return out;
  }
  // The same without them: for names and methods, which are no values.
  Finder without_expressions() const {
    Finder out = *this;
    out.expressions_ = nullptr;
    return out;
  }
  // The same for records of before: what is left of values that were replaced in part (partials.h) counts beside
  // `spans`.
  Finder with_rests(const Ledger& rests) const {
    Finder out = *this;
    out.rests_ = rests.size() == 0 ? nullptr : &rests;
    return out;
  }
  // The same where pseudonyms that came back have a ledger of their own: they stay.
  Finder with_adopted(const Ledger& adopted) const {
    Finder out = *this;
    out.ledgers_[2] = adopted.size() == 0 ? nullptr : &adopted;
    return out;
  }
  bool has_expressions() const { return expressions_ != nullptr; }

  // Appends edits.  False: the text must not pass; `reason`, if given, is then a literal that says why.
  // `cut`: the text stops half way, so the beginning of a known value at its end counts too.
  [[nodiscard]] bool find(std::string_view text, Edits& edits, std::string_view* reason = nullptr,
                          bool cut = false) const;

  // Appends edits for what looks random (entropy.h); it gives way to all edits that are there, so it comes
  // last.  For bodies and URLs, not for header values and not for finished bytes.
  void find_random(std::string_view text, Edits& edits) const;

  // Appends edits for the rests of values that stand close to one of `spans`.  False as for find.
  [[nodiscard]] bool find_rests(std::string_view text, const std::vector<Span>& spans, Edits& edits) const;

  // True when `text` holds a known secret (no patterns).  For short texts.
  bool knows(std::string_view text) const;

 private:
  // `depth`: how many decodings led to `text`.
  void explore(std::string_view text, int depth, Budget& budget, Edits& edits) const;
  void search_all(std::string_view text, int depth, Budget& budget, Edits& edits) const;
  void search_bytes(std::string_view text, Budget& budget, Edits& edits) const;
  void search_views(std::string_view text, int depth, Budget& budget, Edits& edits) const;
  template <class Search>
  void search_view(std::string_view text, View view, Edits& edits, const Search& search) const;
  void search_plus(std::string_view text, int depth, Budget& budget, Edits& edits) const;
  void search_head(std::string_view text, Budget& budget, Edits& edits) const;
  void search_tail(std::string_view text, Budget& budget, Edits& edits) const;
  void search_runs(std::string_view text, int depth, Budget& budget, Edits& edits) const;
  // `coded`: the edits of before that it may take over.
  void rewrite(std::string_view text, const Reading& reading, Edits& found,
               std::initializer_list<const Overlaps*> coded, Budget& budget, Edits& edits) const;
  void search_words(std::string_view text, int depth, Budget& budget, Edits& edits) const;
  void search_rests(std::string_view text, int depth, Budget& budget, Edits& edits) const;
  void search_spaced(std::string_view text, Budget& budget, Edits& edits) const;
  void search_widest(std::string_view text, int depth, Budget& budget, Edits& edits) const;
  void search_wide(std::string_view text, std::string_view charset, int depth, Budget& budget, Edits& edits) const;
  bool search_packed(std::string_view text, int depth, Budget& budget, Edits& edits) const;
  Edits search_beside(std::string_view bytes, int depth, Budget& budget) const;
  Stretches search_parts(std::string_view text, int depth, Budget& budget, Edits& edits) const;
  void search_charset(std::string_view text, std::string_view charset, int depth, Budget& budget, Edits& edits) const;
  void search_embedded(std::string_view text, const Stretches& done, int depth, Budget& budget) const;
  void search_stream(std::string_view bytes, http::Packing packing, int depth, Budget& budget) const;
  // Appends what all ledgers know.  What is adopted is no more when it has become known as a secret.
  void scan(std::string_view text, Budget& budget, std::vector<LedgerHit>& hits) const;
  void search_ledger(std::string_view text, Budget& budget, Edits& edits) const;
  // Edits from `known` on are the ledger's for this text, in order.
  void search_patterns(std::string_view text, std::size_t known, Budget& budget, Edits& edits) const;
  void search_expressions(std::string_view text, Budget& budget, Edits& edits) const;
  // Of a hit of a personal kind; nullopt: is one already.
  std::optional<std::string> personal(std::string_view text, const PatternHit& hit) const;
  // The edit for a value found in base64; answers where the bytes end that need no second look.
  std::size_t add_base64(std::string_view text, const LedgerHit& hit, Budget& budget, Edits& edits) const;
  bool rewrite_run(std::string_view text, const LedgerHit& hit, std::size_t run, Edits& edits) const;

  std::array<const Ledger*, 3> ledgers_;  // the shared one, the pass's own, what is adopted
  const Patterns& patterns_;
  const Pseudonyms& pseudonyms_;
  const Expressions* expressions_ = nullptr;
  const Ledger* rests_ = nullptr;
};

}  // namespace cvr::redact
