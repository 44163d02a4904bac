import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../src/app/theme/tokens.css', import.meta.url), 'utf8');

function block(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(start, css.indexOf('}', start));
  return new Map([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]));
}

const themes = { light: block(':root'), dark: block(":root[data-theme='dark']") };

function linear(channel: number): number {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

type Triple = [number, number, number];

function rgb(hex: string): Triple {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as Triple;
}

/** WCAG 2 relative luminance and contrast. */
function luminance(hex: string): number {
  const [r, g, b] = rgb(hex).map(linear) as Triple;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Severity 1.0 of Machado, Oliveira and Fernandes (2009), applied to linear RGB. */
const vision: Record<string, [Triple, Triple, Triple]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function lab(hex: string, matrix: [Triple, Triple, Triple]): Triple {
  const source = rgb(hex).map(linear) as Triple;
  const [r, g, b] = matrix.map((row) =>
    Math.min(1, Math.max(0, row[0] * source[0] + row[1] * source[1] + row[2] * source[2])),
  ) as Triple;
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** The six slot kinds. */
const kinds = ['fp', 'ret', 'arg', 'local', 'ptr', 'bad'];
const texts = ['text', 'text-2', 'text-3'];
const coloured = ['accent', 'fp', 'ret', 'arg', 'local', 'ptr', 'code', 'zero', 'bad', 'warn', 'ok'];
const grounds = ['bg', 'surface', 'surface-2'];

describe.each(Object.entries(themes))('%s tokens', (_name, tokens) => {
  const value = (name: string): string => {
    const found = tokens.get(name);
    if (found === undefined) throw new Error(`no token ${name}`);
    return found;
  };

  it('has every token of the other theme', () => {
    expect([...tokens.keys()].sort()).toEqual([...themes.light.keys()].sort());
    expect(tokens.size).toBe(29);
  });

  it('keeps 4.5:1 for every text colour on every ground and on its own tint', () => {
    const tints = [...tokens.keys()].filter((name) => name.endsWith('-tint'));
    const pairs = [
      ...[...texts, ...coloured].flatMap((text) => grounds.map((ground) => [text, ground] as const)),
      ...tints.map((tint) => [tint.replace('-tint', ''), tint] as const),
      ...texts.flatMap((text) => tints.map((tint) => [text, tint] as const)),
      ['on-accent', 'accent'] as const,
    ];
    const low = pairs.filter(([text, ground]) => contrast(value(text), value(ground)) < 4.5);
    expect(low).toEqual([]);
  });

  it('keeps 3:1 for outlines of controls', () => {
    for (const ground of ['bg', 'surface']) expect(contrast(value('border-strong'), value(ground))).toBeGreaterThan(3);
  });

  it.each(Object.keys(vision))('keeps the slot kinds apart for %s vision', (sight) => {
    const matrix = vision[sight];
    if (matrix === undefined) throw new Error(sight);
    let smallest = Infinity;
    for (const one of kinds) {
      for (const other of kinds) {
        if (one >= other) continue;
        const [a, b] = [lab(value(one), matrix), lab(value(other), matrix)];
        smallest = Math.min(smallest, Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]));
      }
    }
    expect(smallest).toBeGreaterThan(20);
  });
});
