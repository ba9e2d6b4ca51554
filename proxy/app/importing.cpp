#include "app/importing.h"

#include <algorithm>
#include <filesystem>

#include "base/escape.h"
#include "os/file.h"

namespace cvr::app {
namespace {

constexpr std::uint64_t kMostRatio = 32;  // of what bodies decompress to and their file; see bomb_body
constexpr std::string_view kNotInFile = "omitted: not in the imported file";

// Then it is among the losses already.
bool by_importer(std::string_view reason) {
  return reason == kNotInFile || reason == "omitted: the imported file decompresses to too much";
}

// Errors name the file.  Answers which format it was.
Result<const importers::Format*> read_file(const ImportFile& file, const importers::Format* format,
                                           const std::optional<http::Origin>& origin, const importers::Taker& take,
                                           importers::Losses& losses) {
  const auto failed = [&](const Error& error) { return fail(error.code, printable(file.name()) + ": " + error.text); };
  if (format == nullptr) {
    const auto told = importers::format_of(file.text());
    if (!told) return failed(told.error());
    format = *told;
  }
  losses.unpackable += kMostRatio * file.text().size();
  const importers::Source source = {file.text(), origin, [&file](std::string_view name) { return file.body(name); }};
  if (auto done = format->read(source, take, losses); !done) return failed(done.error());
  return format;
}

}  // namespace

Import::Import(std::string path, Draft draft, std::shared_ptr<const Redactor> redactor,
               std::unique_ptr<engine::Recorder> recorder)
    : path_(std::move(path)),
      draft_(std::move(draft.path)),
      replaced_(std::move(draft.replaced)),
      redactor_(std::move(redactor)),
      recorder_(std::move(recorder)) {}

Import::~Import() {
  recorder_.reset();
  std::error_code ignored;
  if (!draft_.empty()) std::filesystem::remove(draft_, ignored);
}

Result<std::unique_ptr<Import>> Import::begin(const Target& target, cassette::Header header,
                                              std::shared_ptr<const Redactor> redactor, match::MatchRules rules) {
  auto draft = open_draft(target, std::move(header));
  if (!draft) return std::unexpected(draft.error());
  auto recorder = std::make_unique<engine::Recorder>(redactor, std::move(rules), std::move(draft->writer));
  return std::unique_ptr<Import>(new Import(target.path, std::move(*draft), std::move(redactor), std::move(recorder)));
}

Result<void> Import::learn(const ImportFile& file, const importers::Format* format,
                           const std::optional<http::Origin>& origin) const {
  const auto take = [&](const Interaction& interaction) -> Result<void> {
    redactor_->redact(interaction);
    return {};
  };
  importers::Losses ignored;
  const auto read = read_file(file, format, origin, take, ignored);
  return read ? Result<void>() : std::unexpected(read.error());
}

Result<Imported> Import::add(const ImportFile& file, const importers::Format* format,
                             const std::optional<http::Origin>& origin,
                             const std::function<void(std::uint64_t)>& progress) {
  Imported out;
  std::optional<Error> own;  // of the cassette, which has its name in it
  const auto take = [&](const Interaction& interaction) -> Result<void> {
    const auto number = recorder_->record(interaction);
    if (!number) {
      own = number.error();
      return std::unexpected(number.error());
    }
    ++out.interactions;
    progress(*number);
    return {};
  };
  const auto read = read_file(file, format, origin, take, out.losses);
  if (!read) return std::unexpected(own ? *own : read.error());
  out.format = (*read)->name;
  return out;
}

void Import::count_left_out(const RedactedParts& parts) {
  for (const RedactedBody* body : {&parts.request.body, parts.response ? &parts.response->body : nullptr}) {
    if (body != nullptr && body->omitted && !by_importer(*body->omitted)) ++left_out_[*body->omitted];
  }
}

Result<void> Import::check_seal() {
  const auto reader = cassette::Reader::open(draft_);
  if (!reader) return std::unexpected(reader.error());
  for (std::uint64_t i = 0; i < (*reader)->size(); ++i) {
    const auto interaction = (*reader)->interaction(i);
    if (!interaction) return std::unexpected(interaction.error());
    count_left_out(**interaction);
    // Patterns looked when it was redacted, where its Spans tell a pseudonym from a token.
    const auto leaks = redactor_->leaks(**interaction);
    const auto leak = std::ranges::find_if(leaks, &Leak::known);
    if (leak != leaks.end()) {
      return fail(ErrorCode::kRefused, "nothing was imported: #" + std::to_string(i + 1) + ", " +
                                           printable(leak->place) + " holds " + leak->what);
    }
  }
  return {};
}

Result<void> Import::finish() {
  if (auto closed = recorder_->close(); !closed) {
    if (closed.error().code != ErrorCode::kDamaged) return closed;
    return fail(ErrorCode::kRefused, "nothing was imported: " + closed.error().text);
  }
  if (auto sound = check_seal(); !sound) return sound;
  std::error_code error;
  std::filesystem::rename(draft_, path_, error);
  if (error) return fail(ErrorCode::kEnvironment, "can not write to " + printable(path_) + ": " + error.message());
  draft_.clear();
  return {};
}

}  // namespace cvr::app
