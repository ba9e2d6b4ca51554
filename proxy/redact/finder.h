// The finder: known secrets and credential patterns anywhere in one text, in every spelling.
//   1. the ledger over the bytes (raw, base64 at three alignments, hex),
//   2. the patterns,
//   3. the same in decoded views: percent, JSON escapes, HTML entities, each alone and all side by
//      side, the latter again and again to a depth.
// The work for one text is bounded; when it does not suffice, `find` says so and the caller leaves
// the text out.  Borrows everything; one thread at a time an object, any number of objects.
#pragma once

#include <array>
#include <string_view>

#include "redact/budget.h"
#include "redact/edits.h"
#include "redact/ledger.h"
#include "redact/patterns.h"
#include "redact/pseudonym.h"
#include "redact/views.h"

namespace cvr::redact {

class Finder {
 public:
  // `own`: a second ledger, or nullptr.
  Finder(const Ledger& ledger, const Ledger* own, const Patterns& patterns, const Pseudonyms& pseudonyms)
      : ledgers_{&ledger, own}, patterns_(patterns), pseudonyms_(pseudonyms) {}

  // Appends edits.  False: gave up, the text must not pass.
  [[nodiscard]] bool find(std::string_view text, Edits& edits) const;

  // True when `text` holds a known secret (no patterns).  For short texts.
  bool knows(std::string_view text) const;

 private:
  void search_bytes(std::string_view text, Budget& budget, Edits& edits) const;
  void search_views(std::string_view text, Budget& budget, Edits& edits) const;
  // `depth`: how many levels down `view` leads, up to a limit.
  void search_view(std::string_view text, View view, int depth, Budget& budget, Edits& edits) const;
  void search_ledger(std::string_view text, Budget& budget, Edits& edits) const;
  void search_patterns(std::string_view text, Edits& edits) const;
  // The edit for a value found in base64; answers where the bytes end that need no second look.
  std::size_t add_base64(std::string_view text, const LedgerHit& hit, Budget& budget, Edits& edits) const;
  bool rewrite_run(std::string_view text, const LedgerHit& hit, std::size_t run, Edits& edits) const;

  std::array<const Ledger*, 2> ledgers_;
  const Patterns& patterns_;
  const Pseudonyms& pseudonyms_;
};

}  // namespace cvr::redact
