// A JVM's trust store in the JKS format, which every JVM since 1.2 reads: a JVM takes no PEM, and OpenSSL's PKCS12
// lacks the attribute that marks a certificate as trusted (CLIENTS section 1).  Pure.
#pragma once

#include <string>
#include <string_view>

namespace cvr::app {

// Of the certificates in `pem`; blocks that are no base64 are left out.  The password guards against accidents
// only: JKS makes a digest with it.
std::string java_trust_store(std::string_view pem, std::string_view password);

}  // namespace cvr::app
