#include "diagnose/operation.h"

namespace cvr::diagnose {
namespace {

NamedOperation named(const char* method, const char* path, const char* host = "sandbox.avinode.com") {
  RedactedRequest request;
  request.method = method;
  request.origin.host = host;
  request.path.text = path;
  return name_operation(request, profiles::avinode());
}

TEST(Operation, IdsOfEveryFormAreOneOperation) {
  for (const char* path : {"/api/trips/atrip-71000501", "/api/trips/A1B2C3", "/api/trips/17", "/api/trips/anything"}) {
    EXPECT_EQ(named("GET", path).name, "GET /trips/{id}") << path;
  }
  EXPECT_EQ(named("GET", "/api/airports/search").name, "GET /airports/search");
  EXPECT_EQ(named("GET", "/api/trips/x").ids, std::vector<std::string>{"x"});
}

TEST(Operation, OtherBasesAreToldApart) {
  EXPECT_EQ(named("GET", "/api/rfqs").base, "https://sandbox.avinode.com/api");
  EXPECT_EQ(named("GET", "/v1/rfqs").name, "GET /rfqs");
  EXPECT_EQ(named("GET", "/v1/rfqs").base, "https://sandbox.avinode.com/v1");
  EXPECT_EQ(named("GET", "/rfqs").base, "https://sandbox.avinode.com");
}

TEST(Operation, WhatIsNotDocumentedHasNoEntry) {
  EXPECT_EQ(named("GET", "/api/account").known, nullptr);
  EXPECT_EQ(named("GET", "/api/trips/atrip-1/rfqs").name, "GET /trips/{id}/rfqs");
  EXPECT_EQ(named("GET", "/api/trips/atrip-1/rfqs").known, nullptr);
  EXPECT_EQ(named("DELETE", "/api/rfqs").known, nullptr);
  EXPECT_NE(named("POST", "/api/trips").known, nullptr);
  EXPECT_EQ(named("GET", "").name, "GET /");
  EXPECT_LT(named("GET", ("/" + std::string(100'000, 'a')).c_str()).name.size(), 200u);
}

TEST(Operation, ClassesAndHosts) {
  const profiles::Profile& p = profiles::avinode();
  EXPECT_EQ(id_class("atrip-1", p), "<atrip->");
  EXPECT_EQ(id_class("17", p), "<number>");
  EXPECT_EQ(id_class("A1B2C3", p), "<display>");
  EXPECT_EQ(id_class("ABCDEF", p), "");  // a word
  EXPECT_EQ(id_class("search", p), "");
  EXPECT_TRUE(fits_host({"*.a.example"}, "x.A.example"));
  EXPECT_FALSE(fits_host({"*.a.example"}, "a.example"));
  EXPECT_FALSE(fits_host({"*.a.example"}, "evila.example"));
  EXPECT_EQ(environment_of("services.avinode.com", p), "production");
  EXPECT_EQ(environment_of("x.example", p), "");
}

TEST(Operation, AVersionOrTheBaseOnceMoreIsAnotherBaseOfTheSameOperation) {
  EXPECT_EQ(named("GET", "/api/v1/rfqs").name, "GET /rfqs");
  EXPECT_EQ(named("GET", "/api/v1/rfqs").base, "https://sandbox.avinode.com/api/v1");
  EXPECT_EQ(named("POST", "/api/api/trips").name, "POST /trips");
  EXPECT_EQ(named("POST", "/api/api/v2.0/trips").base, "https://sandbox.avinode.com/api/api/v2.0");
  EXPECT_FALSE(named("GET", "/api/v1/rfqs").documented_base);
  EXPECT_FALSE(named("GET", "/v1/rfqs").documented_base);
  EXPECT_TRUE(named("GET", "/api/rfqs").documented_base);
  EXPECT_EQ(named("GET", "/api/other/rfqs").name, "GET /other/rfqs");
}

}  // namespace
}  // namespace cvr::diagnose
