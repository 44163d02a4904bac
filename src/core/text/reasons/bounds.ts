/** Numbers inside `index out of range` and its relatives (runtime/error.go boundsErrorFmts, Go 1.13–1.27). */
import type { Bounds } from '../../model/reason.ts';

const limit = / with (length|capacity) (-?\d{1,20})/;
const number = '(-?\\d{1,20})';
const forms: [RegExp, Bounds['form']][] = [
  [new RegExp(`index out of range \\[${number}\\]`), 'index'],
  [new RegExp(`out of range \\[::${number}\\]`), 'max'],
  [new RegExp(`out of range \\[:${number}:(?:${number})?\\]`), 'high-max'],
  [new RegExp(`out of range \\[${number}:${number}:?\\]`), 'low-high'],
  [new RegExp(`out of range \\[:${number}\\]`), 'high'],
  [new RegExp(`out of range \\[${number}:{1,2}\\]`), 'low'],
];
const conversion = /with length (-?\d{1,20}) to array or pointer to array with length (-?\d{1,20})/;

/** Undefined where the runtime printed no numbers (up to Go 1.12). */
export function boundsOf(text: string): Bounds | undefined {
  const converted = conversion.exec(text);
  if (converted !== null) {
    return { index: converted[2] ?? '', form: 'conversion', limit: { of: 'length', value: converted[1] ?? '' } };
  }
  for (const [form, name] of forms) {
    const match = form.exec(text);
    if (match === null) continue;
    const bounds: Bounds = { index: match[1] ?? '', form: name };
    const printed = limit.exec(text);
    if (printed !== null) bounds.limit = { of: printed[1] === 'capacity' ? 'capacity' : 'length', value: printed[2] ?? '' };
    if (match[2] !== undefined) bounds.other = match[2];
    return bounds;
  }
  return undefined;
}
