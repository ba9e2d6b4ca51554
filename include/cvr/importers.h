// Importers: files of other tools to raw interactions, which the caller redacts before anything else sees
// them.  One format a file in proxy/importers/formats, one line in importers.cpp.  Streaming: one interaction at a
// time.  What a file holds and a cassette can not, or what could only be guessed, is a loss with a name.
// Pure; one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/interaction.h"
#include "cvr/result.h"

namespace cvr::importers {

// What was left out or changed, each kind once, in the order in which it was met.
class Losses {
 public:
  struct Loss {
    std::string what;                // for people, payload-free
    std::uint64_t count = 0;         // how often
    std::vector<std::string> where;  // the first three places ("entry 7"); may hold names of the file: redact them
  };
  void add(std::string_view what, std::string where);
  const std::vector<Loss>& all() const { return all_; }

  // Bytes that the bodies of this file may still decompress to; bodies beyond are left out, and that is a loss.
  std::uint64_t unpackable = kUnpackable;
  static constexpr std::uint64_t kUnpackable = std::uint64_t{64} << 20;

 private:
  std::vector<Loss> all_;
  std::map<std::string, std::size_t, std::less<>> index_;
};

struct Source {
  std::string_view text;               // without a byte order mark
  std::optional<http::Origin> origin;  // for formats that name none
  // A file that the text names (a body).  Whoever gives this decides what may be read.  Empty: none may.
  std::function<Result<std::string>(std::string_view name)> file = nullptr;
};

using Taker = std::function<Result<void>(Interaction)>;

struct Format {
  std::string_view name;  // "har"
  std::string_view description;
  std::string_view left_out;  // what such a file holds and a cassette can not
  // Errors: kMalformed, kLimit, kUnsupported with the place; kUsage (what option is needed); what `take` fails with.
  Result<void> (*read)(const Source& source, const Taker& take, Losses& losses);
};
const std::vector<Format>& formats();  // the table
const Format* find_format(std::string_view name);

// UTF-16 with a byte order mark, as editors and shells on Windows write it.
bool is_utf16(std::string_view bytes);
// Without the mark; half a surrogate pair becomes U+FFFD.  Errors: kLimit (256 MiB), kMalformed (an odd number of
// bytes).
Result<std::string> utf8_of_utf16(std::string_view bytes);

// Tells the format by the content.  Errors: kUnsupported: an archive, a cassette, or no format that is known; says
// what to do.
Result<const Format*> format_of(std::string_view text);

}  // namespace cvr::importers
