/** The page's half of what `case-view.ts` leaves out. */
import type { CaseView, GivenBytes, InputPart } from './protocol.ts';

/** Puts back what `toCaseView` left out; `parts` as they were sent. */
export function restoreGiven(view: CaseView, given: readonly GivenBytes[], parts: readonly InputPart[]): CaseView {
  for (const { document, part, isText } of given) {
    const target = view.documents[document];
    const bytes = parts[part]?.bytes;
    if (target === undefined || bytes === undefined) continue;
    target.bytes = bytes;
    if (isText) target.text.bytes = bytes;
  }
  return view;
}
