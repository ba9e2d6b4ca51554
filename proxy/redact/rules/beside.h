// What the members of one JSON object say of each other.  Some names mean a secret only beside others: "d" beside
// "kty" (RFC 7518 section 6), "code" beside "redirect_uri" (RFC 6749), "pass" beside "user", "number" beside "cvc",
// the data of a Kubernetes Secret.  Order does not count, so such values wait for the end of their object.
// One an object; borrows the text; one thread at a time.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "redact/context.h"

namespace cvr::redact {

// What a key is to those beside it.
enum class Part : std::uint8_t {
  kNone,
  kKeyType,    // "kty"
  kKeyMember,  // of a private key
  kUser,
  kMail,     // what only people have, or a first name
  kContact,  // what places have as well
  kName,
  kPass,
  kCardNumber,
  kCardDate,  // or its check code
  kManifest,  // "kind"
  kData,      // of a manifest: an object
  kOAuth,
  kState,
  kCode,
};
Part part_of(std::string_view key);

class Beside {
 public:
  // A key was met, whatever its value.
  void note(Part part) {
    if (part == Part::kUser || part == Part::kMail || part == Part::kContact || part == Part::kCardDate ||
        part == Part::kOAuth)
      met_ |= bit(part);
  }
  // A string or a number, raw, under a key of that part.  `number`: without quotes.
  void note(Part part, std::string_view raw, std::size_t begin, bool number);
  // A member of the data of a manifest.
  void note_data(std::string_view raw, std::size_t begin) { wait(Part::kData, raw, begin, false); }

  // Whether the data of a manifest may be secret, as far as is known.
  bool may_be_secret() const { return is_secret() || (met_ & bit(Part::kManifest)) == 0; }
  // An item of a list of Secrets has no kind of its own.
  bool lists_secrets() const { return lists_secrets_; }
  void set_secret() { met_ |= bit(Part::kData); }
  void set_lists_secrets() { lists_secrets_ = true; }

  // It stands where a person or a place may: its name is a person's if it has a phone number, too.
  void set_mailbox() { mailbox_ = true; }

  // The object ends.  `name`: its key.
  void finish(std::string_view name, Context& context, Edits& edits);

 private:
  struct Waiting {
    std::string_view raw;
    std::size_t begin = 0;
    Part part = Part::kNone;
    bool number = false;
  };
  static constexpr std::uint32_t bit(Part part) { return 1u << static_cast<unsigned>(part); }
  bool has(Part part) const { return (met_ & bit(part)) != 0; }
  bool is_secret() const { return has(Part::kData); }
  void wait(Part part, std::string_view raw, std::size_t begin, bool number);
  bool is_meant(const Waiting& value, const Context& context) const;
  bool is_person(std::string_view object, const Context& context) const;

  std::vector<Waiting> waiting_;
  Waiting name_;  // most objects have one: it allocates nothing
  std::uint32_t met_ = 0;
  bool lists_secrets_ = false;
  bool mailbox_ = false;
};

}  // namespace cvr::redact
