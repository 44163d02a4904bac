/** The report for a terminal: verdict, what was read, evidence with quoted lines, what to do, the stack. */
import { formatAddress } from '../model/address.ts';
import type { AnalysedCase, AnalysedSnapshot } from '../model/case.ts';
import type { DocumentKind } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import { mismatchText } from '../model/mismatch.ts';
import type { CrashKind, CrashRepeats } from '../model/snapshot.ts';
import { pictureOf } from '../picture/index.ts';
import { questionsOf } from './ask.ts';
import { furtherHeading } from './further.ts';
import { headlineOf } from './headline.ts';
import { shownOwner } from './crash-stack.ts';
import { drawDiagram } from './diagram.ts';
import { drawingSet, legend } from './drawing-set.ts';
import { framesOf, listFrames, moreDetail } from './frame-list.ts';
import { lineNumber, quotedLines } from './lines.ts';
import { paintFor, type Paint } from './paint.ts';
import { storySentences } from './story.ts';
import { cutLine, fit, fitEnd, plainSentence, printable, widthOf, wrap } from './plain.ts';
import { trailsOf } from '../trail/index.ts';

export interface TextOptions {
  /** Columns; 80 by default. */
  width?: number;
  color?: boolean;
  /** Draws the stack with ASCII characters only. */
  ascii?: boolean;
  /** Goroutine id (or thread name) whose stack is shown; by default the one that tells most. */
  goroutine?: string;
}

/** Lines quoted for one piece of evidence, and pieces of evidence shown for one finding. */
const quotedPerEvidence = 2;
const evidenceShown = 12;
const unrecognisedShown = 5;
const minimumWidth = 40;
/** Columns for the name of a document before a quoted line. */
const nameWidth = 28;
/** Deaths at an instruction, of which more detail shows more. */
const crashKinds: ReadonlySet<CrashKind> = new Set<CrashKind>(['panic', 'fatal-error', 'signal', 'exception']);

interface Page {
  width: number;
  paint: Paint;
  ascii: boolean;
  lines: string[];
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function heading(page: Page, text: string): void {
  page.lines.push('', page.paint('strong', text));
}

function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1e6) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** `× 30, from 2026-… to 2026-…`: the same crash again and again. */
function repeatsInWords({ count, first, last }: CrashRepeats): string {
  const times = first === undefined || last === undefined ? '' : first === last ? `, at ${first}` : `, from ${first} to ${last}`;
  return `× ${count}: the same crash ${count} times${times}`;
}

function verdict(page: Page, chosen: AnalysedSnapshot): void {
  const { width, paint, lines } = page;
  const [best] = chosen.findings;
  for (const line of wrap(plainSentence(headlineOf(chosen)), width))
    lines.push(paint(best === undefined ? 'strong' : 'bad', line));
  const repeats = chosen.snapshot.crash?.repeats;
  if (repeats !== undefined) lines.push(...wrap(repeatsInWords(repeats), width));
  if (best !== undefined) {
    lines.push(`${paint('strong', capitalised(best.confidence))} · ${best.id} ${fit(plainSentence(best.title), width - 24)}`);
    lines.push('', ...wrap(plainSentence(best.explanation), width));
    return;
  }
  const lists = [
    ['Checked, and it holds', chosen.checked],
    ['Not checked', chosen.unchecked ?? []],
  ] as const;
  for (const [title, sentences] of lists) {
    if (sentences.length > 0) lines.push('', title);
    for (const sentence of sentences) lines.push(...wrap(plainSentence(sentence), width, '  - ', '    '));
  }
}

