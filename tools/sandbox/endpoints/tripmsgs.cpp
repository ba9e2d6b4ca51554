// /tripmsgs: read a message; quote, decline, write, book on a request, which is a lift or an RFQ
// (FACTS sections 5.1 and 6.4).
#include <algorithm>
#include <cmath>

#include <boost/json/object.hpp>

#include "sandbox/endpoints/handlers.h"
#include "sandbox/endpoints/render.h"
#include "sandbox/json_body.h"

namespace cvr::sandbox {
namespace {

using boost::json::object;
using boost::json::value;

constexpr double kHighestPrice = 1e12;

Answer message_answer(Call& call, const Message& message, int status) {
  json::Writer data;
  render_message(data, call, message);
  return call.success(data.text(), status);
}

// The text of a chat message: "message" is text, or an object with "content" (both were sent).
std::optional<std::string> read_text(const object& body) {
  Members members(body);
  if (const auto text = members.text("message")) return text;
  const value* message = body.if_contains("message");
  if (message == nullptr || !message->is_object()) return std::nullopt;
  return Members(message->get_object()).text("content");
}

Answer add_chat(Call& call, std::string_view request_id, const object& body) {
  const auto text = read_text(body);
  if (!text) return call.error(ErrorKind::kWrongBody);
  const RequestTarget target = find_request(call, request_id);
  if (target.lift == nullptr) return call.error(ErrorKind::kNotFound);
  Message draft;
  draft.from_seller = call.scenario.connection.seller && !call.scenario.connection.buyer;
  draft.text = *text;
  return message_answer(call, call.store.add_message(*target.rfq, draft, call.now_utc_us), 201);
}

// A price as number, as text, or as {amount}; nullopt when there is none that is sensible.
std::optional<std::int64_t> read_price(const object& quote) {
  const value* price = quote.if_contains("totalPrice");
  if (price != nullptr && price->is_object()) price = price->get_object().if_contains("amount");
  if (price == nullptr) return std::nullopt;
  if (price->is_string()) {
    const auto& text = price->get_string();
    return parse_number({text.data(), text.size()}, 0, static_cast<std::int64_t>(kHighestPrice));
  }
  if (!price->is_number()) return std::nullopt;
  const double amount = price->to_number<double>();
  if (!(amount >= 0 && amount <= kHighestPrice)) return std::nullopt;
  return std::llround(amount);
}

struct Body {
  std::optional<value> parsed;
  const object* members = nullptr;  // nullptr: not a JSON object
};

Body read_body(const Call& call) {
  Body body{parse_json(call.request.body), nullptr};
  if (body.parsed) body.members = body.parsed->if_object();
  return body;
}

bool is_decline_reason(std::string_view reason) {
  constexpr std::string_view kReasons[] = {"AIRCRAFT_NOT_AVAILABLE",
                                           "CABOTAGE",
                                           "CREW_NOT_AVAILABLE",
                                           "OWNER_DECLINED",
                                           "UNATTRACTIVE_TRIP",
                                           "UNKNOWN",
                                           "OTHER"};
  return std::find(std::begin(kReasons), std::end(kReasons), reason) != std::end(kReasons);
}

}  // namespace

Answer read_message(Call& call) {
  const bool bare = call.scenario.gaps.ids_without_prefix;
  const Message* message = nullptr;
  if (const auto number = parse_id(call.id, kSellerMessagePrefix, bare)) message = call.store.message(*number, true);
  if (const auto number = parse_id(call.id, kBuyerMessagePrefix, bare); number && message == nullptr) {
    message = call.store.message(*number, false);
  }
  return message == nullptr ? call.error(ErrorKind::kNotFound) : message_answer(call, *message, 200);
}

Answer submit_quote(Call& call) {
  const RequestTarget target = find_request(call, call.id);
  if (target.lift == nullptr) return call.error(ErrorKind::kNotFound);
  const Body body = read_body(call);
  if (body.members == nullptr) return call.error(ErrorKind::kMalformedRequest);
  Members members(*body.members);
  const object* quote = members.object("quote");
  const std::string text = members.text("message").value_or("");
  members.flag("suppressNotification");
  if (!members.ok() || quote == nullptr) return call.error(ErrorKind::kWrongBody);

  Members details(*quote);
  Quote draft;
  draft.message = details.text("messageForBuyer").value_or("");
  draft.currency = details.text("currencyCode").value_or("USD");
  details.array("segments");
  details.array("lineItems");
  details.array("attachments");
  details.object("lift");
  const auto price = read_price(*quote);
  if (!details.ok() || !price || draft.currency.size() != 3) return call.error(ErrorKind::kWrongBody);
  draft.price = *price;
  const std::uint64_t number = call.store.add_quote(*target.rfq, *target.lift, draft, call.now_utc_us).number;
  Message message;
  message.from_seller = true;
  message.quote = number;
  message.text = text;
  return message_answer(call, call.store.add_message(*target.rfq, message, call.now_utc_us), 201);
}

Answer decline_request(Call& call) {
  const RequestTarget target = find_request(call, call.id);
  if (target.lift == nullptr) return call.error(ErrorKind::kNotFound);
  const Body body = read_body(call);
  if (body.members == nullptr) return call.error(ErrorKind::kMalformedRequest);
  Members members(*body.members);
  const auto reason = members.text("declineReason");
  Message message;
  message.from_seller = true;
  message.text = members.text("message").value_or("");
  members.flag("suppressNotification");
  if (!members.ok() || !reason || !is_decline_reason(*reason)) return call.error(ErrorKind::kWrongBody);
  target.lift->status = "Declined";
  return message_answer(call, call.store.add_message(*target.rfq, message, call.now_utc_us), 201);
}

Answer send_message(Call& call) {
  const Body body = read_body(call);
  if (body.members == nullptr) return call.error(ErrorKind::kMalformedRequest);
  return add_chat(call, call.id, *body.members);
}

Answer post_message(Call& call) {
  const Body body = read_body(call);
  if (body.members == nullptr) return call.error(ErrorKind::kMalformedRequest);
  Members members(*body.members);
  std::optional<std::string> id;
  for (const std::string_view name : {"requestId", "rfqId", "id"}) {
    if (!id) id = members.text(name);
  }
  if (!members.ok() || !id) return call.error(ErrorKind::kWrongBody);
  return add_chat(call, *id, *body.members);
}

// gap: the path and the body; any object will do.
Answer book_request(Call& call) {
  const RequestTarget target = find_request(call, call.id);
  if (target.lift == nullptr) return call.error(ErrorKind::kNotFound);
  if (read_body(call).members == nullptr) return call.error(ErrorKind::kMalformedRequest);
  Message message;
  message.text = "Booking request";
  return message_answer(call, call.store.add_message(*target.rfq, message, call.now_utc_us), 201);
}

Answer list_trip_messages(Call& call) {
  const Trip* trip = find_trip(call, call.id);
  if (trip == nullptr) return call.error(ErrorKind::kNotFound);
  json::Writer data;
  data.begin_array();
  for (const std::uint64_t rfq_number : trip->rfqs) {
    const Rfq* rfq = call.store.rfq(rfq_number);
    for (const std::uint64_t number : rfq == nullptr ? std::vector<std::uint64_t>() : rfq->messages) {
      for (const bool from_seller : {true, false}) {
        if (const Message* message = call.store.message(number, from_seller)) render_message(data, call, *message);
      }
    }
  }
  data.end_array();
  return call.success(data.text());
}

}  // namespace cvr::sandbox
