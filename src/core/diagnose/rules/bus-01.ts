/** SIGBUS with code 2 (BUS_ADRERR): the page of a mapped file has no backing store, the file is shorter than its mapping. */
import { formatAddress } from '../../model/address.ts';
import { crashEvent, faultFrame, userFrame } from '../facts/crash.ts';
import { mappingOf } from '../facts/mapping.ts';
import { moreDetail } from '../facts/next-steps.ts';
import { crashSignal } from '../facts/signal.ts';
import { code, eventEvidence, frameEvidence, frameText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

const noBackingStore = 2;

function examine(context: RuleContext): Conclusion[] {
  const event = crashEvent(context);
  const signal = crashSignal(context);
  if (event === undefined || signal?.name !== 'SIGBUS' || signal.code !== noBackingStore) return [];
  const { address, pc } = signal;
  // The instruction itself could not be fetched: that is about the program's file, not about data.
  if (address !== undefined && address === pc) return [];
  const mapping = address === undefined ? undefined : mappingOf(context, address);
  const anonymous = mapping !== undefined && mapping.file === undefined;
  const user = userFrame(context);
  const fault = faultFrame(context);
  const target = address === undefined ? 'memory' : code(formatAddress(address));
  const file = mapping?.file === undefined ? 'a mapped file' : code(mapping.file);
  const onLinux = context.snapshot.process.os === undefined || context.snapshot.process.os === 'linux';
  return [
    {
      headline: `${user === undefined ? 'The program' : frameText(user)} reads or writes past the end of ${file}`,
      confidence: anonymous ? 'possible' : onLinux ? 'very likely' : 'likely',
      explanation:
        `SIGBUS with code 2 at ${target} means: the address is mapped, but the file has no page there. ` +
        'The file was truncated after it was mapped, a sparse write found no space on the disk, or a network file vanished. ' +
        'The pointer itself is a good one.',
      evidence: [
        eventEvidence(event),
        ...(mapping === undefined ? [] : [{ statement: `${target} lies in the mapping of ${file}.`, source: mapping.source }]),
        ...(fault === undefined ? [] : [frameEvidence(fault, `The access is in ${frameText(fault)}.`)]),
      ],
      against: anonymous ? [{ statement: 'The mapping in the paste names no file.', source: mapping.source }] : [],
      checks: [{ statement: 'SIGBUS with code 2: no backing store', held: true }],
      next: [
        { why: 'Free space of the file systems', command: 'df -h' },
        {
          why: 'Compare the size of the file with the length that was mapped; `debug.SetPanicOnFault` turns the fault into a panic',
        },
        ...moreDetail(context),
      ],
      references: ['golang/go#36109', 'golang/go#37310', 'golang/go#41466', 'anacrolix/torrent#699'],
      bogus: [],
    },
  ];
}

export const bus01: Rule = { id: 'BUS-01', title: 'Mapped file shrank or disk full', weight: 6, explains: ['FAULT-01'], examine };
