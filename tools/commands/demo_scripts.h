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

// A search and a booking, sent at $SENT_AT.
inline constexpr const char* kDayScript = R"sh(#!/bin/sh
call() {
  curl -sS -o /dev/null -w '   %{method} %{url} -> %{http_code}\n' -H "Authorization: Bearer $AVINODE_BEARER_TOKEN" \
    -H "X-Avinode-ApiToken: $AVINODE_API_TOKEN" -H "X-Avinode-SentTimestamp: $SENT_AT" -H 'X-Avinode-Product: demo-v1' \
    -H 'Accept: application/json' "$@"
}
call 'https://sandbox.avinode.com/api/airports/search?filter=KTEB'
call https://sandbox.avinode.com/api/trips -H 'Content-Type: application/json' --data-raw \
  '{"externalTripId":"J-1","sourcing":true,"criteria":{},"segments":[{"startAirport":{"icao":"KTEB"},"endAirport":{"icao":"KVNY"},"dateTime":{"date":"2026-05-01","time":"10:00"},"paxCount":"4"}]}'
)sh";

// What README.txt of a bundle says, in the folder of the demo.  openssl and an unpacker may not be here.
inline constexpr const char* kVerifyScript = R"sh(#!/bin/sh
set -e
cd "$1" && mkdir -p evidence
if command -v unzip >/dev/null; then unzip -qo evidence.zip -d evidence
elif command -v python3 >/dev/null; then python3 -m zipfile -e evidence.zip evidence
else echo '   no unzip and no python3 here: unpack evidence.zip to look at it'; exit 0; fi
cd evidence
sha256sum -c --quiet SHA256SUMS && echo '   sha256sum -c SHA256SUMS: OK'
command -v openssl >/dev/null || { echo '   no openssl here'; exit 0; }
openssl pkeyutl -verify -rawin -pubin -inkey signer.ed25519.pub.pem -in SHA256SUMS -sigfile SHA256SUMS.ed25519 | sed 's/^/   ed25519: /'
openssl dgst -sha256 -verify signer.p256.pub.pem -signature SHA256SUMS.p256 SHA256SUMS | sed 's/^/   p256:    /'
)sh";

inline constexpr const char* kCase = R"toml(schema = "cvr.case/1"
[case]
id = "DEMO-1"
title = "Test bookings after the weekly rebuild"
vendor = "Avinode"
product = "our charter service"
environment = "sandbox"
from = "The demo team"
to = ["Avinode Support", "Our partners"]
date = 2026-03-17
[impact]
since = 2026-03-16T08:00:00Z
lines = ["Test bookings can not be made.", "Live customers are not affected."]
[[step]]
what = "Check the rights of our test account"
owner = "Avinode Support"
timeline = "Wednesday 18 March"
status = "waiting"
[contact]
name = "The demo team"
reach = "demo@example.org"
)toml";

}  // namespace cvr::commands
