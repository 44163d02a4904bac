/** Versions: 'v1.2.3', 'v1.2.3-rc.1', pseudo-versions of modules (semver), and '1.24', '1.24.2', '1.24rc1' of Go. */
import type { ReleaseRange } from '../../model/knowledge.ts';

const form = /^(?:v|go)?(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(?:[-.]?([0-9A-Za-z.-]{1,100}))?(?:\+[0-9A-Za-z.-]{1,100})?$/;

interface Parsed {
  numbers: readonly number[];
  /** 'rc.1'; '' for a release, which is later than all of its candidates. */
  candidate: string;
}

function parsed(version: string): Parsed | undefined {
  const match = form.exec(version);
  if (match === null) return undefined;
  return { numbers: [Number(match[1]), Number(match[2]), Number(match[3] ?? '0')], candidate: match[4] ?? '' };
}

export function isVersion(version: string): boolean {
  return parsed(version) !== undefined;
}

/** semver.org, 11: identifiers from left to right, numbers by value and before words. */
function compareCandidates(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? 1 : -1;
  const left = a.split('.');
  const right = b.split('.');
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const one = left[at];
    const other = right[at];
    if (one === other) continue;
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1;
    const numeric = [/^\d+$/.test(one), /^\d+$/.test(other)];
    if (numeric[0] === true && numeric[1] === true) return Math.sign(Number(one) - Number(other));
    if (numeric[0] !== numeric[1]) return numeric[0] === true ? -1 : 1;
    return one < other ? -1 : 1;
  }
  return 0;
}

/** -1, 0, 1; undefined where one is no version ('(devel)'). */
export function compareReleases(a: string, b: string): number | undefined {
  const left = parsed(a);
  const right = parsed(b);
  if (left === undefined || right === undefined) return undefined;
  for (let at = 0; at < 3; at++) {
    const difference = (left.numbers[at] ?? 0) - (right.numbers[at] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return compareCandidates(left.candidate, right.candidate);
}

/** False too where the version cannot be compared. */
export function isIn(version: string, range: ReleaseRange): boolean {
  const { from, before } = range;
  if (!isVersion(version)) return false;
  if (from !== undefined && (compareReleases(version, from) ?? -1) < 0) return false;
  return before === undefined || (compareReleases(version, before) ?? 1) < 0;
}
