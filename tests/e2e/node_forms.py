"""The ways in which Node programs ask: name -> (npm packages, what of it fails without the preload, JavaScript).

Each prints the body of URL.  Packages come from npm: CVR_CLIENT_MODULES names a directory that holds them
(tools/setup --tests makes one where npm has them); what is not there is skipped by name.
"""
import os

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MODULES = os.path.join(os.environ.get("CVR_CLIENT_MODULES") or os.path.join(ROOT, "build/clients"), "node_modules")

# With the preload taken away the form reaches nobody; or it does its own proxying, and needs no preload.
NEEDS, OWN = True, False

TEXT = ".then((answer) => answer.text()).then(console.log)"
DATA = ".then((answer) => console.log(JSON.stringify(answer.data)))"
PIPE = "(answer) => answer.pipe(process.stdout)"

FORMS = {
    "fetch": ([], NEEDS, f"fetch(URL){TEXT}"),
    "fetch after Headers": ([], NEEDS, f"new Headers(); setImmediate(() => fetch(URL){TEXT});"),
    "fetch in a worker": ([], NEEDS, """
        const { Worker } = require('worker_threads');
        new Worker(`fetch('${URL}').then((answer) => answer.text()).then(console.log)`, { eval: true });"""),
    "fetch, a streamed body": ([], NEEDS, f"""
        const parts = new ReadableStream({{ start(to) {{ to.enqueue(Buffer.from('ab')); to.close(); }} }});
        fetch(URL, {{ method: 'POST', duplex: 'half', body: parts }}){TEXT}"""),
    "https.get": ([], NEEDS, f"require('https').get(URL, {PIPE})"),
    "https.get, private agent": ([], NEEDS, f"""
        const {{ Agent, get }} = require('https'); get(URL, {{ agent: new Agent({{ keepAlive: true }}) }}, {PIPE});"""),
    "https.get, agent false": ([], NEEDS, f"require('https').get(URL, {{ agent: false }}, {PIPE})"),
    "https.get, ca of its own": ([], NEEDS, f"""
        require('https').get(URL, {{ ca: require('tls').rootCertificates.slice(0, 2) }}, {PIPE});"""),
    "tls.connect": ([], NEEDS, r"""
        const { host, pathname, search } = new (require('url').URL)(URL);
        const socket = require('tls').connect(443, host, { servername: host }, () => {
          socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
        });
        let text = '';
        socket.on('data', (piece) => (text += piece)).on('end', () => console.log(text.split('\r\n\r\n')[1]));"""),
    "http2.connect": ([], NEEDS, """
        const { origin, pathname, search } = new (require('url').URL)(URL);
        const session = require('http2').connect(origin);
        session.request({ ':path': pathname + search }).on('data', (piece) => process.stdout.write(piece)).on('end', () => session.close());"""),
    "import { get }": ([], NEEDS, f"import('node:https').then(({{ get }}) => get(URL, {PIPE}))"),
    "node-fetch 2": (["node-fetch-2"], NEEDS, f"require('node-fetch-2')(URL){TEXT}"),
    "node-fetch 3": (["node-fetch"], NEEDS, f"import('node-fetch').then(({{ default: ask }}) => ask(URL)){TEXT}"),
    "got 14": (["got"], NEEDS, "import('got').then(({ default: got }) => got(URL)).then(({ body }) => console.log(body))"),
    "got 11": (["got-11"], NEEDS, "require('got-11')(URL).then(({ body }) => console.log(body))"),
    "got 11, http2": (["got-11"], NEEDS, "require('got-11')(URL, { http2: true }).then(({ body }) => console.log(body))"),
    "superagent": (["superagent"], NEEDS, "require('superagent').get(URL).then(({ text }) => console.log(text))"),
    "agentkeepalive": (["agentkeepalive"], NEEDS, f"""
        const {{ HttpsAgent }} = require('agentkeepalive'); require('https').get(URL, {{ agent: new HttpsAgent() }}, {PIPE});"""),
    "axios 0.21": (["axios-0.21"], OWN, f"require('axios-0.21').get(URL){DATA}"),
    "axios 0.21, proxy false": (["axios-0.21"], NEEDS, f"require('axios-0.21').get(URL, {{ proxy: false }}){DATA}"),
}
for package in ("axios-1.13.4", "axios"):
    FORMS |= {
        package: ([package], OWN, f"require('{package}').get(URL){DATA}"),
        f"{package}, proxy false": ([package], NEEDS, f"require('{package}').get(URL, {{ proxy: false }}){DATA}"),
        f"{package}, https agent": ([package], OWN, f"""
            require('{package}').get(URL, {{ httpsAgent: new (require('https').Agent)() }}){DATA}"""),
        f"{package}, fetch": ([package], NEEDS, f"require('{package}').get(URL, {{ adapter: 'fetch' }}){DATA}"),
    }
for package in ("undici-5", "undici-6", "undici-7"):
    FORMS |= {
        f"{package} request": ([package], NEEDS, f"require('{package}').request(URL).then((answer) => answer.body){TEXT}"),
        f"{package} fetch": ([package], NEEDS, f"require('{package}').fetch(URL){TEXT}"),
        f"{package}, private agent": ([package], NEEDS, f"""
            const {{ request, Agent }} = require('{package}');
            request(URL, {{ dispatcher: new Agent() }}).then((answer) => answer.body){TEXT}"""),
        f"{package} ProxyAgent": ([package], OWN, f"""
            const {{ fetch: ask, ProxyAgent }} = require('{package}');
            ask(URL, {{ dispatcher: new ProxyAgent(process.env.HTTPS_PROXY) }}){TEXT}"""),
    }

# Over http://, where scope does not help: only what goes through an agent or the dispatcher.
PLAIN = {
    "fetch": ([], NEEDS, f"fetch(URL){TEXT}"),
    "http.get, private agent": ([], NEEDS, f"""
        const {{ Agent, get }} = require('http'); get(URL, {{ agent: new Agent({{ keepAlive: true }}) }}, {PIPE});"""),
    "agentkeepalive": (["agentkeepalive"], NEEDS, f"""
        const {{ get }} = require('http'); get(URL, {{ agent: new (require('agentkeepalive'))() }}, {PIPE});"""),
    "undici 6": (["undici-6"], NEEDS, f"require('undici-6').request(URL).then((answer) => answer.body){TEXT}"),
}


def missing(packages):
    return [package for package in packages if not os.path.isdir(os.path.join(MODULES, package))]
