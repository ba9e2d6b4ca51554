// What N01, N02 and N04 share: calls that failed without an answer, by their kind.
#pragma once

#include "diagnose/rules/support.h"

namespace cvr::diagnose {

Calls calls_that_failed(const Facts& facts, FailureKind kind);
// A TLS failure whose text speaks of the certificate, of the version, or of neither.
bool is_about_client_certificate(std::string_view detail);  // that of the client, which the vendor asks for
bool is_about_certificate(std::string_view detail);         // that of the vendor
bool is_about_version(std::string_view detail);

}  // namespace cvr::diagnose
