// Exporters: redacted interactions to other formats.  One format a file in proxy/exporters/formats,
// one line in exporters.cpp.  Streaming: an exporter sees one interaction at a time and writes to a
// text sink.  One thread at a time.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/interaction.h"
#include "cvr/result.h"

namespace cvr::exporters {

using TextSink = std::function<void(std::string_view)>;

class Exporter {
 public:
  virtual ~Exporter() = default;
  // A format in which one entry tells of later ones hears all interactions, in their order, before `begin`.
  virtual bool looks_ahead() const { return false; }
  virtual void look(const RedactedInteraction& interaction) { (void)interaction; }
  virtual void begin(const TextSink& out) { (void)out; }
  virtual void add(std::uint64_t n, const RedactedInteraction& interaction, const TextSink& out) = 0;
  virtual void add_gap(std::int64_t at_utc_us, std::uint64_t lost, std::string_view reason, const TextSink& out) {
    (void)at_utc_us, (void)lost, (void)reason, (void)out;
  }
  virtual void end(const TextSink& out) { (void)out; }
};

struct Format {
  std::string_view name;  // "har"
  std::string_view description;
  std::vector<std::string_view> can_not_hold;  // what of an interaction has no place in it
  std::unique_ptr<Exporter> (*make)();
};
const std::vector<Format>& formats();  // the table
// Of `can_not_hold`, what this interaction holds: what its export loses.
std::vector<std::string_view> losses_in(const Format& format, const RedactedInteraction& interaction);
const Format* find_format(std::string_view name);

}  // namespace cvr::exporters
