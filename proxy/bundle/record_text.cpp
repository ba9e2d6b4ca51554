#include "bundle/record_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/base64.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "bundle/clocks.h"
#include "bundle/digests.h"
#include "diagnose/times.h"
#include "exporters/common.h"

namespace cvr::bundle {
namespace {

constexpr std::size_t kShownPseudonym = 12;

// Tokens of one issuer begin alike and end in their own way.
std::string_view tail_of(std::string_view pseudonym) {
  return pseudonym.substr(pseudonym.size() - std::min(pseudonym.size(), kShownPseudonym));
}

std::string fields_text(const std::vector<RedactedField>& fields) {
  std::string out;
  for (const RedactedField& field : fields) {
    out += printable(field.name.text) + ": " + printable(field.value.text) + "\n";
  }
  return out;
}

std::string body_text(const RedactedBody& body) {
  if (body.omitted) return "\n# " + printable(*body.omitted) + "\n";
  const std::string& bytes = body.content.text;
  if (bytes.empty()) return {};
  if (exporters::is_text(bytes)) return "\n" + bytes + (bytes.ends_with('\n') ? "" : "\n");
  return fmt::format("\n# {} bytes that are no text, in base64\n{}\n", bytes.size(), base64_encode(bytes));
}

}  // namespace

std::string http_text(std::uint64_t n, const RedactedParts& parts) {
  const RedactedRequest& request = parts.request;
  std::string out = fmt::format("# {}  {}  {} ms\n", n, diagnose::utc_text(parts.timing.started_utc_us),
                                parts.timing.finished_us / 1000);
  if (!parts.step.empty()) out += "# step of a probe: " + printable(parts.step) + "\n";
  if (!parts.flags.empty()) out += "# flags: " + exporters::flags_text(parts) + "\n";
  out += printable(request.method) + " " + printable(exporters::url_of(request)) + " " +
         exporters::version_of(request.minor_version) + "\n" + fields_text(request.fields) + body_text(request.body) +
         fields_text(request.trailers) + "\n";
  if (parts.response) {
    const RedactedResponse& response = *parts.response;
    out += fmt::format("{} {} {}\n", exporters::version_of(response.minor_version), response.status,
                       printable(response.reason.text));
    out += fields_text(response.fields) + body_text(response.body) + fields_text(response.trailers);
  }
  if (parts.failure) {
    out += "# failure: " + std::string(to_string(parts.failure->kind)) + " " + printable(parts.failure->detail) + "\n";
  }
  return out;
}

std::string csv_cell(std::string_view text) {
  std::string out = printable(text);
  if (!out.empty() && std::string_view("=+-@").contains(out.front())) out.insert(0, 1, '\'');
  if (out.find_first_of(",\"' ;") == out.npos) return out;
  std::string quoted = "\"";
  for (const char c : out) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string timeline_csv(const Evidence& evidence) {
  std::vector<const diagnose::Call*> calls(evidence.after->interactions.size());
  for (const diagnose::Call& call : evidence.diagnosis->facts->timeline()) {
    if (call.in == diagnose::In::kAfter && call.n >= 1 && call.n <= calls.size()) calls[call.n - 1] = &call;
  }
  const std::int64_t offset = clock_offset_us(evidence);
  std::string out = "utc,n,method,path,status,code,request_id,credential,ms\r\n";
  for (const diagnose::Call* call : calls) {
    if (call == nullptr) continue;
    const RedactedParts& parts = *call->parts;
    out += fmt::format("{},{},{},{},{},{},{},{},{}\r\n", diagnose::utc_text(call->sent_us + offset), call->n,
                       csv_cell(parts.request.method), csv_cell(parts.request.path.text), csv_cell(status_text(*call)),
                       csv_cell(call->code()), csv_cell(request_id(parts)), csv_cell(tail_of(call->credential.token)),
                       parts.timing.finished_us / 1000);
  }
  return out;
}

std::string chain_step(std::string_view previous, std::string_view http) {
  return sha256_hex(std::string(previous) + sha256_hex(http));
}

std::string chain_lines(const diagnose::Recording& recording, const std::vector<std::uint64_t>& shown) {
  std::string out, before(64, '0'), digest = before;
  auto next = shown.begin();
  const std::uint64_t last = recording.interactions.size();
  for (std::uint64_t n = 1; n <= last; ++n) {
    digest = chain_step(digest, http_text(n, *recording.interactions[n - 1]));
    const bool is_shown = next != shown.end() && *next == n;
    if (is_shown) ++next;
    if (!is_shown && n != last) continue;
    json::Writer w;
    w.begin_object().member("n", n).member("prev", before).member("digest", digest).end_object();
    out += w.take() + "\n";
    before = digest;
  }
  return out;
}

}  // namespace cvr::bundle
