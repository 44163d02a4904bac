/** Reading checked values out of parsed JSON: each problem says where, what was expected, what was found, and what to do. */

/** Problems told of one file. */
const mostProblems = 20;
/** Characters of a found value that are told. */
const longestFound = 60;

export class Problems {
  readonly list: string[] = [];

  add(where: string, expected: string, found: unknown, advice: string): void {
    if (this.list.length >= mostProblems) return;
    this.list.push(`${where}: expected ${expected}, found ${described(found)}. ${advice}`);
  }
}

function described(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > longestFound ? `${text.slice(0, longestFound)}…` : text;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The keys of one object, read by name; what nobody asked for is a problem. */
export class Fields {
  readonly #object: JsonObject;
  readonly #where: string;
  readonly #problems: Problems;
  readonly #asked = new Set<string>();

  constructor(object: JsonObject, where: string, problems: Problems) {
    this.#object = object;
    this.#where = where;
    this.#problems = problems;
  }

  at(key: string): string {
    return this.#where === '' ? key : `${this.#where}.${key}`;
  }

  raw(key: string): unknown {
    this.#asked.add(key);
    return Object.hasOwn(this.#object, key) ? this.#object[key] : undefined;
  }

  /** A string that `test` accepts; '' when it is not there or wrong. */
  text(key: string, expected: string, advice: string, test: (text: string) => boolean): string {
    const value = this.raw(key);
    if (typeof value === 'string' && test(value)) return value;
    this.#problems.add(this.at(key), expected, value, advice);
    return '';
  }

  optionalText(key: string, expected: string, advice: string, test: (text: string) => boolean): string | undefined {
    return this.raw(key) === undefined ? undefined : this.text(key, expected, advice, test);
  }

  /** Strings that `test` accepts; an absent key is an empty list unless it is `needed`. */
  texts(key: string, needed: boolean, expected: string, advice: string, test: (text: string) => boolean): string[] {
    const value = this.raw(key);
    if (value === undefined && !needed) return [];
    if (!Array.isArray(value) || (needed && value.length === 0)) {
      this.#problems.add(this.at(key), `a list of ${expected}`, value, advice);
      return [];
    }
    return value.flatMap((one: unknown, index) => {
      if (typeof one === 'string' && test(one)) return [one];
      this.#problems.add(`${this.at(key)}[${String(index)}]`, expected, one, advice);
      return [];
    });
  }

  /** Objects of a list, each with its place. */
  objects(key: string): Fields[] {
    const value = this.raw(key);
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.#problems.add(this.at(key), 'a list of objects', value, 'Put the entries between [ and ].');
      return [];
    }
    return value.flatMap((one: unknown, index) => {
      const where = `${this.at(key)}[${String(index)}]`;
      if (isObject(one)) return [new Fields(one, where, this.#problems)];
      this.#problems.add(where, 'an object', one, 'Write the entry between { and }.');
      return [];
    });
  }

  object(key: string): Fields | undefined {
    const value = this.raw(key);
    if (isObject(value)) return new Fields(value, this.at(key), this.#problems);
    this.#problems.add(this.at(key), 'an object', value, 'Write it between { and }.');
    return undefined;
  }

  /** To be called last. */
  refuseOthers(): void {
    for (const key of Object.keys(this.#object)) {
      if (this.#asked.has(key)) continue;
      const known = [...this.#asked].join(', ');
      this.#problems.add(this.at(key), `one of the keys ${known}`, key, 'Correct the spelling, or leave the key out.');
    }
  }
}
