#include "bundle/attachments.h"

#include "bundle/image.h"

namespace cvr::bundle {
namespace {

TEST(Attachments, TakeTextsAsTheyAreAndRefuseWhatIsNotWhatItsNameSays) {
  const auto text = make_attachment("notes.txt", "noon\n", false);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->bytes, "noon\n");
  EXPECT_TRUE(text->is_text);
  for (const auto& [name, bytes] :
       {std::pair{"a.png", "no picture"}, {"a.jpeg", "none"}, {"a.txt", "\x01\x02"}, {"a.pdf", "%PDF"}}) {
    const auto refused = make_attachment(name, bytes, false);
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().code, ErrorCode::kUsage);
    EXPECT_NE(refused.error().text.find(name), std::string::npos);
  }
  EXPECT_FALSE(make_attachment("a.png", "no picture", true)) << "unchecked is no way around a wrong name";
}

TEST(Attachments, TakeOtherKindsOnlyUnchecked) {
  const auto taken = make_attachment("a.pdf", "%PDF", true);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->what, "not looked into");
  EXPECT_EQ(make_attachment("a.txt", std::string(kLargestAttachment + 1, 'x'), true).error().code, ErrorCode::kLimit);
}

TEST(Attachments, HaveNamesThatEverySystemTakes) {
  EXPECT_EQ(attachment_name("Ansicht (1).png"), "Ansicht__1_.png");
  EXPECT_EQ(attachment_name("..hidden"), "_..hidden");
  EXPECT_EQ(attachment_name(""), "_");
}

TEST(Attachments, OfOneNameGetDistinctOnes) {
  std::vector<Attachment> all;
  for (const char* expected : {"a.png", "a-2.png", "a-3.png"}) {
    Attachment one;
    one.name = distinct_name("a.png", all);
    EXPECT_EQ(one.name, expected);
    all.push_back(one);
  }
  EXPECT_EQ(distinct_name("b", all), "b");
  EXPECT_EQ(media_type_of("a-2.PNG"), "image/png");
  EXPECT_EQ(media_type_of("notes.txt"), "text/plain");
  EXPECT_EQ(media_type_of("a"), "application/octet-stream");
}

}  // namespace
}  // namespace cvr::bundle
