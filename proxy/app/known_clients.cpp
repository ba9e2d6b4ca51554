#include "app/known_clients.h"

namespace cvr::app {
namespace {

std::string url() { return "https://" + std::string(kDoctorHost) + "/doctor"; }

std::vector<std::string> here(const char* name) { return {"sh", "-c", "command -v " + std::string(name)}; }

// A single file runs without being compiled before, by the compiler that only a JDK has (JEP 330, Java 11).
TriedClient java() {
  const std::string source =
      "class Doctor { public static void main(String[] a) throws Exception {"
      " System.out.write(java.net.URI.create(\"" +
      url() +
      "\").toURL().openStream().readAllBytes());"
      " System.out.flush(); } }";
  return {"java",
          here("java"),
          {"sh", "-c", "printf '%s' \"$1\" >Doctor.java && exec java -Xshare:auto -XX:TieredStopAtLevel=1 Doctor.java",
           "sh", source},
          "JAVA_TOOL_OPTIONS must reach it; code that sets its own trust manager or proxy selector goes past it",
          {"sh", "-c", "java --list-modules | grep -q '^jdk.compiler'"},
          "a JRE runs no source file, a JDK (11 or newer) would"};
}

// Its streams read no proxy variable, curl does.
TriedClient php() {
  const std::string code = "$c = curl_init('" + url() +
                           "'); curl_setopt_array($c, [CURLOPT_RETURNTRANSFER => 1, CURLOPT_TIMEOUT => 8]); "
                           "$r = curl_exec($c); echo $r === false ? curl_error($c) : $r;";
  return {"php curl",
          here("php"),
          {"php", "-r", code},
          "PHP_INI_SCAN_DIR must reach it, and no php.ini that is read later may set curl.cainfo",
          {"php", "-r", "exit(extension_loaded('curl') ? 0 : 1);"},
          "it has no curl extension, and its streams read no proxy variable"};
}

// By what `cvr env --browser` prints for the proxy that it runs under; quoted for a shell, so evaluated.
TriedClient chromium(const std::string& self) {
  const std::string script =
      "for name in chromium chromium-browser google-chrome; do command -v $name >found && break; done\n"
      "root=; [ \"$(id -u)\" = 0 ] && root=--no-sandbox\n"
      "eval \"exec $(cat found) $root --headless --disable-gpu --disable-background-networking --disable-sync "
      "--disable-component-update --no-first-run --dump-dom $(\"$1\" env --browser) $2\"";
  return {"chromium",
          {"sh", "-c", "command -v chromium || command -v chromium-browser || command -v google-chrome"},
          {"sh", "-c", script, "sh", self, url()},
          "start it with $(cvr env --browser): it reads no variable for its trust"};
}

}  // namespace

std::vector<TriedClient> known_clients(const std::string& self) {
  const std::string urllib = "import urllib.request as u; print(u.urlopen('" + url() + "', timeout=8).read().decode())";
  const std::string requests = "import requests; print(requests.get('" + url() + "', timeout=8).text)";
  const std::string fetch = "fetch('" + url() +
                            "').then((r) => r.text()).then(console.log, (e) => { console.error(e.message, "
                            "(e.cause || {}).message); process.exit(1); })";
  const std::string https = "require('https').get('" + url() +
                            "', (r) => r.pipe(process.stdout)).on('error', (e) => { "
                            "console.error(e.message); process.exit(1); })";
  const std::string node = "NODE_OPTIONS must reach it, and nothing in the code may take it for its own children";
  return {
      {"curl",
       here("curl"),
       {"curl", "-sS", "--max-time", "8", url()},
       "look for proxy, noproxy or cacert in ~/.curlrc (curl -q leaves it out)"},
      {"wget",
       here("wget"),
       {"wget", "-nv", "-T", "8", "-t", "1", "-O", "-", url()},
       "look for use_proxy, https_proxy or ca_certificate in ~/.wgetrc"},
      {"git",
       here("git"),
       {"git", "ls-remote", url()},
       "look for proxies and CAs of git's own: git config --show-origin --get-regexp '^http'"},
      {"python urllib",
       here("python3"),
       {"python3", "-c", urllib},
       "SSL_CERT_FILE must reach it, and no proxy handler of the code's own"},
      {"python requests",
       {"python3", "-c", "import requests"},
       {"python3", "-c", requests},
       "REQUESTS_CA_BUNDLE and HTTPS_PROXY must reach it; a ~/.netrc or trust_env=False goes past them"},
      {"node fetch", here("node"), {"node", "-e", fetch}, node},
      {"node https", here("node"), {"node", "-e", https}, node},
      java(),
      php(),
      chromium(self),
  };
}

}  // namespace cvr::app
