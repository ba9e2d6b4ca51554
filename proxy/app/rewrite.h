// Cassettes that are made of others (trim, merge, migrate): what is written passes the seal check, stands
// beside its target until it is whole, and then takes its name.  0600, sealed.  One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cvr/cassette.h"
#include "cvr/redactor.h"

namespace cvr::app {

// Where to, as -o and --overwrite say.  kUsage: the target is a source, exists, or is named like a secret.
struct Target {
  std::string path;
  bool overwrite = false;
  bool held = false;  // the caller holds the recorder's lock on it
};
Result<void> check_target(const Target& target, const std::vector<std::string>& sources, const Redactor& redactor);

// Of an error about the draft beside `path`: nobody asked for its name.
Error about_target(Error error, const std::string& path);

// A cassette beside the target, under which name it is finished before it takes the target's.
struct Draft {
  std::string path;
  std::unique_ptr<cassette::Writer> writer;
  std::unique_ptr<ByteSink> replaced;  // what the target names now, under the recorder's lock; null: nothing
};
// kEnvironment: somebody records into the target, or it is a link.
Result<Draft> open_draft(const Target& target, cassette::Header header);

class Rewrite {
 public:
  // `redactor` must outlive it.
  static Result<std::unique_ptr<Rewrite>> begin(const Target& target, cassette::Header header,
                                                const Redactor& redactor);
  ~Rewrite();  // without `finish` nothing is left
  Rewrite(const Rewrite&) = delete;
  Rewrite& operator=(const Rewrite&) = delete;

  // kRefused: a secret stands in it; names record and place, never the value.
  Result<void> add(const RedactedInteraction& interaction, const std::string& source, std::uint64_t n);
  Result<void> add(const cassette::Gap& gap);
  Result<void> add(const cassette::Refusal& refusal);
  Result<void> add(const cassette::UnknownRecord& record, const std::string& source);
  // Gaps, refusals and records of unknown types that an earlier source had are not written again from here on.
  void end_source();
  std::uint64_t count() const { return writer_->count(); }

  // Seals, and takes the target's name.
  Result<void> finish();

 private:
  Rewrite(std::string path, Draft draft, const Redactor& redactor);
  bool is_new(std::string what);
  Result<void> check_words(std::initializer_list<std::string_view> words, const std::string& place) const;
  std::string path_, draft_;
  std::unique_ptr<cassette::Writer> writer_;
  const std::unique_ptr<ByteSink> replaced_;
  const Redactor& redactor_;
  std::set<std::string> of_others_, of_this_;
};

// What becomes of interaction `n` (from 1); nullopt: it is left out.
using Choose = std::function<std::optional<RedactedInteraction>(std::uint64_t n, const RedactedInteraction&)>;

// What of `from` is no interaction, in its place, and `each` for interaction i (from 0); at the end once more, with
// i == size.
Result<void> walk(const cassette::Reader& from, Rewrite& to, const std::function<Result<void>(std::uint64_t i)>& each);

// All records of `from` in their order: interactions as `choose` says, gaps, refusals and records of unknown types
// as they are.  kDamaged: a record can not be read.
Result<void> copy(const cassette::Reader& from, Rewrite& to, const Choose& choose);

// Of one or several: their common key, or "mixed".
cassette::Header header_of(const std::vector<const cassette::Reader*>& sources);

// "3,7-9" as numbers of a cassette of `size`: true where one is named; [0] is number 1.  kUsage: what is allowed.
Result<std::vector<bool>> parse_numbers(const std::string& text, std::uint64_t size);

}  // namespace cvr::app
