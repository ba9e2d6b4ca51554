#include "bundle/zip_reader.h"

#include <zlib.h>

#include <vector>

#include "bundle/zip_writer.h"

namespace cvr::bundle {
namespace {

constexpr std::size_t kLocalHead = 30, kCentralHead = 46, kEnd = 22;
constexpr std::size_t kFewMembers = 2;

std::uint64_t number(std::string_view bytes, std::size_t at, int size) {
  std::uint64_t out = 0;
  for (int i = size - 1; i >= 0; --i)
    out = out << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return out;
}

std::unexpected<Error> malformed(const std::string& why) { return fail(ErrorCode::kMalformed, "not a bundle: " + why); }

struct Head {
  std::string name;
  std::uint64_t method = 0, crc = 0, packed = 0, size = 0, offset = 0;
  bool canonical = false;
};

Result<Head> read_central(std::string_view directory, std::size_t& at) {
  if (directory.size() - at < kCentralHead || number(directory, at, 4) != 0x02014b50) {
    return malformed("its directory is broken");
  }
  const std::string_view d = directory.substr(at);
  const std::uint64_t name_size = number(d, 28, 2), attributes = number(d, 38, 4), made_by = number(d, 4, 2);
  if (number(d, 8, 2) != 0 || number(d, 30, 2) != 0 || number(d, 32, 2) != 0 || number(d, 34, 4) != 0) {
    return malformed("a member has flags, extra fields, a comment or another disk");
  }
  if (d.size() < kCentralHead + name_size) return malformed("its directory is broken");
  Head head;
  head.name = std::string(d.substr(kCentralHead, name_size));
  if (!is_member_name(head.name)) return malformed("a member's name climbs, or is not of A-Z a-z 0-9 . _ - and /");
  const std::uint64_t kind = attributes >> 28;
  if (made_by >> 8 == 3 && kind != 0 && kind != 010) return malformed(head.name + " is a link or no plain file");
  head.method = number(d, 10, 2);
  if (head.method != 0 && head.method != 8) return malformed(head.name + " is packed by an unknown method");
  head.crc = number(d, 16, 4);
  head.packed = number(d, 20, 4);
  head.size = number(d, 24, 4);
  head.offset = number(d, 42, 4);
  head.canonical = made_by == ZipConstants::kMadeBy && number(d, 6, 2) == ZipConstants::kNeeds &&
                   number(d, 12, 2) == ZipConstants::kTime && number(d, 14, 2) == ZipConstants::kDate &&
                   attributes == ZipConstants::kAttributes;
  at += kCentralHead + name_size;
  return head;
}

Result<void> check_local(std::string_view bytes, const Head& head, std::string_view central) {
  const std::size_t at = head.offset;
  if (bytes.size() < at + kLocalHead || number(bytes, at, 4) != 0x04034b50 ||
      bytes.size() - at - kLocalHead < head.name.size() + head.packed) {
    return malformed(head.name + " is not where the directory says");
  }
  // From "version needed" to the length of the extra field both heads say the same.
  if (bytes.substr(at + 4, 26) != central.substr(6, 26) ||
      bytes.substr(at + kLocalHead, head.name.size()) != head.name) {
    return malformed(head.name + " has two heads that differ");
  }
  return {};
}

Result<std::string> unpack(std::string_view packed, const Head& head) {
  std::string out;
  if (head.method == 0) {
    if (head.packed != head.size) return malformed(head.name + " has another size than its head says");
    out = packed;
  } else {
    out.resize(head.size);
    Bytef nothing = 0;
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return malformed("zlib has no memory");
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = out.empty() ? &nothing : reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = inflate(&stream, Z_FINISH);
    const bool whole = result == Z_STREAM_END && stream.avail_in == 0 && stream.avail_out == 0;
    // The bits behind the end of the stream, up to the byte's, are zero.
    const unsigned unused = static_cast<unsigned>(stream.data_type) & 7u;
    const bool padded = whole && (unused == 0 || static_cast<unsigned char>(packed.back()) >> (8 - unused) == 0);
    inflateEnd(&stream);
    if (!padded) return malformed(head.name + " does not unpack");
  }
  if (crc32(0, reinterpret_cast<const Bytef*>(out.data()), static_cast<uInt>(out.size())) != head.crc) {
    return malformed(head.name + " does not unpack to what its head says");
  }
  return out;
}

Result<std::map<std::string, std::string>> read_members(std::string_view bytes, std::string_view directory,
                                                        std::size_t count) {
  std::map<std::string, std::string> out;
  std::size_t at = 0, next = 0, total = 0, canonical = 0, unusual = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t begin = at;
    const auto head = read_central(directory, at);
    if (!head) return std::unexpected(head.error());
    if (out.contains(head->name)) return malformed("two members are called " + head->name);
    if (head->offset != next) return malformed(head->name + " overlaps another member, or something lies before it");
    total += head->size;
    if (total > kMostMemberBytes) return fail(ErrorCode::kLimit, "not a bundle: it unpacks to more than 64 MiB");
    if (head->size > kMostRatio * head->packed) {
      return fail(ErrorCode::kLimit, "not a bundle: " + head->name + " unpacks to more than 100 times its size");
    }
    if (auto sound = check_local(bytes, *head, directory.substr(begin)); !sound) return std::unexpected(sound.error());
    const std::size_t data = head->offset + kLocalHead + head->name.size();
    auto content = unpack(bytes.substr(data, head->packed), *head);
    if (!content) return std::unexpected(content.error());
    unusual += head->method == 8 && !is_packed_as_usual(*content, bytes.substr(data, head->packed)) ? 1 : 0;
    next = data + head->packed;
    canonical += head->canonical ? 1 : 0;
    out.emplace(head->name, *std::move(content));
  }
  if (at != directory.size() || next != bytes.size()) return malformed("something lies between its parts");
  if (canonical != 0 && canonical != count) return malformed("a member's head was changed");
  if (unusual != 0 && unusual <= kFewMembers && unusual * 2 < count) return malformed("a member was packed otherwise");
  return out;
}

}  // namespace

Result<std::map<std::string, std::string>> read_zip(std::string_view bytes) {
  if (bytes.size() > kMostMemberBytes) return fail(ErrorCode::kLimit, "not a bundle: it is larger than 64 MiB");
  if (bytes.size() < kEnd) return malformed("it is no ZIP archive");
  const std::string_view end = bytes.substr(bytes.size() - kEnd);
  if (number(end, 0, 4) != 0x06054b50 || number(end, 20, 2) != 0) return malformed("it is no ZIP archive");
  const std::uint64_t count = number(end, 10, 2), size = number(end, 12, 4), begin = number(end, 16, 4);
  if (number(end, 4, 4) != 0 || number(end, 8, 2) != count) return malformed("it is one of several parts");
  if (count > kMostMembers) return fail(ErrorCode::kLimit, "not a bundle: it has more than 500 members");
  if (begin + size != bytes.size() - kEnd) return malformed("its directory is not at its end");
  return read_members(bytes.substr(0, begin), bytes.substr(begin, size), count);
}

}  // namespace cvr::bundle
