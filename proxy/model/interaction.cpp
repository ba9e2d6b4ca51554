#include "cvr/interaction.h"

#include <utility>

namespace cvr {
namespace {

// One table a word list: the same row serves both directions.
template <class E>
struct Word {
  E value;
  std::string_view word;
};

template <class E, std::size_t N>
std::string_view word_of(const Word<E> (&table)[N], E value) {
  for (const auto& row : table) {
    if (row.value == value) return row.word;
  }
  return "?";
}

template <class E, std::size_t N>
std::optional<E> value_of(const Word<E> (&table)[N], std::string_view word) {
  for (const auto& row : table) {
    if (row.word == word) return row.value;
  }
  return std::nullopt;
}

constexpr Word<FailureKind> kFailures[] = {{FailureKind::kDns, "dns"},     {FailureKind::kConnect, "connect"},
                                           {FailureKind::kTls, "tls"},     {FailureKind::kTimeout, "timeout"},
                                           {FailureKind::kReset, "reset"}, {FailureKind::kProtocol, "protocol"}};
constexpr Word<Arrival> kArrivals[] = {{Arrival::kConnect, "connect"},
                                       {Arrival::kAbsolute, "absolute"},
                                       {Arrival::kReverse, "reverse"},
                                       {Arrival::kImport, "import"}};
constexpr Word<Framing> kFramings[] = {{Framing::kNone, "none"},
                                       {Framing::kLength, "length"},
                                       {Framing::kChunked, "chunked"},
                                       {Framing::kUntilClose, "close"}};
constexpr Word<Kind> kKinds[] = {
    {Kind::kToken, "token"},   {Kind::kJwt, "jwt"},       {Kind::kUuid, "uuid"},     {Kind::kPassword, "password"},
    {Kind::kUser, "user"},     {Kind::kCookie, "cookie"}, {Kind::kHeader, "header"}, {Kind::kSignature, "signature"},
    {Kind::kNumber, "number"}, {Kind::kEmail, "email"},   {Kind::kPhone, "phone"},   {Kind::kName, "name"},
    {Kind::kTail, "tail"},     {Kind::kPrice, "price"},   {Kind::kPlace, "place"},   {Kind::kDate, "date"},
    {Kind::kId, "id"},         {Kind::kText, "text"},     {Kind::kOther, "other"}};

}  // namespace

std::string_view to_string(FailureKind kind) { return word_of(kFailures, kind); }
std::optional<FailureKind> failure_kind_from(std::string_view word) { return value_of(kFailures, word); }
std::string_view to_string(Arrival arrival) { return word_of(kArrivals, arrival); }
std::optional<Arrival> arrival_from(std::string_view word) { return value_of(kArrivals, word); }
std::string_view to_string(Framing framing) { return word_of(kFramings, framing); }
std::optional<Framing> framing_from(std::string_view word) { return value_of(kFramings, word); }
std::string_view to_string(Kind kind) { return word_of(kKinds, kind); }
std::optional<Kind> kind_from(std::string_view word) { return value_of(kKinds, word); }

}  // namespace cvr
