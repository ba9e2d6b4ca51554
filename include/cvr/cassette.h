// A cassette: the append-only file of redacted interactions.  FORMAT.md in cassettes/ describes
// the bytes.  Writing takes RedactedInteraction only.
//
// The append rule: `append` returns after the record was handed to the kernel; only then may the
// caller release the last piece of the response.  With `durable` it returns after fdatasync.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/interaction.h"
#include "cvr/result.h"
#include "cvr/system.h"

namespace cvr::cassette {

// What stands at the head of a cassette.
struct Header {
  int version = 2;   // of the format
  std::string tool;  // "cvr 0.1.0"
  std::int64_t created_utc_us = 0;
  std::string key_fingerprint;  // of the pseudonym key; tells whether `exact` keys compare
  std::string redaction = {};   // "pii", "pii 1f3a09bc" with rules of the user; empty: not told (made before)
  bool operator==(const Header&) const = default;
};

// A stretch of time in which traffic passed and was not recorded.
struct Gap {
  std::int64_t at_utc_us = 0;
  std::uint64_t lost = 0;  // interactions not recorded
  std::string reason;      // "no space left on device"
  bool operator==(const Gap&) const = default;
};

// A client that came and was not heard, so that no interaction tells of it.  Nothing of what it sent stands here.
struct Refusal {
  std::int64_t at_utc_us = 0;
  std::string kind;         // of those below; other words are kept
  std::string host;         // in scope, whom it wanted to reach; empty: not known
  std::string reason;       // CVR's or OpenSSL's own fixed words: "two different Content-Length"
  std::uint64_t after = 0;  // interactions that stand before it; not looked at when it is written
  bool operator==(const Refusal&) const = default;
};
inline constexpr std::string_view kRefusedByGate = "gate";              // CVR's gate refused its message
inline constexpr std::string_view kRefusedCertificate = "certificate";  // it refused CVR's certificate
inline constexpr std::string_view kLeftHandshake = "handshake";         // it left within TLS, for whatever reason
inline constexpr std::uint64_t kMostRefusals = 1000;                    // that a recorder writes

// A record of a type that this version does not know.  Whoever copies a cassette keeps it.
struct UnknownRecord {
  std::uint8_t type = 0;
  std::uint64_t after = 0;   // interactions that stand before it
  std::string_view payload;  // as long as the reader lives
};

// Where each of a stretch of interactions goes and whether it is a write: what a recorder noted beside the records, so
// that nobody need read them to know.
struct Hints {
  std::uint64_t first = 0, count = 0;          // index of the first interaction, from 0; how many
  std::uint32_t form = 0;                      // of the routes (RouteHash)
  std::string_view routes, writes;             // as they stand in the file, as long as the reader lives
  std::uint32_t route(std::uint64_t i) const;  // of the interaction `first` + i
  bool is_write(std::uint64_t i) const;        // its method is no safe one (http::is_safe)
};

// Where a request goes as a number; requests to one place have one.
struct RouteHash {
  std::uint32_t form = 0;                                   // what these numbers are; others do not compare with them
  std::function<std::uint32_t(const RedactedRequest&)> of;  // empty: no hints are written
};

struct WriterOptions {
  bool overwrite = false;       // start anew; otherwise append to what is there
  bool keep_replaced = false;   // with overwrite: `discard` brings the old file back
  bool durable = false;         // fdatasync before `append` returns
  std::uint64_t max_bytes = 0;  // 0: no limit (--max-cassette)
  Header header;                // for a new file
  // Makes the table that a reader hands out as `lookup`, from the keys of all interactions; written before the
  // seal of a file with at least `lookup_from` of them.  Empty, or an empty answer: none.
  std::function<std::string(const std::vector<MatchKey>& keys)> make_lookup;
  std::uint64_t lookup_from = 10'000;
  RouteHash routes;  // for the hints, written every 4,096 interactions, and from `lookup_from` on at the end
  const Clock* clock = nullptr;  // for gaps and the seal; must outlive the writer; null: the machine's
};

struct OpenReport {
  std::uint64_t interactions = 0;    // found in the file
  std::uint64_t torn_bytes_cut = 0;  // a torn tail was cut
  bool was_sealed = false;
};

class Reader;

// The recorder's end.  All methods may be called from several threads (a mutex inside; encoding
// happens outside it).  The file is 0600, locked against a second writer, never a symbolic link.
// Nothing that was ever written is rewritten (but by `purge`); only a torn tail is cut.  `overwrite` puts a new file
// in the old one's place.
// Errors of open: kEnvironment (in use, link, permission, foreign owner), kMalformed (the file is
// not a cassette, and is left alone), kUnsupported (newer version), kDamaged (names `cvr repair`).
class Writer {
 public:
  static Result<std::unique_ptr<Writer>> open(const std::string& path, WriterOptions options, OpenReport* report);
  virtual ~Writer() = default;

