// CVR's preload for Node (NODE_OPTIONS=--require): brings connections of http, https, fetch, undici and, for hosts in
// scope, of tls to the proxy $CVR_PROXY, but for the hosts of $CVR_NO_PROXY.  No dependencies; Node 18 and newer.
'use strict';

const http = require('http');
const https = require('https');
const net = require('net');
const tls = require('tls');
const { Duplex } = require('stream');

const MARK = Symbol.for('cvr.preload'); // once a process, whatever number of preloads it is given
const PROXY = Symbol.for('cvr.proxy'); // on `http`: the proxy URL of a test's session (tools/clients/node)
const DISPATCHER = Symbol.for('undici.globalDispatcher.1');
const DISPATCHER_2 = Symbol.for('undici.globalDispatcher.2'); // from undici 8 on
const MOST_HEAD_BYTES = 65536;

const original = {
  tlsConnect: tls.connect,
  fetch: globalThis.fetch,
  getName: http.Agent.prototype.getName,
  createConnection: new Map([http, https].map((module) => [module.Agent, module.Agent.prototype.createConnection])),
};

// ---- Where to

const first = process.env.CVR_PROXY;
let parsed = { url: undefined };

// HTTPS_PROXY=http://SESSION:x@HOST:PORT names a session of the same proxy.
function withSession(own, named) {
  try {
    const [a, b] = [new URL(own), new URL(named)];
    return !a.username && b.username && a.host === b.host ? named : own;
  } catch {
    return own;
  }
}

// An application may rewrite HTTPS_PROXY (dotenv); this one is ours.
function proxy() {
  const own = http[PROXY] || process.env.CVR_PROXY || first;
  const named = process.env.HTTPS_PROXY || process.env.https_proxy || '';
  const url = `${own} ${named}`;
  if (parsed.url === url) return parsed;
  const { hostname, port, username, password } = new URL(withSession(own, named));
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const credentials = username ? `Proxy-Authorization: Basic ${Buffer.from(pair).toString('base64')}\r\n` : '';
  parsed = { url, host: bare(hostname), port: Number(port) || 80, credentials };
  return parsed;
}

function bare(host) {
  return host.replace(/^\[|\]$/g, '').toLowerCase();
}

const words = (name) => (process.env[name] || '').toLowerCase().split(/[\s,]+/).filter(Boolean);

// "example.com", ".example.com" and "*.example.com" all mean the name and what is below it.
function covers(entry, host, port) {
  if (entry === '*') return true;
  const pair = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry);
  if (pair && Number(pair[2]) !== port) return false;
  const name = bare(pair ? pair[1] : entry).replace(/^\*?\./, '');
  return host === name || host.endsWith(`.${name}`);
}

function leftAlone(host, port) {
  const { host: own, port: ownPort } = proxy();
  if (host === own && port === ownPort) return true; // a client that does its own proxying
  return words('CVR_NO_PROXY').some((entry) => covers(entry, host, port));
}

// A pattern of CVR's: "*.example.com" means what is below it alone.
function inScope(host) {
  return words('CVR_HOSTS').some((p) => p === '*' || p === host || (p.startsWith('*.') && host.endsWith(p.slice(1))));
}

// ---- A tunnel

function refused(target, reason, code) {
  const { host, port } = proxy();
  return Object.assign(new Error(`proxy ${host}:${port} for ${target}: ${reason}`), { code });
}

