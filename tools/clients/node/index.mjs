// Sessions of a running `cvr proxy` for tests: see README.md.  No dependencies.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import http from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

// The hooks of the runner that this file is loaded by.  vitest has them as globals only when asked to.
async function findHooks() {
  if (typeof globalThis.beforeEach === 'function') return globalThis;
  if (process.env.VITEST) return import('vitest');
  return import('node:test');
}
const ownHooks = await findHooks();

export class CassetteError extends Error {
  constructor(message, summary) {
    super(message);
    this.name = 'CassetteError';
    this.summary = summary;
  }
}

// Different texts have different names.
export function sessionName(text) {
  const part = '[a-z0-9._]+(-[a-z0-9._]+)*';
  const plain = text.replaceAll('::', '---').replaceAll('/', '--');
  if (plain.length <= 80 && new RegExp(`^(?=[a-z0-9])${part}((/|::)${part})*$`).test(text)) return plain;
  const clean = text.toLowerCase().replace(/[^a-z0-9._]+/g, '-').replace(/^[^a-z0-9]+/, '').slice(0, 80).replace(/-+$/, '');
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return clean ? `${clean}-${digest}` : digest;
}

function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function fromRunFiles(env) {
  const home = env.CVR_HOME || join(env.XDG_DATA_HOME || join(homedir(), '.local/share'), 'cvr');
  const run = join(home, 'run');
  let names = [];
  try {
    names = readdirSync(run).filter((name) => name.endsWith('.json'));
  } catch {
    return undefined;
  }
  const found = [];
  for (const name of names) {
    try {
      const facts = JSON.parse(readFileSync(join(run, name), 'utf8'));
      if (lives(facts.pid)) found.push({ at: statSync(join(run, name)).mtimeMs, facts });
    } catch {
      // Gone meanwhile, or no run file.
    }
  }
  found.sort((a, b) => b.at - a.at);
  return found.length > 0 ? fromReadyLine(found[0].facts) : undefined;
}

function fromReadyLine(facts) {
  return { url: facts.proxy, control: facts.control, token: facts.token, ca: facts.ca, bundle: facts.bundle };
}

function fromEnvironment(env) {
  if (!env.CVR_CONTROL || !env.CVR_TOKEN) return undefined;
  const port = new URL(env.CVR_CONTROL).port || '80';
  let address = '127.0.0.1';
  for (const value of [env.HTTPS_PROXY, env.https_proxy]) {
    const url = value && URL.canParse?.(value) ? new URL(value) : undefined;
    if (url && url.port === port) address = url.hostname;
  }
  return { url: `http://${address}:${port}`, token: env.CVR_TOKEN, ca: env.NODE_EXTRA_CA_CERTS, bundle: env.SSL_CERT_FILE };
}

function findProxy(options) {
  const found = options.proxy ?? fromEnvironment(process.env) ?? fromRunFiles(process.env);
  if (found) return found;
  throw new Error('no CVR proxy was found: run the tests as `cvr proxy -- npm test`, or give what startProxy() returns as `proxy`');
}

function ask(proxy, method, path, body) {
  const { hostname, port } = new URL(proxy.url);
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = { Host: 'cvr.localhost', 'X-CVR-Token': proxy.token, 'Content-Length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: hostname.replace(/^\[|\]$/g, ''), port, method, path, headers, agent: false },
      (answer) => {
        let received = '';
        answer.setEncoding('utf8');
        answer.on('data', (piece) => (received += piece));
        answer.on('error', reject);
        answer.on('end', () => {
          try {
            resolve({ status: answer.statusCode, body: JSON.parse(received) });
          } catch {
            reject(new Error(`CVR answered ${answer.statusCode} to ${method} ${path}, and no JSON`));
          }
        });
      },
    );
    request.on('error', (error) => reject(new Error(`CVR at ${proxy.url} does not answer: ${error.message}`)));
    request.end(text);
  });
}

