// The redactor: raw values in, redacted values out.  The only maker of RedactedInteraction beside
// the cassette decoder.  Layers, in this order (REDACTION): allow-list and names, structure (JWT,
// Basic, cookies), ledger, patterns.  Fail closed: a body that a rule can not read is omitted with
// its size and the reason; it never passes.
//
// Threads: a Redactor is immutable after construction but for its ledger, which is internally
// synchronised (readers do not block each other).  All methods may be called from several threads.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/interaction.h"
#include "cvr/result.h"

namespace cvr::profiles {
struct Profile;
enum class Privacy : std::uint8_t;
}  // namespace cvr::profiles

namespace cvr {

// The installation's pseudonym key; lives in $CVR_HOME, never in a cassette.  32 bytes.
struct PseudonymKey {
  std::array<std::uint8_t, 32> bytes{};
};

struct RedactorOptions {
  const profiles::Profile* profile = nullptr;  // must outlive the redactor
  PseudonymKey key;
  std::uint64_t body_limit_bytes = 16u << 20;  // decoded; larger bodies are omitted
  std::vector<std::string> secrets;            // known from the start (--secrets)
  profiles::Privacy privacy{1};                // kPii
  // Different secrets remembered.  Nothing is ever forgotten: when they are more, `redact` leaves out
  // every body and blanks every text from then on (a warning and a note say so).
  std::size_t ledger_values = 100'000;
};

// Where a leak was found.  Never holds the value.
struct Leak {
  std::string place;   // "response body at byte 1234", "request header X-Foo"
  std::string what;    // "a known secret (base64)", "a JWT"
  bool known = false;  // the ledger's: certain.  Else a pattern's, which may take a pseudonym for a token
};

class Redactor {
 public:
  explicit Redactor(RedactorOptions options);
  ~Redactor();
  Redactor(const Redactor&) = delete;
  Redactor& operator=(const Redactor&) = delete;

  // Learns the exchange's secrets first (both directions), then redacts.  Never fails: what can
  // not be understood is left out and says so.
  RedactedInteraction redact(const Interaction& raw) const;

  // Another one, of the same options, for a session beside this one's.  Both share what is known: what either learns,
  // both find from then on.  What a replay hands out (adopt) and warnings are each one's own.
  std::unique_ptr<Redactor> beside() const;
  bool is_beside() const;  // made by `beside`

  // The same rules on a live request, for matching.  Does not need the response.  With what `kOwn` sessions have
  // taught it is for comparing alone, since another one's secret may stand in it: what one test's traffic teaches
  // must not change how another's is matched.
  enum class Known : std::uint8_t { kAll, kOwn };
  RedactedRequest redact_request(const http::Request& raw, Known known = Known::kAll) const;
  // What passes by without being recorded (refused, broken off, over the limit) shows credentials as well: they are
  // secrets from now on.  The body may be half of one.
  void learn(const http::Request& raw) const;
  void learn(const http::Response& raw) const;

  // Of a live request that nothing recorded answers: itself with what may be a dummy taken for a secret,
  // which matches by kind: the values of all names that may mark one ("pin=dummy", "/reset/dummy"), and
  // token-shaped segments and query values.  `live`: what redact_request made of `raw`.  At most 19, the
  // most likely first.  Learns nothing.
  std::vector<RedactedRequest> guesses(const http::Request& raw, const RedactedRequest& live) const;

  // Tells of a recorded answer that a replay hands out: when the client sends one of its personal or
  // commercial pseudonyms back (an id of an href), it stands for itself from now on.  Credentials need
  // none of this; their pseudonyms are recognised anyway.
  void adopt(const RedactedParts& played) const;

  // The current rules and known secrets on something redacted already (`cvr redact FILE`).  What stands
  // for a secret stays, with its kind and rule; what the rules find beside it is added.  Doing it again
  // changes nothing.  The match key stays that of the input: computing it anew is the caller's.
  RedactedInteraction redact_again(const RedactedParts& parts) const;

  // A URL or any short text for people (miss reports, logs): query values and known secrets go.
  std::string redact_line(std::string_view text) const;

  // Scans redacted parts for anything the ledger or the patterns know (the seal check).
  std::vector<Leak> leaks(const RedactedParts& parts) const;

  // The same for a record that was made when less was known, with what a net then left of values: whether
  // `redact_again` has work to do there.
  std::vector<Leak> late_leaks(const RedactedParts& parts) const;

  // Scans any finished bytes (an export, a cassette name, a report): raw and encoded forms of
  // every known secret, and the patterns.  `place` names the text in the answer.
  std::vector<Leak> leaks(std::string_view bytes, std::string_view place) const;

  // How many secrets are known.  It only grows: who saw a smaller number may have let one pass.
  std::size_t known() const;

  // Values too short or too ordinary for the ledger that were seen in credential places: each
  // once, as text for a warning without the value ("a Basic user of 3 characters").
  std::vector<std::string> take_warnings() const;

 private:
  struct Shared;
  struct State;
  explicit Redactor(std::unique_ptr<State> state);
  template <class Draft, class Message>
  void learn_from(const Message& raw) const;
  std::unique_ptr<State> state_;
};

// Recordings for other eyes (evidence bundles): every pseudonym is replaced by one of another key, one for one and
// in its shape, so that nothing of it can be laid beside other recordings of this installation.  Reads no secrets.
// Immutable; any thread.
class Rekeyer {
 public:
  // `profile` may be null; it must outlive the rekeyer.
  Rekeyer(const PseudonymKey& key, const profiles::Profile* profile);
  ~Rekeyer();
  RedactedInteraction operator()(const RedactedInteraction& interaction) const;  // without a match key

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A text for people (a log line, a problem, a name of a host): as it is, but when a known secret stands in it.
std::string shown(const Redactor& redactor, std::string_view text);

// A key of its own for a purpose; of the same key and purpose always the same, and nothing leads back.
PseudonymKey derived_key(const PseudonymKey& key, std::string_view purpose);

}  // namespace cvr
