#include "probe/watch.h"

#include "probe/schedule.h"

namespace cvr::probe {

bool watch(const Task& task, const WatchOptions& options, World& world, const std::function<void(const Round&)>& tell) {
  const Task reading{task.plan, task.credentials, task.vendor, {.write = false}};
  Schedule schedule(options.interval_s, options.seed);
  Recoveries recoveries(reading, options.before);
  Report before;
  for (std::uint64_t number = 1;; ++number) {
    Report now = run(reading, world);
    Round round{number, now, {}, 0, recoveries.look(now)};
    if (number > 1) round.changes = changes_between(before, now);
    if (round.recovery.back || now.ended) {
      tell(round);
      return round.recovery.back;
    }
    round.next_ms = schedule.next_ms(now);
    tell(round);
    if (!world.wait_ms(round.next_ms)) return false;
    before = std::move(now);
  }
}

}  // namespace cvr::probe
