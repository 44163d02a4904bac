/** The forms in which a value can be printed, and which of them a number that was read is. */

/** full: all of it. low: its lower 32 bits. bytes: the lower 32 bits, least byte first. */
export type Form = 'full' | 'low' | 'bytes';

export interface Needle {
  /** The bogus value that is looked for. */
  value: bigint;
  /** 0, or -8 and 8: a frame pointer is read 8 bytes above where it points. */
  distance: number;
  form: Form;
  /** As a hexadecimal number, unsigned. */
  number: bigint;
}

/** Smaller numbers are sizes, offsets and line numbers everywhere. */
const smallest = 0x10000n;
const low32 = (value: bigint): bigint => value & 0xffffffffn;

function reversed(value: bigint): bigint {
  let result = 0n;
  for (let byte = 0n; byte < 4n; byte++) result = (result << 8n) | ((value >> (8n * byte)) & 0xffn);
  return result;
}

export class Needles {
  /** By the lower 32 bits of the number as it is read. */
  readonly #byLow = new Map<number, Needle[]>();
  readonly #decimals = new Map<string, Needle>();
  readonly #bytes = new Map<number, Needle>();

  constructor(values: Iterable<bigint>) {
    for (const value of values) for (const distance of [0, -8, 8]) this.#add(value, distance);
  }

  get size(): number {
    return this.#byLow.size;
  }

  #add(value: bigint, distance: number): void {
    const number = BigInt.asUintN(64, value + BigInt(distance));
    if (number < smallest) return;
    this.#put({ value, distance, form: 'full', number });
    this.#decimal(number.toString(), { value, distance, form: 'full', number });
    this.#decimal(BigInt.asIntN(64, number).toString(), { value, distance, form: 'full', number });
    const low = low32(number);
    if (low < smallest) return;
    // Halves of addresses beside it are everywhere: only the value's own half is looked for.
    if (number !== low && distance === 0) {
      this.#put({ value, distance, form: 'low', number: low });
      this.#decimal(low.toString(), { value, distance, form: 'low', number: low });
    }
    if (number === low || distance === 0)
      this.#decimal(BigInt.asIntN(32, low).toString(), { value, distance, form: number === low ? 'full' : 'low', number: low });
    const turned = Number(reversed(low)) | 0;
    if (!this.#bytes.has(turned) && (distance === 0 || number === low))
      this.#bytes.set(turned, { value, distance, form: 'bytes', number: low });
  }

  #put(needle: Needle): void {
    const low = Number(low32(needle.number)) | 0;
    const known = this.#byLow.get(low);
    if (known === undefined) this.#byLow.set(low, [needle]);
    else if (!known.some((one) => one.number === needle.number)) known.push(needle);
  }

  #decimal(text: string, needle: Needle): void {
    const digits = text.replace('-', '');
    if (digits.length >= 6 && !this.#decimals.has(text)) this.#decimals.set(text, needle);
  }

  /** What `hex` finds: lower halves of numbers. */
  get lowHalves(): Iterable<number> {
    return this.#byLow.keys();
  }

  /** What `decimal` finds. */
  get decimals(): Iterable<string> {
    return this.#decimals.keys();
  }

  /** What `bytes` finds. */
  get byteOrders(): Iterable<number> {
    return this.#bytes.keys();
  }

  /** A hexadecimal number, as two halves of 32 bits. */
  hex(high: number, low: number): Needle | undefined {
    const known = this.#byLow.get(low);
    if (known === undefined) return undefined;
    const number = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
    return known.find((needle) => needle.number === number);
  }

  /** With its sign, as printed. */
  decimal(text: string): Needle | undefined {
    return this.#decimals.get(text);
  }

  /** Four bytes in the order in which they stand in memory. */
  bytes(four: number): Needle | undefined {
    return this.#bytes.get(four);
  }
}
