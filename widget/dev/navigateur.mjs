// Debian's Chromium, or the one that AM_NAVIGATEUR names, quiet and without a screen.
import { chromium } from "playwright-core";

export function launch() {
  return chromium.launch({
    executablePath: process.env.AM_NAVIGATEUR ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
