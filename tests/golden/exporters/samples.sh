#!/bin/sh
# 1: GET /trips/t-1 -> 200
# needs: AUTHORIZATION
curl -sS --globoff -X 'GET' --url 'https://api.example.com/trips/t-1?fields%5Ba%5D=x+y&flag' \
  -H 'accept: application/json' \
  -H 'Authorization: Bearer '"${AUTHORIZATION}"

# 2: POST /trips -> 201
# needs: APITOKEN AUTHORIZATION
curl -sS --globoff -X 'POST' --url 'https://api.example.com/trips' \
  -H 'accept: application/json' \
  -H 'Authorization: Bearer '"${AUTHORIZATION}" \
  -H 'Content-Type: application/json' \
  --data-raw '{"apiToken" : "'"${APITOKEN}"'","seats":"4","by":"a@b.c"}'

# 3: POST /token -> 201
# needs: AUTHORIZATION CLIENT_ID CLIENT_SECRET
curl -sS --globoff -X 'POST' --url 'https://api.example.com/token' \
  -H 'accept: application/json' \
  -H 'Authorization: Bearer '"${AUTHORIZATION}" \
  -H 'Content-Type: application/x-www-form-urlencoded' \
  --data-raw 'grant_type=client_credentials&client_id='"${CLIENT_ID}"'&client_secret='"${CLIENT_SECRET}"

# 4: HEAD /trips/t-1 -> 200
# needs: AUTHORIZATION
curl -sS --globoff --head --url 'https://api.example.com/trips/t-1?fields%5Ba%5D=x+y&flag' \
  -H 'accept: application/json' \
  -H 'Authorization: Bearer '"${AUTHORIZATION}"

# 5: POST /upload -> 201
# needs: APITOKEN AUTHORIZATION
{ printf '\000\001\045\055\047\012'; printf '%s' "${APITOKEN}"; printf '\377'; } | curl -sS --globoff -X 'POST' --url 'https://api.example.com/upload' \
  -H 'accept: application/json' \
  -H 'Authorization: Bearer '"${AUTHORIZATION}" \
  -H 'Content-Type: application/octet-stream' \
  --data-binary @-

# 6: GET /trips/t-1 -> timeout
# needs: AUTHORIZATION
curl -sS --globoff -X 'GET' --url 'https://api.example.com/trips/t-1?fields%5Ba%5D=x+y&flag' \
  -H 'accept: application/json' \
  -H 'Authorization: Bearer '"${AUTHORIZATION}"

# 7: GET /trips/t-1 -> 200 -> reset
# flags: incomplete
# needs: AUTHORIZATION
curl -sS --globoff -X 'GET' --url 'https://api.example.com/trips/t-1?fields%5Ba%5D=x+y&flag' \
  -H 'accept: application/json' \
  -H 'Authorization: Bearer '"${AUTHORIZATION}"

# 8: GET /trips/t-1 -> 200
# needs: AUTHORIZATION
curl -sS --globoff -X 'GET' --url 'https://api.example.com/trips/t-1?fields%5Ba%5D=x+y&flag' \
  -H 'accept: application/json' \
  -H 'Authorization: Bearer '"${AUTHORIZATION}"

# gap at 2026-03-16T08:01:40.000Z: 2 not recorded: no space "left"\n

