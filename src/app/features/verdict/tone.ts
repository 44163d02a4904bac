/** How the verdict band looks: what is red, and how much of the meter is full. */
import { confidences, type Confidence, type Finding } from '../../../core/model/finding.ts';
import type { Crash } from '../../../core/model/snapshot.ts';

export type VerdictTone = 'bad' | 'neutral';

/** Red when something broke: a pointer is accused, or the process died. A dump on request is neither. */
export function verdictTone(finding: Finding | undefined, crash: Crash | undefined): VerdictTone {
  if (finding === undefined) return 'neutral';
  if (finding.bogus.length > 0 || finding.culprit !== undefined) return 'bad';
  return crash === undefined || crash.kind === 'dump' ? 'neutral' : 'bad';
}

/** Parts of the meter that are full: all four only at certain. */
export function meterParts(confidence: Confidence): number {
  return confidences.length - confidences.indexOf(confidence);
}

/** 'Very likely'. */
export function confidenceWord(confidence: Confidence): string {
  return confidence.charAt(0).toUpperCase() + confidence.slice(1);
}
