/** Names that Delve prints: of functions, files and places. */
import { withoutAbi } from '../../../model/function-name.ts';
import type { StringTable } from '../../../model/columns.ts';
import { DelveSites } from './delve-sites.ts';
import { JudgedNames } from './judged-names.ts';

const text = /^\S(?:.{0,998}\S)?$/;
const token = /^\S{1,1000}$/;

export interface DelveNames {
  /** `???` = not known. */
  functions: JudgedNames;
  /** Of a frame: with blanks or not. `?` = not known. */
  files: JudgedNames;
  /** Of a goroutine or thread: without blanks, `?` as it stands. */
  places: JudgedNames;
  sites: DelveSites;
}

const known = new WeakMap<StringTable, DelveNames>();

export function delveNamesOf(strings: StringTable): DelveNames {
  let names = known.get(strings);
  if (names === undefined) {
    names = {
      functions: new JudgedNames(strings, (name) => (text.test(name) ? (name === '???' ? '' : withoutAbi(name)) : undefined)),
      files: new JudgedNames(strings, (name) => (text.test(name) ? (name === '?' ? '' : name) : undefined)),
      sites: new DelveSites(),
      places: new JudgedNames(strings, (name) => (token.test(name) ? name : undefined)),
    };
    known.set(strings, names);
  }
  return names;
}