function explain(summary, strict) {
  const lines = [];
  for (const report of summary.miss_reports) {
    const asked = report.asked ?? {};
    lines.push(`  ${asked.method} ${asked.url}: ${report.reason ?? report.detail ?? 'no recorded interaction matches'}`);
    for (const near of report.nearest ?? []) {
      lines.push(`    nearest: #${near.n} ${near.method} ${near.url}: ${near.rule ?? ''} differs`);
      if (near.asked !== undefined || near.recorded !== undefined) {
        lines.push(`      asked    ${near.asked ?? ''}`, `      recorded ${near.recorded ?? ''}`);
      }
    }
    if (report.hint) lines.push(`    ${report.hint}`);
  }
  if (strict) {
    for (const unused of summary.unused_interactions) lines.push(`  never used: #${unused.n} ${unused.method} ${unused.url}`);
  }
  return lines.join('\n');
}

function judge(summary, strict) {
  const failed = [];
  if (summary.misses > 0) failed.push(`${summary.misses} ${summary.misses === 1 ? 'request was' : 'requests were'} not in it`);
  if (summary.lost > 0) failed.push(`${summary.lost} could not be recorded (${summary.lost_reason ?? 'see the proxy'})`);
  if (strict && summary.unused > 0) failed.push(`${summary.unused} were never used`);
  if (failed.length === 0) return;
  throw new CassetteError(`cassette ${summary.cassette}: ${failed.join(', ')}\n${explain(summary, strict)}`, summary);
}

// A name that lower-case tools see, too, and what was there before.
function setVariables(values) {
  const before = Object.keys(values).map((name) => [name, process.env[name]]);
  Object.assign(process.env, values);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}

// CVR's preload (fetch, https, undici) looks here first: jest gives tests a process.env of their own.
const PRELOAD_PROXY = Symbol.for('cvr.proxy');

function lead(env) {
  const restore = setVariables(env);
  const before = http[PRELOAD_PROXY];
  http[PRELOAD_PROXY] = env.CVR_PROXY;
  return () => {
    http[PRELOAD_PROXY] = before;
    restore();
  };
}

// Sessions of this process, by name.  Tests that name the same cassette share one: what they record one after the
// other, later runs replay to them in turn.
const running = new Map();

function sharedSession(name) {
  // Runners work in several processes and threads: each has a session of its own on the cassette.
  const thread = threadId > 0 ? `-${threadId}` : '';
  const session = `${sessionName(name).slice(0, 89)}.${process.pid}${thread}`;
  if (!running.has(session)) running.set(session, { name, session, users: 0, failed: false, strict: false, keep: false });
  return running.get(session);
}

const pathOf = (shared, verb = '') => `/api/v1/sessions/${shared.session}${verb}`;

async function begin(cassette, shared, options) {
  const { name, session } = shared;
  if (!shared.proxy) {
    shared.proxy = findProxy(options);
    await ask(shared.proxy, 'POST', pathOf(shared, '/eject')); // what a test that was killed has left behind
  }
  const { proxy } = shared;
  const wish = { cassette: sessionName(name) };
  if (options.mode) wish.mode = options.mode;
  const made = await ask(proxy, 'PUT', pathOf(shared), wish);
  if (made.status !== 200) throw new Error(`cassette ${name}: ${made.body.detail ?? made.status}`);
  shared.mode = made.body.mode;
  shared.strict ||= Boolean(options.strict);
  shared.keep ||= Boolean(options.keepOnFailure);
  // A password, too: some clients send no user name without one.
  const url = proxy.url.replace('://', `://${session}:x@`);
  const env = { HTTP_PROXY: url, HTTPS_PROXY: url, http_proxy: url, https_proxy: url, CVR_PROXY: url };
  Object.assign(cassette, { name: session, proxyUrl: url, env: { ...env } });
  if (proxy.ca) cassette.env.NODE_EXTRA_CA_CERTS = proxy.ca;
  if (proxy.bundle) Object.assign(cassette.env, { SSL_CERT_FILE: proxy.bundle, REQUESTS_CA_BUNDLE: proxy.bundle });
  const restore = options.setEnv === false ? () => {} : lead(env);
  return { before: made.body, restore };
}

// What the test has added to the session.
function since(before, now) {
  const own = { ...now };
  for (const key of ['hits', 'misses', 'forwarded', 'recorded', 'failures', 'refused', 'lost']) own[key] = now[key] - before[key];
  own.miss_reports = now.miss_reports.slice(Math.min(before.misses, 100));
  return own;
}

// Half of what a suite needs would be replayed from then on.
async function eject(shared) {
  running.delete(shared.session);
  const discard = shared.failed && !shared.keep && ['once', 'new_episodes'].includes(shared.mode);
  return ask(shared.proxy, 'POST', pathOf(shared, '/eject'), { discard });
}

