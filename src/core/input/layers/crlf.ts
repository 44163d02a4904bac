import type { StageText } from '../sample.ts';
import type { Layer } from './layer.ts';

/** Lines that must end with CR LF in one window; a few such lines inside a printed value are no layer. */
const share = 0.5;

/** Windows line ends, and the lone carriage returns of old terminals, become line feeds. */
export const crlf: Layer = {
  name: 'crlf',
  detect(text) {
    if (!text.windows.some(({ lines }) => lines.some((line) => line.includes('\r')))) return undefined;
    if (hasWindowsEnds(text)) return { remove: (out) => removeReturns(text.bytes, out.copy.bind(out)) };
    if (!hasLoneReturns(text)) return undefined;
    return {
      remove(out) {
        eachReturn(text.bytes, (from, at, next) => {
          out.copy(from, at);
          if (next > at) out.make('\n', at, next);
        });
      },
    };
  },
};

function hasWindowsEnds({ windows }: StageText): boolean {
  return windows.some(({ lines }) => {
    const ended = lines.filter((line) => line.indexOf('\r') === line.length - 1 && line !== '').length;
    return ended > 0 && ended >= lines.length * share;
  });
}

/** Lone returns where line feeds hardly occur: a line of a window holds many of them. */
function hasLoneReturns({ windows }: StageText): boolean {
  return windows.some(({ lines }) => {
    const returns = lines.reduce((sum, line) => sum + line.split('\r').length - 1, 0);
    return returns >= 2 && returns > lines.length;
  });
}

function eachReturn(bytes: Uint8Array, visit: (from: number, at: number, next: number) => void): void {
  let from = 0;
  while (from < bytes.length) {
    const at = bytes.indexOf(13, from);
    if (at < 0) break;
    let next = at + 1;
    if (bytes[next] === 10) next++;
    visit(from, at, next);
    from = next;
  }
  if (from < bytes.length) visit(from, bytes.length, bytes.length);
}

/** Drops the returns that stand before a line feed; others are part of the text. */
function removeReturns(bytes: Uint8Array, copy: (start: number, end: number) => void): void {
  let from = 0;
  let search = 0;
  while (search < bytes.length) {
    const at = bytes.indexOf(13, search);
    if (at < 0) break;
    let next = at + 1;
    while (bytes[next] === 13) next++;
    if (bytes[next] === 10 || next === bytes.length) {
      copy(from, at);
      from = next;
    }
    search = next;
  }
  copy(from, bytes.length);
}
