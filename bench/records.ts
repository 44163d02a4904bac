/**
 * How much a text says: frames (with arguments, place and pointers), goroutines, words, registers, instructions, fields, symbols,
 * mappings and every other fact count one each. A line of memory holds two words in forty bytes, a frame of a dump takes 150.
 */
import { ListingOfRun } from '../src/core/model/listing-of-run.ts';
import type { CaseColumns, TextFact, TextRecords } from '../src/core/model/record.ts';

function recordsOfFact(fact: TextFact): number {
  switch (fact.kind) {
    case 'words':
      return fact.run === undefined ? fact.words.length : fact.run.to - fact.run.from;
    case 'registers':
      return fact.run === undefined ? fact.values.length : fact.run.to - fact.run.from;
    case 'listing': {
      const { listing } = fact;
      return listing instanceof ListingOfRun ? listing.run.to - listing.run.from : listing.instructions.length;
    }
    case 'struct':
      return fact.struct.fields.length;
    case 'mappings':
      return fact.mappings.length;
    default:
      return 1;
  }
}

export function countRecords({ facts }: TextRecords, { frames }: CaseColumns): number {
  return facts.reduce((sum, fact) => sum + recordsOfFact(fact), frames.length);
}
