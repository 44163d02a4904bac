/**
 * Frames that Delve has printed before: a list of goroutines repeats a few hundred places a million times, so the bytes behind a
 * frame's address are compared with those that stood there the last time, four at a time.
 */

const firstSlots = 64;
/** More distinct frames are read each by itself. */
const mostSites = 1 << 15;
/** Several inlined calls share an address; frames that lie deeper in the table are read by themselves. */
const mostProbes = 12;
const golden = 0x9e3779b1;
const tab = 9;
const space = 32;

export class DelveSites {
  /** What the site found last says; indices of strings. */
  name = 0;
  file = 0;
  line = 0;

  #count = 0;
  /** Open addressing: slot → site + 1. The size is a power of two, at most half full. */
  #slots = new Uint32Array(firstSlots);
  #pcHigh = new Uint32Array(firstSlots);
  #pcLow = new Uint32Array(firstSlots);
  #names = new Uint32Array(firstSlots);
  #files = new Uint32Array(firstSlots);
  #lines = new Uint32Array(firstSlots);
  /** Where the text of a site is kept: its name with the line feed, then `at …` with the line feed. */
  #start = new Uint32Array(firstSlots);
  #nameLength = new Uint32Array(firstSlots);
  #placeLength = new Uint32Array(firstSlots);
  #kept = new Uint8Array(1 << 12);
  #view = new DataView(this.#kept.buffer);
  #used = 0;

  /** Looks for the frame whose address is known and whose name begins at `at`; false when it was not printed like that before. */
  find(view: DataView, at: number, pcHigh: number, pcLow: number, deepestPlace: number): boolean {
    const mask = this.#slots.length - 1;
    let slot = Math.imul(pcLow, golden) >>> 16;
    for (let probe = 0; probe < mostProbes; probe++, slot++) {
      const site = (this.#slots[slot & mask] ?? 0) - 1;
      if (site < 0) return false;
      if (this.#pcLow[site] !== pcLow || this.#pcHigh[site] !== pcHigh) continue;
      if (!this.#stands(view, at, site, deepestPlace)) continue;
      this.name = this.#names[site] ?? 0;
      this.file = this.#files[site] ?? 0;
      this.line = this.#lines[site] ?? 0;
      return true;
    }
    return false;
  }

  /** Keeps the frame of `name`, `file` and `line`, whose name stands in [nameStart, nameEnd) and whose place in [placeStart, placeEnd). */
  keep(
    bytes: Uint8Array,
    nameStart: number,
    nameEnd: number,
    placeStart: number,
    placeEnd: number,
    pcHigh: number,
    pcLow: number,
  ): void {
    if (this.#count === mostSites) return;
    const site = this.#count++;
    if (site === this.#start.length) this.#growSites();
    const length = nameEnd - nameStart + placeEnd - placeStart;
    if (this.#used + length > this.#kept.length) this.#growText(length);
    this.#kept.set(bytes.subarray(nameStart, nameEnd), this.#used);
    this.#kept.set(bytes.subarray(placeStart, placeEnd), this.#used + nameEnd - nameStart);
    this.#start[site] = this.#used;
    this.#nameLength[site] = nameEnd - nameStart;
    this.#placeLength[site] = placeEnd - placeStart;
    this.#used += length;
    this.#pcHigh[site] = pcHigh;
    this.#pcLow[site] = pcLow;
    this.#names[site] = this.name;
    this.#files[site] = this.file;
    this.#lines[site] = this.line;
    if (this.#count * 2 > this.#slots.length) {
      this.#slots = new Uint32Array(this.#slots.length * 2);
      for (let one = 0; one < this.#count; one++) this.#place(one);
    } else this.#place(site);
  }

  #place(site: number): void {
    const mask = this.#slots.length - 1;
    let slot = Math.imul(this.#pcLow[site] ?? 0, golden) >>> 16;
    while (this.#slots[slot & mask] !== 0) slot++;
    this.#slots[slot & mask] = site + 1;
  }

  #stands(view: DataView, at: number, site: number, deepestPlace: number): boolean {
    const own = this.#start[site] ?? 0;
    const nameLength = this.#nameLength[site] ?? 0;
    const placeLength = this.#placeLength[site] ?? 0;
    if (at + nameLength + deepestPlace + placeLength > view.byteLength) return false;
    if (!this.#same(view, at, own, nameLength)) return false;
    const indent = at + nameLength;
    let place = indent;
    for (let byte = view.getUint8(place); byte === space || byte === tab; byte = view.getUint8(++place))
      if (place - indent >= deepestPlace) return false;
    return place > indent && this.#same(view, place, own + nameLength, placeLength);
  }

  #same(view: DataView, at: number, own: number, length: number): boolean {
    const kept = this.#view;
    let i = 0;
    for (; i + 4 <= length; i += 4) if (kept.getInt32(own + i, true) !== view.getInt32(at + i, true)) return false;
    for (; i < length; i++) if (kept.getUint8(own + i) !== view.getUint8(at + i)) return false;
    return true;
  }

  #growText(length: number): void {
    const grown = new Uint8Array(Math.max(this.#kept.length * 2, this.#used + length));
    grown.set(this.#kept);
    this.#kept = grown;
    this.#view = new DataView(grown.buffer);
  }

  #growSites(): void {
    const wider = (column: Uint32Array): Uint32Array<ArrayBuffer> => {
      const grown = new Uint32Array(column.length * 2);
      grown.set(column);
      return grown;
    };
    this.#pcHigh = wider(this.#pcHigh);
    this.#pcLow = wider(this.#pcLow);
    this.#names = wider(this.#names);
    this.#files = wider(this.#files);
    this.#lines = wider(this.#lines);
    this.#start = wider(this.#start);
    this.#nameLength = wider(this.#nameLength);
    this.#placeLength = wider(this.#placeLength);
  }
}
