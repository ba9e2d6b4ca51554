#include "redact/warnings.h"

#include <algorithm>
#include <utility>

#include "redact/ledger.h"

namespace cvr::redact {
namespace {

constexpr const char* kPlaces[] = {"an Authorization value", "a Basic user",
                                   "a Basic password",       "a cookie",
                                   "a credential header",    "a query credential",
                                   "a form credential",      "a JSON credential",
                                   "a form-data field",      "an XML or HTML credential",
                                   "a credential in text",   "a value given as a secret"};
static_assert(std::size(kPlaces) == kPlaceCount);

}  // namespace

void Warnings::note(Place place, std::size_t size) {
  auto& said = said_[static_cast<std::size_t>(place)];
  const bool large = size > kMaxLedgerValue;
  const auto bit = static_cast<std::uint16_t>(1u << (large ? 9 : std::min<std::size_t>(size, 8)));
  if ((said.load(std::memory_order_relaxed) & bit) != 0 || (said.fetch_or(bit) & bit) != 0) return;
  const std::string what = kPlaces[static_cast<std::size_t>(place)];
  add(what +
      (large      ? " over 64 KiB"
       : size < 8 ? " of " + std::to_string(size) + (size == 1 ? " character" : " characters")
                  : " that is an ordinary word") +
      ": replaced in its own place only");
}

void Warnings::note_full() {
  if (full_.exchange(true)) return;
  add("more different secrets than the ledger holds: from now on recordings leave out whatever could hold one");
}

void Warnings::add(std::string text) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(text));
}

std::vector<std::string> Warnings::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(waiting_, {});
}

}  // namespace cvr::redact
