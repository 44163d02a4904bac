/**
 * One bogus pointer is accused once, by the best finding that names it. A marker knows no more than the fault address, so
 * it accuses only where no cause does and no cause explains it.
 */
import type { BogusPointer, Finding } from '../model/finding.ts';

function placeOf(pointer: BogusPointer): string {
  return typeof pointer.at === 'string' ? pointer.at : pointer.at === undefined ? '' : pointer.at.toString(16);
}

/** `findings` best first, `markers` their marker rules. A pointer without a place repeats any earlier one of the same value. */
export function withoutRepeatedPointers(findings: readonly Finding[], markers: ReadonlySet<string>): Finding[] {
  const causeAccuses = findings.some((finding) => finding.bogus.length > 0 && !markers.has(finding.rule));
  const explained = new Set(findings.flatMap((finding) => (markers.has(finding.rule) ? [] : finding.explains)));
  const seen = new Set<string>();
  const values = new Set<bigint>();
  return findings.map((finding) => {
    const bogus = finding.bogus.filter((pointer) => {
      if (markers.has(finding.rule) && (causeAccuses || explained.has(finding.id))) return false;
      const place = placeOf(pointer);
      const key = `${pointer.value.toString(16)}@${place}`;
      if (seen.has(key) || (place === '' && values.has(pointer.value))) return false;
      seen.add(key);
      values.add(pointer.value);
      return true;
    });
    return bogus.length === finding.bogus.length ? finding : { ...finding, bogus };
  });
}