// done(error, socket), once; the socket is a plain one that reaches host:port.
function tunnel(host, port, done) {
  const { host: to, port: toPort, credentials } = proxy();
  const target = `${net.isIPv6(host) ? `[${host}]` : host}:${port}`;
  const socket = net.connect({ host: to, port: toPort, noDelay: true });
  let head = Buffer.alloc(0);
  const settle = (error) => {
    socket.removeListener('data', read).removeListener('error', fail).removeListener('close', close);
    if (error) socket.on('error', () => {}).destroy();
    done(error, error ? undefined : socket);
  };
  const fail = (error) => settle(refused(target, error.message, error.code));
  const close = () => settle(refused(target, 'closed the connection', 'ECONNRESET'));
  const read = (piece) => {
    head = Buffer.concat([head, piece]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0 && head.length < MOST_HEAD_BYTES) return;
    const line = head.subarray(0, Math.max(head.indexOf('\r\n'), 0)).toString('latin1');
    const opened = end >= 0 && /^HTTP\/1\.[01] 2\d\d\b/.test(line);
    if (!opened) return settle(refused(target, line || 'no HTTP answer', 'ECONNREFUSED'));
    // Neither TLS nor HTTP lets the server speak first.
    settle(head.length > end + 4 ? refused(target, 'spoke before it was asked', 'EPROTO') : undefined);
  };
  socket.on('data', read).on('error', fail).on('close', close);
  const agent = `User-Agent: node/${process.version} cvr-preload`; // CVR's advice is by it
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${agent}\r\n${credentials}\r\n`);
}

// Stands for the tunnel's socket where one is needed before the tunnel is there.
class Waiting extends Duplex {
  constructor(host, port) {
    super();
    this.connecting = true;
    this.calls = []; // made before there is a socket
    tunnel(host, port, (error, socket) => {
      if (error || this.destroyed) {
        if (socket) socket.destroy();
        return this.destroy(error);
      }
      this.socket = socket;
      socket.on('data', (piece) => this.push(piece) || socket.pause());
      socket.on('end', () => this.push(null));
      socket.on('error', (problem) => this.destroy(problem));
      socket.on('close', () => this.destroy());
      socket.on('timeout', () => this.emit('timeout'));
      this.connecting = false;
      for (const call of this.calls.splice(0)) call(socket);
      this.emit('connect');
    });
  }
  later(call) {
    if (this.socket) call(this.socket);
    else this.calls.push(call);
    return this;
  }
  _read() {
    if (this.socket) this.socket.resume();
  }
  _write(piece, encoding, done) {
    this.later((socket) => socket.write(piece, encoding, done));
  }
  _final(done) {
    this.later((socket) => socket.end(done));
  }
  _destroy(error, done) {
    if (this.socket) this.socket.destroy();
    done(error);
  }
  setTimeout(milliseconds, listener) {
    if (listener) this.once('timeout', listener);
    return this.later((socket) => socket.setTimeout(milliseconds));
  }
}
for (const name of ['setKeepAlive', 'setNoDelay', 'ref', 'unref']) {
  Waiting.prototype[name] = function (...args) {
    return this.later((socket) => socket[name](...args));
  };
}

// TLS over a Waiting, as if over a socket.
function secureOver(waiting, secured) {
  waiting.on('error', (error) => secured.destroy(error));
  for (const name of ['ref', 'unref']) {
    secured[name] = () => {
      waiting[name](); // a connection that is kept must not keep the process
      return secured;
    };
  }
  return secured;
}

// Code that names its own CAs drops NODE_EXTRA_CA_CERTS; inside a tunnel the peer is CVR.
let ownCa;
function withOwnCa(options) {
  if (!options.ca || !process.env.CVR_CA) return options;
  try {
    ownCa = ownCa || require('fs').readFileSync(process.env.CVR_CA);
  } catch {
    return options;
  }
  return { ...options, ca: [].concat(options.ca, ownCa) };
}

// ---- Agents of http and https

function wrapAgent({ Agent }, defaultPort) {
  const connect = original.createConnection.get(Agent);
  const createConnection = function (...args) {
    const options = args.find((value) => value !== null && typeof value === 'object');
    const done = args[args.length - 1];
    const proxied = this && this.options && this.options.proxyEnv; // NODE_USE_ENV_PROXY: Node does it by itself
    if (!options || proxied || options.socket || options.path || options.socketPath) return connect.apply(this, args);
    const host = bare(options.host || 'localhost');
    const port = Number(options.port) || defaultPort;
    if (leftAlone(host, port)) return connect.apply(this, args);
    const over = (socket) => {
      if (Agent === http.Agent) return socket;
      return connect.call(this, withOwnCa({ ...options, servername: nameFor(options, host), socket }));
    };
    // A class of its own may need the socket at once.
    if (typeof done !== 'function' || this.createConnection !== createConnection) {
      const waiting = new Waiting(host, port);
      return Agent === http.Agent ? waiting : secureOver(waiting, over(waiting));
    }
    tunnel(host, port, (error, socket) => (error ? done(error) : done(null, over(socket))));
    return undefined;
  };
  Agent.prototype.createConnection = createConnection;
}

function nameFor(options, host) {
  return options.servername === undefined || options.servername === null ? (net.isIP(host) ? '' : host) : options.servername;
}

// Connections that are kept belong to the session that they were made for.
function getName(...args) {
  const name = original.getName.apply(this, args);
  return proxy().credentials ? `${name}:${proxy().url}` : name;
}

// ---- tls.connect, for hosts in scope alone: http2, raw TLS, undici's private agents

function tlsConnect(...args) {
  const given = args.filter((value) => value !== undefined);
  const listener = typeof given[given.length - 1] === 'function' ? given.pop() : undefined;
  const found = given.find((value) => value !== null && typeof value === 'object') || {};
  const numbered = typeof given[0] === 'number' || (typeof given[0] === 'string' && /^\d+$/.test(given[0]));
  const port = Number(numbered ? given[0] : found.port);
  const host = bare((numbered && typeof given[1] === 'string' ? given[1] : found.host) || 'localhost');
  if (found.socket || found.path || !port || !inScope(host) || leftAlone(host, port)) {
    return original.tlsConnect.apply(this, args);
  }
  const socket = new Waiting(host, port);
  const options = withOwnCa({ ...found, host, port, servername: nameFor(found, host), socket });
  return secureOver(socket, original.tlsConnect.call(this, options, listener));
}

// ---- fetch, and undici of any version: they share the dispatcher of a global symbol

let loading = false; // Node's own undici is being loaded, or was, with its own dispatcher in place
let settled = false;

function connector({ hostname, host, protocol, port, servername }, done) {
  const name = bare(hostname || host);
  const secure = protocol === 'https:';
  tunnel(name, Number(port) || (secure ? 443 : 80), (error, socket) => {
    if (error || !secure) return done(error || null, socket);
    const options = { socket, servername: servername || nameFor({}, name), ALPNProtocols: ['http/1.1'] };
    const secured = original.tlsConnect(options);
    const fail = (problem) => done(problem);
    secured.once('error', fail).once('secureConnect', () => {
      secured.removeListener('error', fail);
      done(null, secured);
    });
    return undefined;
  });
}

// Node's dispatcher keeps what is not ours to bring to the proxy.
function makeDispatcher(plain) {
  const Agent = plain.constructor;
  let url;
  let tunnelled;
  return new (class extends Agent {
    dispatch(options, handler) {
      const origin = new URL(options.origin || 'http://localhost');
      const port = Number(origin.port) || (origin.protocol === 'https:' ? 443 : 80);
      if (leftAlone(bare(origin.hostname), port)) return plain.dispatch(options, handler);
      if (url !== proxy().url) {
        if (tunnelled) tunnelled.close().catch(() => {});
        tunnelled = new Agent({ connect: connector });
        url = proxy().url;
      }
      return tunnelled.dispatch(options, handler);
    }
    async close(...args) {
      await Promise.all([plain.close(), tunnelled && tunnelled.close()]);
      return super.close(...args);
    }
  })();
}

const placed = (symbol) => Object.getOwnPropertyDescriptor(globalThis, symbol) || {};
const isPlain = (dispatcher) => Boolean(dispatcher) && dispatcher.constructor.name === 'Agent';

// Puts ours in the place of what Node's own undici has put there; what an application has put there stays.
function settle() {
  if (settled) return;
  if (!loading) {
    if (placed(DISPATCHER).get !== readDispatcher) return;
    void globalThis.Response; // loads it
  }
  const plain = placed(DISPATCHER).value;
  if (!isPlain(plain)) return;
  settled = true;
  const ours = makeDispatcher(plain);
  globalThis[DISPATCHER] = ours;
  if (placed(DISPATCHER_2).value === plain) globalThis[DISPATCHER_2] = ours;
}

// Where a dispatcher is asked for: by Node's own undici while it is loaded?
function askedByNode() {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Object.assign(Error, { stackTraceLimit: 5, prepareStackTrace: undefined });
  const { stack } = new Error();
  Object.assign(Error, { stackTraceLimit, prepareStackTrace });
  return String(stack).includes('node:internal/deps/undici');
}

// Node's own undici must find nothing there, or it would wait for itself; any other finds ours.
function readDispatcher() {
  if (askedByNode()) {
    loading = true;
    process.nextTick(settle);
    return undefined;
  }
  settle();
  return placed(DISPATCHER).value;
}

// An undici that Node has none of (npm's 8 on Node 22): ours is made of its own, as soon as that is there.
function readSecond() {
  if (askedByNode()) return undefined;
  settle();
  const { value } = placed(DISPATCHER_2);
  if (!value) process.nextTick(settleSecond);
  return value;
}

function settleSecond() {
  const plain = placed(DISPATCHER_2).value;
  if (!isPlain(plain)) return;
  const Legacy = placed(DISPATCHER).value.constructor;
  globalThis[DISPATCHER_2] = makeDispatcher(plain);
  globalThis[DISPATCHER] = new Legacy(globalThis[DISPATCHER_2]);
}

function publish(symbol, get) {
  const set = (value) => Object.defineProperty(globalThis, symbol, { value, writable: true, configurable: true });
  Object.defineProperty(globalThis, symbol, { get, set, enumerable: false, configurable: true });
}

function wrapFetch() {
  // Before us only NODE_USE_ENV_PROXY or another preload puts one there: theirs it is.
  if (typeof original.fetch !== 'function' || globalThis[DISPATCHER] !== undefined) return;
  publish(DISPATCHER, readDispatcher);
  publish(DISPATCHER_2, readSecond);
  const { value: _, ...same } = Object.getOwnPropertyDescriptor(globalThis, 'fetch');
  const fetch = function (input, init = undefined) {
    settle();
    return original.fetch.call(globalThis, input, init);
  };
  Object.defineProperty(globalThis, 'fetch', { ...same, value: fetch });
}

if (process.env.CVR_PROXY && !http[MARK]) {
  http[MARK] = true;
  wrapAgent(http, 80);
  wrapAgent(https, 443);
  http.Agent.prototype.getName = getName;
  tls.connect = tlsConnect;
  wrapFetch();
  require('module').syncBuiltinESMExports();
}
