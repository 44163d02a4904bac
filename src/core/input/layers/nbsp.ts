import type { Window } from '../sample.ts';
import { isAnchor, isLocation } from '../shapes.ts';
import type { Layer } from './layer.ts';

/** No-break space (C2 A0) and zero-width marks (E2 80 8B–8D, EF BB BF) as byte strings, read as Latin-1 or windows-1252. */
const special = /\u00c2\u00a0|\u00e2[\u20ac\u0080][\u2039\u008b\u0152\u008c\u008d]|\u00ef\u00bb\u00bf/g;
const fewestLines = 2;

/** Blanks that browsers and chats put in place of plain ones, seen where they keep a line from being read. */
export const nbsp: Layer = {
  name: 'nbsp',
  detect({ bytes, windows }) {
    if (!windows.some(hidesForms)) return undefined;
    return {
      remove(out) {
        let from = 0;
        for (let at = 0; at < bytes.length; at++) {
          const length = specialAt(bytes, at);
          if (length === 0) continue;
          out.copy(from, at);
          if (length === 2) out.make(' ', at, at + 2);
          from = at + length;
          at = from - 1;
        }
        out.copy(from, bytes.length);
      },
    };
  },
};

function specialAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0;
  if (byte < 0xc2) return 0;
  if (byte === 0xc2) return bytes[at + 1] === 0xa0 ? 2 : 0;
  if (byte === 0xe2) {
    const last = bytes[at + 2] ?? 0;
    return bytes[at + 1] === 0x80 && last >= 0x8b && last <= 0x8d ? 3 : 0;
  }
  return byte === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf ? 3 : 0;
}

function hidesForms({ lines }: Window): boolean {
  let hidden = 0;
  for (const line of lines) {
    if (!/[\u00c2\u00e2\u00ef]/.test(line)) continue;
    const plain = line.replace(special, (mark) => (mark.length === 2 ? ' ' : ''));
    if (plain === line) continue;
    const indented = /^[ \t]*(?:\u00c2\u00a0)/.test(line) && isLocation(plain.trim());
    if (indented || (isAnchor(plain.trim()) && !isAnchor(line.trim()))) hidden++;
  }
  return hidden >= fewestLines;
}
