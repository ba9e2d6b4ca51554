#include "sandbox/documents.h"

namespace cvr::sandbox {

std::uint64_t Documents::add(DocumentKind kind, std::string json) {
  auto& documents = documents_[static_cast<std::size_t>(kind)];
  if (documents.size() >= kMaxDocuments) documents.erase(documents.begin());
  documents.emplace(next_, std::move(json));
  return next_++;
}

std::string* Documents::find(DocumentKind kind, std::uint64_t number) {
  auto& documents = documents_[static_cast<std::size_t>(kind)];
  const auto found = documents.find(number);
  return found == documents.end() ? nullptr : &found->second;
}

}  // namespace cvr::sandbox
