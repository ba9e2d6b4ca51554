// What the formats share to make an Interaction of what they read: nothing enters a message that could not have
// been recorded, and whatever that changes is noted.  Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cvr/importers.h"
#include "cvr/interaction.h"
#include "importers/node.h"

namespace cvr::importers {

// Where we are in the file, and where losses go.
struct Place {
  Losses& losses;
  std::string where;  // "entry 7"
  void lost(std::string_view what) const { losses.add(what, where); }
};

// For Streamed::bad: `what` is "entry" and the like.
std::function<void(const Error& why, std::size_t number)> skipping(std::string what, Losses& losses);

// False: the interaction has to be skipped, and that is noted.
bool set_method(std::string_view method, http::Request& request, const Place& place);
bool set_url(std::string_view url, http::Request& request, const Place& place);
// Path and query, as behind an origin.
bool set_target(std::string_view target, http::Request& request, const Place& place);
bool set_status(std::optional<std::int64_t> status, http::Response& response, const Place& place);

// "HTTP/1.0", "http/2.0", "h3", "unknown", nothing.
int minor_version_of(std::string_view version, const Place& place);

void set_reason(std::string_view reason, http::Response& response, const Place& place);
// A value of several lines becomes several fields, as Chrome joins them.
void add_field(std::string_view name, std::string_view value, http::Fields& fields, const Place& place);
// {"Name": "value"} and {"Name": ["value", ...]}; absent or null: none.
void add_fields(const Node* map, http::Fields& fields, const Place& place);

// The body is not in the file; `size` as far as it is known.
BodyDigest missing_body(std::uint64_t size, const Place& place);
// It is too much (Losses::unpackable).
BodyDigest bomb_body(std::uint64_t size, const Place& place);

// Base64 as tools write it: in lines, either alphabet.  nullopt: it is none.
std::optional<std::string> bytes_of_base64(std::string_view text);

// What the response says of its framing, and when its Date was if nothing else is known (`started` 0).
void set_framing_and_time(Interaction& interaction, const Place& place);

// Half a surrogate pair in a text is noted.
const std::string& text_in(const Node& node, const Place& place);

}  // namespace cvr::importers
