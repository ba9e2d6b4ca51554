#include "redact/rules/manifest.h"

#include <algorithm>

#include "base/base64.h"
#include "kit.h"

namespace cvr::redact {
namespace {

std::string yaml(std::string_view text) {
  Kit kit;
  return kit.ruled(collect_text, text, "application/yaml").text;
}

TEST(Manifest, DataOfASecret) {
  const std::string t = base64_encode(test::random_hex(10));
  for (const std::string& text :
       {"apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  url: " + t + "\n  b: eA==\n",
        "data:\n  url: \"" + t + "\"\nkind: Secret\n",
        "kind: \"Secret\"\r\nstringData:\r\n  url: |\r\n    " + t + "\r\n",
        "a: 1\n---\nkind: Secret\ndata:\n  url: " + t + "\n---\nb: 2\n",
        "items:\n- apiVersion: v1\n  data:\n    url: " + t + "\n  kind: Secret\n- kind: ConfigMap\nkind: List\n"}) {
    const std::string out = yaml(text);
    EXPECT_EQ(out.find(t), out.npos) << text;
    EXPECT_EQ(std::ranges::count(out, '\n'), std::ranges::count(text, '\n'));
  }
}

TEST(Manifest, OtherObjectsStay) {
  for (const char* text :
       {"kind: ConfigMap\ndata:\n  url: plain-1234\n", "kind: SecretStore\ndata:\n  url: plain-1234\n",
        "kind: Secret\nmetadata:\n  name: database-1\n  labels:\n    data: plain-1234\ntype: Opaque\n",
        "kind: Secret\n---\nkind: ConfigMap\ndata:\n  a: plain-1234\n", "kind: Secret\ndata:\n",
        "kind: Secret\ndata: {}\n", "Secret", ""}) {
    EXPECT_EQ(yaml(text), text);
  }
}

TEST(Manifest, TheValueInItIsKnownElsewhere) {
  Kit kit;
  const std::string t = test::random_hex(20);
  kit.ruled(collect_text, "kind: Secret\ndata:\n  x: " + base64_encode(t) + "\n", "application/yaml");
  EXPECT_NE(kit.ledger.find(t), nullptr);
}

}  // namespace
}  // namespace cvr::redact
