#include "bundle/developer_report.h"

#include <fmt/format.h>

#include "bundle/html.h"
#include "bundle/timeline_picture.h"
#include "bundle/viewer_parts.h"
#include "diagnose/citations.h"
#include "diagnose/rules/support.h"
#include "diagnose/times.h"

namespace cvr::bundle {
namespace {

using diagnose::Diagnosis;

std::string cell(std::string_view text) { return html_cell(text); }

std::string verdict_html(const Diagnosis& d) {
  std::string out = "<p class=\"note\">Is the fault outside the client? <strong>" +
                    html_text(to_string(d.verdict.level)) + "</strong>. " + html_text(d.verdict.text) + "</p>\n";
  if (d.first.empty()) return out;
  out += "<h2>Do these first</h2>\n<ol>\n";
  for (const diagnose::FirstStep& step : d.first) {
    out += "<li>" + html_text(step.rule) + ": " + html_text(step.text) + "</li>\n";
  }
  return out + "</ol>\n";
}

std::string sides_html(const Diagnosis& d) {
  std::string out =
      "<h2>Sides</h2>\n<div class=\"wide\"><table><thead><tr><th>Side</th><th>Level</th><th>Before the cap</th>"
      "<th>Rules</th></tr></thead><tbody>\n";
  for (std::size_t i = 0; i < diagnose::kSideCount; ++i) {
    const diagnose::SideVerdict& side = d.verdict.sides[i];
    std::string rules;
    for (const std::string_view rule : side.rules) rules += std::string(rule) + " ";
    out += "<tr>" + cell(to_string(static_cast<diagnose::Side>(i))) + cell(to_string(side.level)) +
           cell(to_string(side.uncapped)) + cell(rules) + "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string rules_html(const Diagnosis& d) {
  std::string out =
      "<h2>Every rule</h2>\n<div class=\"wide\"><table><thead><tr><th>Rule</th><th>Signal</th><th>Side</th>"
      "<th>Result</th><th>What was seen</th><th>Interactions</th><th>Next step</th><th>Reference</th></tr></thead>"
      "<tbody>\n";
  for (const diagnose::Finding& f : d.findings) {
    std::string_view title;
    for (const diagnose::Rule& rule : diagnose::rules()) title = rule.id == f.rule ? rule.title : title;
    out += "<tr class=\"r-" + html_text(to_string(f.outcome)) + "\">" + cell(f.rule) + cell(title) +
           cell(to_string(f.side)) + cell(to_string(f.outcome)) + cell(f.message) +
           cell(diagnose::numbers(diagnose::citations(f))) + cell(f.next_step) + cell(f.reference) + "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string differences_html(const Diagnosis& d) {
  std::string out = "<h2>Before and after</h2>\n";
  if (d.comparisons.empty()) return out + "<p>No failing call has an earlier success to compare with.</p>\n";
  for (const diagnose::BeforeAfter& pair : d.comparisons) {
    out += "<h3>" + html_text(pair.after->operation.name) + "</h3>\n<p>" + html_text(diagnose::numbers({pair.after})) +
           " against " + html_text(diagnose::numbers({pair.before})) + ": " +
           html_text(to_string(pair.comparison.sameness)) + "</p>\n";
    if (pair.comparison.differences.empty()) continue;
    out += "<div class=\"wide\"><table><thead><tr><th>Place</th><th>Before</th><th>After</th></tr></thead><tbody>\n";
    for (const auto& one : pair.comparison.differences) {
      out += "<tr>" + cell(one.place) + cell(one.before) + cell(one.after) + "</tr>\n";
    }
    out += "</tbody></table></div>\n";
  }
  return out;
}

}  // namespace

std::string developer_html(const Evidence& evidence) {
  const Diagnosis& d = *evidence.diagnosis;
  const std::string style = std::string(kReportStyle) + std::string(kPictureStyle);
  std::string body = "<h1>Diagnosis for developers</h1>\n" + verdict_html(d);
  body += "<h2>Timeline</h2>\n" + timeline_svg(evidence) + sides_html(d) + rules_html(d) + differences_html(d);
  body += "<h2>Files</h2>\n<p>findings.json holds all of this for programs; viewer.html shows the interactions.</p>\n";
  return html_page("Diagnosis for developers", style, body, {});
}

}  // namespace cvr::bundle
