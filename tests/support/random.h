// Seeded randomness for tests, and credentials made up at run time: no secret-shaped text stands
// in the sources.  The seed is printed once; CVR_TEST_SEED=N repeats a run.
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace cvr::test {

std::uint64_t seed();
std::mt19937_64& rng();

std::string random_text(std::size_t size, std::string_view alphabet);
std::string random_hex(std::size_t size);
std::string random_base64url(std::size_t size);
std::string random_uuid();      // version 4, lower case
std::string random_jwt();       // RS512-shaped, with Avinode-like claims, nothing signed
std::string random_password();  // 16 characters with punctuation

}  // namespace cvr::test
