#include "bundle/attachments.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/escape.h"
#include "bundle/image.h"
#include "exporters/common.h"

namespace cvr::bundle {
namespace {

std::string ending_of(std::string_view file) {
  const std::size_t dot = file.rfind('.');
  std::string out(dot == file.npos ? std::string_view() : file.substr(dot + 1));
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

bool is_text_ending(std::string_view ending) {
  constexpr std::string_view kTexts[] = {"txt", "md", "log", "csv", "json", "toml", "yaml", "yml", "eml", ""};
  return std::ranges::find(kTexts, ending) != std::end(kTexts);
}

std::unexpected<Error> refused(const std::string& file, const std::string& why) {
  return fail(ErrorCode::kUsage, "--attach " + printable(file) + ": " + why);
}

Result<Attachment> picture(const std::string& file, Result<Image> image) {
  if (!image) return refused(file, image.error().text);
  return Attachment{attachment_name(file),
                    std::move(image->bytes),
                    {},
                    fmt::format("picture, {} x {}, made anew from its pixels", image->width, image->height),
                    false};
}

}  // namespace

std::string attachment_name(std::string_view file) {
  std::string out(shortened(file, 100));
  for (char& c : out) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      std::string_view("._-").contains(c);
    if (!fits) c = '_';
  }
  if (out.empty() || out.front() == '.') out.insert(0, 1, '_');
  return out;
}

std::string distinct_name(const std::string& name, const std::vector<Attachment>& others) {
  const auto taken = [&](const std::string& one) {
    return std::ranges::any_of(others, [&](const Attachment& other) { return other.name == one; });
  };
  const std::size_t dot = std::min(name.rfind('.'), name.size());
  std::string out = name;
  for (std::size_t i = 2; taken(out); ++i) out = fmt::format("{}-{}{}", name.substr(0, dot), i, name.substr(dot));
  return out;
}

std::string_view media_type_of(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {"png", "image/png"},         {"jpg", "image/jpeg"},        {"jpeg", "image/jpeg"},
      {"txt", "text/plain"},        {"log", "text/plain"},        {"md", "text/markdown"},
      {"csv", "text/csv"},          {"json", "application/json"}, {"toml", "application/toml"},
      {"yaml", "application/yaml"}, {"yml", "application/yaml"},  {"eml", "message/rfc822"},
      {"pdf", "application/pdf"}};
  const std::string ending = ending_of(name);
  const auto* found = std::ranges::find(kTypes, ending, [](const auto& type) { return type.first; });
  return found == std::end(kTypes) ? "application/octet-stream" : found->second;
}

Result<Attachment> make_attachment(const std::string& file, std::string_view bytes, bool unchecked) {
  if (bytes.size() > kLargestAttachment)
    return fail(ErrorCode::kLimit, "--attach " + printable(file) + ": over 16 MiB");
  const std::string ending = ending_of(file);
  const bool jpeg_name = ending == "jpg" || ending == "jpeg";
  if (is_png(bytes)) {
    if (ending != "png") return refused(file, "it is a PNG picture, which its name does not say; name it .png");
    return picture(file, png_again(bytes));
  }
  if (is_jpeg(bytes)) {
    if (!jpeg_name) return refused(file, "it is a JPEG picture, which its name does not say; name it .jpg");
    return picture(file, jpeg_again(bytes));
  }
  if (ending == "png" || jpeg_name) return refused(file, "it is not the picture that its name says");
  if (exporters::is_text(bytes) && is_text_ending(ending)) {
    return Attachment{attachment_name(file), std::string(bytes), {}, "text, searched for known secrets", true};
  }
  if (unchecked) return Attachment{attachment_name(file), std::string(bytes), {}, "not looked into", false};
  const std::string why =
      is_text_ending(ending) ? "it is not the text that its name says" : "only PNG, JPEG and text are looked into";
  return refused(file, why + "; --attach-unchecked takes it as it is");
}

}  // namespace cvr::bundle
