// Telling the world that a proxy listens: --port-file, --ready-fd, $CVR_HOME/run/PID.json, and the
// private run directory with the trust bundle for children.  Removed again when it ends.
#pragma once

#include <string>

#include "app/build.h"
#include "app/child_environment.h"
#include "app/run_options.h"
#include "cvr/proxy.h"

namespace cvr::app {

class Announcement {
 public:
  static Result<Announcement> make(const RunOptions& options, const Built& built, const Proxy& proxy);
  Announcement(Announcement&& other) noexcept;
  Announcement& operator=(Announcement&&) = delete;
  ~Announcement();  // removes what it wrote to $CVR_HOME/run

  const RunFiles& files() const { return files_; }
  const std::string& text() const { return text_; }  // for the terminal: addresses and what to type

 private:
  Announcement() = default;
  std::string directory_;  // $CVR_HOME/run/PID
  RunFiles files_;
  std::string text_;
};

}  // namespace cvr::app
