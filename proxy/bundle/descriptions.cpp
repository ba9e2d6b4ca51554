#include "bundle/descriptions.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "base/json_writer.h"
#include "bundle/digests.h"
#include "cvr/version.h"
#include "diagnose/times.h"

namespace cvr::bundle {
namespace {

constexpr std::string_view kLimits[] = {
    "The signature shows that the files are unaltered since export by the holder of the key, not that the traffic was "
    "honest.",
    "Credentials and personal data are pseudonyms under a key of this bundle alone; values can not be compared with "
    "other recordings.",
    "What case.toml says of the account is attested by its owner and not checked by the tool.",
    "Attachments are not checked by the tool.",
    "Only interactions that a finding, a comparison or a failure rests on are shown; the timeline and the hash chain "
    "have all.",
};

struct Counts {
  std::map<std::string, std::uint64_t> kinds, rules;
  std::uint64_t omitted = 0;

  void add(const RedactedText& text) {
    for (const Span& span : text.spans) {
      ++kinds[std::string(to_string(span.kind))];
      ++rules[span.rule];
    }
  }
  void add(const std::vector<RedactedField>& fields) {
    for (const RedactedField& field : fields) {
      add(field.name);
      add(field.value);
    }
  }
  void add(const RedactedBody& body) {
    add(body.content);
    omitted += body.omitted ? 1 : 0;
  }
  void add(const diagnose::Recording& recording) {
    for (const RedactedInteraction& one : recording.interactions) {
      add(one->request.path);
      add(one->request.query);
      add(one->request.fields);
      add(one->request.body);
      if (!one->response) continue;
      add(one->response->reason);
      add(one->response->fields);
      add(one->response->body);
    }
  }
};

Counts counts_of(const Evidence& evidence) {
  Counts out;
  out.add(*evidence.after);
  if (evidence.before != nullptr) out.add(*evidence.before);
  return out;
}

void write_counts(json::Writer& w, const Counts& counts) {
  const auto table = [&](std::string_view name, const std::map<std::string, std::uint64_t>& all) {
    w.key(name).begin_object();
    for (const auto& [key, count] : all) w.member(key, count);
    w.end_object();
  };
  w.begin_object();
  table("kinds", counts.kinds);
  table("rules", counts.rules);
  w.member("omitted_bodies", counts.omitted).end_object();
}

void write_case(json::Writer& w, const diagnose::Case* c) {
  w.key("case");
  if (c == nullptr) {
    w.null();
    return;
  }
  w.begin_object().member("id", c->id).member("title", c->title).member("vendor", c->vendor);
  w.member("environment", c->environment).member("from", c->from).member("date", c->date).key("to").begin_array();
  for (const std::string& one : c->to) w.value(one);
  w.end_array().end_object();
}

void write_window(json::Writer& w, const diagnose::Input& input) {
  w.begin_object().member("interactions", input.interactions).member("gaps", input.gaps);
  w.member("from", input.from_us ? diagnose::utc_text(*input.from_us) : std::string());
  w.member("to", input.to_us ? diagnose::utc_text(*input.to_us) : std::string()).end_object();
}

void write_claims(json::Writer& w, const diagnose::Verdict& verdict) {
  w.key("claims").begin_array();
  w.begin_object().member("claim", "the fault is outside the client").member("level", to_string(verdict.level));
  w.member("text", verdict.text).key("capped_by").begin_array();
  for (const std::string_view rule : verdict.capped_by) w.value(rule);
  w.end_array().end_object().end_array();
}

void write_numbers(json::Writer& w, std::string_view name, const std::vector<std::uint64_t>& numbers) {
  w.key(name).begin_array();
  for (const std::uint64_t n : numbers) w.value(n);
  w.end_array();
}

}  // namespace

std::string readme_text(const Evidence& e, const std::string& fingerprint) {
  const diagnose::Verdict& verdict = e.diagnosis->verdict;
  std::string out = "EVIDENCE BUNDLE " + e.id + "\n";
  if (e.the_case != nullptr) out += e.the_case->id + ": " + e.the_case->title + "\n";
  out += "made by " + std::string(kToolVersion) + " at " + diagnose::time_text(e.now_us) + "\n\n";
  out +=
      "WHAT THIS IS\n  A recording of calls to a service, what was found in it, and reports for their readers:\n"
      "    report/vendor.html     for the vendor's support desk (also .md)\n"
      "    report/partners.html   for business partners, in plain words (also .md)\n"
      "    report/developer.html  every rule, for developers\n"
      "    viewer.html            the interactions, in a browser, offline\n"
      "    interactions/          the same as text; interactions.har for HAR viewers\n"
      "    repro/                 a call again, by curl; credentials are placeholders\n"
      "    cassette/              the recording itself, to be replayed by cvr\n\n";
  out +=
      "VERIFY IN THREE COMMANDS (in the unpacked folder)\n"
      "  sha256sum -c SHA256SUMS\n"
      "  openssl pkeyutl -verify -rawin -pubin -inkey signer.ed25519.pub.pem -in SHA256SUMS -sigfile "
      "SHA256SUMS.ed25519\n"
      "  openssl dgst -sha256 -verify signer.p256.pub.pem -signature SHA256SUMS.p256 SHA256SUMS\n"
      "  Files that SHA256SUMS does not name (but itself and its two signatures) are not part of the bundle.\n"
      "  Or all at once: cvr bundle verify FILE.zip\n"
      "  Signer (compare by phone or ticket), SHA-256 of the Ed25519 key: " +
      fingerprint + "\n\n";
  out +=
      "WHAT WAS REMOVED\n"
      "  Credentials and personal data are replaced by pseudonyms of the same shape; redaction.json counts them.\n"
      "  The vendor's request ids are never redacted, so that the vendor can check.\n\n";
  out +=
      fmt::format("VERDICT\n  Is the fault outside the client? {}\n  {}\n\n", to_string(verdict.level), verdict.text);
  out += "WHAT THIS DOES NOT PROVE\n";
  for (const std::string_view limit : kLimits) out += "  - " + std::string(limit) + "\n";
  return out;
}

std::string manifest_json(const Evidence& e, const Cited& cited, const Members& members) {
  json::Writer w(1);
  w.begin_object().member("schema", "cvr.bundle/1").member("bundle_id", e.id).member("tool", kToolVersion);
  w.member("created", diagnose::utc_text(e.now_us));
  write_case(w, e.the_case);
  w.key("window").begin_object().key("after");
  write_window(w, e.diagnosis->after);
  w.key("before");
  if (e.diagnosis->before) {
    write_window(w, *e.diagnosis->before);
  } else {
    w.null();
  }
  w.end_object().key("sources").begin_array();
  for (const Source& source : e.sources) {
    w.begin_object().member("name", source.name).member("in", to_string(source.in));
    w.member("interactions", source.interactions).member("sha256", source.digest).end_object();
  }
  w.end_array().key("cited").begin_object();
  write_numbers(w, "after", cited.after);
  write_numbers(w, "before", cited.before);
  w.end_object();
  write_claims(w, e.diagnosis->verdict);
  w.key("limits").begin_array();
  for (const std::string_view limit : kLimits) w.value(limit);
  w.end_array().key("redaction");
  write_counts(w, counts_of(e));
  w.key("files").begin_array();
  for (const Member& one : members) {
    w.begin_object().member("path", one.path).member("bytes", static_cast<std::uint64_t>(one.bytes.size()));
    w.member("sha256", sha256_hex(one.bytes)).member("media_type", one.media_type).member("role", one.role);
    w.member("audience", one.audience).end_object();
  }
  w.end_array().end_object();
  return w.take() + "\n";
}

std::string environment_json(const Evidence& e) {
  std::set<std::string> hosts, environments, tls;
  bool insecure = false;
  std::int64_t most = 0;
  for (const diagnose::Call& call : e.diagnosis->facts->timeline()) {
    hosts.insert(call.parts->request.origin.host);
    if (!call.environment.empty()) environments.insert(call.environment);
    if (call.date_us && std::abs(*call.date_us - call.sent_us) > std::abs(most)) most = *call.date_us - call.sent_us;
    for (const std::string& flag : call.parts->flags) {
      if (flag.starts_with(kFlagTlsIssuer) || flag.starts_with(kFlagTlsVersion)) tls.insert(flag);
      insecure = insecure || flag == kFlagInsecureUpstream;
    }
  }
  json::Writer w(1);
  const auto list = [&](std::string_view name, const std::set<std::string>& all) {
    w.key(name).begin_array();
    for (const std::string& one : all) w.value(one);
    w.end_array();
  };
  w.begin_object().member("tool", kToolVersion).member("profile", e.profile->name);
  list("hosts", hosts);
  list("environments", environments);
  list("tls", tls);
  w.member("insecure_upstream", insecure).member("imported", e.diagnosis->facts->imported());
  w.member("clock_offset_ms", most / 1000).member("gaps", e.diagnosis->facts->gaps()).end_object();
  return w.take() + "\n";
}

std::string redaction_json(const Evidence& e) {
  json::Writer w(1);
  w.begin_object().member("schema", "cvr.redaction/1");
  w.member("note", "what stands for a secret or a person, counted by kind and by the rule that found it");
  w.key("counts");
  write_counts(w, counts_of(e));
  w.end_object();
  return w.take() + "\n";
}

}  // namespace cvr::bundle
