/**
 * Permalinks of form 1: `#1.` + base64url(deflate-raw(JSON envelope)). The fragment is never sent to a server.
 * See docs/permalink.md.
 */
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { deflate, inflate, isTooLarge } from './compress.ts';
import { readEnvelope, writeEnvelope, type LinkContent } from './envelope.ts';
import { failed, type FailedLink } from './failure.ts';

export type { LinkContent } from './envelope.ts';
export type { LinkFailure } from './failure.ts';
export type DecodedLink = ({ ok: true } & LinkContent) | FailedLink;

/** The form that `encodeLink` writes; higher ones are of later versions. */
const form = 1;
/** Rounds of percent-decoding: mail programs and chat tools encode a link once more each. */
const percentRounds = 3;

/**
 * The fragment, `#` included. Rejects with a RangeError, whose message is for people, when the case is larger than
 * `decodeLink` would open.
 */
export async function encodeLink(content: LinkContent): Promise<string> {
  const envelope = writeEnvelope(content);
  const compressed = await deflate(envelope);
  if (isTooLarge(envelope.length, compressed.length)) {
    throw new RangeError('This case is too large for a link. Share the files instead.');
  }
  return `#${form}.${toBase64Url(compressed)}`;
}

const opening = new Set('<([{"\'`');
const closing = new Set('>)]}"\'`=.,;:!?*');

/** Undoes what happens to links on their way: white space from wraps, percent signs, an address before the `#`, brackets. */
function repaired(link: string): string {
  let text = link.replace(/\s+/g, '');
  for (let round = 0; round < percentRounds && text.includes('%'); round++) {
    try {
      text = decodeURIComponent(text);
    } catch {
      break;
    }
  }
  let start = text.lastIndexOf('#') + 1;
  while (opening.has(text[start] ?? '')) start++;
  return text.slice(start);
}

/** What stands behind a link in a sentence or in brackets. */
function withoutPunctuation(digits: string): string {
  let end = digits.length;
  while (end > 0 && closing.has(digits[end - 1] ?? '')) end--;
  return digits.slice(0, end);
}

/** Opens a whole link, its fragment with or without `#`, in whatever state. Never throws. */
export async function decodeLink(link: string): Promise<DecodedLink> {
  const match = /^(\d{1,4})\.(.*)$/s.exec(repaired(link));
  if (match === null) return failed('not-a-link');
  if (Number(match[1]) > form) return failed('newer');
  if (Number(match[1]) < form) return failed('not-a-link');
  const digits = withoutPunctuation(match[2] ?? '');
  if (digits === '') return failed('cut-off');
  const compressed = fromBase64Url(digits);
  if (compressed === undefined) return failed('mangled');
  const inflated = await inflate(compressed);
  if (!inflated.ok) return failed(inflated.reason);
  const content = readEnvelope(inflated.bytes);
  return content === undefined ? failed('mangled') : { ok: true, ...content };
}
