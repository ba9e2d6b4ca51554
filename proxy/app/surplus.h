// What a library could do without.  Only says so.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/cassette.h"

namespace cvr::app {

// What a cassette says, times and volatile headers apart: equal for equal recordings.  And the numbers of
// interactions that replay without them would answer alike: reads (GET, HEAD, OPTIONS) that say what the
// read before them said, to the same request by the same client, with no write in between.  kDamaged: a
// record can not be read.
struct Repeats {
  std::string identity;  // hex
  std::vector<std::uint64_t> numbers;
};
Result<Repeats> repeats_in(const cassette::Reader& reader);

// One summary of a replay (`cvr replay --json`, or what an eject answers).
struct UsageReport {
  std::string cassette;
  struct Unused {
    std::uint64_t n = 0;
    std::string method, url;
  };
  std::vector<Unused> unused;
  bool is_complete = false;  // every unused one is listed
};
// All summaries of a file: JSON documents one after another on lines of their own; sessions of a proxy too.
// kMalformed names the line.
Result<std::vector<UsageReport>> parse_usage(std::string_view text);

// What none of `reports` about this cassette has used.  Empty when there is no report about it.  kUsage: a
// report does not belong to this cassette as it is.
Result<std::vector<std::uint64_t>> unused_in(const cassette::Reader& reader, const std::vector<UsageReport>& reports);

}  // namespace cvr::app
