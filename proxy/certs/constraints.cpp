#include "certs/constraints.h"

#include <algorithm>

namespace cvr::certs {
namespace {

using Subtrees = STACK_OF(GENERAL_SUBTREE);

// An address range is address and mask: all of them is all zeros, twice 4 or twice 16 bytes.
constexpr int kWholeIpv4 = 8;
constexpr int kWholeIpv6 = 32;

// Appends one subtree with base `type`, whose value is `bytes`.
bool push(Subtrees* subtrees, int type, const void* bytes, int size) {
  SubtreePtr subtree(GENERAL_SUBTREE_new());
  ASN1_STRING* value = type == GEN_DNS ? ASN1_IA5STRING_new() : ASN1_OCTET_STRING_new();
  if (!subtree || value == nullptr) {
    ASN1_STRING_free(value);
    return false;
  }
  GENERAL_NAME_set0_value(subtree->base, type, value);  // owns the value from here on
  if (ASN1_STRING_set(value, bytes, size) != 1) return false;
  if (sk_GENERAL_SUBTREE_push(subtrees, subtree.get()) <= 0) return false;
  static_cast<void>(subtree.release());
  return true;
}

bool holds_whole_range(const Subtrees* subtrees, int size) {
  for (int i = 0; i < sk_GENERAL_SUBTREE_num(subtrees); ++i) {
    const GENERAL_NAME* base = sk_GENERAL_SUBTREE_value(subtrees, i)->base;
    if (base->type != GEN_IPADD || ASN1_STRING_length(base->d.iPAddress) != size) continue;
    const unsigned char* bytes = ASN1_STRING_get0_data(base->d.iPAddress);
    if (std::all_of(bytes, bytes + size, [](unsigned char byte) { return byte == 0; })) return true;
  }
  return false;
}

}  // namespace

bool add_constraints(X509* root, const std::vector<std::string>& domains) {
  ConstraintsPtr constraints(NAME_CONSTRAINTS_new());
  if (!constraints) return false;
  constraints->permittedSubtrees = sk_GENERAL_SUBTREE_new_null();
  constraints->excludedSubtrees = sk_GENERAL_SUBTREE_new_null();
  if (constraints->permittedSubtrees == nullptr || constraints->excludedSubtrees == nullptr) return false;
  for (const auto& domain : domains) {
    if (!push(constraints->permittedSubtrees, GEN_DNS, domain.data(), static_cast<int>(domain.size()))) return false;
  }
  const unsigned char zeros[kWholeIpv6] = {};
  if (!push(constraints->excludedSubtrees, GEN_IPADD, zeros, kWholeIpv4)) return false;
  if (!push(constraints->excludedSubtrees, GEN_IPADD, zeros, kWholeIpv6)) return false;
  return X509_add1_ext_i2d(root, NID_name_constraints, constraints.get(), 1, X509V3_ADD_DEFAULT) == 1;
}

std::optional<std::vector<std::string>> read_constraints(X509* root) {
  int critical = 0;
  const ConstraintsPtr constraints(
      static_cast<NAME_CONSTRAINTS*>(X509_get_ext_d2i(root, NID_name_constraints, &critical, nullptr)));
  if (!constraints || critical != 1) return std::nullopt;
  if (!holds_whole_range(constraints->excludedSubtrees, kWholeIpv4)) return std::nullopt;
  if (!holds_whole_range(constraints->excludedSubtrees, kWholeIpv6)) return std::nullopt;
  std::vector<std::string> domains;
  for (int i = 0; i < sk_GENERAL_SUBTREE_num(constraints->permittedSubtrees); ++i) {
    const GENERAL_NAME* base = sk_GENERAL_SUBTREE_value(constraints->permittedSubtrees, i)->base;
    if (base->type != GEN_DNS || ASN1_STRING_length(base->d.dNSName) <= 0) return std::nullopt;
    domains.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(base->d.dNSName)),
                         static_cast<std::size_t>(ASN1_STRING_length(base->d.dNSName)));
  }
  if (domains.empty()) return std::nullopt;
  return domains;
}

}  // namespace cvr::certs
