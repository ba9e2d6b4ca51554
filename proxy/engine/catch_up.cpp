#include "engine/catch_up.h"

#include <algorithm>
#include <vector>

namespace cvr::engine {

void catch_up(const Player& before, Player& fresh, const cassette::Reader& cassette) {
  const std::uint64_t size = std::min(before.size(), cassette.size());
  if (before.unused() == before.size()) return;
  std::vector<bool> is_unused(size, false);
  for (const Player::Unused& unused : before.list_unused(size)) is_unused[unused.n - 1] = true;
  for (std::uint64_t i = 0; i < size; ++i) {
    if (is_unused[i]) continue;
    if (const auto played = cassette.interaction(i)) static_cast<void>(fresh.answer((*played)->request, nullptr));
  }
}

}  // namespace cvr::engine
