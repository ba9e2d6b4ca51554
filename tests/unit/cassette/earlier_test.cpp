#include "cassette/earlier.h"

#include <map>

#include "cassette/codec.h"
#include "cassette/frame.h"
#include "samples.h"
#include "support/random.h"
#include "writer_fixture.h"

namespace cvr::cassette {
namespace {

std::string random_body(std::size_t size) {
  return test::random_text(size, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}

RedactedInteraction with_body(std::uint64_t n, std::string body, std::vector<Span> spans = {}) {
  RedactedParts parts = sample_parts(n);
  parts.response->body.content = {std::move(body), std::move(spans)};
  return RedactionPass::vouch(parts);
}

using EarlierTest = WriterTest;

std::size_t grown_by(const std::shared_ptr<Disk>& disk, Writer& writer, const RedactedInteraction& one) {
  const std::size_t before = disk->bytes.size();
  EXPECT_TRUE(writer.append(one));
  return disk->bytes.size() - before;
}

TEST_F(EarlierTest, EqualBodiesAreStoredOnce) {
  const std::string body = random_body(200'000);
  const auto writer = open();
  EXPECT_GT(grown_by(disk_, *writer, with_body(1, body)), 100'000U);
  for (std::uint64_t n = 2; n < 50; ++n) EXPECT_LT(grown_by(disk_, *writer, with_body(n, body)), 1000U) << n;
  ASSERT_TRUE(writer->seal());
  const auto reader = read();
  for (std::uint64_t n = 1; n < 50; ++n) EXPECT_EQ(reader->interaction(n - 1).value(), with_body(n, body)) << n;
}

TEST_F(EarlierTest, ARequestMayEchoAResponse) {
  const std::string body = random_body(10'000);
  const auto writer = open();
  RedactedParts echo = sample_parts(2);
  echo.request.method = "PUT";
  echo.request.body.content.text = body;
  ASSERT_TRUE(writer->append(with_body(1, body)));
  EXPECT_LT(grown_by(disk_, *writer, RedactionPass::vouch(echo)), 1000U);
  EXPECT_EQ(*read()->interaction(1).value(), echo);
}

// What pseudonyms stand for is part of a body.
TEST_F(EarlierTest, EqualTextsWithOtherPseudonymsAreDifferent) {
  const std::string body = random_body(10'000);
  const std::vector<std::vector<Span>> spans = {{},
                                                {{5, 4, Kind::kToken, "ledger"}},
                                                {{5, 4, Kind::kToken, "header"}},
                                                {{5, 4, Kind::kUser, "ledger"}},
                                                {{5, 5, Kind::kToken, "ledger"}}};
  const auto writer = open();
  for (std::uint64_t n = 0; n < 2 * spans.size(); ++n)
    ASSERT_TRUE(writer->append(with_body(n + 1, body, spans[n % spans.size()])));
  const auto reader = read();
  for (std::uint64_t n = 0; n < 2 * spans.size(); ++n)
    EXPECT_EQ(reader->interaction(n).value(), with_body(n + 1, body, spans[n % spans.size()])) << n;
}

TEST_F(EarlierTest, LikeInteractionsCostLittle) {
  const std::string body = random_body(2000);  // nothing to compress in itself
  const auto writer = open();
  EXPECT_GT(grown_by(disk_, *writer, with_body(1, body)), 1500U);
  for (std::uint64_t n = 2; n < 20; ++n) {
    std::string other = body;
    other[100] = static_cast<char>('a' + n);
    EXPECT_LT(grown_by(disk_, *writer, with_body(n, other)), 400U) << n;
  }
}

// More routes than there are dictionaries: nothing is lost, whatever leans on what.
TEST_F(EarlierTest, ManyRoutesAndSizesComeBack) {
  std::vector<RedactedInteraction> all;
  for (std::uint64_t n = 1; n < 300; ++n) {
    RedactedParts parts = sample_parts(n, test::rng()() % 30'000);
    parts.request.path.text = "/api/" + std::string(1 + test::rng()() % 40, 'x') + "/" + std::to_string(n);
    all.push_back(RedactionPass::vouch(parts));
  }
  const auto writer = open();
  for (const auto& one : all) ASSERT_TRUE(writer->append(one));
  ASSERT_TRUE(writer->seal());
  for (const Check check : {Check::kQuick, Check::kFull}) {
    const auto reader = read(check);
    for (std::size_t i = 0; i < all.size(); ++i) ASSERT_EQ(reader->interaction(i).value(), all[i]) << i;
  }
}

TEST_F(EarlierTest, AWriterThatGoesOnLeansOnItsOwn) {
  const std::string body = random_body(10'000);
  ASSERT_TRUE(open()->append(with_body(1, body)));
  const auto writer = open();
  ASSERT_TRUE(writer->append(with_body(2, body)));
  ASSERT_TRUE(writer->append(with_body(3, body)));
  const auto reader = read();
  for (std::uint64_t n = 1; n < 4; ++n) EXPECT_EQ(reader->interaction(n - 1).value(), with_body(n, body));
}

TEST_F(EarlierTest, WhatCouldNotBeWrittenIsNotLeanedOn) {
  const std::string body = random_body(10'000);
  const auto writer = open();
  disk_->fail_from = disk_->operations;
  EXPECT_FALSE(writer->append(with_body(1, body)));
  EXPECT_GT(grown_by(disk_, *writer, with_body(2, body)), 5000U);
  EXPECT_EQ(read()->interaction(0).value(), with_body(2, body));
}

TEST_F(EarlierTest, AFileOfVersionOneStaysOne) {
  WriterStart start;
  start.version = 1;
  const std::string body = random_body(10'000);
  auto writer = make_writer(std::make_unique<MemorySink>(disk_), std::move(start), {}, "x.cvr").value();
  ASSERT_TRUE(writer->append(with_body(1, body)));
  EXPECT_GT(grown_by(disk_, *writer, with_body(2, body)), 5000U);
}

// Records that lean on what does not lend: each is refused, none goes round in circles.
TEST(Leaning, OnNothingItselfOrOneThatLeansIsRefused) {
  const RedactedParts plain = sample_parts(1, 3000);
  const std::string lender = encode(RedactionPass::vouch(plain));
  const Dictionary dictionary(pack_parts(plain));
  const auto leaning = [&](std::uint64_t n) {
    return encode_payload({0, {}}, pack_parts(sample_parts(2, 3000)), {n, &dictionary});
  };
  const auto reference = [](std::uint64_t n, bool response) {
    RedactedParts parts = sample_parts(3);
    EqualBodies equal;
    equal.response = {n, response};
    return encode_payload({0, {}}, pack_parts(parts, equal));
  };
  const auto in = [](std::map<std::uint64_t, std::string> file) {
    return [file = std::make_shared<std::map<std::uint64_t, std::string>>(std::move(file))](
               std::uint64_t n) -> Result<std::string_view> {
      const auto found = file->find(n);
      if (found == file->end()) return fail(ErrorCode::kDamaged, "no such record");
      return found->second;
    };
  };
  EXPECT_TRUE(decode(leaning(1), in({{1, lender}})));
  EXPECT_TRUE(decode(reference(1, true), in({{1, lender}})));
  EXPECT_EQ(decode(reference(1, true), in({{1, lender}})).value()->response->body.content,
            plain.response->body.content);
  EXPECT_TRUE(decode(reference(2, true), in({{1, lender}, {2, leaning(1)}})));

  EXPECT_FALSE(decode(leaning(1)));
  EXPECT_FALSE(decode(reference(1, true)));
  EXPECT_FALSE(decode(leaning(7), in({{1, lender}})));
  EXPECT_FALSE(decode(leaning(2), in({{1, lender}, {2, leaning(1)}}))) << "two steps";
  EXPECT_FALSE(decode(leaning(1), in({{1, leaning(1)}}))) << "a circle";
  EXPECT_FALSE(decode(leaning(1), in({{1, encode(sample(9, 2000))}}))) << "another dictionary";
  EXPECT_FALSE(decode(reference(2, true), in({{1, lender}, {2, reference(1, true)}}))) << "two steps";
  RedactedParts failed = sample_parts(4);
  failed.response.reset();
  EXPECT_FALSE(decode(reference(1, true), in({{1, encode(RedactionPass::vouch(failed))}}))) << "no response";
}

}  // namespace
}  // namespace cvr::cassette
