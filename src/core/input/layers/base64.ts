import type { TextBuilder } from '../builder.ts';
import { forEachLine } from '../lines.ts';
import type { Layer } from './layer.ts';

const announced = /^content-transfer-encoding:[ \t]*base64[ \t\r]*$/i;
const encoded = /^[A-Za-z0-9+/]{2,1000}={0,2}[ \t\r]*$/;
/** Encoded lines behind the blank line that ends the head. */
const fewestLines = 2;
const columns = 1024;

/** Text parts of mail in base64 (RFC 2045), as a mail's source shows them. Only text stands where they stood. */
export const base64: Layer = {
  name: 'base64',
  detect({ bytes, windows }) {
    const found = windows.some(({ lines }) =>
      lines.some((line, index) => {
        if (!announced.test(line)) return false;
        const blank = lines.findIndex((below, at) => at > index && below.trim() === '');
        return blank > 0 && lines.slice(blank + 1, blank + 1 + fewestLines).every((below) => encoded.test(below));
      }),
    );
    return found ? { remove: (out) => decodeParts(bytes, out) } : undefined;
  },
};

function decodeParts(bytes: Uint8Array, out: TextBuilder): void {
  let state: 'text' | 'head' | 'body' = 'text';
  // Characters of several bytes may stand across two lines.
  let decoder = new TextDecoder('utf-8');
  forEachLine(bytes, columns, (line, start, end) => {
    const past = end < bytes.length ? end + 1 : end;
    if (state === 'body') {
      if (encoded.test(line)) {
        out.make(decoder.decode(bytesOf(line.trim()), { stream: true }), start, past);
        return;
      }
      if (out.length > 0 && out.last !== 10) out.make('\n', start, start);
      state = 'text';
    }
    if (announced.test(line)) state = 'head';
    else if (state === 'head' && line.trim() === '') {
      state = 'body';
      decoder = new TextDecoder('utf-8');
    }
    out.copy(start, past);
  });
}

function bytesOf(line: string): Uint8Array {
  const whole = line.replace(/=+$/, '');
  const text = atob(whole.slice(0, whole.length - (whole.length % 4 === 1 ? 1 : 0)));
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}
