// Where a CA lives: DIR/ca.pem and DIR/ca.key (both 0600 in a directory 0700), and DIR/ca.lock,
// which keeps two processes from making or replacing it at once.  Private to proxy/certs.
//
// The key is written first: a ca.key without ca.pem is the trace of a run that was killed between
// the two, signs for nobody, and is replaced.  Errors: kEnvironment with the mend in the text.
#pragma once

#include <optional>
#include <string>

#include "certs/handles.h"
#include "os/private_file.h"

namespace cvr::certs {

struct Pair {
  X509Ptr root;
  KeyPtr key;
};

class Store {
 public:
  // Makes the directory when absent and takes the lock for as long as the store lives.  A CA on a
  // read-only file system is read without lock.
  static Result<Store> open(const std::string& dir);

  bool is_empty() const;
  Result<Pair> load() const;  // a pair that belongs together and keeps CONTRACT's promises
  Result<void> save(const Pair& pair);

  const std::string& dir() const { return dir_; }

 private:
  explicit Store(std::string dir) : dir_(std::move(dir)) {}
  std::string certificate_path() const { return dir_ + "/ca.pem"; }
  std::string key_path() const { return dir_ + "/ca.key"; }

  std::string dir_;
  std::optional<os::FileLock> lock_;
};

}  // namespace cvr::certs
