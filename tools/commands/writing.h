// What the commands share that make cassettes of others: -o and --overwrite, the redactor of the seal check,
// sources that have to be whole.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/rewrite.h"
#include "cli.h"
#include "commands/redaction_flags.h"

namespace cvr::commands {

class WritingFlags {
 public:
  void declare(cli::Options& options);
  const std::string& path() const { return target_.path; }
  // Opens the sources and looks at the target.  Errors: kDamaged (a source is not whole), kUsage, kEnvironment.
  struct Begun {
    std::vector<std::unique_ptr<cassette::Reader>> sources;
    std::shared_ptr<const Redactor> redactor;
    std::unique_ptr<app::Rewrite> out;
  };
  Result<Begun> begin(const std::vector<std::string>& sources, const cli::Globals& globals) const;
  // The result takes the place of `ours`, as git wants it; -o is not needed.
  Result<Begun> begin_in_place(const std::string& ours, const std::string& theirs, const cli::Globals& globals) const;
  Error completed(Error error) const { return flags_.completed(std::move(error)); }

 private:
  Result<Begun> open(const std::vector<std::string>& sources, const cli::Globals& globals) const;
  static Result<void> start(Begun& begun, const app::Target& target);
  app::Target target_;
  RedactionFlags flags_;
};

// A cassette that is copied: a torn tail is a warning, damage an error.
Result<std::unique_ptr<cassette::Reader>> open_source(const std::string& path, const cli::Globals& globals);

}  // namespace cvr::commands
