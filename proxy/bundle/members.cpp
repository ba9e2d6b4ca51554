#include "bundle/members.h"

#include <fmt/format.h>

#include "bundle/attachments.h"
#include "bundle/descriptions.h"
#include "bundle/developer_report.h"
#include "bundle/document.h"
#include "bundle/markdown.h"
#include "bundle/partner_report.h"
#include "bundle/record_text.h"
#include "bundle/vendor_report.h"
#include "bundle/viewer.h"
#include "cassette/writer.h"
#include "cvr/exporters.h"
#include "cvr/version.h"
#include "diagnose/report_json.h"

namespace cvr::bundle {
namespace {

class FixedClock : public Clock {
 public:
  explicit FixedClock(std::int64_t now_us) : now_us_(now_us) {}
  std::int64_t utc_us() const override { return now_us_; }
  std::int64_t monotonic_us() const override { return now_us_; }

 private:
  std::int64_t now_us_;
};

class StringSink : public ByteSink {
 public:
  explicit StringSink(std::string& out) : out_(out) {}
  Result<void> append(std::string_view bytes) override {
    out_ += bytes;
    return {};
  }
  Result<void> truncate(std::uint64_t size) override {
    out_.resize(size);
    return {};
  }
  Result<void> sync() override { return {}; }
  std::uint64_t size() const override { return out_.size(); }

 private:
  std::string& out_;
};

class Maker {
 public:
  Maker(const Evidence& evidence, const Cited& cited) : e_(evidence), cited_(cited) {}

  void reports() {
    const Document vendor = vendor_report(e_), partners = partner_report(e_);
    add("report/vendor.html", to_html(vendor), "text/html", "report", "vendor");
    add("report/vendor.md", to_markdown(vendor), "text/markdown", "report", "vendor");
    add("report/partners.html", to_html(partners), "text/html", "report", "partners");
    add("report/partners.md", to_markdown(partners), "text/markdown", "report", "partners");
    add("report/developer.html", developer_html(e_), "text/html", "report", "developer");
    add("viewer.html", viewer_html(e_, cited_), "text/html", "viewer", "everyone");
    add("findings.json", diagnose::to_json(*e_.diagnosis), "application/json", "findings", "developer");
  }

  void record() {
    add("timeline.csv", timeline_csv(e_), "text/csv", "record", "vendor");
    add("chain.jsonl", chain_lines(*e_.after, cited_.after), "application/jsonl", "proof", "vendor");
    std::string har;
    const auto into = [](std::string& out) { return [&out](std::string_view more) { out += more; }; };
    const auto har_exporter = exporters::find_format("har")->make();
    const auto curl = exporters::find_format("curl")->make();
    har_exporter->begin(into(har));
    for (const std::uint64_t n : cited_.after) {
      const RedactedInteraction& one = e_.after->interactions[n - 1];
      add("interactions/" + number_text(n) + ".http", http_text(n, *one), "text/plain", "record", "vendor");
      har_exporter->add(n, one, into(har));
      std::string script;
      curl->begin(into(script));
      curl->add(n, one, into(script));
      add("repro/" + number_text(n) + ".curl.sh", std::move(script), "text/x-shellscript", "reproduction", "vendor");
    }
    har_exporter->end(into(har));
    add("interactions.har", std::move(har), "application/json", "record", "vendor");
  }

  void comparisons() {
    for (const diagnose::BeforeAfter& pair : e_.diagnosis->comparisons) {
      Document out(fmt::format("{}: before and after", pair.after->operation.name));
      out.text(fmt::format("Result: {}", to_string(pair.comparison.sameness)));
      std::vector<Row> rows;
      for (const auto& one : pair.comparison.differences) rows.push_back({one.place, one.before, one.after});
      if (!rows.empty()) out.table({"Place", "Before", "After"}, std::move(rows));
      out.heading("Before").code(http_text(pair.before->n, *pair.before->parts));
      out.heading("After").code(http_text(pair.after->n, *pair.after->parts));
      add("compare/" + number_text(pair.after->n) + ".md", to_markdown(out), "text/markdown", "comparison", "vendor");
    }
    if (!e_.diagnosis->comparisons.empty()) return;
    add("compare/none.md", "No failing call has an earlier success on record to compare with.\n", "text/markdown",
        "comparison", "vendor");
  }

  void rest() {
    add("environment.json", environment_json(e_), "application/json", "environment", "developer");
    add("redaction.json", redaction_json(e_), "application/json", "redaction", "everyone");
    for (const Attachment& one : e_.attachments) {
      add("attachments/" + one.name, one.bytes, media_type_of(one.name), "attachment", "vendor");
    }
  }

  Result<void> cassettes(const std::string& key) {
    auto after = cut_cassette(*e_.after, cited_.after, e_.now_us, key);
    if (!after) return std::unexpected(after.error());
    add("cassette/after.cvr", *std::move(after), "application/octet-stream", "cassette", "vendor");
    if (e_.before == nullptr) return {};
    auto before = cut_cassette(*e_.before, cited_.before, e_.now_us, key);
    if (!before) return std::unexpected(before.error());
    add("cassette/before.cvr", *std::move(before), "application/octet-stream", "cassette", "vendor");
    return {};
  }

  Members take() { return std::move(members_); }

 private:
  void add(std::string path, std::string bytes, std::string_view type, std::string_view role,
           std::string_view audience) {
    members_.push_back(
        {std::move(path), std::move(bytes), std::string(type), std::string(role), std::string(audience)});
  }

  const Evidence& e_;
  const Cited& cited_;
  Members members_;
};

}  // namespace

Result<std::string> cut_cassette(const diagnose::Recording& recording, const std::vector<std::uint64_t>& numbers,
                                 std::int64_t now_us, const std::string& key) {
  std::string out;
  const FixedClock clock(now_us);
  cassette::WriterOptions options;
  options.header = {.version = 1, .tool = kToolVersion, .created_utc_us = now_us, .key_fingerprint = key};
  options.clock = &clock;
  auto writer = cassette::make_writer(std::make_unique<StringSink>(out), {}, options, "the bundle's cassette");
  if (!writer) return std::unexpected(writer.error());
  for (const std::uint64_t n : numbers) {
    if (auto done = (*writer)->append(recording.interactions[n - 1]); !done) return std::unexpected(done.error());
  }
  for (const cassette::Refusal& refusal : recording.refusals) {
    if (auto done = (*writer)->append(refusal); !done) return std::unexpected(done.error());
  }
  if (auto done = (*writer)->seal(); !done) return std::unexpected(done.error());
  return out;
}

Result<Members> make_members(const Evidence& evidence, const Cited& cited, const std::string& key) {
  Maker maker(evidence, cited);
  maker.reports();
  maker.record();
  maker.comparisons();
  maker.rest();
  if (auto done = maker.cassettes(key); !done) return std::unexpected(done.error());
  return maker.take();
}

}  // namespace cvr::bundle
