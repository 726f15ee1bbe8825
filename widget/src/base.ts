/** The bot's origin: the one this very script came from. */

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;

/** The tag that loaded us: its `data-` attributes are the launcher's settings. */
export const ownScript =
  script ?? document.querySelector<HTMLScriptElement>('script[src*="/widget.js"]');

export function botOrigin(asked: string | undefined): string {
  try {
    return new URL(asked || ownScript?.src || location.href, location.href).origin;
  } catch {
    return location.origin;
  }
}
