#include "kit.h"

#include "base/json_scan.h"

namespace cvr::exporters {

RedactedText marked(std::string_view spelled) {
  RedactedText out;
  for (;;) {
    const std::size_t begin = spelled.find("<<");
    out.text += spelled.substr(0, begin);
    if (begin == std::string_view::npos) return out;
    const std::size_t colon = spelled.find(':', begin);
    const std::size_t end = spelled.find(">>", colon);
    const std::string_view value = spelled.substr(colon + 1, end - colon - 1);
    out.spans.push_back({static_cast<std::uint32_t>(out.text.size()), static_cast<std::uint32_t>(value.size()),
                         kind_from(spelled.substr(begin + 2, colon - begin - 2)).value(), "test.rule"});
    out.text += value;
    spelled.remove_prefix(end + 2);
  }
}

RedactedField field(std::string_view name, std::string_view value) { return {marked(name), marked(value)}; }

RedactedParts sample() {
  RedactedParts parts;
  parts.request.method = "GET";
  parts.request.origin.host = "api.example.com";
  parts.request.path.text = "/trips/t-1";
  parts.request.query.text = "fields%5Ba%5D=x+y&flag";
  parts.request.has_query = true;
  parts.request.fields = {field("Host", "api.example.com"), field("accept", "application/json"),
                          field("Authorization", "Bearer <<jwt:pseudonym-of-a-jwt>>")};
  RedactedResponse response;
  response.status = 200;
  response.reason.text = "OK";
  response.fields = {field("Content-Type", "application/json; charset=utf-8"),
                     field("Date", "Mon, 16 Mar 2026 08:00:00 GMT"),
                     field("Set-Cookie", "sid=<<cookie:c00kie>>; Path=/; HttpOnly")};
  response.body.content = marked(R"({"id":"t-1","price":275.00,"note":"caf)"
                                 "\xc3\xa9"
                                 R"("})");
  response.body.wire_size = response.body.content.text.size();
  parts.response = response;
  parts.response_framing = Framing::kLength;
  parts.timing = {1'773'648'000'123'456, 1'500, 20'250, 21'000};
  return parts;
}

namespace {

RedactedParts posted(std::string_view path, std::string_view type, std::string_view body) {
  RedactedParts parts = sample();
  parts.request.method = "POST";
  parts.request.path.text = path;
  parts.request.has_query = false;
  parts.request.query.text.clear();
  parts.request.fields.push_back(field("Content-Type", type));
  parts.request.fields.push_back(field("Content-Length", "7"));
  parts.request.body.content = marked(body);
  parts.request.body.wire_size = parts.request.body.content.text.size();
  parts.response->status = 201;
  parts.response->reason.text = "Created";
  return parts;
}

RedactedParts failed() {
  RedactedParts parts = sample();
  parts.response.reset();
  parts.failure = Failure{FailureKind::kTimeout, "no answer within 120 s"};
  parts.timing.first_byte_us = 0;
  parts.timing.finished_us = 120'000'000;
  return parts;
}

RedactedParts stopped() {
  RedactedParts parts = sample();
  parts.failure = Failure{FailureKind::kReset, "reset in mid-body"};
  parts.flags = {std::string(kFlagIncomplete)};
  parts.pieces = {{5, 100}, {7, 2'500}};
  parts.response_framing = Framing::kChunked;
  parts.response->trailers = {field("X-Sum", "1")};
  parts.step = "login";
  parts.notes = {"etag kept although the body changed"};
  return parts;
}

RedactedParts omitted() {
  RedactedParts parts = sample();
  parts.response->body = {};
  parts.response->body.omitted = "omitted: over the body limit";
  parts.response->body.wire_size = 20'000'000;
  parts.response->body.digest = "abcd";
  parts.response->body.codings = {"gzip"};
  return parts;
}

}  // namespace

std::vector<RedactedInteraction> samples() {
  RedactedParts head = sample();
  head.request.method = "HEAD";
  head.response->body = {};
  RedactedParts binary = posted("/upload", "application/octet-stream", "");
  binary.request.body.content = marked(std::string_view("\x00\x01%-'\n<<token:TOK>>\xff", 20));
  binary.request.body.wire_size = binary.request.body.content.text.size();
  binary.response->body.content.text = std::string("\x89PNG\r\n\x1a\n\x00\x00", 10);
  binary.response->fields[0] = field("Content-Type", "image/png");
  std::vector<RedactedInteraction> out;
  for (RedactedParts& parts : std::vector<RedactedParts>{
           sample(),
           posted("/trips", "application/json", R"({"apiToken" : "<<token:TOK>>","seats":"4","by":"<<email:a@b.c>>"})"),
           posted("/token", "application/x-www-form-urlencoded",
                  "grant_type=client_credentials&client_id=<<user:u1>>&client_secret=<<password:p1>>"),
           head, binary, failed(), stopped(), omitted()}) {
    out.push_back(RedactionPass::vouch(std::move(parts)));
  }
  return out;
}

RedactedParts hostile() {
  const std::string evil = "$(touch x)`id`'\";|&<>\\\n\r\x1b[2J${HOME}!*~#\t%s-- {{x}} ```\n### \xff";
  RedactedParts parts = sample();
  parts.request.path.text = "/'$(id)`id`\"";
  parts.request.query.text = "a='&b=\"$HOME";
  parts.request.fields = {field("X-Evil", "'$(id)`id`\"\\"),
                          field("-X", "--next"),
                          field("@file", "x"),
                          field("X-Line", "a\nb"),
                          field("X-Empty", ""),
                          field("Accept-Encoding", "gzip"),
                          field("Connection", "close"),
                          field("Transfer-Encoding", "chunked")};
  parts.request.body.content.text = evil.substr(0, evil.size() - 1) + "''";
  parts.response->reason.text = evil;
  parts.response->fields = {field(evil, evil)};
  parts.response->body.content.text = evil;
  parts.flags = {evil};
  parts.notes = {evil};
  parts.step = evil;
  return parts;
}

std::string exported(std::string_view format, const std::vector<RedactedInteraction>& interactions, bool gap) {
  std::string text;
  const auto sink = [&text](std::string_view piece) { text += piece; };
  const auto exporter = find_format(format)->make();
  if (exporter->looks_ahead()) {
    for (const RedactedInteraction& one : interactions) exporter->look(one);
  }
  exporter->begin(sink);
  for (std::size_t i = 0; i < interactions.size(); ++i) exporter->add(i + 1, interactions[i], sink);
  if (gap) exporter->add_gap(1'773'648'100'000'000, 2, "no space \"left\"\n", sink);
  exporter->end(sink);
  return text;
}

void expect_json(std::string_view text) {
  json::Scanner scanner(text);
  for (;;) {
    const auto token = scanner.next();
    ASSERT_TRUE(token.has_value()) << token.error().text << '\n' << text;
    if (*token == json::Token::kEnd) return;
  }
}

void expect_json_lines(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    ASSERT_NE(end, std::string_view::npos);
    expect_json(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
}

}  // namespace cvr::exporters
