/**
 * A StackPicture in characters: a lane with the frame-pointer chain, then address, kind, value and meaning of each
 * word, frames as bands. Low addresses first. No line is wider than the width asked for.
 */
import { formatAddress, formatWord } from '../model/address.ts';
import type { ChainLink } from '../model/chain.ts';
import type { SlotRole, StackBand, StackCallout, StackGap, StackPicture, StackRow } from '../model/picture.ts';
import { drawingSet, type DrawingSet } from './drawing-set.ts';
import type { Paint, Tone } from './paint.ts';
import { fit, fitEnd, pad, plainSentence, printable, widthOf, wrap } from './plain.ts';

export interface DiagramOptions {
  width: number;
  paint: Paint;
  /** Draws with ASCII characters only. */
  ascii?: boolean;
}

const tags: Record<SlotRole, { text: string; tone: Tone }> = {
  'return-address': { text: 'return', tone: 'return' },
  'saved-frame-pointer': { text: 'saved FP', tone: 'link' },
  'saved-link-register': { text: 'saved LR', tone: 'return' },
  argument: { text: 'arg', tone: 'argument' },
  local: { text: 'local', tone: 'plain' },
  unknown: { text: 'word', tone: 'quiet' },
};
const tagWidth = 8;
const valueWidth = 18;
/** Fewer quiet words than this stand as they are. */
const foldFrom = 3;
/** Above this many frames, the ones without anything unusual between the first and the last few are folded. */
const bandsShown = 40;
const bandsAtEnd = 6;
/** The same, where no word of the stack is in the case: every band says the same then. */
const emptyBandsShown = 16;
/** Calls of one function in a row, none with a known word, of which more are folded: the first ones stay. */
const recursionShown = 2;

interface Piece {
  text: string;
  tone: Tone;
}

class Drawing {
  readonly lines: string[] = [];
  readonly #options: DiagramOptions;
  readonly set: DrawingSet;
  /** What the lane shows beside lines that are no link. */
  lane = ' ';
  laneTone: Tone = 'plain';

  constructor(options: DiagramOptions) {
    this.#options = options;
    this.set = drawingSet(options.ascii === true);
  }

  get width(): number {
    return this.#options.width;
  }

  /** One line of pieces, cut at the width. */
  add(pieces: Piece[]): void {
    let left = this.width;
    let line = '';
    for (const { text, tone } of pieces) {
      const shown = fit(text, left);
      left -= widthOf(shown);
      line += this.#options.paint(tone, shown);
    }
    this.lines.push(line.trimEnd());
  }

  /** A line beside the lane and a band's edge. */
  beside(edge: string, pieces: Piece[], tone: Tone = 'quiet'): void {
    this.add([{ text: ` ${this.lane} `, tone: this.laneTone }, { text: `${edge} `, tone }, ...pieces]);
  }
}

function isQuiet(row: StackRow, called: ReadonlySet<bigint>): boolean {
  return (
    row.link === undefined &&
    row.field === undefined &&
    row.pointedBy.length === 0 &&
    (row.role === 'local' || row.role === 'argument' || row.role === 'unknown') &&
    row.verdict !== 'bogus' &&
    row.verdict !== 'doubtful' &&
    !called.has(row.address)
  );
}

function foldedName(rows: StackRow[]): string {
  const roles = new Set(rows.map((row) => row.role));
  const names = [
    ...(roles.has('argument') ? ['arguments'] : []),
    ...(roles.has('local') ? ['locals'] : []),
    ...(roles.has('unknown') ? ['unknown'] : []),
  ];
  const unread = rows.every((row) => row.value === undefined) ? ', not in the input' : '';
  return `${rows.length} words, ${names.join(' and ')}${unread}`;
}

class StackWriter {
  readonly #drawing: Drawing;
  readonly #links: readonly ChainLink[];
  readonly #callouts: ReadonlyMap<bigint, StackCallout>;
  readonly #addressWidth: number;

  constructor(drawing: Drawing, picture: StackPicture) {
    this.#drawing = drawing;
    this.#links = picture.links;
    this.#callouts = new Map(picture.callouts.map((callout) => [callout.address, callout]));
    const highest = picture.bands.reduce((most, band) => (band.end > most ? band.end : most), 0n);
    this.#addressWidth = formatAddress(highest).length;
  }

