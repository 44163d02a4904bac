/** A card in words: who did what, where, and what stood there. Code stands between backticks. */
import { shortFunctionName } from '../../../core/model/function-name.ts';
import type { Trail, TrailCard, TrailPlace, TrailRegion } from '../../../core/model/trail.ts';

export interface CardWords {
  title: string;
  /** Where and how, a line each. */
  lines: string[];
  before?: bigint;
  after?: bigint;
}

const code = (text: string) => `\`${text}\``;
const hex = (value: bigint) => code(`0x${value.toString(16)}`);

export interface PlaceIn {
  region: TrailRegion;
  place: TrailPlace;
}

/** Places of card number `card`, in the order of the regions. */
export function placesOf(regions: readonly TrailRegion[], card: number): PlaceIn[] {
  return regions.flatMap((region) =>
    region.places.filter((place) => place.cards.includes(card)).map((place) => ({ region, place })),
  );
}

/** 'slot 341 of p.wbBuf, old contents', 'format of *out', 'the freed span'. */
export function placeName({ region, place }: PlaceIn): string {
  switch (region.kind) {
    case 'buffer':
      return `${place.label} of ${code('p.wbBuf')}${place.detail === undefined ? '' : `, ${place.detail}`}`;
    case 'span':
      return region.title.replace(/^(\w)/, (first) => `the ${first.toLowerCase()}`);
    default:
      return place.kind === 'field' && place.detail !== undefined ? `${code(place.label)} of ${code(place.detail)}` : '';
  }
}

function whereLine(placed: PlaceIn): string {
  const name = placeName(placed);
  return name === '' ? hex(placed.place.start) : `${hex(placed.place.start)}, ${name}`;
}

/** 'runtime.gcWriteBarrier, called by cdata.finish' → both. */
function writers(card: TrailCard): { writer: string | undefined; caller: string | undefined } {
  const [writer, caller] = (card.writer ?? '').split(', called by ');
  return { writer: writer === '' ? undefined : writer, caller };
}

/** `*out` of '*out at 0x… held …'. */
function holder(card: TrailCard): string {
  return /^(.{1,120}?)(?: at 0x[0-9a-f]+)? held /.exec(card.text)?.[1] ?? 'A struct';
}

/** What a sentence says after its first colon, else all of it. */
function afterColon(text: string): string {
  const colon = text.indexOf(': ');
  const rest = colon < 0 ? text : text.slice(colon + 2);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

export function cardWords(trail: Trail & { regions: TrailRegion[] }, index: number): CardWords {
  const card = trail.cards[index];
  if (card === undefined) return { title: '', lines: [] };
  const placed = placesOf(trail.regions, index);
  const [first] = placed;
  const at = first === undefined ? (typeof card.at === 'bigint' ? [hex(card.at)] : []) : [whereLine(first)];
  const { writer, caller } = writers(card);
  const who = writer === undefined ? 'The program' : code(shortFunctionName(writer));
  const called = caller === undefined ? [] : [`called by ${code(caller)}`];
  const memory = {
    ...(card.before !== undefined && { before: card.before }),
    ...(card.after !== undefined && { after: card.after }),
  };
  switch (card.kind) {
    case 'write': {
      const recorded = first?.region.kind === 'buffer' || /gcWriteBarrier/.test(writer ?? '');
      return { title: recorded ? 'The write barrier records it' : `${who} writes it`, lines: [...called, ...at], ...memory };
    }
    case 'overwrite':
      return { title: `${who} overwrites it`, lines: [...called, ...at], ...memory };
    case 'field':
      return {
        title: card.inferred ? `${code(holder(card))} still holds it` : `${code(holder(card))} holds it`,
        lines: [...at, ...(card.inferred ? ['The struct was not cleared'] : [])],
      };
    case 'found':
      return {
        title:
          placed.length > 1
            ? `A search finds it ${placed.length === 2 ? 'twice' : `${placed.length.toString()} times`}`
            : 'A search finds it',
        lines: placed.length === 0 ? at : placed.map(whereLine),
      };
    case 'word':
      return { title: 'It stands in memory', lines: at };
    case 'register':
      return { title: `${code(String(card.at).toUpperCase())} holds it`, lines: [] };
    case 'complaint':
      return {
        title: writer === undefined ? 'The collector meets it' : `${who} meets it`,
        lines: [afterColon(card.text)],
      };
  }
}
