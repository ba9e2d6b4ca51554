// An export in passes: all of it is made and looked at before the first byte of it gets out, and none of it is kept.
// One thread at a time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "commands/reading.h"
#include "cvr/exporters.h"

namespace cvr::commands {

struct Tally {
  std::uint64_t interactions = 0, bytes = 0;
  std::map<std::string_view, std::uint64_t> losses;  // what the format can not hold: of how many interactions
  int status = 0;                                    // of `visit`
};

class ExportPasses {
 public:
  // All must outlive it.
  ExportPasses(const Opened& opened, const exporters::Format& format, const Redactor& redactor,
               const cli::Globals& globals)
      : opened_(opened), format_(format), redactor_(redactor), globals_(globals) {}

  // The seal check (REDACTION layer 6).  kRefused names the place of a secret.
  Result<Tally> check();

  // After a check that let everything pass: the same again, piece by piece, an interaction at most.  kDamaged: it is
  // not the same any more, so no more of it was handed out.
  Result<void> write(const std::function<Result<void>(std::string_view)>& out);

 private:
  using Piece = std::function<Result<void>(const std::string& place, const std::string& text)>;
  // Makes all pieces, in order, up to the first that `take` answers an error to.
  Result<int> make(const Piece& take, const Visitor& beside, const char* verb, const cli::Globals& globals) const;
  void look_ahead(exporters::Exporter& exporter) const;
  cli::Globals silent() const;

  const Opened& opened_;
  const exporters::Format& format_;
  const Redactor& redactor_;
  const cli::Globals& globals_;
  std::vector<std::uint64_t> digests_;  // of the pieces that passed
};

}  // namespace cvr::commands
