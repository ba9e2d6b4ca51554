#include "redact/html_entities.h"

namespace cvr::redact {
namespace {

std::uint32_t meant(std::string_view text) {
  const auto entity = entity_at(text);
  return entity ? entity->code_point : 0;
}

TEST(HtmlEntities, NamedAndNumeric) {
  EXPECT_EQ(meant("&colon;"), static_cast<std::uint32_t>(':'));
  EXPECT_EQ(meant("&commat;x"), static_cast<std::uint32_t>('@'));
  EXPECT_EQ(meant("&szlig;"), 0xdfu);
  EXPECT_EQ(meant("&AElig;"), 0xc6u);
  EXPECT_EQ(meant("&yuml;"), 0xffu);
  EXPECT_EQ(meant("&#65;"), 65u);
  EXPECT_EQ(meant("&#x0000041;"), 0x41u);
  EXPECT_EQ(meant("&#128512;"), 128512u);
}

TEST(HtmlEntities, SizeTakesTheSemicolonIfThereIsOne) {
  EXPECT_EQ(entity_at("&amp;x")->size, 5u);
  EXPECT_EQ(entity_at("&amp x")->size, 4u);
  EXPECT_EQ(entity_at("&#65x")->size, 4u);
}

TEST(HtmlEntities, WhatIsNoneStays) {
  for (const std::string_view text :
       {"&", "&;", "&#", "&#;", "&#x;", "&#xg;", "&#1114112;", "&nosuch;", "&colon", "&ampere;"}) {
    EXPECT_FALSE(entity_at(text)) << text;
  }
}

}  // namespace
}  // namespace cvr::redact
