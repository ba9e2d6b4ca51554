#include "certs/alpn.h"

#include <string_view>

namespace cvr::certs {
namespace {

// Stands in the application data of connections that may speak HTTP/2.
char offers_http2 = 0;

std::string_view view(const unsigned char* bytes, unsigned int size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

// A client that offers only what CVR does not speak is told so at once; later it would only see its first bytes
// refused.
int choose(SSL* ssl, const unsigned char** out, unsigned char* out_size, const unsigned char* offered,
           unsigned int offered_size, void*) {
  const bool may_http2 = SSL_get_app_data(ssl) == &offers_http2;
  int result = SSL_TLSEXT_ERR_ALERT_FATAL;
  for (unsigned int at = 0; at < offered_size; at += 1U + offered[at]) {
    const unsigned int size = offered[at];
    if (size > offered_size - at - 1) break;
    const std::string_view name = view(offered + at + 1, size);
    const bool is_http1 = name == "http/1.1" || name == "http/1.0";  // curl --http1.0 offers the older one
    if (!is_http1 && (!may_http2 || name != "h2")) continue;
    *out = offered + at + 1;
    *out_size = static_cast<unsigned char>(size);
    result = SSL_TLSEXT_ERR_OK;
    if (is_http1) break;
  }
  return result;
}

}  // namespace

void set_protocols(SSL_CTX* context) { SSL_CTX_set_alpn_select_cb(context, choose, nullptr); }

void offer_http2(SSL* ssl) { SSL_set_app_data(ssl, &offers_http2); }

bool chose_http2(const SSL* ssl) {
  const unsigned char* name = nullptr;
  unsigned int size = 0;
  SSL_get0_alpn_selected(ssl, &name, &size);
  return view(name, size) == "h2";
}

}  // namespace cvr::certs
