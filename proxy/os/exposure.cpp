#include "os/exposure.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace cvr::os {

void forbid_dumps() {
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

void hide_userinfo(int argc, char** argv) {
  constexpr std::string_view kOption = "--upstream-proxy";
  bool of_proxy = false;  // the word before was the option
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const std::size_t scheme = word.find("://");
    const std::size_t at = word.rfind('@');
    std::size_t begin = scheme == word.npos ? word.npos : scheme + 3;
    if (begin == word.npos && of_proxy) begin = 0;
    if (begin == word.npos && word.starts_with(kOption)) begin = std::min(kOption.size() + 1, word.size());
    of_proxy = word == kOption;
    if (at == word.npos || begin > at) continue;
    for (std::size_t k = begin; k < at; ++k) argv[i][k] = '.';
  }
}

void hide_words_of_child(int argc, char** argv) {
  char** const end = argv + argc;
  char** word = std::find(argv, end, std::string_view("--"));
  for (word += std::min<std::ptrdiff_t>(2, end - word); word < end; ++word) std::memset(*word, '.', std::strlen(*word));
}

void hide_environment() {
  // Never destroyed: what runs at exit may still ask for a variable.
  static auto& values = *new std::vector<std::string>;
  static auto& pointers = *new std::vector<char*>;
  if (!pointers.empty()) return;
  for (char** entry = environ; *entry != nullptr; ++entry) values.emplace_back(*entry);
  for (std::string& value : values) pointers.push_back(value.data());
  pointers.push_back(nullptr);
  for (char** entry = environ; *entry != nullptr; ++entry) std::memset(*entry, 0, std::strlen(*entry));
  environ = pointers.data();
}

}  // namespace cvr::os
