// What clients store and read back as it was: webhook settings and leads.  At most kMaxDocuments of
// a kind, the oldest goes; each is the text of a JSON object.  Gone with the weekly rebuild like
// everything else.  One thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

namespace cvr::sandbox {

inline constexpr std::size_t kMaxDocuments = 200;
inline constexpr std::size_t kMaxDocument = 16 * 1024;  // bytes; endpoints refuse larger ones

enum class DocumentKind : std::uint8_t { kWebhook, kLead };

class Documents {
 public:
  explicit Documents(std::uint64_t first_number) : next_(first_number) {}

  std::uint64_t add(DocumentKind kind, std::string json);
  std::string* find(DocumentKind kind, std::uint64_t number);  // nullptr: none
  const std::map<std::uint64_t, std::string>& all(DocumentKind kind) const {
    return documents_[static_cast<std::size_t>(kind)];
  }

 private:
  std::uint64_t next_;
  std::array<std::map<std::uint64_t, std::string>, 2> documents_;
};

}  // namespace cvr::sandbox
