/** The partner's colour, made readable: WCAG contrasts whatever was asked for. */

type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [16, 33, 38];
const DARK_SURFACE: Rgb = [24, 36, 40];
const TEXT = 4.5;

export interface Palette {
  accent: string;
  onAccent: string;
  accentDark: string;
  onAccentDark: string;
}

export function parseHex(value: string): Rgb | undefined {
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(value.trim())?.[1];
  if (!hex) return undefined;
  const long = hex.length === 3 ? hex.replace(/./g, "$&$&") : hex;
  const parts = long.match(/../g)?.map((pair) => parseInt(pair, 16));
  return parts as unknown as Rgb;
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function mix(colour: Rgb, other: Rgb, share: number): Rgb {
  return colour.map((part, i) => Math.round(part + ((other[i] ?? 0) - part) * share)) as unknown as Rgb;
}

/** Moves a colour towards another until it can be read on the surface. */
function readable(colour: Rgb, surface: Rgb, towards: Rgb): Rgb {
  let share = 0;
  let result = colour;
  while (contrast(result, surface) < TEXT && share < 1) {
    share += 0.05;
    result = mix(colour, towards, share);
  }
  return result;
}

const css = ([r, g, b]: Rgb): string => `rgb(${r} ${g} ${b})`;
const on = (colour: Rgb): string => css(contrast(colour, WHITE) >= TEXT ? WHITE : INK);

export function palette(value: string): Palette | undefined {
  const asked = parseHex(value);
  if (!asked) return undefined;
  // The tinted surfaces are a little darker than white: some margin.
  const light = readable(asked, [232, 238, 240], INK);
  const dark = readable(asked, mix(DARK_SURFACE, WHITE, 0.1), WHITE);
  return { accent: css(light), onAccent: on(light), accentDark: css(dark), onAccentDark: on(dark) };
}
