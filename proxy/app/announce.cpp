#include "app/announce.h"

#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "app/run_file.h"
#include "base/json_writer.h"
#include "os/file.h"
#include "os/process.h"

namespace cvr::app {
namespace {

std::string ready_json(const RunOptions& options, const Proxy& proxy, const RunFiles& files) {
  json::Writer w;
  w.begin_object().member("pid", os::process_id());
  w.member("address", proxy.address().address).member("port", static_cast<int>(proxy.address().port));
  w.member("proxy", "http://" + to_string(proxy.address()));
  if (const auto reverse = proxy.reverse_address()) w.member("reverse", "http://" + to_string(*reverse));
  w.member("ca", files.ca).member("bundle", files.bundle);
  w.member("control", control_url("http://" + to_string(proxy.address()))).member("token", options.proxy.control_token);
  if (const auto control = proxy.control_address()) w.member("control_listen", "http://" + to_string(*control) + "/");
  if (const auto& path = options.proxy.control_socket; !path.empty()) w.member("control_socket", path);
  w.key("hosts").begin_array();
  for (const std::string& host : options.proxy.hosts) w.value(host);
  w.end_array().end_object();
  return w.take() + "\n";
}

std::string ready_text(const RunOptions& options, const Proxy& proxy) {
  const std::string url = "http://" + to_string(proxy.address());
  std::string text = "cvr listens on " + url;
  if (const auto reverse = proxy.reverse_address())
    text += ", reverse for " + to_string(options.proxy.reverse->upstream) + " on http://" + to_string(*reverse);
  if (options.by_user) {
    text += "\nsessions by proxy user name: http://NAME@" + to_string(proxy.address()) + " is " + options.directory +
            "/NAME.cvr, mode " + std::string(to_string(options.mode));
  }
  text += "\nhosts in scope:";
  for (const std::string& host : options.proxy.hosts) text += " " + host;
  // Without a cassette of its own, a request that names no session is refused.
  const bool needs_name = options.by_user && options.cassettes.empty() && options.mode != engine::Mode::kPassthrough;
  return text + "\nin another shell:  eval \"$(cvr env" + (needs_name ? " --session NAME" : "") +
         ")\"      end with Ctrl-C\n";
}

}  // namespace

Announcement::Announcement(Announcement&& other) noexcept
    : directory_(std::move(other.directory_)), files_(std::move(other.files_)), text_(std::move(other.text_)) {
  other.directory_.clear();
}

Announcement::~Announcement() {
  if (directory_.empty()) return;
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
  std::filesystem::remove(directory_ + ".json", ignored);
}

Result<Announcement> Announcement::make(const RunOptions& options, const Built& built, const Proxy& proxy) {
  Announcement out;
  const std::string run = built.home.directory + "/run";
  remove_left_behind(built.home);
  out.directory_ = run + "/" + std::to_string(os::process_id());
  if (auto made = os::make_private_directory(out.directory_); !made) return std::unexpected(made.error());
  auto files = write_run_files(out.directory_, built.authority->certificate_pem(), os::current_environment());
  if (!files) return std::unexpected(files.error());
  out.files_ = std::move(*files);
  out.text_ = ready_text(options, proxy);
  const std::string ready = ready_json(options, proxy, out.files_);
  if (auto written = os::write_file_atomically(out.directory_ + ".json", ready); !written)
    return std::unexpected(written.error());
  if (!options.port_file.empty()) {
    const std::string port = std::to_string(proxy.address().port) + "\n";
    if (auto written = os::write_file_atomically(options.port_file, port, 0644); !written)
      return std::unexpected(written.error());
  }
  if (options.ready_fd >= 0 && ::write(options.ready_fd, ready.data(), ready.size()) < 0) {
    return fail(ErrorCode::kEnvironment, "--ready-fd " + std::to_string(options.ready_fd) + " can not be written");
  }
  return out;
}

}  // namespace cvr::app
