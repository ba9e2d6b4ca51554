#include <msgpack.hpp>

#include "cassette/parts.h"
#include "samples.h"

namespace cvr::cassette {
namespace {

// msgpack-c reads what was packed: the record is msgpack for everybody.
TEST(PartsPack, IsMsgpackWithShortKeys) {
  const std::string bytes = pack_parts(full_parts());
  const msgpack::object_handle handle = msgpack::unpack(bytes.data(), bytes.size());
  const msgpack::object& map = handle.get();
  ASSERT_EQ(map.type, msgpack::type::MAP);
  std::vector<std::string> keys;
  for (const msgpack::object_kv& pair : map.via.map) keys.push_back(pair.key.as<std::string>());
  EXPECT_EQ(keys, (std::vector<std::string>{"tags", "fail", "framing", "via", "pieces", "flags", "notes", "step", "t",
                                            "req", "res"}));
}

TEST(PartsPack, ARuleStandsOnceARecord) {
  RedactedParts parts = sample_parts(1);
  for (int i = 0; i < 50; ++i) {
    parts.request.fields.push_back({{"Name", {}}, {"value", {{0, 5, Kind::kHeader, "header.allowlist"}}}});
  }
  const std::string bytes = pack_parts(parts);
  const std::size_t first = bytes.find("header.allowlist");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(bytes.find("header.allowlist", first + 1), std::string::npos);
}

TEST(PartsPack, ManyRulesComeBack) {
  RedactedParts parts = sample_parts(1);
  parts.response->body.content = {std::string(1000, 'x'), {}};
  for (std::uint32_t i = 0; i < 500; ++i) {
    parts.response->body.content.spans.push_back({2 * i, 1, Kind::kToken, "rule." + std::to_string(i % 100)});
  }
  EXPECT_EQ(unpack_parts(pack_parts(parts))->response, parts.response);
}

TEST(PartsPack, EqualPartsGiveEqualBytes) { EXPECT_EQ(pack_parts(full_parts()), pack_parts(full_parts())); }

}  // namespace
}  // namespace cvr::cassette
