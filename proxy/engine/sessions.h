// The sessions of one proxy: that of the command line's -c and those that proxy user names open
// (CONTRACT "Sessions").  Whoever asks first opens one; at its end it is ejected: sealed and summed up.
//
// Look-ups cost a shared lock and one of the name's own: a connection makes one when it begins, and
// another when its session has ended meanwhile, never one a request.
//
// Threads: all methods may be called from several shards.  A slow opening or sealing holds up those who
// ask for the same name, nobody else.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "engine/session.h"

namespace cvr::engine {

// Of the session without a user name, in the control API and in summaries: the only one, and the one beside those of
// user names, which is called as nobody can be.
inline constexpr std::string_view kDefaultSession = "default";
inline constexpr std::string_view kUnnamedSession = "-";

// [a-z0-9][a-z0-9._-]{0,99} (CONTRACT "Sessions", SAFETY T09): such a name is also that of a file.
bool is_session_name(std::string_view name);

// What somebody who names a session wants of it; what is left open is as for any new one.
struct Wish {
  std::optional<Mode> mode;
  std::string cassette;  // the name of one in the directory of cassettes; empty: the session's
};

// Opens what sessions are made of; knows files and options (app/session_files.h).
class SessionMaker {
 public:
  virtual ~SessionMaker() = default;
  // Errors: kRefused (policy), kUsage (the wish can not be), others: the cassette can not be opened.
  virtual Result<std::shared_ptr<Session>> open(const std::string& name, const Wish& wish) = 0;
  // What `session` needs for another mode.  The same errors.
  virtual Result<Setup> prepare(const Session& session, Mode mode) = 0;
  // Whether the wish names the cassette that `session` has.
  virtual bool agrees(const Session& session, const Wish& wish) const = 0;
};

// What stays of the recording of a session that ends.
enum class Keep : std::uint8_t { kAll, kNothing };

// A session that has ended, and whether its cassette could be sealed.
struct Ended {
  Summary summary;
  std::string cassette;
  Result<void> sealed;
};

struct SessionsOptions {
  bool by_user = false;                 // user names open sessions; else they mean nothing
  bool forwards = true;                 // there may be an upstream at all
  std::size_t most = 10'000;            // at once
  std::shared_ptr<SessionMaker> maker;  // null: nothing can be opened or switched
  // Of which the sessions share what is known; null: nothing is learned beside them.
  std::shared_ptr<const Redactor> redactor = nullptr;
};

class Sessions {
 public:
  Sessions(std::shared_ptr<Session> unnamed, SessionsOptions options);
  // One session for everybody, as `record` and `replay` have it.
  explicit Sessions(const std::shared_ptr<Session>& only);

  bool by_user() const { return options_.by_user; }
  // Whether there may be a session of that name: a user's, or that without.
  bool admits(std::string_view name) const { return is_session_name(name) || (by_user() && name == kUnnamedSession); }
  // False: nothing can be dialled, now or later.
  bool forwards() const { return options_.forwards; }
  // Of requests without a user name; may be null.
  const std::shared_ptr<Session>& unnamed() const { return unnamed_; }

  // The session of a sound name; opened when there is none.  kLimit: too many at once.
  Result<std::shared_ptr<Session>> get(const std::string& name, const Wish& wish = {});
  // The same, or the running one brought to what is wished.
  Result<std::shared_ptr<Session>> configure(const std::string& name, const Wish& wish);
  std::shared_ptr<Session> find(const std::string& name) const;         // null: there is none
  std::vector<std::shared_ptr<Session>> list(std::size_t limit) const;  // by name
  std::size_t size() const;

  // Seals and forgets it; the next request with its name begins anew.  kNotFound; kUsage for the
  // unnamed one, which ends with the proxy.  kNothing: its cassette becomes what it was before.
  Result<Ended> eject(const std::string& name, Keep keep = Keep::kAll);
  // Ends all that run.  Nothing may be under way any more.  With those that were ejected before, in
  // the order in which they ended.
  std::vector<Ended> close_all(const std::function<Keep(const Session&)>& keep = {});

  // What is on no session's record shows credentials too: they are secrets in all of them from now on.
  template <class Message>
  void learn(const Message& message) const {
    if (options_.redactor != nullptr) options_.redactor->learn(message);
  }

  // Counts of all sessions, those that have ended too; they never go down.
  Summary totals() const;

 private:
  struct Entry {
    std::mutex mutex;  // held while it is opened, switched or ended
    std::atomic<std::shared_ptr<Session>> session;
    bool gone = false;     // no longer in the map; under the mutex
    bool counted = false;  // stands in past_; under ended_mutex_
  };
  Result<std::shared_ptr<Entry>> entry_of(const std::string& name);
  std::shared_ptr<Entry> known(const std::string& name) const;
  Result<void> fill(Entry& entry, const std::string& name, const Wish& wish);
  void forget(const std::string& name, Entry& entry);
  Result<void> adjust(Session& session, const Wish& wish);
  Ended end(Entry& entry, Keep keep);
  std::vector<std::shared_ptr<Entry>> entries() const;

  const std::shared_ptr<Session> unnamed_;
  const SessionsOptions options_;
  mutable std::shared_mutex map_mutex_;  // guards the map; the innermost
  std::map<std::string, std::shared_ptr<Entry>, std::less<>> entries_;
  mutable std::mutex ended_mutex_;  // guards the two below and what is counted
  std::vector<Ended> ended_;        // ejected ones, without their reports; bounded
  Summary past_;                    // counts of all that have ended
};

}  // namespace cvr::engine