  /** The bead of a link, and what the lane shows from there on. */
  #bead(row: StackRow): Piece {
    const { set } = this.#drawing;
    const link = row.link === undefined ? undefined : this.#links[row.link];
    if (link === undefined) return { text: this.#drawing.lane, tone: this.#drawing.laneTone };
    const follow = (lane: string, tone: Tone) => {
      this.#drawing.lane = lane;
      this.#drawing.laneTone = tone;
    };
    switch (link.verdict) {
      case 'bogus':
        follow(set.broken, 'bad');
        return { text: set.bogus, tone: 'bad' };
      case 'end':
        follow(' ', 'plain');
        return { text: set.end, tone: 'quiet' };
      case 'unknown':
        follow(set.past, 'quiet');
        return { text: set.unread, tone: 'quiet' };
      case 'crossing':
        follow(' ', 'plain');
        return { text: set.crossing, tone: 'link' };
      case 'ok':
        follow(link.pastBreak ? set.past : set.line, link.pastBreak ? 'quiet' : 'link');
        return link.pastBreak ? { text: set.hollow, tone: 'quiet' } : { text: set.bead, tone: 'link' };
    }
  }

  #row(row: StackRow, edge: string): void {
    const { set } = this.#drawing;
    const bead = this.#bead(row);
    const tag = tags[row.role];
    const bad = row.verdict === 'bogus';
    const mark = bad ? set.cross : row.verdict === 'doubtful' ? '?' : ' ';
    const pointers = row.pointedBy.length > 0 ? `${set.pointer}${row.pointedBy.map(printable).join(',')} ` : '';
    const value = row.value === undefined ? 'not in the input' : formatWord(row.value);
    this.#drawing.add([
      { text: ` ${bead.text} `, tone: bead.tone },
      { text: `${edge} `, tone: 'quiet' },
      { text: `${pad(formatAddress(row.address), this.#addressWidth)} `, tone: 'quiet' },
      { text: `${pad(tag.text, tagWidth)} `, tone: bad ? 'bad' : tag.tone },
      { text: pad(value, valueWidth), tone: bad ? 'bad' : row.value === undefined ? 'quiet' : 'plain' },
      { text: ` ${mark} `, tone: bad ? 'bad' : 'warn' },
      { text: pointers, tone: 'strong' },
      { text: row.field === undefined ? '' : `${printable(row.field)} `, tone: 'strong' },
      { text: row.meaning === undefined ? '' : plainSentence(row.meaning.text), tone: bad ? 'bad' : 'plain' },
      { text: row.meaning?.inferred === true ? ' (inferred)' : '', tone: 'quiet' },
    ]);
    const callout = this.#callouts.get(row.address);
    if (callout !== undefined) this.#callout(callout, edge);
  }

  #callout(callout: StackCallout, edge: string): void {
    const { set, width } = this.#drawing;
    const room = width - 10;
    const text = [
      ...wrap(plainSentence(callout.title), room),
      ...(callout.expected === undefined ? [] : wrap(plainSentence(callout.expected), room, 'expected ', '         ')),
      ...wrap(plainSentence(callout.found), room, 'found    ', '         '),
    ];
    text.forEach((line, index) => {
      const corner = index === 0 ? set.boxTop : index === text.length - 1 ? set.boxBottom : set.boxSide;
      this.#drawing.beside(edge, [{ text: `  ${corner} ${line}`, tone: 'bad' }]);
    });
  }

  #fold(rows: StackRow[], edge: string): void {
    const [first] = rows;
    if (first === undefined) return;
    if (rows.length < foldFrom) {
      for (const row of rows) this.#row(row, edge);
      return;
    }
    const at = pad(formatAddress(first.address), this.#addressWidth);
    this.#drawing.beside(edge, [{ text: `${at} ${this.#drawing.set.more} ${foldedName(rows)}`, tone: 'quiet' }]);
  }

  #gap(gap: StackGap, edge: string): void {
    const at = pad(formatAddress(gap.start), this.#addressWidth);
    const text = `${at} ${this.#drawing.set.more} ${gap.bytes} bytes not in the input: ${gap.command}`;
    this.#drawing.beside(edge, [{ text, tone: 'quiet' }]);
  }

  #header(band: StackBand): void {
    const { set, width } = this.#drawing;
    const bytes = band.partial === true ? 'start not known' : band.end > band.start ? `${band.end - band.start} bytes` : '';
    const file = band.file === undefined ? '' : `${printable(band.file)}${band.line === undefined ? '' : `:${band.line}`}`;
    const room = width - 5;
    const name = fit(band.function === '' ? 'no frame' : printable(band.function), room);
    const place = [fitEnd(file, Math.max(0, room - widthOf(name) - bytes.length - 6)), bytes].filter((part) => part.length > 1);
    const right = place.join('  ');
    const space = ' '.repeat(Math.max(2, room - widthOf(name) - widthOf(right)));
    this.#drawing.beside(
      band.user ? set.userTop : set.top,
      [
        { text: name, tone: band.user ? 'accent' : 'strong' },
        { text: widthOf(name) + 2 + widthOf(right) <= room ? `${space}${right}` : '', tone: 'quiet' },
      ],
      band.user ? 'accent' : 'quiet',
    );
    if (band.inlined.length > 0) {
      const names = `inlined: ${band.inlined.map(printable).join(', ')}`;
      this.#drawing.beside(band.user ? set.userSide : set.side, [{ text: names, tone: 'quiet' }]);
    }
  }

  band(band: StackBand): void {
    const { set } = this.#drawing;
    const edge = band.user ? set.userSide : set.side;
    this.#header(band);
    const called = new Set(this.#callouts.keys());
    const entries: (StackRow | StackGap)[] = [...band.rows, ...band.gaps].sort((a, b) => {
      const left = 'start' in a ? a.start : a.address;
      const right = 'start' in b ? b.start : b.address;
      return left < right ? -1 : left > right ? 1 : 0;
    });
    let quiet: StackRow[] = [];
    for (const entry of entries) {
      if (!('start' in entry) && isQuiet(entry, called)) {
        quiet.push(entry);
        continue;
      }
      this.#fold(quiet, edge);
      quiet = [];
      if ('start' in entry) this.#gap(entry, edge);
      else this.#row(entry, edge);
    }
    this.#fold(quiet, edge);
  }

  /** True when a reader looks for something in this band. */
  isNotable(band: StackBand): boolean {
    return band.rows.some((row) => row.verdict === 'bogus' || row.verdict === 'doubtful' || this.#callouts.has(row.address));
  }
}

function isUnread(band: StackBand): boolean {
  return band.rows.every((row) => row.value === undefined);
}

/** True when band `index` is one more call of the function of the bands before it, and none of them has a word. */
function isRepeated(bands: readonly StackBand[], index: number): boolean {
  const band = bands[index];
  if (band === undefined || index < recursionShown) return false;
  return bands.slice(index - recursionShown, index + 1).every((one) => one.function === band.function && isUnread(one));
}

/** Which bands are drawn: repeated calls are folded, then the quiet middle of what is left above `most`. */
function shownBands(bands: readonly StackBand[], most: number, isNotable: (band: StackBand) => boolean): boolean[] {
  const shown = bands.map((band, index) => isNotable(band) || !isRepeated(bands, index));
  const left = shown.filter(Boolean).length;
  let place = 0;
  return shown.map((one, index) => {
    if (!one) return false;
    const middle = left > most && place >= most - bandsAtEnd && place < left - bandsAtEnd;
    place++;
    const band = bands[index];
    return !middle || (band !== undefined && isNotable(band));
  });
}

/** Lines of the diagram; none when the picture has no bands. */
export function drawDiagram(picture: StackPicture, options: DiagramOptions): string[] {
  if (picture.bands.length === 0) return [];
  const drawing = new Drawing(options);
  const { set } = drawing;
  const { bounds, bands } = picture;
  const guessed = bounds?.known === 'guessed' ? ' (guessed)' : '';
  const low = bounds === undefined ? '' : `, stack.lo ${formatAddress(bounds.lo)}${guessed}, ${bounds.unused} bytes unused`;
  const bounded = bands.findIndex(
    (band) => band.stack !== undefined && bounds !== undefined && band.start >= bounds.lo && band.end <= bounds.hi,
  );
  const high = bounds === undefined ? '' : `, stack.hi ${formatAddress(bounds.hi)}${guessed}`;
  const lowAt = (index: number) => (index === Math.max(0, bounded) ? low : '');
  const first = bands[0]?.stack === undefined ? '' : `, ${bands[0].stack}`;
  drawing.add([{ text: `   ${set.up} lower addresses${first}${lowAt(0)}`, tone: 'quiet' }]);
  const writer = new StackWriter(drawing, picture);
  const shown = shownBands(bands, picture.wordsKnown > 0 ? bandsShown : emptyBandsShown, (band) => writer.isNotable(band));
  let skipped: StackBand[] = [];
  const tellSkipped = () => {
    const names = new Set(skipped.map((band) => band.function));
    const [name] = names;
    const what = names.size === 1 && name !== undefined ? `of ${printable(name)}` : 'without anything unusual';
    if (skipped.length > 0) drawing.beside(set.more, [{ text: `${skipped.length} more frames ${what}`, tone: 'quiet' }]);
    skipped = [];
  };
  bands.forEach((band, index) => {
    if (shown[index] !== true) {
      if (skipped.length > 0 && skipped[0]?.function !== band.function && isRepeated(bands, index)) tellSkipped();
      skipped.push(band);
      return;
    }
    tellSkipped();
    if (index > 0 && band.stack !== undefined) {
      drawing.lane = ' ';
      drawing.add([{ text: `   ${set.crossing} ${band.stack}${lowAt(index)}`, tone: 'quiet' }]);
    }
    writer.band(band);
  });
  tellSkipped();
  drawing.lane = ' ';
  drawing.add([{ text: `   ${set.down} higher addresses${high}`, tone: 'quiet' }]);
  return drawing.lines;
}
