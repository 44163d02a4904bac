/**
 * A dump on request: SIGQUIT, or goroutines without any reason (runtime.Stack, net/http/pprof debug=2). Nothing crashed
 * and nothing is accused; what the goroutines do is told instead.
 */
import { isRuntimeFunction } from '../../model/function-name.ts';
import { GoroutineFlag } from '../../model/goroutine.ts';
import type { Evidence, NextStep } from '../../model/finding.ts';
import { crashEvent } from '../facts/crash.ts';
import { damageBeside } from '../facts/damage.ts';
import { goroutineId, goroutineRows, groupsOf, tellingFrame, type GoroutineGroup } from '../facts/goroutines.ts';
import { crashSignal } from '../facts/signal.ts';
import { functionAt, goroutineOf } from '../facts/view.ts';
import { thingOf, waitsByObject, waitsOf } from '../facts/waiting.ts';
import { code, count, frameText, reasonText } from '../facts/wording.ts';
import type { Conclusion, Rule, RuleContext } from '../rule.ts';

/** Frames that only a dying goroutine has. */
const dying = new Set([
  'panic',
  'runtime.gopanic',
  'runtime.throw',
  'runtime.fatal',
  'runtime.sigpanic',
  'runtime.fatalthrow',
  'runtime.dopanic_m',
]);

/** Goroutines of one stack that are worth a look for a leak. */
const manyGoroutines = 100;

function someoneDies(context: RuleContext): boolean {
  const { strings, frames } = context.snapshot;
  const names = new Set(strings.flatMap((name, index) => (dying.has(name) ? [index] : [])));
  if (names.size === 0) return false;
  for (let row = 0; row < frames.length; row++) {
    const name = frames.functionName[row] ?? 0;
    if (names.has(name) && dying.has(functionAt(context, row))) return true;
  }
  return false;
}

/**
 * Goroutines before the first SIGQUIT: GOTRACEBACK=crash relays the signal to further threads after a crash, and what
 * that crash was stood before.
 */
function isRelay(context: RuleContext): boolean {
  const event = crashEvent(context);
  const first = goroutineOf(context, goroutineRows(context.snapshot)[0]);
  return event !== undefined && first?.source.document === event.source.document && first.source.start < event.source.start;
}

/** 'requested' by SIGQUIT, 'recorded' without a reason; undefined when it is a crash or no Go dump. */
function kindOf(context: RuleContext): 'requested' | 'recorded' | undefined {
  const { crash, goroutines, races, complaints } = context.snapshot;
  if (crash !== undefined && crashSignal(context)?.name === 'SIGQUIT' && crashEvent(context)?.kind !== 'panic')
    return 'requested';
  if (crash !== undefined && crash.kind !== 'dump') return undefined;
  if (races.length > 0 || complaints.length > 0 || goroutineRows(context.snapshot).length === 0) return undefined;
  const printed = goroutines.flags.some((flags) => (flags & GoroutineFlag.hasHeader) !== 0);
  return printed && !someoneDies(context) ? 'recorded' : undefined;
}

function groupText(context: RuleContext, group: GoroutineGroup): Evidence {
  const row = group.rows[0] ?? 0;
  const frame = tellingFrame(context, row);
  const where = frame === undefined ? '' : ` in ${frameText(frame)}`;
  const thing = thingOf(group.status);
  const state = thing === undefined ? code(group.status) : `waiting for ${thing}`;
  const minutes = group.minutes > 0 ? `, for up to ${count(group.minutes, 'minute')}` : '';
  const number =
    group.rows.length === 1 ? `Goroutine ${goroutineId(context, row)} is` : `${count(group.rows.length, 'goroutine')} are`;
  return {
    statement: `${number} ${state}${where}${minutes}.`,
    ...(frame === undefined ? {} : { source: frame.source }),
  };
}

