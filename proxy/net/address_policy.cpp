#include "net/address_policy.h"

namespace cvr::net {
namespace {

struct Range {
  std::uint32_t network;
  int bits;
};

// IANA IPv4 Special-Purpose Address Registry, what is not globally reachable.
constexpr Range kNotPublic[] = {
    {0x00000000, 8},  {0x0a000000, 8},  {0x64400000, 10}, {0x7f000000, 8},  {0xa9fe0000, 16},
    {0xac100000, 12}, {0xc0000000, 24}, {0xc0000200, 24}, {0xc0a80000, 16}, {0xc6120000, 15},
    {0xc6336400, 24}, {0xcb007100, 24}, {0xe0000000, 4},  {0xf0000000, 4},
};

bool is_public_v4(std::uint32_t address) {
  for (const Range& range : kNotPublic) {
    if ((address ^ range.network) >> (32 - range.bits) == 0) return false;
  }
  return true;
}

// IANA IPv6 Special-Purpose Address Registry.  Of 2001::/23 (protocols: Teredo, ORCHID, benchmarking)
// nothing is a vendor's API.
bool is_global_unicast(const asio::ip::address_v6::bytes_type& bytes) {
  if ((bytes[0] & 0xe0) != 0x20) return false;  // 2000::/3
  const unsigned head = static_cast<unsigned>(bytes[0]) << 8 | bytes[1];
  if (head == 0x2002) return false;                                          // 6to4 hides an IPv4 address
  if (head == 0x2001 && (bytes[2] & 0xfe) == 0) return false;                // 2001::/23
  if (head == 0x2001 && bytes[2] == 0x0d && bytes[3] == 0xb8) return false;  // documentation
  return head != 0x3fff || (bytes[2] & 0xf0) != 0;                           // 3fff::/20, documentation
}

}  // namespace

bool is_public_address(const asio::ip::address& address) {
  if (address.is_v4()) return is_public_v4(address.to_v4().to_uint());
  const asio::ip::address_v6 v6 = address.to_v6();
  const auto bytes = v6.to_bytes();
  const auto tail_v4 = [&] {
    return static_cast<std::uint32_t>(bytes[12]) << 24 | static_cast<std::uint32_t>(bytes[13]) << 16 |
           static_cast<std::uint32_t>(bytes[14]) << 8 | bytes[15];
  };
  if (v6.is_v4_mapped()) return is_public_v4(tail_v4());
  if (bytes[0] == 0x00 && bytes[1] == 0x64 && bytes[2] == 0xff && bytes[3] == 0x9b) return is_public_v4(tail_v4());
  return is_global_unicast(bytes);
}

}  // namespace cvr::net
