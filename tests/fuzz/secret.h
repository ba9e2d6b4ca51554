// The secret that the fuzz targets plant.
#pragma once

#include <string>

namespace cvr::fuzz {

// 24 characters with what encodings care for; made here so that no secret-shaped text is committed.
inline std::string make_secret() {
  std::string secret;
  for (int i = 0; i < 24; ++i) secret += i % 6 == 5 ? "+/\"% "[i / 6] : static_cast<char>('a' + i * 7 % 26);
  return secret;
}

}  // namespace cvr::fuzz
