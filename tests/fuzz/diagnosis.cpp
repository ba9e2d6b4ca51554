// Whatever stands in a record or in a case.toml: diagnosis ends, keeps to its form, and never exonerates on a
// recording of one call.  The first line is the path and query, the second Authorization, the rest the body.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "diagnose/case_file.h"
#include "diagnose/diagnosis.h"
#include "diagnose/json_leaves.h"
#include "diagnose/report_json.h"
#include "diagnose/report_text.h"

namespace {

std::string take_line(std::string_view& text) {
  const std::string line(text.substr(0, text.find('\n')));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

cvr::RedactedField field(const char* name, std::string value) { return {{name, {}}, {std::move(value), {}}}; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)cvr::diagnose::read_case(text, "case.toml");
  cvr::RedactedParts parts;
  parts.request.method = "POST";
  parts.request.origin.host = "sandbox.avinode.com";
  const std::string target = take_line(text);
  parts.request.path.text = target.substr(0, target.find('?'));
  parts.request.has_query = target.find('?') != std::string::npos;
  if (parts.request.has_query) parts.request.query.text = target.substr(target.find('?') + 1);
  const std::string credential = take_line(text);
  const bool form = credential.empty();
  parts.request.fields = {field("Authorization", credential), field("X-Avinode-SentTimestamp", credential),
                          field("Content-Type", form ? "application/x-www-form-urlencoded" : "application/json")};
  parts.request.body.content.text = text;
  parts.response.emplace();
  parts.response->status = 400 + static_cast<int>(size % 200);
  parts.response->fields = {field("Date", target), field("Content-Type", "application/json")};
  parts.response->body.content.text = text;
  cvr::diagnose::Recording recording;
  recording.interactions.push_back(cvr::RedactionPass::vouch(parts));
  const auto diagnosis = cvr::diagnose::diagnose(recording, nullptr, cvr::profiles::avinode(), nullptr);
  if (diagnosis.findings.size() != cvr::diagnose::rules().size()) std::abort();
  if (diagnosis.verdict.level > cvr::diagnose::Level::kIndicated) std::abort();
  if (cvr::diagnose::read_json(cvr::diagnose::to_json(diagnosis)).read == cvr::diagnose::JsonRead::kMalformed) {
    std::abort();
  }
  for (const char c : cvr::diagnose::to_text(diagnosis, {})) {
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n') std::abort();
  }
  return 0;
}
