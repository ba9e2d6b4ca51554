#include "kit.h"

#include <algorithm>

#include "base/escape.h"
#include "http/codings.h"
#include "support/golden.h"

namespace cvr::importers {
namespace {

bool holds(const Losses& losses, std::string_view what) {
  return std::ranges::any_of(losses.all(), [&](const auto& loss) { return loss.what.starts_with(what); });
}

void tell_message(std::string& out, const http::Fields& fields, const std::string& body,
                  const std::optional<BodyDigest>& missing, const http::Fields& trailers) {
  for (const auto& field : fields) out += printable(field.name + ": " + field.value) + "\n";
  if (missing) out += "[" + missing->reason + ", " + std::to_string(missing->size) + " bytes]\n";
  // Compressed bytes are the compressor's.
  const auto codings = http::parse_codings(http::value_of(fields, "content-encoding"));
  const auto plain = http::decode_body(body, codings, 1u << 20);
  if (!body.empty()) out += "\n" + printable(plain ? *plain : body, true) + "\n";
  for (const auto& field : trailers) out += "[trailer] " + printable(field.name + ": " + field.value) + "\n";
}

void tell(std::string& out, const Interaction& one) {
  const Timing& t = one.timing;
  out += "=== " + one.request.method + " " + http::url_of(one.request) + " HTTP/1." +
         std::to_string(one.request.minor_version) + "\n";
  out += "[" + std::string(to_string(one.arrival)) + ", " + std::string(to_string(one.response_framing)) + ", at " +
         std::to_string(t.started_utc_us) + " +" + std::to_string(t.request_us) + " +" +
         std::to_string(t.first_byte_us) + " +" + std::to_string(t.finished_us) + "]\n";
  if (!one.step.empty()) out += "[step " + one.step + "]\n";
  for (const std::string& flag : one.flags) out += "[flag " + flag + "]\n";
  for (const Piece& piece : one.pieces) {
    out += "[piece " + std::to_string(piece.bytes) + " at " + std::to_string(piece.at_us) + "]\n";
  }
  tell_message(out, one.request.fields, one.request.body, one.request_over_limit, one.request.trailers);
  if (one.response) {
    out += "--- " + std::to_string(one.response->status) + " " + printable(one.response->reason) + " HTTP/1." +
           std::to_string(one.response->minor_version) + "\n";
    tell_message(out, one.response->fields, one.response->body, one.response_over_limit, one.response->trailers);
  }
  if (one.failure) out += "--- " + std::string(to_string(one.failure->kind)) + ": " + one.failure->detail + "\n";
}

}  // namespace

bool Read::lost(std::string_view what) const { return holds(losses, what); }
bool Here::lost(std::string_view what) const { return holds(losses, what); }

Read read(std::string_view format, std::string_view text, Source source) {
  Read out;
  source.text = text;
  const Format* chosen = find_format(format);
  if (chosen == nullptr) {
    const auto told = format_of(text);
    if (!told) {
      out.error = told.error();
      return out;
    }
    chosen = *told;
  }
  const auto take = [&](Interaction one) -> Result<void> {
    out.interactions.push_back(std::move(one));
    return {};
  };
  const auto done = chosen->read(source, take, out.losses);
  if (!done) out.error = done.error();
  return out;
}

std::string told(const Read& read) {
  std::string out;
  for (const Interaction& one : read.interactions) {
    tell(out, one);
    out += "\n";
  }
  for (const auto& loss : read.losses.all()) {
    out += std::to_string(loss.count) + "x " + loss.what;
    for (const std::string& where : loss.where) out += " | " + where;
    out += "\n";
  }
  if (read.error) out += "error: " + read.error->text + "\n";
  return out;
}

Read expect_golden(std::string_view format, const std::string& input, Source source) {
  const std::string path = std::string(CVR_SOURCE_DIR) + "/tests/golden/importers/" + input;
  std::string text = test::read_file(path);
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  const auto found = format_of(text);
  EXPECT_TRUE(found.has_value()) << input;
  if (found) {
    EXPECT_EQ((*found)->name, format) << input;
  }
  Read out = read(format, text, std::move(source));
  EXPECT_FALSE(out.error) << input << ": " << (out.error ? out.error->text : "");
  test::expect_golden("importers/" + input + ".txt", told(out));
  return out;
}

}  // namespace cvr::importers
