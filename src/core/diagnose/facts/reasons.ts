/**
 * Numbers and names inside typed reasons. A reason's category is the reader's work; only the values that the runtime
 * printed into the sentence are taken out here (runtime/error.go boundsErrorFmts, Go 1.13–1.27; testing 1.9–1.27).
 */
export interface Bounds {
  /** The index or the slice bound that did not fit, as printed: '9', '-1'. */
  index: string;
  /** Which bound: a[index], s[:index], s[index:], s[::index]. */
  form: 'index' | 'high' | 'low' | 'max' | 'low-high' | 'high-max' | 'conversion';
  limit?: { of: 'length' | 'capacity'; value: string };
  /** s[index:other]: the bound it was compared with. */
  other?: string;
}

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

export interface TestTimeout {
  /** '10m0s', as printed. */
  after?: string;
  running: string[];
}

/** `test timed out after 1s` and, since Go 1.20, the tests that were running. */
export function timeoutOf(text: string): TestTimeout {
  const lines = text.split('\n', 200);
  const after = /timed out after (\S{1,40})/.exec(lines[0] ?? '')?.[1];
  const running: string[] = [];
  for (const line of lines.slice(1)) {
    const test = /^\s+(\S{1,400}) \([^)]{1,40}\)\s*$/.exec(line)?.[1];
    if (test !== undefined) running.push(test);
  }
  return after === undefined ? { running } : { after, running };
}

/** `interface conversion: A is B, not C` and its relatives (runtime/error.go TypeAssertionError). */
export interface Assertion {
  found: string;
  wanted: string;
  missing?: string;
  interfaceType?: string;
}

export function assertionOf(text: string): Assertion | undefined {
  const body = text.slice(0, 2000);
  const method = /interface conversion: (.+?) is not (.+): missing method (\S+)/.exec(body);
  if (method !== null) return { found: method[1] ?? '', wanted: method[2] ?? '', missing: method[3] ?? '' };
  const other = /interface conversion: (.+?) is (.+), not (.+?)(?: \(types from different .+\))?$/m.exec(body);
  if (other !== null) {
    const type = other[1] ?? '';
    // `interface conversion: interface is nil, not T` names no type.
    const assertion: Assertion = { found: other[2] ?? '', wanted: other[3] ?? '' };
    return type === 'interface' ? assertion : { ...assertion, interfaceType: type };
  }
  return undefined;
}

/** `hash of unhashable type T`, `comparing uncomparable type T` (runtime/alg.go). */
export function unhashableType(text: string): string | undefined {
  return /(?:unhashable|uncomparable) type (.{1,200})/.exec(text)?.[1]?.trim();
}

/** A panic that the runtime raised by itself (runtime.Error), also where its text is of no known class. */
export function isRuntimeError(text: string): boolean {
  return text.startsWith('runtime error: ');
}