  // Returns the interaction's number, from 1.  A failure (disk full, limit) is counted as a gap;
  // the gap record is written when writing works again, at the latest by `seal`.  A failed fdatasync
  // (`durable`) is final: from then on every append is a gap.
  virtual Result<std::uint64_t> append(const RedactedInteraction& interaction) = 0;

  // Notes an interaction that never came so far as to be appended: it is part of the gap too.
  virtual void lose(const std::string& reason) = 0;

  // A gap of another cassette, when its records are copied.  Stands before the next interaction.
  virtual Result<void> append(const Gap& gap) = 0;

  // A client that was not heard.  No interaction, and nothing is lost when it can not be written.
  virtual Result<void> append(const Refusal& refusal) = 0;

  // A record of another cassette that this version does not know, when records are copied.  kUsage: its type
  // is known.
  virtual Result<void> append(const UnknownRecord& record) = 0;

  virtual std::uint64_t count() const = 0;  // interactions in the file
  virtual std::uint64_t lost() const = 0;   // interactions not recorded since open
  virtual bool goes_on() const = 0;         // the file held something when it was opened
  virtual bool is_sealed() const = 0;       // nothing was appended since the seal that the file ends in
  virtual std::string last_error() const = 0;

  // Before the seal: puts other interactions in the places of those for which `change` answers one (a
  // secret that was learned late).  Numbers, order and gaps stay.  The file is written anew beside the
  // old one, synced, and takes its name when it is whole; until then the old one stands, unsealed.
  // Answers how many were changed.  Errors: kEnvironment, kDamaged (nothing has changed then).
  using Change = std::function<std::optional<RedactedInteraction>(std::uint64_t number, const RedactedInteraction&)>;
  Result<std::uint64_t> purge(const Change& change) { return purge_all({change, {}, {}}); }

  // The same for all that stands in the file.  Keys of maps that this version does not know are not copied, nor are
  // lookups and hints.
  struct Purge {
    Change change;
    std::function<std::string(std::string_view)> words;  // other ones for the texts of gaps and refusals; may be empty
    // Asked first, about the file as it is; may be empty.  True: it is written anew even if nothing changes.  An error
    // leaves it as it is.
    std::function<Result<bool>(const Reader& old)> look;
  };
  virtual Result<std::uint64_t> purge_all(const Purge& purge) = 0;  // answers the number of records that changed

  // Instead of the seal: the file becomes what it was before `open`, byte for byte (but for a torn tail), and
  // vanishes when there was none.  What `overwrite` replaced comes back if it was kept.  The writer is finished
  // afterwards.  kEnvironment: it could not be done; what was recorded stands, unsealed.
  virtual Result<void> discard() = 0;

  // Writes gap, index and seal, and syncs.  The writer is finished afterwards.  kEnvironment: some of
  // it could not be written; the interactions stand nevertheless.
  virtual Result<void> seal() = 0;

