/** One POST of JSON and what came back; never throws. */

import { parseFailure, type Failure } from "./contract";

const PATIENCE_MS = 30_000;

export type Route = "session" | "message" | "avis" | "effacer";

/** `status` 0: nothing came back, or not from our server. */
export interface Reply {
  status: number;
  body: unknown;
  failure?: Failure;
}

const NOTHING: Reply = { status: 0, body: undefined };

export async function post(
  base: string,
  route: Route,
  body: unknown,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Reply> {
  const gaveUp = new AbortController();
  const timer = setTimeout(() => gaveUp.abort(), PATIENCE_MS);
  const stop = (): void => gaveUp.abort();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const response = await fetch(`${base}/webhooks/web/${route}`, {
      method: "POST",
      mode: "cors",
      credentials: "omit",
      // "no-store" would ask for leave (a preflight) before each message.
      cache: "default",
      referrerPolicy: "no-referrer",
      headers: {
        "Content-Type": "application/json",
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      signal: gaveUp.signal,
    });
    return await read(response);
  } catch {
    return NOTHING;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

/** The site of this page is known not to be allowed: the browser hides the server's refusals. */
export async function isRefused(base: string): Promise<boolean> {
  try {
    const response = await fetch(`${base}/webhooks/web/origine`, { credentials: "omit" });
    return ((await response.json()) as { autorisee?: boolean }).autorisee === false;
  } catch {
    return false;
  }
}

/** The situation of a calculator's address, as a person would write it. */
export async function sentenceAt(url: string): Promise<string> {
  try {
    const response = await fetch(url, { credentials: "omit" });
    return ((await response.json()) as { phrase?: string }).phrase ?? "";
  } catch {
    return "";
  }
}

async function read(response: Response): Promise<Reply> {
  if (response.status === 204) return { status: 204, body: undefined };
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // A proxy's HTML page in place of our server's JSON: the service is away.
    return response.ok ? NOTHING : { status: response.status, body: undefined };
  }
  const failure = response.ok ? undefined : parseFailure(body);
  return { status: response.status, body, ...(failure ? { failure } : {}) };
}
