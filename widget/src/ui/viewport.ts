/** Keeps the full-screen panel above a phone's keyboard, which `dvh` ignores on iOS. */
export function followKeyboard(root: HTMLElement): () => void {
  const viewport = window.visualViewport;
  if (!viewport) return () => undefined;
  const follow = (): void => {
    // Zoomed by two fingers, what is seen is a part of the panel, not the room it has.
    if (viewport.scale > 1.01) return;
    root.style.setProperty("--seen-height", `${Math.round(viewport.height)}px`);
    root.style.setProperty("--seen-top", `${Math.round(viewport.offsetTop)}px`);
  };
  viewport.addEventListener("resize", follow);
  viewport.addEventListener("scroll", follow);
  follow();
  return () => {
    viewport.removeEventListener("resize", follow);
    viewport.removeEventListener("scroll", follow);
    root.style.removeProperty("--seen-height");
    root.style.removeProperty("--seen-top");
  };
}
