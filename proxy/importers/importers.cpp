// The table of import formats: one file in formats/ and one line here.
#include "cvr/importers.h"

#include "importers/formats.h"

namespace cvr::importers {

void Losses::add(std::string_view what, std::string where) {
  auto place = index_.find(what);
  if (place == index_.end()) {
    place = index_.emplace(what, all_.size()).first;
    all_.push_back({std::string(what), 0, {}});
  }
  Loss& loss = all_[place->second];
  ++loss.count;
  if (where.empty() || (!loss.where.empty() && loss.where.back() == where)) return;
  if (loss.where.size() < 3) loss.where.push_back(std::move(where));
}

const std::vector<Format>& formats() {
  static const std::vector<Format> table = {
      {"har", "HTTP Archive 1.2 of browsers, proxies and test tools",
       "pages, caches, addresses, priorities and other details of a browser; WebSocket messages; HTTP/2 as such",
       read_har},
      {"vcrpy", "cassettes of vcrpy (YAML or JSON)", "comments", read_vcrpy},
      {"vcr", "cassettes of VCR for Ruby (YAML or JSON)", "which adapter was used; settings of the cassette", read_vcr},
      {"mitmproxy", "flows of mitmproxy 10 and 11 (versions 20 and 21)",
       "flows that are no HTTP, WebSocket messages, certificates, addresses, comments and marks", read_mitmproxy},
      {"wiremock", "stub mappings of WireMock: a file, or their directory",
       "matchers that do not name one request, templates, proxying, priorities, states of scenarios", read_wiremock},
      {"hoverfly", "simulations of Hoverfly (schema 1 to 5)",
       "matchers that do not name one request, templates, states, global delays", read_hoverfly},
      {"nock", "fixtures of nock's recorder (JSON)", "options of the scope", read_nock},
      {"betamax", "cassettes of Betamax (JSON)", "which matchers were used", read_betamax},
      {"polly", "recordings of Polly.JS (HAR)", "as for har; expiry and ids of the recording", read_polly},
      {"jsonl", "JSON lines of cvr export", "which rule replaced what: the rules of this import hold", read_jsonl},
  };
  return table;
}

const Format* find_format(std::string_view name) {
  for (const Format& format : formats()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace cvr::importers
