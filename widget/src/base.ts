/** The bot's address: where this very script came from, its folder included (`https://a.example/assistant`). */

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;

/** The tag that loaded us: its `data-` attributes are the launcher's settings. */
export const ownScript =
  // A module does not know its own tag.
  script ?? document.querySelector<HTMLScriptElement>('script[src*="widget."]');

/** Without a slash at its end. `asked`: a folder, « https://a.example/assistant ». */
export function botBase(asked: string | undefined): string {
  const folder = asked ? `${asked.replace(/\/*$/, "")}/` : (ownScript?.src ?? location.href);
  try {
    return new URL(".", new URL(folder, location.href)).href.slice(0, -1);
  } catch {
    return location.origin;
  }
}
