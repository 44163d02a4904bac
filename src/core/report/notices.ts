/** Notices: what a person should know of the parts before trusting what was found in them. */
import type { AnalysedCase } from '../model/case.ts';
import type * as contract from './contract.ts';

type Notice = NonNullable<contract.Report['notices']>[number];

function withoutBase(analysed: AnalysedCase): Notice[] {
  return (analysed.memoryWithoutBase ?? []).map((document) => {
    const name = analysed.documents[document]?.name ?? '';
    const statement = `${name} is no text. If it is an excerpt of memory, say where it begins: --base ${name}=0xADDRESS, a file name such as 0xADDRESS.bin, or the session with the dump memory command.`;
    return { kind: 'memory-without-base', statement, document };
  });
}

function cutShort(analysed: AnalysedCase): Notice[] {
  return analysed.documents.flatMap(({ name, shortfall }, document) => {
    if (shortfall === undefined) return [];
    const why =
      shortfall === 'cut-off'
        ? 'its compressed data ends early: the file was cut off or damaged'
        : 'it unpacks to more than is read at once';
    return [{ kind: 'read-in-part' as const, statement: `${name} was read in part: ${why}.`, document }];
  });
}

function refusedKnowledge(analysed: AnalysedCase): Notice[] {
  return (analysed.knowledge ?? []).flatMap(({ name, problems }) => {
    if (problems.length === 0) return [];
    const document = analysed.documents.findIndex((one) => one.name === name);
    const statement = `${name} is not used as knowledge: ${problems.join(' ')}`;
    return [{ kind: 'knowledge-not-used' as const, statement, ...(document >= 0 && { document }) }];
  });
}

/** Of the whole case: only the report of the first snapshot carries them. */
export function reportNotices(analysed: AnalysedCase): Pick<contract.Report, 'notices'> {
  const notices = [...withoutBase(analysed), ...cutShort(analysed), ...refusedKnowledge(analysed)];
  return notices.length === 0 ? {} : { notices };
}
