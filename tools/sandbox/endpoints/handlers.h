// The handlers of all endpoints; the table of routes names them.  One file a resource.
#pragma once

#include "sandbox/endpoints/call.h"

namespace cvr::sandbox {

Answer create_trip(Call& call);
Answer search_trips(Call& call);
Answer read_trip(Call& call);
Answer update_trip(Call& call);
Answer cancel_trip(Call& call);

Answer list_rfqs(Call& call);
Answer create_rfq(Call& call);
Answer read_rfq(Call& call);
Answer cancel_rfq(Call& call);

Answer read_quote(Call& call);

Answer read_message(Call& call);
Answer submit_quote(Call& call);
Answer decline_request(Call& call);
Answer send_message(Call& call);
Answer post_message(Call& call);  // the request's id stands in the body
Answer book_request(Call& call);

Answer search_airports(Call& call);
Answer read_airport(Call& call);
Answer list_aircraft_types(Call& call);
Answer read_aircraft_type(Call& call);

Answer search_empty_legs(Call& call);
Answer read_empty_leg(Call& call);

Answer create_lead(Call& call);
Answer read_lead(Call& call);

Answer create_webhook(Call& call);
Answer update_webhook(Call& call);
Answer list_webhooks(Call& call);

Answer create_search(Call& call);  // end-client connections only

// Paths that clients call and the reference does not have (FACTS section 5.2).
Answer read_account(Call& call);
Answer list_trip_messages(Call& call);
Answer list_trip_rfqs(Call& call);
Answer accept_anything(Call& call);

}  // namespace cvr::sandbox
