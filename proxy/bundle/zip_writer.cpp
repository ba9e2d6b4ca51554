#include "bundle/zip_writer.h"

#include <zlib.h>

#include <algorithm>
#include <set>

namespace cvr::bundle {
namespace {

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

// Raw deflate; empty when zlib fails.
std::string deflated(std::string_view bytes, int strategy, int level = 9, int memory = 9) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, -MAX_WBITS, memory, strategy) != Z_OK) return {};
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(whole ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

struct Packed {
  std::string bytes;
  unsigned method = 0;
};

Packed pack(const std::string& bytes) {
  std::string small = deflated(bytes, Z_DEFAULT_STRATEGY);
  // What repeats itself endlessly packs better than readers allow; Huffman codes alone can not.
  if (!small.empty() && bytes.size() > kMostRatio * small.size()) small = deflated(bytes, Z_HUFFMAN_ONLY);
  if (small.empty() || small.size() >= bytes.size()) return {bytes, 0};
  return {std::move(small), 8};
}

// What local and central heads share, from "version needed" to the length of the extra field.
std::string common_head(const std::string& name, const std::string& bytes, const Packed& packed) {
  std::string out;
  put(out, ZipConstants::kNeeds, 2);
  put(out, 0, 2);  // flags
  put(out, packed.method, 2);
  put(out, ZipConstants::kTime, 2);
  put(out, ZipConstants::kDate, 2);
  put(out, crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())), 4);
  put(out, packed.bytes.size(), 4);
  put(out, bytes.size(), 4);
  put(out, name.size(), 2);
  put(out, 0, 2);  // extra field
  return out;
}

}  // namespace

bool is_member_name(std::string_view name) {
  constexpr std::string_view kAllowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/";
  if (name.empty() || name.size() > kLongestName || name.find_first_not_of(kAllowed) != name.npos) return false;
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find('/', at), name.size());
    const std::string_view part = name.substr(at, end - at);
    if (part.empty() || part == "." || part == "..") return false;
    at = end + 1;
  }
  return true;
}

bool is_packed_as_usual(const std::string& bytes, std::string_view packed) {
  return pack(bytes).bytes == packed || deflated(bytes, Z_DEFAULT_STRATEGY, 6, 8) == packed;
}

Result<std::string> write_zip(const std::vector<NamedBytes>& members) {
  if (members.size() > kMostMembers) return fail(ErrorCode::kLimit, "a bundle holds at most 500 members");
  std::string out, central;
  std::set<std::string_view> names;
  std::size_t total = 0;
  for (const auto& [name, bytes] : members) {
    if (!is_member_name(name)) return fail(ErrorCode::kUsage, "a member's name is not of A-Z a-z 0-9 . _ - and /");
    if (!names.insert(name).second) return fail(ErrorCode::kUsage, "the member " + name + " comes twice");
    total += bytes.size();
    if (total > kMostMemberBytes) return fail(ErrorCode::kLimit, "a bundle holds at most 64 MiB");
    const Packed packed = pack(bytes);
    const std::string head = common_head(name, bytes, packed);
    put(central, 0x02014b50, 4);
    put(central, ZipConstants::kMadeBy, 2);
    central += head;
    put(central, 0, 2);  // comment
    put(central, 0, 2);  // disk
    put(central, 0, 2);  // internal attributes
    put(central, ZipConstants::kAttributes, 4);
    put(central, out.size(), 4);
    central += name;
    put(out, 0x04034b50, 4);
    out += head + name + packed.bytes;
  }
  const std::size_t begin = out.size();
  out += central;
  put(out, 0x06054b50, 4);
  put(out, 0, 4);  // disks
  put(out, members.size(), 2);
  put(out, members.size(), 2);
  put(out, central.size(), 4);
  put(out, begin, 4);
  put(out, 0, 2);  // comment
  return out;
}

}  // namespace cvr::bundle
