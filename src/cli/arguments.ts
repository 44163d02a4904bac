/** The command line, read by node:util parseArgs and checked. */
import { parseArgs } from 'node:util';
import { debuggers, type DebuggerName } from '../core/model/session.ts';
import { CommandError } from './exit-status.ts';

export type OutputForm = 'text' | 'json' | 'ndjson' | 'markdown';

/** How a report is shown. */
export interface Display {
  form: OutputForm;
  summary: boolean;
  ascii: boolean;
  color?: boolean;
  goroutine?: string;
  /** Prints only the script of what to ask this debugger. */
  ask?: DebuggerName;
  /** Where raw excerpts of memory begin: addresses by the name of their file as given. */
  bases?: ReadonlyMap<string, bigint>;
  /** Files of knowledge to use beside what is shipped. */
  knowledge?: string[];
}

export type Command =
  | { name: 'help' | 'version' }
  | ({ name: 'analyze'; files: string[] } & Display)
  | ({ name: 'open'; link: string } & Display)
  | { name: 'link'; files: string[]; base: string };

const options = {
  json: { type: 'boolean' },
  ndjson: { type: 'boolean' },
  markdown: { type: 'boolean' },
  summary: { type: 'boolean' },
  ascii: { type: 'boolean' },
  color: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  goroutine: { type: 'string' },
  ask: { type: 'string' },
  base: { type: 'string', multiple: true },
  knowledge: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    // parseArgs names the option and what is wrong with it.
    throw new CommandError(`${error instanceof Error ? error.message : String(error)}\nTry: framewalk --help`);
  }
}

type Values = ReturnType<typeof parsed>['values'];

/** `FILE=ADDRESS`, the address as `0xc000040000`. */
function basesOf(values: Values): ReadonlyMap<string, bigint> | undefined {
  if (values.base === undefined) return undefined;
  return new Map(
    values.base.map((given): [string, bigint] => {
      const match = /^(.+)=(0x[0-9a-fA-F]{1,16})$/.exec(given);
      if (match?.[1] === undefined || match[2] === undefined)
        throw new CommandError(`Expected --base FILE=0xADDRESS, found ${JSON.stringify(given)}. Name the file as it is given.`);
      return [match[1], BigInt(match[2])];
    }),
  );
}

function formOf(values: Values): OutputForm {
  const asked = (['json', 'ndjson', 'markdown'] as const).filter((form) => values[form] === true);
  if (asked.length > 1) {
    throw new CommandError(
      `Expected one form of output, found ${asked.map((form) => `--${form}`).join(' and ')}. Leave one out.`,
    );
  }
  const form = asked[0] ?? 'text';
  if (values.summary === true && form !== 'json' && form !== 'ndjson') {
    throw new CommandError('--summary shortens JSON reports. Add --json or --ndjson, or leave it out.');
  }
  return form;
}

function askedDebugger(values: Values, form: OutputForm): DebuggerName | undefined {
  if (values.ask === undefined) return undefined;
  const known = debuggers.find((name) => name === values.ask);
  if (known === undefined)
    throw new CommandError(`Expected a debugger after --ask (${debuggers.join(', ')}), found ${JSON.stringify(values.ask)}.`);
  if (form !== 'text') throw new CommandError(`--ask prints a script, --${form} a report. Leave one out.`);
  return known;
}

function display(values: Values): Display {
  const form = formOf(values);
  const ask = askedDebugger(values, form);
  return {
    form,
    ...(ask !== undefined && { ask }),
    summary: values.summary === true,
    ascii: values.ascii === true,
    ...(values.goroutine !== undefined && { goroutine: values.goroutine }),
    ...(values.knowledge !== undefined && { knowledge: values.knowledge }),
    ...(values['no-color'] === true ? { color: false } : values.color === true ? { color: true } : {}),
  };
}

function refuse(values: Values, command: string, allowed: readonly (keyof Values)[]): void {
  for (const option of Object.keys(options) as (keyof Values)[]) {
    if (values[option] !== undefined && !allowed.includes(option)) {
      throw new CommandError(`framewalk ${command} has no option --${option}.\nTry: framewalk --help`);
    }
  }
}

const reading = ['json', 'markdown', 'summary', 'ascii', 'color', 'no-color', 'goroutine', 'ask', 'knowledge'] as const;

/** Throws a CommandError that says what was expected. */
export function readArguments(args: string[]): Command {
  const { values, positionals } = parsed(args);
  if (values.help === true) return { name: 'help' };
  if (values.version === true) return { name: 'version' };
  const [command, ...rest] = positionals;
  if (command === undefined) throw new CommandError('Expected a command: analyze, link or open.\nTry: framewalk --help');
  if (command === 'help') return { name: 'help' };
  if (command === 'analyze' || command === 'analyse') {
    refuse(values, command, [...reading, 'ndjson', 'base']);
    const bases = basesOf(values);
    if (rest.length === 0) throw new CommandError('Expected a file to analyze, found none. Name files, or - for standard input.');
    for (const file of bases?.keys() ?? [])
      if (!rest.includes(file)) throw new CommandError(`Expected a file for --base, found none named ${JSON.stringify(file)}.`);
    return { name: 'analyze', files: rest, ...display(values), ...(bases === undefined ? {} : { bases }) };
  }
  if (command === 'link') {
    refuse(values, command, ['base']);
    if (rest.length === 0) throw new CommandError('Expected a file to link, found none. Name files, or - for standard input.');
    return { name: 'link', files: rest, base: values.base?.at(-1) ?? '' };
  }
  if (command === 'open') {
    refuse(values, command, reading);
    const [link, ...further] = rest;
    if (link === undefined || further.length > 0) {
      throw new CommandError(`Expected one link to open, found ${rest.length}. Put it between quotes: it holds a #.`);
    }
    return { name: 'open', link, ...display(values) };
  }
  throw new CommandError(`Expected a command (analyze, link or open), found ${JSON.stringify(command)}.\nTry: framewalk --help`);
}
