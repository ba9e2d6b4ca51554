#include "commands/redact_changes.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace cvr::commands {
namespace {

class Comparer {
 public:
  std::vector<Change> run(const RedactedParts& a, const RedactedParts& b) {
    text("path", a.request.path, b.request.path);
    text("query", a.request.query, b.request.query);
    message("request", a.request, b.request);
    if (a.response && b.response) {
      text("response reason", a.response->reason, b.response->reason);
      message("response", *a.response, *b.response);
    }
    // Facts without Spans of their own.
    const auto plain = [&](const char* place, const std::string& x, const std::string& y) {
      if (x != y) ++counts_[{place, "ledger", ""}];
    };
    plain("method", a.request.method, b.request.method);
    plain("host", a.request.origin.host, b.request.origin.host);
    plain("step", a.step, b.step);
    if (a.failure && b.failure) plain("failure", a.failure->detail, b.failure->detail);
    std::vector<Change> out;
    for (const auto& [key, count] : counts_) {
      out.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), count});
    }
    return out;
  }

 private:
  using Seen = std::map<std::tuple<Kind, std::string, std::string>, std::int64_t>;

  static Seen seen(const RedactedText& text) {
    Seen out;
    for (const Span& span : text.spans) ++out[{span.kind, span.rule, text.text.substr(span.begin, span.size)}];
    return out;
  }

  void text(const std::string& place, const RedactedText& before, const RedactedText& after) {
    if (before == after) return;
    Seen old = seen(before);
    bool any = false;
    for (const auto& [what, count] : seen(after)) {
      const std::int64_t more = count - old[what];
      if (more <= 0) continue;
      counts_[{place, std::get<1>(what), std::string(to_string(std::get<0>(what)))}] +=
          static_cast<std::uint64_t>(more);
      any = true;
    }
    if (!any) ++counts_[{place, "removed", ""}];
  }

  template <class Message>
  void message(const std::string& which, const Message& a, const Message& b) {
    const auto fields = [&](const auto& x, const auto& y, const std::string& what) {
      for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
        text(which + what + " " + std::to_string(i + 1) + " (its name)", x[i].name, y[i].name);
        text(which + what + " " + y[i].name.text, x[i].value, y[i].value);
      }
    };
    fields(a.fields, b.fields, " header");
    fields(a.trailers, b.trailers, " trailer");
    if (b.body.omitted && !a.body.omitted) {
      ++counts_[{which + " body", *b.body.omitted, ""}];
    } else {
      text(which + " body", a.body.content, b.body.content);
    }
  }

  std::map<std::tuple<std::string, std::string, std::string>, std::uint64_t> counts_;
};

http::Fields fields_of(const std::vector<RedactedField>& fields) {
  http::Fields out;
  for (const RedactedField& field : fields) {
    // The stored body is decoded, and of another length.
    if (http::equals_ignoring_case(field.name.text, "content-encoding")) continue;
    out.push_back({field.name.text, field.value.text});
  }
  return out;
}

}  // namespace

std::vector<Change> changes_between(const RedactedParts& before, const RedactedParts& after) {
  return Comparer().run(before, after);
}

http::Request as_sent(const RedactedRequest& request) {
  http::Request out;
  out.method = request.method;
  out.origin = request.origin;
  out.path = request.path.text;
  out.query = request.query.text;
  out.has_query = request.has_query;
  out.minor_version = request.minor_version;
  out.fields = fields_of(request.fields);
  out.trailers = fields_of(request.trailers);
  out.body = request.body.content.text;
  return out;
}

}  // namespace cvr::commands
