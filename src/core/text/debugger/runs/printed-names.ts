/** Paths of printed members and what strings are as bytes: the same object for the same text, as a program prints few types and texts. */
import { stringBytes } from '../print-value.ts';

interface Inside {
  members: Map<string, string>;
  elements: (string | undefined)[];
}

const insides = new Map<string, Inside>();
/** Names that are kept; behind them all are made anew. */
const mostNames = 20_000;
/** Elements of one array whose names are kept. */
const mostElements = 1000;
let kept = 0;

function insideOf(path: string): Inside {
  let inside = insides.get(path);
  if (inside !== undefined) return inside;
  if (kept >= mostNames) {
    insides.clear();
    kept = 0;
  }
  inside = { members: new Map(), elements: [] };
  insides.set(path, inside);
  kept++;
  return inside;
}

/** `mu.state` of the member `state` of `mu`. */
export function memberPath(path: string, own: string): string {
  if (path === '') return own;
  const { members } = insideOf(path);
  let name = members.get(own);
  if (name !== undefined) return name;
  name = `${path}.${own}`;
  members.set(own, name);
  kept++;
  return name;
}

/** `buf[3]` of element 3 of `buf`. */
export function elementPath(path: string, index: number): string {
  if (index >= mostElements) return `${path}[${index.toString()}]`;
  const { elements } = insideOf(path);
  let name = elements[index];
  if (name !== undefined) return name;
  name = `${path}[${index.toString()}]`;
  elements[index] = name;
  kept++;
  return name;
}

const texts = new Map<string, Uint8Array>();
const mostTexts = 1000;

/** The bytes of what stands between quotes. */
export function sharedBytes(quoted: string): Uint8Array {
  let bytes = texts.get(quoted);
  if (bytes !== undefined) return bytes;
  bytes = stringBytes(quoted);
  if (texts.size < mostTexts) texts.set(quoted, bytes);
  return bytes;
}
