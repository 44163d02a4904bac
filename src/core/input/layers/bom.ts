import type { Layer } from './layer.ts';

/** The UTF-8 byte order mark. */
export const bom: Layer = {
  name: 'bom',
  detect({ bytes }) {
    if (bytes[0] !== 0xef || bytes[1] !== 0xbb || bytes[2] !== 0xbf) return undefined;
    return { remove: (out) => out.copy(3, bytes.length) };
  },
};
