// A known secret, planted anywhere in an exchange of any bytes, survives redaction in none of its
// simple encodings (raw, percent, JSON, base64 at three alignments, hex), in no text of the result;
// what was redacted is redacted again without a crash; and both stay within their limits.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cvr/redactor.h"
#include "profiles/profile.h"
#include "redact/variants.h"
#include "redact/views.h"
#include "secret.h"

namespace {

using namespace cvr;
using namespace cvr::redact;

constexpr const char* kTypes[] = {"application/json",
                                  "text/plain",
                                  "application/x-www-form-urlencoded",
                                  "text/html",
                                  "multipart/form-data; boundary=b",
                                  "application/octet-stream",
                                  "",
                                  "application/x-ndjson",
                                  "application/msgpack",
                                  "application/cbor",
                                  "text/csv",
                                  "application/graphql",
                                  "application/xml"};
constexpr std::size_t kOldTypes = 8;  // that inputs name by a byte below 128

const std::string kSecret = fuzz::make_secret();

const Redactor& redactor() {
  static const Redactor instance([] {
    RedactorOptions options;
    options.profile = &profiles::avinode();
    options.secrets = {kSecret};
    options.ledger_values = 1u << 19;
    return options;
  }());
  return instance;
}

const char* type_of(std::uint8_t byte) {
  return kTypes[byte < 128 ? byte % kOldTypes : kOldTypes + byte % (std::size(kTypes) - kOldTypes)];
}

void check_text(std::string_view text) {
  for (std::size_t i = 0; i < kVariantCount; ++i) {
    CVR_CHECK(text.find(variant_of(kSecret, static_cast<Variant>(i))) == text.npos);
  }
  CVR_CHECK(decode(text, View::kPercent).find(kSecret) == std::string::npos);
  CVR_CHECK(decode(text, View::kJson).find(kSecret) == std::string::npos);
}

void check_text(const RedactedText& text) {
  check_text(text.text);
  std::size_t end = 0;
  for (const Span& span : text.spans) {
    CVR_CHECK(span.begin >= end && span.begin + span.size <= text.text.size());
    end = span.begin + span.size;
  }
}

void check_fields(const std::vector<RedactedField>& fields) {
  for (const RedactedField& field : fields) {
    check_text(field.name);
    check_text(field.value);
  }
}

// The input in pieces: two bytes say what to plant where, the rest is cut at 0xff.
struct Pieces {
  std::string_view rest;
  std::string next() {
    const std::size_t end = std::min(rest.find('\xff'), rest.size());
    std::string piece(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return piece;
  }
};

void plant(std::string& text, std::uint8_t how) {
  const std::string form = variant_of(kSecret, static_cast<Variant>(how % kVariantCount));
  text.insert(text.size() * (how / kVariantCount) / (255 / kVariantCount + 1), form);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  Pieces pieces{std::string_view(reinterpret_cast<const char*>(data), size).substr(3)};
  Interaction raw;
  raw.request.method = "POST";
  raw.request.origin.host = "example.com";
  raw.request.path = "/" + pieces.next();
  raw.request.query = pieces.next();
  raw.request.has_query = true;
  const std::string name = pieces.next();
  raw.request.fields = {{"Authorization", pieces.next()}, {"Cookie", pieces.next()}, {name, pieces.next()},
                        {"Referer", pieces.next()},       {"Link", pieces.next()},   {"User-Agent", pieces.next()}};
  raw.response.emplace();
  raw.response->fields = {{"Content-Type", type_of(data[2])}, {"Set-Cookie", pieces.next()}};
  raw.response->body = std::string(pieces.rest);
  std::string* places[] = {&raw.response->body,
                           &raw.request.path,
                           &raw.request.query,
                           &raw.request.fields[0].value,
                           &raw.request.fields[1].value,
                           &raw.request.fields[2].value,
                           &raw.request.fields[2].name,
                           &raw.request.fields[3].value,
                           &raw.request.fields[4].value,
                           &raw.request.fields[5].value,
                           &raw.response->fields[1].value,
                           &raw.response->body};
  plant(*places[data[0] % std::size(places)], data[1]);

  const RedactedInteraction out = redactor().redact(raw);
  check_text(out->request.path);
  check_text(out->request.query);
  check_fields(out->request.fields);
  check_fields(out->response->fields);
  check_text(out->response->body.content);
  CVR_CHECK(out->response->body.omitted.has_value() != out->response->body.digest.empty() ||
            !out->response->body.omitted);

  http::Request again = raw.request;
  again.path = out->request.path.text;
  again.query = out->request.query.text;
  for (std::size_t i = 0; i < again.fields.size(); ++i) again.fields[i].value = out->request.fields[i].value.text;
  const RedactedRequest twice = redactor().redact_request(again);
  check_text(twice.path);
  check_fields(twice.fields);
  (void)redactor().leaks(*out);
  check_text(redactor().redact_line(raw.request.path + "?" + raw.request.query));
  return 0;
}
