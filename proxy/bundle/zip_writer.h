// A ZIP archive (APPNOTE 6.3.10) of the plainest kind: stored and deflated members, no extra fields, no ZIP64,
// one fixed time, so that equal members give equal bytes (with one version of zlib).  Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cvr/result.h"

namespace cvr::bundle {

// SAFETY T11: what a bundle may hold, for its writer and its reader.
inline constexpr std::size_t kMostMembers = 500;
inline constexpr std::size_t kMostMemberBytes = 64u << 20;  // of all members together, unpacked
inline constexpr std::size_t kMostRatio = 100;              // of a member: unpacked to packed
inline constexpr std::size_t kLongestName = 200;

// The fields of a member's head that are the same in every bundle.
struct ZipConstants {
  static constexpr unsigned kMadeBy = (3u << 8) | 20u;  // Unix, 2.0
  static constexpr unsigned kNeeds = 20;
  static constexpr unsigned kTime = 0, kDate = 0x21;  // 1980-01-01 00:00
  static constexpr unsigned kAttributes = 0100644u << 16;
};

// A relative name of [A-Za-z0-9._-] components, none of them "." or "..".
bool is_member_name(std::string_view name);

// Whether `packed` is what CVR, or zlib by its defaults, makes of `bytes`.  Deflate has many spellings of one content.
bool is_packed_as_usual(const std::string& bytes, std::string_view packed);

using NamedBytes = std::pair<std::string, std::string>;

// Members in the order given.  kLimit: too many, too large; kUsage: a name that is none or comes twice.
Result<std::string> write_zip(const std::vector<NamedBytes>& members);

}  // namespace cvr::bundle
