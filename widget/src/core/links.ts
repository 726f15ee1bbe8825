/** Addresses the widget agrees to follow or to show. */

const SAFE = new Set(["http:", "https:", "tel:"]);

function parse(url: string, origin: string): URL | undefined {
  try {
    return new URL(url, origin);
  } catch {
    return undefined;
  }
}

/** An address to put in a link, or undefined: http(s) and tel only. */
export function safeLink(url: string | null, origin: string): string | undefined {
  if (!url) return undefined;
  const parsed = parse(url, origin);
  return parsed && SAFE.has(parsed.protocol) ? parsed.href : undefined;
}

/** A picture's address: the bot's own origin only, so that no third party is ever asked. */
export function safePicture(url: string | null, origin: string): string | undefined {
  if (!url) return undefined;
  const parsed = parse(url, origin);
  return parsed && parsed.origin === new URL(origin).origin ? parsed.href : undefined;
}
