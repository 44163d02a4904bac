/** The facts of a snapshot by their kind: a session has a hundred thousand, and each kind is asked for in several places. */
import type { TextFact } from '../model/record.ts';

export type FactOf<K extends TextFact['kind']> = Extract<TextFact, { kind: K }>;

function areOf<K extends TextFact['kind']>(facts: readonly TextFact[], kind: K): facts is readonly FactOf<K>[] {
  return facts[0]?.kind === kind;
}

export class FactIndex {
  /** In printed order. */
  readonly all: readonly TextFact[];
  readonly #byKind = new Map<TextFact['kind'], TextFact[]>();

  constructor(facts: readonly TextFact[]) {
    this.all = facts;
    for (const fact of facts) {
      const list = this.#byKind.get(fact.kind);
      if (list === undefined) this.#byKind.set(fact.kind, [fact]);
      else list.push(fact);
    }
  }

  /** In printed order; the same list at every call. */
  of<K extends TextFact['kind']>(kind: K): readonly FactOf<K>[] {
    const list = this.#byKind.get(kind);
    // Lists are made of one kind and are never empty.
    return list !== undefined && areOf(list, kind) ? list : [];
  }
}
