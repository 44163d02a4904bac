/** The registers that a session has printed since it stopped, by normalised name: single ones, and whole listings in columns. */
import type { StringTable } from '../../../model/columns.ts';
import { registerOfRun, type RegisterRun } from '../../../model/register-columns.ts';

export class RegisterFile {
  readonly #strings: StringTable;
  /** What was printed before the last listing, and behind it. */
  readonly #before = new Map<string, bigint>();
  readonly #since = new Map<string, bigint>();
  #run: RegisterRun | undefined;

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  get(name: string): bigint | undefined {
    const later = this.#since.get(name);
    if (later !== undefined) return later;
    const listed = this.#run === undefined ? undefined : registerOfRun(this.#run, this.#strings.intern(name));
    return listed ?? this.#before.get(name);
  }

  set(name: string, value: bigint): void {
    this.#since.set(name, value);
  }

  /** A whole listing: its columns are kept, not copied. */
  setRun(run: RegisterRun): void {
    if (this.#run !== undefined) {
      const { columns, from, to } = this.#run;
      for (let row = from; row < to; row++)
        this.#before.set(columns.strings.at(columns.data.name[row] ?? 0), columns.data.values[row] ?? 0n);
    }
    for (const [name, value] of this.#since) this.#before.set(name, value);
    this.#since.clear();
    this.#run = run;
  }

  clear(): void {
    this.#run = undefined;
    if (this.#before.size > 0) this.#before.clear();
    if (this.#since.size > 0) this.#since.clear();
  }
}
