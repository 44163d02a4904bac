/** Takes layers off, outermost first, until none is recognised. */
import type { DocumentContext, UnwrappedText } from '../model/document.ts';
import { identityOrigin } from '../model/origin.ts';
import { TextBuilder } from './builder.ts';
import { composeOrigins } from './compose.ts';
import { layers as known } from './layers/index.ts';
import type { Layer } from './layers/layer.ts';
import { firstEscape, lineStartsOf } from './lines.ts';
import { isPlainDump } from './plain-dump.ts';
import { canBeAround, stageText, windowBytes, windowCount } from './sample.ts';

/** Layers taken off one document: deeper nesting is no accident. */
export const mostLayers = 16;
/** The same layer again inside others (a quoted mail in a quoted mail). */
export const mostRepeats = 3;

/** Texts of more bytes are judged by samples. */
const sampledBytes = windowBytes * windowCount;

export interface Unwrapped {
  layers: string[];
  text: UnwrappedText;
  context?: DocumentContext;
}

/** `lineStarts` are those of `bytes`: a text without layers shares both. */
export function unwrap(bytes: Uint8Array, lineStarts: Uint32Array, from: readonly Layer[] = known): Unwrapped {
  const removed: string[] = [];
  const context: DocumentContext = {};
  let current = bytes;
  let origin = identityOrigin(bytes.length);
  while (removed.length < mostLayers) {
    const step = removeOne(current, removed, from);
    if (step === undefined) break;
    origin = composeOrigins(step.origin, step.bytes.length, origin);
    current = step.bytes;
    removed.push(step.name);
    // The outermost layer knows best; inner ones add what it does not say.
    Object.assign(context, { ...step.context, ...context });
  }
  const text = { bytes: current, lineStarts: removed.length === 0 ? lineStarts : lineStartsOf(current), origin };
  const unwrapped: Unwrapped = { layers: removed, text };
  // Newest first: the later time stands above.
  const { first, last } = context;
  if (first !== undefined && last !== undefined && Date.parse(last) < Date.parse(first))
    Object.assign(context, { first: last, last: first });
  if (Object.keys(context).length > 0) unwrapped.context = context;
  return unwrapped;
}

function removeOne(bytes: Uint8Array, removed: readonly string[], from: readonly Layer[]) {
  const stage = stageText(bytes);
  if (bytes.length > sampledBytes && isPlainDump(stage.windows) && firstEscape(bytes) < 0) return undefined;
  for (const layer of from) {
    if (removed.filter((name) => name === layer.name).length >= mostRepeats) continue;
    const removal = canBeAround(stage, layer) ? layer.detect(stage) : undefined;
    if (removal === undefined) continue;
    const out = new TextBuilder(bytes);
    removal.remove(out);
    const built = out.finish();
    if (!sameBytes(built.bytes, bytes)) return { ...built, name: layer.name, context: removal.context };
  }
  return undefined;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
