// Texts with labelled secrets and labelled things that only look like ones, made at run time from the
// test's seed: no secret-shaped text stands in the sources.  Every kind stands in several places: JSON
// values, logs, HTML, queries, forms.
#pragma once

#include <string>
#include <vector>

namespace cvr::redact {

struct Sample {
  std::string kind;   // "github", "base62-32", "uuid", ...
  std::string text;   // with the value in it
  std::string value;  // what must go (a secret) or stay (no secret), as it stands in `text`
  bool secret = false;
};

// `rounds`: how often each kind is drawn for each of its places.
std::vector<Sample> make_corpus(int rounds);

}  // namespace cvr::redact