  // Nothing more is written, and another recorder may have the file, while this object lives on: exchanges that
  // are under way may still hold it, and each of their appends is a loss.  `seal` and `discard` do so at their end.
  virtual void let_go() = 0;
};

enum class Health : std::uint8_t { kSealed, kUnsealed, kTorn, kDamaged };
std::string_view to_string(Health health);

// kQuick trusts the index of a sealed file, so that opening does not depend on its size; what an
// interaction holds is checked when it is read.  kFull (for `verify`) checks every byte and the
// SHA-256 chain.  A file without a seal is scanned either way (checksums; the chain with kFull).
enum class Check : std::uint8_t { kQuick, kFull };

// The reader's end: a mapped file and an index of its records.  Immutable after open; `interaction`
// may be called from several threads.
class Reader {
 public:
  // Opens any cassette that begins soundly, also one torn within its file head (then it is empty, and `damage` says
  // so); `health` tells about its rest.  kEnvironment (unreadable), kMalformed (no cassette), kUnsupported (newer).
  static Result<std::unique_ptr<Reader>> open(const std::string& path, Check check = Check::kQuick);
  // The same on bytes in memory (tests, fuzzing); `bytes` must outlive the reader.
  static Result<std::unique_ptr<Reader>> open_bytes(std::string_view bytes, std::string name,
                                                    Check check = Check::kQuick);
  virtual ~Reader() = default;

  virtual const Header& header() const = 0;
  virtual const std::string& name() const = 0;
  virtual Health health() const = 0;
  virtual std::string damage() const = 0;               // for people: what is wrong and from which byte on
  virtual std::uint64_t size() const = 0;               // number of interactions that can be read
  virtual MatchKey key(std::uint64_t index) const = 0;  // without decoding the record
  virtual std::int64_t started_utc_us(std::uint64_t index) const = 0;  // likewise
  // The interaction's place in the SHA-256 chain over all that stands before it: 64 hex digits.
  virtual std::string digest(std::uint64_t index) const = 0;
  // Indexes count from 0.  kDamaged when its bytes are not those that were written.
  virtual Result<RedactedInteraction> interaction(std::uint64_t index) const = 0;
  virtual const std::vector<Gap>& gaps() const = 0;
  virtual const std::vector<Refusal>& refusals() const = 0;  // in the order of the file
  // What the writer's `make_lookup` made of exactly these interactions; empty: nothing is there.  The bytes are
  // those that were written (a checksum says so); whether they make sense is for their reader to see.
  virtual std::string_view lookup() const = 0;
  // Ascending; interactions that none tells of are to be read.  They are what a recorder wrote of just these
  // interactions (the chain says so); a forged file can say there what it likes.
  virtual std::vector<Hints> hints() const = 0;
  // In the order of the file; reads the heads of all records when there is no seal.
  virtual std::vector<UnknownRecord> unknown() const = 0;
  // What stands in the file and nothing above tells of: keys of maps that this version does not know and their values,
  // words that it reads as others, the bytes of lookups, hints, indexes and match keys.  For whoever searches the file
  // for what may not stand in it.  `untold(index)`: in one interaction; without: in all other frames but unknown ones.
  // `is_binary`: no text, but bytes that may hold one.
  using SeeUntold = std::function<void(std::string_view text, bool is_binary)>;
  virtual void untold(std::uint64_t index, const SeeUntold& see) const = 0;
  virtual void untold(const SeeUntold& see) const = 0;
  // Offset of the first byte after the last whole record; what `repair` cuts to.
  virtual std::uint64_t sound_bytes() const = 0;
};

// Cuts a torn tail, or everything from a damaged record on, after copying the file to
// `path`.damaged (or .damaged.2 ... when that is there).  Answers how many interactions stand in the
// repaired file and how many were lost: numbers kept + 1 to kept + lost.  A torn tail loses none,
// since nothing in it was acknowledged.  Nothing to cut: nothing is copied or changed.
struct RepairReport {
  std::uint64_t kept = 0;
  std::uint64_t lost = 0;  // whole or partial records after the damage that were given up
  std::uint64_t cut_bytes = 0;
  std::string copy;  // where the file was copied to; empty: nowhere
};
Result<RepairReport> repair(const std::string& path);

// One record's payload (start time, match key, msgpack), without its frame.  Deterministic: equal
// interactions give equal bytes (with one version of zstd).
// A record that leans on earlier ones of its cassette (equal bodies) is read through its Reader only: kMalformed.
std::string encode(const RedactedInteraction& interaction);
Result<RedactedInteraction> decode(std::string_view payload);

}  // namespace cvr::cassette
