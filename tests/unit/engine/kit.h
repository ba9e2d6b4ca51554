// What the tests of this folder share: one redactor, messages in short, and a cassette on disk that
// is recorded to and played from.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cvr/cassette.h"
#include "cvr/matcher.h"
#include "cvr/redactor.h"
#include "engine/player.h"
#include "engine/recorder.h"
#include "profiles/profile.h"
#include "support/temporary_directory.h"

namespace cvr::engine {

inline constexpr std::string_view kHost = "sandbox.avinode.com";

// `machine`: each has a pseudonym key of its own.
inline std::shared_ptr<const Redactor> make_redactor(std::vector<std::string> secrets = {}, std::uint8_t machine = 0) {
  RedactorOptions options;
  options.profile = &profiles::avinode();
  for (std::size_t i = 0; i < options.key.bytes.size(); ++i)
    options.key.bytes[i] = static_cast<std::uint8_t>(i + 1 + machine);
  options.secrets = std::move(secrets);
  return std::make_shared<const Redactor>(std::move(options));
}

inline match::MatchRules usual_rules() { return match::rules_for(profiles::avinode()); }

// `target`: "/path?query".
inline http::Request request(std::string_view method, std::string_view target, http::Fields fields = {},
                             std::string body = {}) {
  http::Request out;
  out.method = method;
  out.origin = {http::Scheme::kHttps, std::string(kHost), 443};
  const std::size_t question = target.find('?');
  out.path = target.substr(0, question);
  out.has_query = question != std::string_view::npos;
  if (out.has_query) out.query = target.substr(question + 1);
  out.fields = std::move(fields);
  out.body = std::move(body);
  return out;
}

inline http::Request get(std::string_view target, http::Fields fields = {}) {
  return request("GET", target, std::move(fields));
}

inline Interaction exchange(http::Request asked, std::string body, std::string type = "text/plain") {
  Interaction raw;
  raw.request = std::move(asked);
  raw.response.emplace();
  raw.response->reason = "OK";
  raw.response->fields = {{"Content-Type", std::move(type)}, {"Content-Length", std::to_string(body.size())}};
  raw.response->body = std::move(body);
  raw.response_framing = Framing::kLength;
  return raw;
}

inline Interaction failed(http::Request asked, FailureKind kind, std::string detail) {
  Interaction raw;
  raw.request = std::move(asked);
  raw.failure = Failure{kind, std::move(detail)};
  return raw;
}

// A cassette in a directory of its own, which goes with it.
class Tape {
 public:
  explicit Tape(std::shared_ptr<const Redactor> redactor = make_redactor()) : redactor_(std::move(redactor)) {}

  std::string path() const { return directory_.file("t.cvr"); }
  const std::shared_ptr<const Redactor>& redactor() const { return redactor_; }

  std::unique_ptr<Recorder> recorder(cassette::WriterOptions options = {}, match::MatchRules rules = usual_rules()) {
    return recorder(redactor_, std::move(options), std::move(rules));
  }
  std::unique_ptr<Recorder> recorder(std::shared_ptr<const Redactor> redactor, cassette::WriterOptions options = {},
                                     match::MatchRules rules = usual_rules()) {
    auto writer = cassette::Writer::open(path(), std::move(options), nullptr);
    EXPECT_TRUE(writer) << (writer ? "" : writer.error().text);
    return std::make_unique<Recorder>(std::move(redactor), std::move(rules), std::move(*writer));
  }
  // Appends and seals.
  void record(const std::vector<Interaction>& all) {
    const auto into = recorder();
    for (const Interaction& raw : all) EXPECT_TRUE(into->record(raw));
    EXPECT_TRUE(into->writer().seal());
  }
  std::unique_ptr<cassette::Reader> reader() const {
    auto opened = cassette::Reader::open(path());
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().text);
    return std::move(*opened);
  }
  std::unique_ptr<Player> player(OnEnd on_end = OnEnd::kDefault) const {
    std::vector<std::unique_ptr<cassette::Reader>> readers;
    readers.push_back(reader());
    return std::make_unique<Player>(std::move(readers), usual_rules(), on_end);
  }
  RedactedRequest redacted(const http::Request& raw) const { return redactor_->redact_request(raw); }

 private:
  test::TemporaryDirectory directory_;
  std::shared_ptr<const Redactor> redactor_;
};

}  // namespace cvr::engine
