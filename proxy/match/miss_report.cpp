#include "base/escape.h"
#include "base/json_writer.h"
#include "cvr/matcher.h"

namespace cvr::match {

std::string to_json(const MissReport& report) {
  json::Writer w;
  w.begin_object();
  w.member("type", "urn:cvr:miss")
      .member("title", "No recorded interaction answers this request")
      .member("status", 502);
  w.member("detail", report.reason);
  w.key("asked").begin_object().member("method", report.method).member("url", report.url).end_object();
  w.key("nearest").begin_array();
  for (const Nearest& near : report.nearest) {
    w.begin_object().member("n", near.n).member("method", near.method).member("url", near.url);
    w.member("rule", near.difference.rule).member("asked", near.difference.asked);
    w.member("recorded", near.difference.recorded).end_object();
  }
  w.end_array();
  w.member("hint", report.hint);
  w.end_object();
  return w.take() + "\n";
}

std::string to_text(const MissReport& report) {
  std::string out =
      "miss: " + printable(report.method) + " " + printable(report.url) + "\n  " + printable(report.reason) + "\n";
  for (const Nearest& near : report.nearest) {
    out += "  nearest #" + std::to_string(near.n) + "  " + printable(near.method) + " " + printable(near.url) + "\n";
    out += "    " + near.difference.rule + " differs\n";
    out += "      asked     " + printable(near.difference.asked) + "\n";
    out += "      recorded  " + printable(near.difference.recorded) + "\n";
  }
  if (report.nearest.empty()) out += "  the cassette holds no interaction\n";
  out += "  " + printable(report.hint) + "\n";
  return out;
}

}  // namespace cvr::match
