// What the dialects of HAR 1.2 share (W3C Web Performance draft, "HTTP Archive (HAR) format").  What HAR
// has no place for stands in members that begin with "_" (readers skip them): `_cvr` (own.h), `_error`.
#pragma once

#include <string>

#include "base/json_writer.h"
#include "cvr/exporters.h"

namespace cvr::exporters {

enum class HarDialect : std::uint8_t {
  kPlain,
  kPlaywright,  // replayed by routeFromHAR: no headers of codings and lengths, -1 where an answer is missing
};

void write_har_entry(json::Writer& w, std::uint64_t n, const RedactedParts& parts, HarDialect dialect);

class HarLog : public Exporter {
 public:
  explicit HarLog(HarDialect dialect) : dialect_(dialect) {}
  void begin(const TextSink& out) override;
  void add(std::uint64_t n, const RedactedInteraction& interaction, const TextSink& out) override;
  void add_gap(std::int64_t at_utc_us, std::uint64_t lost, std::string_view reason, const TextSink& out) override;
  void end(const TextSink& out) override;

 private:
  HarDialect dialect_;
  bool first_ = true;
  std::string comment_;
};

}  // namespace cvr::exporters
