/** What would be asked for, had the input not told it: the other side of the requests, for people who wonder what was enough. */
import { architectureOf } from '../arch/index.ts';
import { formatAddress } from '../model/address.ts';
import { instructionOf } from '../model/listing-addresses.ts';
import type { AnsweredRequest } from '../model/session.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** Searches and listings told of, each. */
const mostOfKind = 4;
/** A register set with fewer is a `p $reg`. */
const fewRegisters = 3;

function stackAnswers(snapshot: Snapshot): AnsweredRequest[] {
  const answers: AnsweredRequest[] = [];
  const name = architectureOf(snapshot.process.arch)?.stackPointer;
  const registers = snapshot.registers.find(
    (set) => set.values.length > fewRegisters && set.values.some((value) => value.name === name || name === undefined),
  );
  const [first] = registers?.values ?? [];
  if (first !== undefined) answers.push({ what: 'The registers at the crash', source: first.source });
  const stack = snapshot.threads.find((thread) => thread.kind === 'debugger' && thread.frames.length > 0);
  if (stack !== undefined) answers.push({ what: `The stack of ${stack.name}`, source: stack.source });
  const links = snapshot.chains.flatMap((chain) => chain.links).filter((link) => link.value !== undefined);
  const link = links.find((one) => one.source !== undefined);
  if (link?.source !== undefined) {
    const count = links.length === 1 ? 'The saved frame pointer' : `${links.length.toString()} saved frame pointers`;
    answers.push({ what: count, source: link.source });
  }
  return answers;
}

/** In the order of the requests. */
export function answeredOf(snapshot: Snapshot): AnsweredRequest[] {
  const answers = stackAnswers(snapshot);
  for (const search of snapshot.searches.slice(0, mostOfKind))
    answers.push({
      what: `Where ${search.value === undefined ? 'a value' : formatAddress(search.value)} stands in memory`,
      source: search.source,
    });
  for (const listing of snapshot.listings.slice(0, mostOfKind)) {
    const instruction = instructionOf(listing, 0);
    if (instruction !== undefined)
      answers.push({ what: `The code of ${listing.function ?? 'a function'}`, source: instruction.source });
  }
  const [mapping] = snapshot.mappings;
  if (mapping !== undefined) answers.push({ what: 'The mappings of the process', source: mapping.source });
  const stop = snapshot.events.find((event) => event.kind === 'watchpoint');
  if (stop !== undefined) answers.push({ what: 'Who wrote the watched words', source: stop.source });
  return answers;
}