// `last`: the session ends with this test.
async function finish(cassette, shared, started, { failed, last }) {
  started.restore();
  cassette.name = cassette.proxyUrl = cassette.env = undefined;
  shared.failed ||= failed;
  if (!last) {
    const now = await ask(shared.proxy, 'GET', pathOf(shared));
    shared.failed ||= now.status !== 200 || now.body.misses > started.before.misses;
    return conclude(cassette, shared, started, now, false);
  }
  return conclude(cassette, shared, started, await eject(shared), shared.strict);
}

function conclude(cassette, shared, started, answer, strict) {
  if (answer.status !== 200) throw new Error(`cassette ${shared.name}: ${answer.body.detail ?? answer.status}`);
  cassette.summary = since(started.before, answer.body);
  judge(cassette.summary, strict);
}

// Runners tell in ways of their own.
function hasFailed(context) {
  if (context?.task) return context.task.result?.state === 'fail'; // vitest
  if (context && 'error' in context) return context.error !== undefined && context.error !== null; // node:test
  const jest = Object.getOwnPropertySymbols(globalThis).find((symbol) => symbol.description === 'JEST_STATE_SYMBOL');
  return jest !== undefined && (globalThis[jest].currentlyRunningTest?.errors?.length ?? 0) > 0;
}

export function useCassette(name, options = {}) {
  const hooks = options.hooks ?? ownHooks;
  const afterAll = hooks.afterAll ?? hooks.after;
  const cassette = {};
  const shared = () => sharedSession(name);
  let started;
  if (afterAll) shared().users += 1;
  hooks.beforeEach(async () => {
    started = await begin(cassette, shared(), options);
  });
  // Without parameters of its own: jest takes one for a callback to wait for.
  hooks.afterEach(async (...given) => {
    const was = started;
    started = undefined;
    if (was) await finish(cassette, shared(), was, { failed: hasFailed(given[0]), last: !afterAll });
  });
  afterAll?.call(hooks, async () => {
    const ending = shared();
    ending.users -= 1;
    if (ending.users > 0) return;
    if (!ending.proxy) return void running.delete(ending.session);
    const ended = await eject(ending);
    if (ended.status !== 200) throw new Error(`cassette ${name}: ${ended.body.detail ?? ended.status}`);
    if (ending.strict) judge({ ...ended.body, misses: 0, miss_reports: [] }, true); // misses have failed their tests
  });
  return cassette;
}

export async function withCassette(name, options, run) {
  if (typeof options === 'function') return withCassette(name, {}, options);
  const cassette = {};
  const shared = sharedSession(name);
  shared.users += 1;
  let failed = true;
  let started;
  try {
    started = await begin(cassette, shared, options);
    const result = await run(cassette);
    failed = false;
    return result;
  } finally {
    shared.users -= 1;
    const end = () => finish(cassette, shared, started, { failed, last: shared.users === 0 });
    // The test's own failure says more than the misses behind it.
    if (started && failed) await end().catch((error) => process.emitWarning(error.message));
    else if (started) await end();
    else if (shared.users === 0) running.delete(shared.session);
  }
}

export function startProxy(options = {}) {
  const command = options.cvr ?? process.env.CVR_BINARY ?? 'cvr';
  const args = ['proxy', '--listen', '127.0.0.1:0', '--ready-fd', '3', ...(options.args ?? [])];
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (piece) => (stderr += piece));
  const ended = new Promise((resolve) => child.on('close', (status) => resolve({ status, stderr })));
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`${command} can not be started: ${error.message}`)));
    ended.then(({ status }) => reject(new Error(`cvr proxy ended with ${status}: ${stderr}`)));
    let line = '';
    child.stdio[3].setEncoding('utf8');
    child.stdio[3].on('data', (piece) => {
      line += piece;
      if (!line.includes('\n')) return;
      const proxy = fromReadyLine(JSON.parse(line));
      proxy.stop = async () => {
        // Hooks may run in an order in which these would come too late.
        for (const shared of [...running.values()]) if (shared.proxy === proxy) await eject(shared).catch(() => {});
        child.kill('SIGTERM');
        return ended;
      };
      resolve(proxy);
    });
  });
}
