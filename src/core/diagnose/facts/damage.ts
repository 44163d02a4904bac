/**
 * Signs of damaged memory beside a plain reason. A panic or a dump on request is not the whole story when the runtime also
 * complained about a pointer: then the rules that explain the damage go first.
 */
import { formatAddress } from '../../model/address.ts';
import type { Complaint } from '../../model/complaint.ts';
import type { SourceRange } from '../../model/source.ts';
import type { RuleContext } from '../rule.ts';
import { code } from './wording.ts';

function textOf(complaint: Complaint): string | undefined {
  switch (complaint.kind) {
    case 'bad-heap-pointer':
      return `The runtime also found the bad pointer ${code(formatAddress(complaint.pointer))}.`;
    case 'unexpected-return-pc':
      return `The runtime also met the return address ${code(formatAddress(complaint.value))}, which leads nowhere.`;
    case 'bad-frame-pointer-word':
      return `The runtime also found ${code(formatAddress(complaint.value))} in a pointer variable of ${code(complaint.function)}.`;
    case 'zombies':
      return 'The runtime also found pointers to freed objects.';
    case 'stack-limit':
    case 'traceback':
    case 'runtime-state':
      return undefined;
  }
}

/** The first such sign, ready for a finding's `against`. */
export function damageBeside(context: RuleContext): { statement: string; source?: SourceRange } | undefined {
  for (const complaint of context.snapshot.complaints) {
    const statement = textOf(complaint);
    if (statement !== undefined) return { statement, source: complaint.source };
  }
  const broken = context.snapshot.chains
    .flatMap((chain) => chain.links)
    .find((link) => link.verdict === 'bogus' && !link.pastBreak);
  if (broken === undefined) return undefined;
  const statement = `The frame-pointer chain is broken at ${code(formatAddress(broken.slot))}.`;
  return broken.source === undefined ? { statement } : { statement, source: broken.source };
}
