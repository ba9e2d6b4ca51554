// What a handler of an endpoint gets, and what handlers share.  One thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cvr/http.h"
#include "sandbox/documents.h"
#include "sandbox/envelope.h"
#include "sandbox/pairs.h"
#include "sandbox/scenario.h"
#include "sandbox/store.h"

namespace cvr::sandbox {

struct Call {
  const http::Request& request;
  std::string id;  // what stands for {id} in the route's path, percent-decoded
  Pairs query;
  const Scenario& scenario;
  Store& store;
  Documents& documents;
  std::string_view base_url;  // "https://sandbox.avinode.com", before /api and /marketplace
  std::int64_t now_utc_us = 0;

  Answer error(ErrorKind kind) const { return error_answer(scenario.errors, kind); }
  Answer success(std::string_view data, int status = 200) const {
    return {.status = status, .body = success_body(scenario.errors, data), .extra = {}};
  }
};

// A page of a list: page[number], page[size] (FACTS sections 5.1 and 14).
struct Page {
  std::int64_t number = 0;
  std::int64_t size = 20;
  std::size_t begin = 0, end = 0;  // of a list of `total`
  Pagination pagination(std::size_t total) const { return {number, size, static_cast<std::int64_t>(total)}; }
};
std::optional<Page> page_of(const Call& call, std::size_t total);  // nullopt: not numbers

// The objects that an id of a path or body names; nullptr when there is none.
Trip* find_trip(Call& call, std::string_view id);  // atrip-<n> or the display id
Rfq* find_rfq(Call& call, std::string_view id);    // arfq-<n>
struct RequestTarget {
  Rfq* rfq = nullptr;
  Lift* lift = nullptr;  // the first one when the id is an RFQ's
};
RequestTarget find_request(Call& call, std::string_view id);  // asellerlift-<n> or arfq-<n>

}  // namespace cvr::sandbox
