// The client programs that the demo runs: plain curl and Node, which know nothing of CVR.  They take
// everything from the environment; credentials never stand in an argument list.
#pragma once

#include <string_view>

namespace cvr::commands {

inline constexpr std::string_view kTripScript = R"sh(#!/bin/sh
# A client of the vendor's API: two reads, a token, a trip, and the trip again.
set -eu
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
call() {  # METHOD PATH [BODY]; headers come on standard input of curl, not in its arguments
  curl -sS --fail-with-body -X "$1" ${3:+--data "$3"} -K - "https://sandbox.avinode.com/api$2" <<EOF
header = "X-Avinode-ApiToken: $AVINODE_API_TOKEN"
header = "Authorization: Bearer $AVINODE_BEARER_TOKEN"
header = "X-Avinode-SentTimestamp: $now"
header = "X-Avinode-Product: cvr-demo-v1"
header = "Content-Type: application/json"
EOF
}
call GET '/airports/search?filter=KTEB' >/dev/null
echo "  airports found"
curl -sS --fail-with-body -K - https://sandbox.avinode.com/api/oauth/token >/dev/null <<EOF
data = "grant_type=client_credentials"
data-urlencode = "client_id=$AVINODE_CLIENT_ID"
data-urlencode = "client_secret=$AVINODE_CLIENT_SECRET"
EOF
echo "  access token issued"
trip=$(call POST /trips '{"externalTripId":"demo-'"$(date +%s)"'","sourcing":true,"segments":[{"startAirport":{"icao":"KTEB"},"endAirport":{"icao":"KVNY"},"dateTime":{"date":"2030-05-17","time":"09:00"},"paxCount":"4","paxSegment":true}],"criteria":{}}' |
  sed -n 's/.*"id":"\(atrip-[0-9]*\)".*/\1/p')
echo "  trip $trip created"
call GET "/trips/$trip" >/dev/null
echo "  trip $trip read"
if command -v node >/dev/null 2>&1; then node "$(dirname "$0")/aircraft.cjs"; fi
)sh";

// As axios up to 1.16.0 does: a URL in clear text to the proxy named by HTTPS_PROXY.
inline constexpr std::string_view kAircraftScript = R"js(const http = require('http');
const proxy = new URL(process.env.HTTPS_PROXY);
const request = http.request({
  host: proxy.hostname, port: proxy.port, method: 'GET',
  path: 'https://sandbox.avinode.com/api/aircrafttypes?page%5Bsize%5D=2',
  headers: {
    Host: 'sandbox.avinode.com',
    'X-Avinode-ApiToken': process.env.AVINODE_API_TOKEN,
    Authorization: 'Bearer ' + process.env.AVINODE_BEARER_TOKEN,
    'X-Avinode-SentTimestamp': new Date().toISOString(),
  },
}, (response) => {
  let body = '';
  response.on('data', (piece) => { body += piece; });
  response.on('end', () => {
    if (response.statusCode !== 200) { console.error(body); process.exit(1); }
    console.log('  aircraft types read by Node: ' + JSON.parse(body).data.length);
  });
});
request.on('error', (error) => { console.error(String(error)); process.exit(1); });
request.end();
)js";

}  // namespace cvr::commands
