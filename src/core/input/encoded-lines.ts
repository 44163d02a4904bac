/** Lines of quoted-printable mail (RFC 2045) that are looked at before they are decoded: what stands in them, and in which order. */
import { isHead, isLocation } from './shapes.ts';

/** What only this encoding writes into a dump: the equals signs of places and signals. */
const encodedForm = /\b(?:fp|sp|pc|gp|mp?|code|addr|sigcode|frame|stack|goroutine)=3D(?:0x|nil|\d|\{|\[|$)/;
/** A character of several bytes; a line may end within it. */
const encodedCharacter = /=(?:C[2-9A-F]|D[0-9A-F]|E[0-9A-F]=[89AB][0-9A-F]|F[0-4]=[89AB][0-9A-F])=[89AB][0-9A-F]/;
/** Mail programs break at 76 columns or a little before. */
const shortestSoft = 60;
const longestSoft = 77;

/** True when the line has an equals sign of a dump, or a character of several bytes, that is still encoded. */
export function isEncodedForm(line: string): boolean {
  return line.includes('=') && (encodedForm.test(line) || encodedCharacter.test(line));
}

/** True when equals signs of a dump are still encoded: breaks in these lines are not those of a mail program. */
export function looksEncoded(lines: readonly string[]): boolean {
  return lines.some(isEncodedForm);
}

/** True when the line goes on behind an equals sign at its end. */
export function isSoft(line: string): boolean {
  return line.endsWith('=') && line.length >= shortestSoft && line.length <= longestSoft;
}

/** An equals sign with neither an escape nor a line end behind it. */
const bareSign = /=(?![0-9A-Fa-f]{2}|[ \t]*\r?$)/;

/** True for an equals sign that this encoding would not have left. */
export function hasBareSign(line: string): boolean {
  return line.includes('=') && bareSign.test(line);
}

/** These lines as they will be, as far as that tells what wraps them: soft ends joined, equals signs plain. */
export function decodedLines(lines: readonly string[]): readonly string[] {
  return looksEncoded(lines) ? decodeLine(lines.join('\n').replace(/=\r?\n/g, '')).split('\n') : lines;
}

function decodeLine(line: string): string {
  return line.replace(/=3D/g, '=').replace(/=0D$/, '');
}

/** Where the rests of soft lines stand that make a whole record of the dump. */
export function softRests(lines: readonly string[]): { below: number; above: number } {
  let below = 0;
  let above = 0;
  for (const [index, line] of lines.entries()) {
    if (!isSoft(line)) continue;
    const whole = (rest: string | undefined) => {
      if (rest === undefined) return false;
      const joined = decodeLine(line.slice(0, -1) + rest);
      return (isLocation(joined.trim()) || isHead(joined)) && !joined.includes('\\n');
    };
    if (whole(lines[index + 1])) below++;
    else if (whole(lines[index - 1])) above++;
  }
  return { below, above };
}

/** Columns by which the starts of lines are alike, whatever their numbers. */
const startColumns = 4;
const nearlyAll = 0.9;

/**
 * True when the newest line stands first, so that the rest of a soft line stands above it. Where the rests do not tell
 * it, the starts do: those of whole lines are alike, as far as something was put before each.
 */
export function isEncodedUpwards(lines: readonly string[]): boolean {
  if (!lines.some(isSoft) || !looksEncoded(lines)) return false;
  const { below, above } = softRests(lines);
  if (below !== above) return above > below;
  const whole = (rest: -1 | 1) => alike(lines.filter((_line, index) => !isSoft(lines[index + rest] ?? '')));
  const upwards = whole(1);
  return upwards >= nearlyAll && upwards > whole(-1);
}

/** Share of the most frequent start. */
function alike(lines: readonly string[]): number {
  const counts = new Map<string, number>();
  let most = 0;
  for (const line of lines) {
    const start = line.replace(/\d+/g, '0').slice(0, startColumns);
    const count = (counts.get(start) ?? 0) + 1;
    counts.set(start, count);
    most = Math.max(most, count);
  }
  return most / Math.max(1, lines.length);
}
