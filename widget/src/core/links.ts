/** Addresses the widget agrees to follow or to show. */

const SAFE = new Set(["http:", "https:", "tel:"]);

function parse(url: string, base: string): URL | undefined {
  try {
    // « /estimation » is a page of the bot's, wherever its folder is.
    return new URL(/^\/(?!\/)/.test(url) ? base + url : url, `${base}/`);
  } catch {
    return undefined;
  }
}

/** An address to put in a link, or undefined: http(s) and tel only. */
export function safeLink(url: string | null, base: string): string | undefined {
  if (!url) return undefined;
  const parsed = parse(url, base);
  return parsed && SAFE.has(parsed.protocol) ? parsed.href : undefined;
}

/** A picture's address: the bot's own origin only, so that no third party is ever asked. */
export function safePicture(url: string | null, base: string): string | undefined {
  if (!url) return undefined;
  const parsed = parse(url, base);
  return parsed && parsed.origin === new URL(base).origin ? parsed.href : undefined;
}
