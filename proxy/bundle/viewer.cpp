#include "bundle/viewer.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/escape.h"
#include "base/json_writer.h"
#include "base/utf8.h"
#include "bundle/html.h"
#include "bundle/record_text.h"
#include "bundle/timeline_picture.h"
#include "bundle/viewer_parts.h"
#include "diagnose/citations.h"
#include "diagnose/rules/support.h"
#include "diagnose/times.h"
#include "exporters/pretty.h"

namespace cvr::bundle {
namespace {

using diagnose::Call;
constexpr std::size_t kLongestMessage = 64u << 10;  // shown of one; interactions/ has the whole

std::string indented(const RedactedBody& body) {
  return body.content.text.size() < kLongestMessage ? exporters::pretty_json(body.content.text) : body.content.text;
}

// Request and answer as http_text shows them, JSON indented.
std::pair<std::string, std::string> messages(const Call& call) {
  RedactedParts parts = *call.parts;
  parts.request.body.content.text = indented(parts.request.body);
  if (parts.response) parts.response->body.content.text = indented(parts.response->body);
  RedactedParts request = parts;
  request.response.reset();
  request.failure.reset();
  const std::string head = http_text(call.n, request);
  const std::string whole = http_text(call.n, parts);
  const auto shown = [](std::string_view text) {
    return text.size() > kLongestMessage ? shortened(text, kLongestMessage) + "\n(cut; see interactions/)"
                                         : std::string(text);
  };
  return {shown(head.substr(head.find('\n') + 1)),
          shown(std::string_view(whole).substr(std::min(head.size(), whole.size())))};
}

using RulesOf = std::map<const Call*, std::vector<std::string_view>>;

RulesOf rules_of(const diagnose::Diagnosis& d) {
  RulesOf out;
  for (const diagnose::Finding& finding : d.findings) {
    if (!finding.is_hit()) continue;
    for (const Call* call : diagnose::citations(finding)) out[call].push_back(finding.rule);
  }
  return out;
}

void write_call(json::Writer& w, const Call& call, const RulesOf& rules) {
  const auto [request, response] = messages(call);
  w.begin_object().member("in", to_string(call.in)).member("n", call.n).member("utc", diagnose::time_text(call.at_us));
  w.member("ms", call.parts->timing.finished_us / 1000).member("method", printable(call.parts->request.method));
  w.member("path", endpoint_text(*call.parts).substr(call.parts->request.method.size() + 1));
  w.member("status", status_text(call)).member("code", call.code()).member("id", request_id(*call.parts));
  w.member("ok", call.ok).member("request", request).member("response", response).key("rules").begin_array();
  if (const auto found = rules.find(&call); found != rules.end()) {
    for (const std::string_view rule : found->second) w.value(rule);
  }
  w.end_array().end_object();
}

void write_pairs(json::Writer& w, const diagnose::Diagnosis& d) {
  w.key("pairs").begin_array();
  for (const diagnose::BeforeAfter& pair : d.comparisons) {
    w.begin_object().member("before", pair.before->n).member("after", pair.after->n);
    w.member("before_in", to_string(pair.before->in)).member("result", to_string(pair.comparison.sameness));
    w.key("differences").begin_array();
    for (const auto& one : pair.comparison.differences) {
      w.begin_array().value(one.place).value(one.before).value(one.after).end_array();
    }
    w.end_array().end_object();
  }
  w.end_array();
}

std::string data_json(const Evidence& evidence, const Cited& cited) {
  const diagnose::Diagnosis& d = *evidence.diagnosis;
  const RulesOf rules = rules_of(d);
  json::Writer w;
  w.begin_object().key("calls").begin_array();
  for (const Call& call : d.facts->timeline()) {
    const auto& numbers = call.in == diagnose::In::kAfter ? cited.after : cited.before;
    if (std::ranges::binary_search(numbers, call.n)) write_call(w, call, rules);
  }
  w.end_array();
  write_pairs(w, d);
  w.key("findings").begin_array();
  for (const diagnose::Finding& f : d.findings) {
    w.begin_object().member("rule", f.rule).member("side", to_string(f.side)).member("result", to_string(f.outcome));
    w.member("hit", f.is_hit()).member("message", f.message).end_object();
  }
  w.end_array().end_object();
  return w.take();
}

// JSON in a page: what html_text would show as an escape of its own is escaped as JSON does it, so that it stays JSON.
std::string page_json(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t i = 0; i < json.size();) {
    const Utf8 one = decode_utf8(json.substr(i));
    const std::string_view bytes = json.substr(i, one.size);
    i += one.size;
    const bool separator = one.code_point == 0x2028 || one.code_point == 0x2029;
    if (one.valid && !separator && printable(bytes, true) == bytes) {
      out += bytes;
    } else {
      // All that steer lie in the basic plane.
      out += fmt::format("\\u{:04x}", one.valid && one.code_point < 0x10000 ? one.code_point : 0xfffd);
    }
  }
  return out;
}

std::string findings_html(const diagnose::Diagnosis& d) {
  std::string out =
      "<h2>Findings</h2>\n<div class=\"wide\"><table><thead><tr><th>Rule</th><th>Side</th><th>Result</th>"
      "<th>What was seen</th><th>Interactions</th></tr></thead><tbody>\n";
  for (const diagnose::Finding& f : d.findings) {
    if (!f.is_hit()) continue;
    out += "<tr>" + html_cell(f.rule) + html_cell(to_string(f.side)) + html_cell(to_string(f.outcome)) +
           html_cell(f.message) + html_cell(diagnose::numbers(diagnose::citations(f))) + "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

}  // namespace

std::string viewer_html(const Evidence& evidence, const Cited& cited) {
  const diagnose::Diagnosis& d = *evidence.diagnosis;
  const std::string title = evidence.the_case != nullptr ? evidence.the_case->title : "Evidence";
  std::string body = "<h1>" + html_text(title) + "</h1>\n<p class=\"note\"><strong>" +
                     html_text(to_string(d.verdict.level)) + "</strong>: " + html_text(d.verdict.text) + "</p>\n";
  body += timeline_svg(evidence);
  body +=
      "<div class=\"tools\"><input id=\"search\" type=\"search\" placeholder=\"search in requests and answers\" "
      "aria-label=\"search\"><select id=\"only\" aria-label=\"filter\"><option value=\"\">all</option>"
      "<option value=\"failed\">failed</option><option value=\"ok\">successful</option>"
      "<option value=\"after\">after</option><option value=\"before\">before</option></select></div>\n"
      "<p id=\"count\">This page needs its own script to show the interactions; they also stand in interactions/.</p>\n"
      "<div id=\"list\"><table><thead><tr><th>No.</th><th>UTC</th><th>Method</th><th>Path</th><th>Status</th>"
      "<th>Code</th><th>Request id</th><th>Rules</th></tr></thead><tbody id=\"rows\"></tbody></table></div>\n"
      "<div id=\"detail\"></div>\n";
  body += findings_html(d);
  body += "<div id=\"data\" hidden>" + html_text(page_json(data_json(evidence, cited))) + "</div>\n";
  const std::string style = std::string(kReportStyle) + std::string(kPictureStyle) + std::string(kViewerStyle);
  return html_page(title, style, body, kViewerScript);
}

}  // namespace cvr::bundle
