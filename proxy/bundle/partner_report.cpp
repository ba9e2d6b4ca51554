#include "bundle/partner_report.h"

#include <algorithm>

namespace cvr::bundle {
namespace {

using diagnose::Case;
using diagnose::Level;
using diagnose::Side;

// "2026-03-16T08:00:00Z" as "16 March 2026"; anything else as it is.
std::string day_text(const std::string& date) {
  constexpr const char* kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};
  if (date.size() < 10 || date[4] != '-' || date[7] != '-') return date;
  const int month = (date[5] - '0') * 10 + (date[6] - '0');
  if (month < 1 || month > 12) return date;
  std::string day = date.substr(8, 2);
  if (day.starts_with('0')) day.erase(0, 1);
  return day + " " + kMonths[month - 1] + " " + date.substr(0, 4);
}

std::string system_text(const Case& c) {
  return c.vendor + (c.environment == "production" ? "'s live system" : "'s test system");
}

bool is_vendors(std::optional<Side> side) {
  return side == Side::kAccount || side == Side::kVendorOutage || side == Side::kReset;
}

void established(const Case& c, Side side, Document& out) {
  out.text("What we know: the cause is on the side of " + c.vendor + ". Our records show this.");
  if (side == Side::kAccount) out.text("The rights of our account there are not what they were.");
  if (side == Side::kVendorOutage) out.text("Their system does not work as it should.");
  if (side == Side::kReset) out.text("It came with the weekly rebuild of their test system.");
}

bool has_open_check(const diagnose::Diagnosis& d) {
  return std::ranges::any_of(d.findings, [](const diagnose::Finding& f) {
    return diagnose::is_client_rule(f.rule) && f.outcome == diagnose::Outcome::kUnknown;
  });
}

void what_happened(const Evidence& evidence, Document& out) {
  const Case& c = *evidence.the_case;
  const diagnose::Verdict& verdict = evidence.diagnosis->verdict;
  out.heading("What happened");
  out.text("Since " + day_text(c.impact_since) + " our work with " + system_text(c) + " is not as it should be.");
  if (verdict.capped_by.empty() && diagnose::is_hit(evidence.diagnosis->findings, "R03")) {
    out.text("In our last tests it worked again.");
  }
  if (verdict.level == Level::kEstablished && is_vendors(verdict.side)) return established(c, *verdict.side, out);
  if (!verdict.capped_by.empty()) {
    out.text("What we know: some checks on our own side failed. We are fixing these first.");
    out.text("It is not proven that the cause is anywhere else. We will test again when our side is in order.");
    return;
  }
  if (verdict.level == Level::kNotProven) {
    out.text("What we know: something does not work. Not yet known: why.");
    out.text("The cause is not proven. It may be on our own side. Open points on our own side are being fixed first.");
    return;
  }
  if (has_open_check(*evidence.diagnosis)) {
    out.text("What we know: some checks of our own side are still open. Not yet known: the cause. It is not proven.");
  } else {
    out.text("What we know: no check of our own side failed. Not yet known: the cause. It is not proven.");
  }
  out.text("We are checking this now. We do not say who is at fault before we know.");
}

std::vector<Row> step_rows(const Case& c) {
  std::vector<Row> rows;
  for (const Case::Step& step : c.steps) rows.push_back({step.what, step.owner, step.timeline, step.status});
  return rows;
}

void action_required(const Case& c, Document& out) {
  out.heading("Action required");
  std::vector<std::string> open;
  for (const Case::Step& step : c.steps) {
    if (step.status != "done") open.push_back(step.owner + ": " + step.what + ", by " + step.timeline + ".");
  }
  if (open.empty()) {
    out.text("No step is open.");
  } else {
    out.list(std::move(open));
  }
}

void contact(const Case& c, Document& out) {
  out.heading("Contact");
  out.text(c.contact.name + (c.contact.role.empty() ? "" : ", " + c.contact.role) + ": " + c.contact.reach);
}

}  // namespace

Document partner_report(const Evidence& evidence) {
  if (evidence.the_case == nullptr) {
    Document out("Partner update: not written");
    out.note("This update is left out. It needs facts that only its owner knows, and none were given.");
    out.text(
        "Needed: an id, a title, the vendor, the system, who writes, to whom, and the date; since when it "
        "matters, and how; the next steps, each with owner, timeline and status; and a contact.");
    out.text("The command cvr case init writes a file to fill in. Then build the bundle again with it.");
    return out;
  }
  const Case& c = *evidence.the_case;
  Document out(c.title);
  std::string to;
  for (const std::string& one : c.to) to += (to.empty() ? "" : ", ") + one;
  out.table({"From", "To", "Date"}, {{c.from, to, day_text(c.date)}});
  out.heading("Summary");
  out.text("This is an update on " + (c.product.empty() ? "our work" : c.product) + " with " + system_text(c) + ".");
  if (!c.impact_lines.empty()) out.text(c.impact_lines.front());
  what_happened(evidence, out);
  out.heading("Impact");
  out.list(c.impact_lines);
  out.heading("What we tried");
  if (c.tried.empty()) {
    out.text("Nothing is noted here yet.");
  } else {
    std::vector<Row> rows;
    for (const Case::Tried& one : c.tried) rows.push_back({one.what, one.result});
    out.table({"What we did", "What came of it"}, std::move(rows));
  }
  action_required(c, out);
  out.heading("Next steps");
  out.table({"Step", "Owner", "Timeline", "Status"}, step_rows(c));
  contact(c, out);
  out.heading("About this update");
  out.text(
      "Detailed technical information is left out to keep this partner update focused and clear for its audience.");
  out.text("It is available to " + c.vendor + "'s support in the technical report: report/vendor.html.");
  return out;
}

}  // namespace cvr::bundle