function processInWords({ snapshot }: AnalysedSnapshot): string {
  const { goVersion, goVersionRange, os, arch, pid } = snapshot.process;
  const [from, to] = goVersionRange ?? [null, null];
  const range =
    from !== null && to !== null
      ? `Go ${from} to ${to}`
      : from !== null
        ? `Go ${from} or later`
        : to !== null
          ? `Go ${to} or earlier`
          : '';
  const parts = [
    goVersion !== undefined ? `Go ${goVersion}` : range,
    os ?? '',
    arch ?? '',
    pid === undefined ? '' : `pid ${pid}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function whatWasRead(page: Page, analysed: AnalysedCase): void {
  heading(page, 'Read');
  analysed.documents.forEach((document, index) => {
    const layers = document.layers.length > 0 ? `, without ${document.layers.join(', ')}` : '';
    const kind = analysed.documentKinds[index] ?? 'unknown';
    page.lines.push(
      ...wrap(printable(`${document.name}: ${kind}, ${bytesInWords(document.byteLength)}${layers}`), page.width, '  ', '    '),
    );
  });
  const [main] = analysed.snapshots;
  if (main === undefined) return;
  const process = processInWords(main);
  if (process !== '') page.lines.push(...wrap(printable(process), page.width, '  '));
  const { lines, recognised, prose, unrecognised } = main.snapshot.coverage;
  const notes = [
    ...(prose > 0 ? [`${prose} ${prose === 1 ? 'is' : 'are'} other text`] : []),
    ...(unrecognised.length > 0 ? [`${unrecognised.length} could not be read`] : []),
  ];
  page.lines.push(
    ...wrap(`${recognised} of ${lines} lines understood${notes.length > 0 ? `; ${notes.join(', ')}` : ''}`, page.width, '  '),
  );
  for (const event of main.snapshot.events) {
    if (event.kind === 'log') page.lines.push(...wrap(printable(event.text), page.width, '  '));
  }
  for (const { line, text } of unrecognised.slice(0, unrecognisedShown)) {
    page.lines.push(page.paint('warn', fit(`    ${line}: ${printable(text)}`, page.width)));
  }
}

function evidence(page: Page, analysed: AnalysedCase, finding: Finding): void {
  if (finding.evidence.length > 0) heading(page, 'Evidence');
  const quotedBefore = new Set<string>();
  for (const { statement, source, inferred } of finding.evidence.slice(0, evidenceShown)) {
    page.lines.push(...wrap(plainSentence(statement) + (inferred === true ? ' (inferred)' : ''), page.width, '  - ', '    '));
    if (source === undefined) continue;
    for (const { document, line, text } of quotedLines(analysed.documents, source, quotedPerEvidence)) {
      const name = printable(analysed.documents[document]?.name ?? '');
      const file = analysed.documents.length > 1 ? `${fitEnd(name, nameWidth)}:` : '';
      const lead = `      ${file}${line} | `;
      const place = `${document}:${line}`;
      const pieces = cutLine(printable(text), page.width - widthOf(lead));
      // A line is quoted once; of a long one, which is quoted around what the evidence speaks of, then only its first row.
      const again = quotedBefore.has(place);
      quotedBefore.add(place);
      if (again && !text.startsWith('…')) {
        page.lines.push(page.paint('quiet', `      ${file === '' ? 'line ' : file}${line}, as above`));
        continue;
      }
      (again ? pieces.slice(0, 1) : pieces).forEach((piece, index) => {
        const margin = index === 0 ? lead : `${' '.repeat(widthOf(lead) - 2)}| `;
        page.lines.push(page.paint('quiet', `${margin}${piece}`.trimEnd()));
      });
    }
  }
  if (finding.against.length > 0) {
    heading(page, 'What speaks against it');
    for (const { statement } of finding.against) page.lines.push(...wrap(plainSentence(statement), page.width, '  - ', '    '));
  }
  const refutations = finding.refutedBy ?? [];
  if (refutations.length > 0) heading(page, 'What would refute it');
  for (const statement of refutations) page.lines.push(...wrap(plainSentence(statement), page.width, '  - ', '    '));
  if (finding.checks.length > 0) {
    heading(page, 'Checked');
    for (const { statement, held } of finding.checks) {
      page.lines.push(...wrap(plainSentence(statement), page.width, held ? '  holds  ' : '  fails  ', '         '));
    }
  }
}

function whatToDo(page: Page, finding: Finding): void {
  if (finding.next.length > 0) heading(page, 'What to do');
  finding.next.forEach(({ why, command }, index) => {
    page.lines.push(...wrap(plainSentence(why), page.width, `  ${index + 1}. `, '     '));
    // A command runs as it is: it is never wrapped.
    for (const line of (command ?? '').split('\n').filter((part) => part !== '')) {
      page.lines.push(page.paint('accent', `     ${printable(line)}`));
    }
  });
  if (finding.references.length === 0) return;
  page.lines.push('', ...wrap(`See ${finding.references.map(printable).join(', ')}`, page.width, '', '    '));
}

/** The stack as a diagram, or as a list of frames with what would show more. Empty when no stack is in the case. */
export function stackLines(analysed: AnalysedCase, chosen: AnalysedSnapshot, options: TextOptions): string[] {
  const width = Math.max(minimumWidth, options.width ?? 80);
  const ascii = options.ascii === true;
  const paint = paintFor(options.color === true);
  const owner = options.goroutine ?? shownOwner(chosen);
  if (owner === undefined) return [];
  const { snapshot, findings } = chosen;
  const { strings, frames, goroutines } = snapshot;
  const owned = framesOf(chosen, { strings, frames, goroutines, documents: analysed.documents }, owner);
  const title = owned?.title ?? owner;
  const picture = pictureOf(snapshot, analysed.documents, owner, findings);
  const diagram = picture === undefined ? [] : drawDiagram(picture, { width, paint, ascii });
  if (diagram.length > 0) {
    const missing = picture?.missing === undefined ? [] : wrap(plainSentence(picture.missing.why), width);
    const command = picture?.missing?.command === undefined ? [] : [paint('accent', `  ${printable(picture.missing.command)}`)];
    const lane = (picture?.links.length ?? 0) > 0 ? [paint('quiet', fit(legend(drawingSet(ascii)), width))] : [];
    return [paint('strong', fit(`Stack of ${printable(title)}`, width)), ...lane, ...diagram, ...missing, ...command];
  }
  if (owned === undefined && options.goroutine !== undefined) {
    return [fit(`Goroutine ${printable(options.goroutine)} is not in the input`, width)];
  }
  if (owned === undefined || owned.frames.length === 0) return [];
  const list = [
    paint('strong', fit(`Frames of ${printable(title)}, innermost first`, width)),
    ...listFrames(owned, snapshot.crash?.firstUserFrame, { width, paint, ascii }),
  ];
  if (!crashKinds.has(snapshot.crash?.kind ?? 'dump')) return list;
  return [
    ...list,
    '',
    paint('strong', 'What would show more'),
    ...moreDetail.flatMap(({ why, command }) => [...wrap(why, width, '  - ', '    '), paint('accent', `      ${command}`)]),
  ];
}

/** The life of the values that the session looked into. */
function trails(page: Page, analysed: AnalysedCase, { snapshot }: AnalysedSnapshot): void {
  for (const { value, cards } of trailsOf(snapshot)) {
    heading(page, `Trail of ${formatAddress(value)}, oldest first`);
    cards.forEach(({ text, writer, inferred, source }, index) => {
      const line = lineNumber(analysed.documents, source);
      const notes = [line === undefined ? '' : `line ${line}`, inferred ? 'inferred' : ''].filter((note) => note !== '');
      const behind = notes.length > 0 ? ` (${notes.join(', ')})` : '';
      page.lines.push(
        ...wrap(
          `${plainSentence(writer !== undefined && text.startsWith(writer) ? text : capitalised(text))}${behind}`,
          page.width,
          `  ${index + 1}. `,
          '     ',
        ),
      );
    });
  }
}

/** Requests listed; the script has all. */
const requestsShown = 4;

function whatToAsk(page: Page, analysed: AnalysedCase, main: AnalysedSnapshot): void {
  const { open, spoken } = questionsOf(analysed, main);
  // The words of the stack alone stand under the diagram already.
  const asked = spoken === 'delve' || spoken === 'lldb' ? spoken : 'gdb';
  const askable = open.filter((request) => request[asked].length > 0);
  if (askable.every((request) => request.reads !== undefined)) return;
  heading(page, 'What to ask next');
  askable.slice(0, requestsShown).forEach((request, index) => {
    page.lines.push(...wrap(plainSentence(request.why), page.width, `  ${index + 1}. `, '     '));
    for (const line of request[asked]) page.lines.push(page.paint('accent', `     ${printable(line)}`));
  });
  const more = askable.length - requestsShown;
  const all = `${more > 0 ? `${more} more. ` : ''}All as one script: framewalk analyze --ask ${spoken ?? asked} FILE`;
  page.lines.push(...wrap(all, page.width, '  ', '  '));
}

/** Who did it, what that damaged, who noticed, how the process died. */
function whatHappened(page: Page, chosen: AnalysedSnapshot): void {
  const sentences = storySentences(chosen);
  if (sentences.length > 0) heading(page, 'What happened');
  sentences.forEach((sentence, index) => {
    page.lines.push(...wrap(plainSentence(sentence), page.width, `  ${index + 1}. `, '     '));
  });
}

function otherFindings(page: Page, chosen: AnalysedSnapshot): void {
  const [best, ...others] = chosen.findings;
  if (best === undefined || others.length === 0) return;
  heading(page, 'Also found');
  for (const finding of others) {
    const folded = chosen.findings.find((other) => other.explains.includes(finding.id));
    const why = folded === undefined ? '' : `; explained by ${folded.id}`;
    const text = `${finding.id} ${plainSentence(finding.headline)} (${finding.confidence}${why})`;
    page.lines.push(...wrap(text, page.width, '  - ', '    '));
  }
}

/** What a file is that holds no crash text, and who reads it. */
function notReadable(kinds: readonly DocumentKind[]): string {
  if (kinds.includes('profile'))
    return 'A pprof profile: go tool pprof reads it. The same profile with debug=1 or debug=2 is text and can be read here';
  if (kinds.includes('heap-dump'))
    return 'A heap dump of runtime/debug.WriteHeapDump: it holds objects and roots, and no traceback';
  return 'No Go traceback, debugger output or ELF file recognised';
}

/** Ends with a line feed. */
export function toText(analysed: AnalysedCase, options: TextOptions = {}): string {
  const width = Math.max(minimumWidth, options.width ?? 80);
  const page: Page = { width, paint: paintFor(options.color === true), ascii: options.ascii === true, lines: [] };
  const [main, ...further] = analysed.snapshots;
  if (!analysed.recognised || main === undefined) {
    page.lines.push(...wrap(notReadable(analysed.documentKinds), width).map((line) => page.paint('strong', line)));
    whatWasRead(page, analysed);
    return `${page.lines.join('\n')}\n`;
  }
  verdict(page, main);
  const [best] = main.findings;
  whatHappened(page, main);
  if (best !== undefined) {
    evidence(page, analysed, best);
    whatToDo(page, best);
  }
  const stack = stackLines(analysed, main, options);
  if (stack.length > 0) page.lines.push('', ...stack);
  trails(page, analysed, main);
  whatToAsk(page, analysed, main);
  otherFindings(page, main);
  if (further.length > 0) {
    heading(page, furtherHeading(further));
    further.forEach((chosen, index) => {
      page.lines.push(...wrap(plainSentence(headlineOf(chosen)), width, `  ${index + 2}. `, '     '));
      const { apart } = chosen.snapshot;
      if (apart !== undefined) page.lines.push(...wrap(plainSentence(mismatchText(apart)), width, '     ', '     '));
    });
  }
  whatWasRead(page, analysed);
  return `${page.lines.join('\n')}\n`;
}
