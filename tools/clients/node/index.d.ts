export type Mode = 'once' | 'new_episodes' | 'none' | 'all' | 'passthrough';

export interface Hooks {
  beforeEach(run: () => Promise<void>): unknown;
  afterEach(run: (...given: unknown[]) => Promise<void>): unknown;
  /** Ends the session that the tests share; without it each test ends one. */
  afterAll?(run: () => Promise<void>): unknown;
}

export interface Options {
  mode?: Mode;
  /** Unused interactions fail, too: at the end of the last test that names the cassette. */
  strict?: boolean;
  /** A test that fails leaves what was recorded; default false. */
  keepOnFailure?: boolean;
  /** HTTP_PROXY and HTTPS_PROXY while the test runs; default true. */
  setEnv?: boolean;
  proxy?: ProxyFacts;
  hooks?: Hooks;
}

export interface ProxyFacts {
  /** http://ADDR:PORT */
  url: string;
  token: string;
  ca?: string;
  bundle?: string;
}

export interface RunningProxy extends ProxyFacts {
  control: string;
  /** SIGTERM; what it said at its end. */
  stop(): Promise<{ status: number | null; stderr: string }>;
}

export interface Miss {
  method: string;
  url: string;
  [more: string]: unknown;
}

export interface Summary {
  name: string;
  mode: Mode;
  /** What `once` has come to. */
  resolved: Mode;
  cassette: string;
  hits: number;
  misses: number;
  unused: number;
  recorded: number;
  lost: number;
  miss_reports: { asked: Miss; reason?: string; nearest?: (Miss & { n: number; rule?: string })[]; hint?: string }[];
  unused_interactions: { n: number; method: string; url: string }[];
  warnings: string[];
}

export interface Cassette {
  /** The session's name; undefined while no test runs. */
  name?: string;
  /** http://NAME:x@ADDR:PORT */
  proxyUrl?: string;
  /** Variables for a child process. */
  env?: Record<string, string>;
  /** What the last test that ended has done. */
  summary?: Summary;
}

export class CassetteError extends Error {
  summary: Summary;
}

export function useCassette(name: string, options?: Options): Cassette;
export function withCassette<T>(name: string, run: (cassette: Cassette) => T | Promise<T>): Promise<T>;
export function withCassette<T>(name: string, options: Options, run: (cassette: Cassette) => T | Promise<T>): Promise<T>;
export function startProxy(options?: {
  /** Default: $CVR_BINARY, or `cvr` in the path. */
  cvr?: string;
  args?: string[];
  env?: Record<string, string>;
  cwd?: string;
}): Promise<RunningProxy>;
/** A name that the proxy accepts for any text: a test's title. */
export function sessionName(text: string): string;
