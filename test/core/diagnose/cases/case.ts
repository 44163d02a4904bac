/** The shape of a rule's fixtures: texts that it must speak about, and texts that look much like them where it must be silent. */
import { readFileSync } from 'node:fs';

const fixtures = new URL('../../../fixtures/', import.meta.url);

export interface Input {
  name: string;
  text: string;
}

export interface RuleCase {
  rule: string;
  fires: readonly Input[];
  /** `why` the rule has nothing to say although the text resembles one of `fires`. */
  near: readonly { why: string; input: Input }[];
}

/** Replaces every occurrence; `from` must be there, so that an edit cannot silently do nothing. */
export function edited(input: Input, ...edits: readonly (readonly [from: string | RegExp, to: string])[]): Input {
  let { text } = input;
  for (const [from, to] of edits) {
    const changed = text.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'g'), to);
    if (changed === text) throw new Error(`${input.name} does not hold ${String(from)}`);
    text = changed;
  }
  return { name: `${input.name}, edited`, text };
}

/** A file of test/fixtures, without `.txt`. */
export function file(path: string): Input {
  return { name: path, text: readFileSync(new URL(`${path}.txt`, fixtures), 'utf8') };
}

export const own = (name: string): Input => file(`diagnose/rules/${name}`);
export const pointers = (name: string): Input => file(`diagnose/pointers/${name}`);
export const plain = (name: string): Input => file(`diagnose/${name}`);

/** Several documents of one paste. */
export function together(...inputs: readonly Input[]): Input {
  return { name: inputs.map((input) => input.name).join(' and '), text: inputs.map((input) => input.text).join('\n') };
}

/** `count` goroutines that are alike: `{i}` in the block becomes the number, from `first`. */
export function many(name: string, head: string, block: string, count: number, first = 100): Input {
  const blocks = Array.from({ length: count }, (_, index) => block.replaceAll('{i}', String(first + index)));
  return { name, text: `${head}\n${blocks.join('\n')}` };
}
