#include "support/random.h"

#include <cstdlib>
#include <iostream>

#include "base/base64.h"

namespace cvr::test {

std::uint64_t seed() {
  static const std::uint64_t value = [] {
    const char* given = std::getenv("CVR_TEST_SEED");
    const std::uint64_t s = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
    std::cerr << "seed: CVR_TEST_SEED=" << s << '\n';
    return s;
  }();
  return value;
}

std::mt19937_64& rng() {
  static std::mt19937_64 engine(seed());
  return engine;
}

std::string random_text(std::size_t size, std::string_view alphabet) {
  std::string text(size, '\0');
  for (char& c : text) c = alphabet[rng()() % alphabet.size()];
  return text;
}

std::string random_hex(std::size_t size) { return random_text(size, "0123456789abcdef"); }

std::string random_base64url(std::size_t size) {
  return random_text(size, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}

std::string random_uuid() {
  std::string hex = random_hex(32);
  hex[12] = '4';
  hex[16] = "89ab"[rng()() % 4];
  return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' + hex.substr(16, 4) + '-' +
         hex.substr(20);
}

std::string random_jwt() {
  const std::string header = R"({"alg":"RS512","typ":"JWT","kid":")" + random_uuid() + "\"}";
  const std::string claims = R"({"sub":")" + random_uuid() +
                             R"(","iss":"avinode","avitype":16,"avidomain":".avinode.com","avinonce":")" +
                             random_uuid() + R"(","avitenant":)" + random_text(5, "123456789") + "}";
  return base64url_encode(header) + '.' + base64url_encode(claims) + '.' + random_base64url(342);
}

std::string random_password() {
  return random_text(12, "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789") + random_text(4, "!@+/%&<\"");
}

}  // namespace cvr::test
