#include "bundle/html.h"

#include <algorithm>

#include "base/base64.h"
#include "base/escape.h"
#include "bundle/digests.h"

namespace cvr::bundle {
namespace {

// A source of a policy (CSP level 3): the digest of an inline style or script.
std::string source_of(std::string_view text) { return "'sha256-" + base64_encode(*hex_decode(sha256_hex(text))) + "'"; }

// Codes, times and ids stay whole; only what has longer runs may break anywhere, so that every table fits its page.
bool is_whole(std::string_view cell) {
  constexpr std::size_t kLongestRun = 36;
  for (std::size_t begin = 0; begin < cell.size();) {
    const std::size_t end = std::min(cell.find_first_of(" \n\t", begin), cell.size());
    if (end - begin > kLongestRun) return false;
    begin = end + 1;
  }
  return true;
}

}  // namespace

const std::string_view kReportStyle = R"css(
:root{color-scheme:light dark;--line:#c8ccd2;--soft:#f2f4f7;--note:#fff6db;--ink:#16191d;--paper:#fff}
@media(prefers-color-scheme:dark){:root{--line:#3d444d;--soft:#1d232b;--note:#3a3113;--ink:#e6e9ed;--paper:#12161b}}
body{font:16px/1.5 system-ui,"DejaVu Sans",sans-serif;color:var(--ink);background:var(--paper);max-width:78rem;margin:2rem auto;padding:0 1.2rem;box-sizing:border-box}
h1{font-size:1.7rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid var(--line);padding-bottom:.2rem}
.wide{margin:.8rem 0}table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{border:1px solid var(--line);padding:.35rem .55rem;text-align:left;vertical-align:top;overflow-wrap:anywhere;min-width:2.2rem}
th,td.whole{overflow-wrap:normal}
th{background:var(--soft)}pre{background:var(--soft);padding:.7rem;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem}
.note{background:var(--note);border-left:4px solid #b58900;padding:.6rem .9rem}
@page{size:A4;margin:14mm 12mm}
@media print{:root{color-scheme:light;--line:#b5bac1;--soft:#f2f4f7;--note:#fff6db;--ink:#000;--paper:#fff}body{max-width:none;margin:0;padding:0;font-size:9pt}
table{font-size:7.5pt}th,td{padding:.15rem .25rem;min-width:0}pre{font-size:7pt}h2{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}}
)css";

std::string html_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : printable(text, true)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string html_cell(std::string_view text) {
  return (is_whole(text) ? "<td class=\"whole\">" : "<td>") + html_text(text) + "</td>";
}

std::string html_page(std::string_view title, std::string_view style, std::string_view body, std::string_view script) {
  std::string policy = "default-src 'none'; style-src " + source_of(style);
  if (!script.empty()) policy += "; script-src " + source_of(script);
  policy += "; base-uri 'none'; form-action 'none'";
  std::string out = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  out += "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">\n";
  out += "<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"referrer\" content=\"no-referrer\">\n";
  out += "<title>" + html_text(title) + "</title>\n<style>" + std::string(style) + "</style>\n</head>\n<body>\n";
  out.append(body);
  if (!script.empty()) out += "<script>" + std::string(script) + "</script>\n";
  return out + "</body>\n</html>\n";
}

}  // namespace cvr::bundle