/** The lock or channel with the most waiters, when at least two wait. */
function contention(context: RuleContext): Evidence[] {
  const busiest = waitsByObject(waitsOf(context))[0];
  const object = busiest?.[0]?.object;
  if (busiest === undefined || busiest.length < 2 || object === undefined) return [];
  return [
    {
      statement: `${count(busiest.length, 'goroutine')} wait for the same object at ${code(`0x${object.address.toString(16)}`)}.`,
      source: object.frame.source,
    },
  ];
}

function examine(context: RuleContext): Conclusion[] {
  const kind = kindOf(context);
  if (kind === undefined) return [];
  const groups = groupsOf(context);
  const own = groups.filter((group) => !group.system);
  const shown = (own.length > 0 ? own : groups).slice(0, 4);
  const total = goroutineRows(context.snapshot).length;
  const damage = damageBeside(context);
  const largest = shown[0];
  const frame = largest === undefined ? undefined : tellingFrame(context, largest.rows[0] ?? 0);
  const signal = kind === 'requested' ? crashSignal(context) : undefined;
  const event = kind === 'requested' ? crashEvent(context) : undefined;
  const relayed = kind === 'requested' && isRelay(context);
  const sure = kind === 'requested' && !relayed;
  const sender = signal?.pid === undefined ? '' : ` by the process with pid ${String(signal.pid)}`;
  // Groups of one tell nothing about the whole.
  const tells = largest !== undefined && (largest.rows.length > 1 || total === 1);
  const most =
    !tells || frame?.function === undefined || isRuntimeFunction(frame.function)
      ? ''
      : `; ${total === 1 ? 'it is' : `the largest group, ${count(largest.rows.length, 'goroutine')}, is`} in ${frameText(frame)}`;
  const crowd = largest !== undefined && largest.rows.length >= manyGoroutines;
  const next: NextStep[] = [
    { why: 'A second dump some seconds later shows which goroutines stand still' },
    ...(crowd ? [{ why: 'Many equal stacks that wait are a leak when their number grows: compare two dumps' }] : []),
  ];
  return [
    {
      headline:
        total === 0
          ? 'A dump on request, no crash; no goroutine was printed'
          : sure
            ? `A dump of ${count(total, 'goroutine')} on request, no crash${most}`
            : `${count(total, 'goroutine')} without a reason for a crash${most}`,
      confidence: sure && damage === undefined ? 'certain' : 'likely',
      explanation:
        (sure
          ? `SIGQUIT was sent${sender} to the living process, which prints all goroutines and exits. Nothing failed at that moment, `
          : 'The paste holds goroutines without any reason for a crash, as runtime.Stack and the pprof handler print them. ' +
            'Nothing in it fails, ') + 'and nothing in it accuses a pointer.',
      evidence: [
        ...(event === undefined ? [] : [{ statement: `The signal is ${reasonText(event, 'SIGQUIT')}.`, source: event.source }]),
        ...shown.map((group) => groupText(context, group)),
        ...contention(context),
      ],
      against: [
        ...(sure ? [] : [{ statement: 'The reason may have been cut off before the first goroutine.' }]),
        ...(relayed && event !== undefined
          ? [
              {
                statement: 'Goroutines stand before this SIGQUIT: the runtime relays it to further threads after a crash.',
                source: event.source,
              },
            ]
          : []),
        ...(damage === undefined ? [] : [damage]),
      ],
      checks: [
        { statement: 'No panic, fatal error or faulting instruction is printed', held: true },
        ...(signal?.code === undefined
          ? []
          : [
              {
                statement: `The signal was sent, not caused by an instruction (code ${String(signal.code)})`,
                held: signal.code <= 0,
              },
            ]),
      ],
      next,
      references: [],
      bogus: [],
      ...(largest === undefined ? {} : { focus: { goroutine: goroutineId(context, largest.rows[0] ?? 0) } }),
    },
  ];
}

export const dump01: Rule = { id: 'DUMP-01', title: 'Dump on request, no crash', weight: 6, explains: ['SIG-01'], examine };
