// What a bundle is made of, as values: recordings under a key of the bundle's own (Rekeyer), what diagnosis says of
// them, what the owner attests, and the bytes of attachments.  Everything pointed to must outlive the evidence.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cvr/interaction.h"
#include "diagnose/case_file.h"
#include "diagnose/diagnosis.h"
#include "profiles/profile.h"

namespace cvr::bundle {

// One file of the bundle.
struct Member {
  std::string path;
  std::string bytes;
  std::string media_type;
  std::string role;      // report, record, proof, attachment, reproduction ...
  std::string audience;  // vendor, partners, developer, everyone
};
using Members = std::vector<Member>;

// A file of the owner's, made harmless (attachments.h).
struct Attachment {
  std::string name;  // in attachments/
  std::string bytes;
  std::string caption;  // of case.toml; may be empty
  std::string what;     // "picture, 800 x 600, made anew from its pixels", "text", "not looked into"
  bool is_text = false;
};

// A cassette that went in.
struct Source {
  std::string name;  // the file's own, no path
  diagnose::In in = diagnose::In::kAfter;
  std::uint64_t interactions = 0;
  std::string digest;  // SHA-256 of the file
};

struct Evidence {
  const diagnose::Recording* after = nullptr;
  const diagnose::Recording* before = nullptr;
  const diagnose::Diagnosis* diagnosis = nullptr;
  const profiles::Profile* profile = nullptr;
  const diagnose::Case* the_case = nullptr;  // null: none was given
  std::vector<Source> sources;
  std::vector<Attachment> attachments;
  std::int64_t now_us = 0;
  std::string id;  // of the bundle
};

// The numbers (of `cvr ls`, sorted) of the interactions that are shown: what findings, comparisons and change points
// rest on, the controls, and failing calls.
struct Cited {
  std::vector<std::uint64_t> after, before;
};
inline constexpr std::size_t kMostCited = 200;  // of the after recording
Cited cited(const Evidence& evidence);

// "0007"; four digits at least.
std::string number_text(std::uint64_t n);

// What an answer is in a word: "403", "connect" (a failure), "no answer".
std::string status_text(const diagnose::Call& call);
// The vendor's own id of the exchange, from the answer; empty: none.  Never redacted.
std::string request_id(const RedactedParts& parts);
// The method and the path with its query.
std::string endpoint_text(const RedactedParts& parts);

}  // namespace cvr::bundle
