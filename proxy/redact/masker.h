// The masker: what to write for a value that must not stand, and what to remember of it.  One a
// pass (one exchange or one request); it borrows the shared ledger, pseudonyms and warnings, which
// outlive it.  One thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "redact/edits.h"
#include "redact/ledger.h"
#include "redact/partials.h"
#include "redact/pseudonym.h"
#include "redact/views.h"
#include "redact/warnings.h"

namespace cvr::redact {

class Masker {
 public:
  // `partials`, which outlives it too: nullptr where no record of earlier values is to be searched.
  Masker(Ledger& ledger, const Pseudonyms& pseudonyms, Warnings& warnings, Partials* partials = nullptr)
      : ledger_(ledger), pseudonyms_(pseudonyms), warnings_(warnings), partials_(partials) {}

  // Of one of several redactors that share what they know: what is learned goes into `also` too, and pseudonyms that
  // come back, which are of no use to the others, go into `adopted`.  Both outlive it.
  void share(Ledger& also, Ledger& adopted) {
    also_ = &also;
    adopted_ = &adopted;
  }

  struct Mask {
    std::string text;
    bool already = false;  // the value is a pseudonym and stays
  };

  // A value in a credential place: learned, unless it is short, ordinary or a pseudonym.
  Mask credential(std::string_view value, Kind kind, Place place);
  // A value of a person or of business (shapes.h).  Addresses, phone numbers and full names are
  // learned, as far as the ledger has room for what is no credential.
  Mask personal(std::string_view value, Kind kind);
  // A JSON number below a sensitive name.
  Mask number(std::string_view raw, Kind kind);
  // A value that is merely on no list: not learned.
  Mask unlisted(std::string_view value);
  // An account of a person, from a header that is for nothing else: it is found elsewhere too.
  void learn_personal(std::string_view value, Kind kind);
  // A value that its looks gave away (entropy, a parameter's name): from now on it is one wherever it
  // stands, so that a client that got the pseudonym finds what it names.  As far as there is room.
  void learn_seen(std::string_view value, Kind kind);
  // A pseudonym that a replay handed out: a client sends it back anywhere, where its value was known when it was
  // recorded.
  void adopt(std::string_view pseudonym, Kind kind);
  // What a text that is a pseudonym by itself stands for, as far as that shows or is known.
  Kind kind_behind(std::string_view pseudonym) const;
  // What a net replaced may be a part of a value that nobody knows yet.
  void note_partial(std::string_view raw) {
    if (partials_ != nullptr) partials_->note(raw);
  }
  // Puts a credential into the ledger without replacing it anywhere.
  void learn(std::string_view value, Kind kind, Place place);

  // Stands for a secret already, although nothing in it may tell: no value that holds it is learned.
  void vouch_for(std::string_view pseudonym);

  // Replaces [begin, end) of a text.  `raw` is what stands there, spelled in `view` (nullopt: as it
  // is); what is learned and hashed is the value it means.  Personal kinds go to personal().
  void add_credential(Edits& edits, std::size_t begin, std::string_view raw, std::optional<View> view, Kind kind,
                      std::string_view rule, Place place);

  // Both are to be searched: the shared one, and the pass's own (or nullptr) when that was full.
  const Ledger& shared_ledger() const { return ledger_; }
  const Ledger* own_ledger() const { return own_.get(); }
  const Pseudonyms& pseudonyms() const { return pseudonyms_; }

 private:
  bool holds_vouched(std::string_view value) const;
  const LedgerEntry* find(std::string_view value) const;
  const LedgerEntry* recall(std::string_view value);
  void remember(std::string_view value, std::string pseudonym, Kind kind, bool foreign);
  void remember_parts(std::string_view value, const std::string& pseudonym, Kind kind, Place place);
  void remember_personal(std::string_view value, const std::string& pseudonym, Kind kind);
  void add_personal(Edits& edits, std::size_t begin, std::string_view raw, std::optional<View> view, Kind kind,
                    std::string_view rule);

  Ledger& ledger_;
  const Pseudonyms& pseudonyms_;
  Warnings& warnings_;
  Partials* partials_;
  Ledger* also_ = nullptr;
  Ledger* adopted_ = nullptr;
  std::unique_ptr<Ledger> own_;
  std::unique_ptr<Ledger> vouched_;
};

// Learns a value given by --secrets; false when it is too short or ordinary (a warning is noted).
bool learn_given(Ledger& ledger, const Pseudonyms& pseudonyms, Warnings& warnings, std::string_view value);

}  // namespace cvr::redact
