// An import: what other tools recorded is redacted as if it had just come in, keyed, written beside the target,
// searched for secrets that became known late, sealed, and takes the target's name when all of it is there.
// One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "app/import_files.h"
#include "app/rewrite.h"
#include "cvr/importers.h"
#include "cvr/match_rules.h"
#include "engine/recorder.h"

namespace cvr::app {

struct Imported {
  std::string_view format;
  std::uint64_t interactions = 0;
  importers::Losses losses;
};

class Import {
 public:
  // kUsage, kEnvironment.  The target has been looked at (check_target).
  static Result<std::unique_ptr<Import>> begin(const Target& target, cassette::Header header,
                                               std::shared_ptr<const Redactor> redactor, match::MatchRules rules);
  ~Import();  // without `finish` nothing is left
  Import(const Import&) = delete;
  Import& operator=(const Import&) = delete;

  // `format` null: told by the content.  `origin`: for formats that name no host.  Errors name file and place.
  // All files are learned before the first is added: then no secret becomes known late.
  Result<void> learn(const ImportFile& file, const importers::Format* format,
                     const std::optional<http::Origin>& origin) const;
  Result<Imported> add(const ImportFile& file, const importers::Format* format,
                       const std::optional<http::Origin>& origin, const std::function<void(std::uint64_t)>& progress);

  std::uint64_t count() const { return recorder_->writer().count(); }
  // Bodies that redaction left out, by reason; known after `finish`.
  const std::map<std::string, std::uint64_t>& left_out() const { return left_out_; }

  // Errors: kEnvironment; kRefused: a secret stands in it (record and place, never the value).
  Result<void> finish();

 private:
  Import(std::string path, Draft draft, std::shared_ptr<const Redactor> redactor,
         std::unique_ptr<engine::Recorder> recorder);
  Result<void> check_seal();
  void count_left_out(const RedactedParts& parts);

  std::string path_, draft_;
  const std::unique_ptr<ByteSink> replaced_;
  std::shared_ptr<const Redactor> redactor_;
  std::unique_ptr<engine::Recorder> recorder_;
  std::map<std::string, std::uint64_t> left_out_;
};

}  // namespace cvr::app
