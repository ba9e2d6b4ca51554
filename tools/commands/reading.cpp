#include "commands/reading.h"

#include <cstdio>

#include "app/build.h"
#include "app/home.h"

namespace cvr::commands {

Result<Opened> open_for_reading(const std::string& path) {
  Opened out;
  auto reader = cassette::Reader::open(path);
  if (!reader) return std::unexpected(reader.error());
  out.reader = std::move(*reader);
  if (out.reader->health() == cassette::Health::kTorn) {
    std::fprintf(stderr, "cvr: warning: %s: %s (cvr repair %s cuts it)\n", path.c_str(), out.reader->damage().c_str(), path.c_str());
  } else if (out.reader->health() == cassette::Health::kDamaged) {
    std::fprintf(stderr, "cvr: warning: %s is damaged: %s; what stands before is shown (see: cvr repair %s)\n", path.c_str(),
                 out.reader->damage().c_str(), path.c_str());
    out.status = 1;
  }
  return out;
}

Result<int> for_each(const Opened& opened, const std::function<void(std::uint64_t, const RedactedInteraction&)>& visit) {
  int status = opened.status;
  for (std::uint64_t i = 0; i < opened.reader->size(); ++i) {
    const auto interaction = opened.reader->interaction(i);
    if (interaction) {
      visit(i + 1, *interaction);
    } else {
      std::fprintf(stderr, "cvr: warning: #%llu can not be read: %s\n", static_cast<unsigned long long>(i + 1), interaction.error().text.c_str());
      status = 1;
    }
  }
  return status;
}

Result<std::uint64_t> parse_number(const std::string& text, std::uint64_t size) {
  std::uint64_t n = 0;
  if (!text.empty() && text.size() < 19 && text.find_first_not_of("0123456789") == std::string::npos) n = std::stoull(text);
  if (n >= 1 && n <= size) return n;
  return fail(ErrorCode::kUsage, "there is no interaction " + text + "; the cassette holds 1 to " + std::to_string(size));
}

Result<std::shared_ptr<const Redactor>> reading_redactor(const std::vector<std::string>& secrets_files) {
  auto home = app::open_home();
  if (!home) return std::unexpected(home.error());
  return app::build_redactor(*home, secrets_files, 64u << 20);
}

}  // namespace cvr::commands
