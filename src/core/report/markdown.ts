/** The report for bug trackers: GitHub-flavoured Markdown. */
import type { AnalysedCase, AnalysedSnapshot } from '../model/case.ts';
import { mismatchText } from '../model/mismatch.ts';
import type { SourceRange } from '../model/source.ts';
import { furtherHeading } from './further.ts';
import { headlineOf } from './headline.ts';
import { lineNumber, quotedLines } from './lines.ts';
import { printable } from './plain.ts';
import { storySentences } from './story.ts';
import { stackLines } from './text.ts';

const quotedPerEvidence = 2;
const stackWidth = 80;

/** Characters that Markdown or a tracker would act on, outside of code. */
function escaped(text: string): string {
  return text.replace(/[\\<>*_[\]#|~@]/g, (character) => (character === '@' ? '&#64;' : `\\${character}`));
}

/** A sentence with code between backticks: the code stays as it is, the rest is escaped. */
function sentence(text: string): string {
  const parts = printable(text).split('`');
  const balanced = parts.length % 2 === 1;
  return parts.map((part, index) => (index % 2 === 1 && balanced ? inlineCode(part) : escaped(part))).join('');
}

/** Code on one line, between more backticks than it holds in a row. */
function inlineCode(text: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

function fenced(lines: string[], language: string): string[] {
  const longest =
    lines
      .join('\n')
      .match(/`{3,}/g)
      ?.reduce((most, run) => Math.max(most, run.length), 2) ?? 2;
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence];
}

/** The name of the file where there are several, and the line: 'crash.txt, line 3'. */
function placeOf(analysed: AnalysedCase, source: SourceRange): string {
  const file = analysed.documents.length > 1 ? `${escaped(printable(analysed.documents[source.document]?.name ?? ''))}, ` : '';
  return `${file}line ${lineNumber(analysed.documents, source) ?? 1}`;
}

/** The snapshots beside the first, and why output of another run is not part of it. */
function furtherProcesses(analysed: AnalysedCase, further: readonly AnalysedSnapshot[]): string[] {
  if (further.length === 0) return [];
  const lines = [`### ${furtherHeading(further)}`, ''];
  for (const chosen of further) {
    lines.push(`- ${sentence(headlineOf(chosen))}`);
    const { apart } = chosen.snapshot;
    if (apart === undefined) continue;
    lines.push(`  - ${sentence(mismatchText(apart))}`);
    const { expectedSource, foundSource } = apart;
    if (expectedSource !== undefined) lines.push(`  - Expected: ${placeOf(analysed, expectedSource)}`);
    if (foundSource !== undefined) lines.push(`  - Found: ${placeOf(analysed, foundSource)}`);
  }
  return [...lines, ''];
}

/** Ends with a line feed. */
export function toMarkdown(analysed: AnalysedCase): string {
  const [main, ...further] = analysed.snapshots;
  if (!analysed.recognised || main === undefined) return 'No Go traceback, debugger output or ELF file recognised.\n';
  const [best, ...others] = main.findings;
  const lines = [`## ${sentence(headlineOf(main))}`, ''];
  if (best !== undefined) {
    lines.push(
      `**${best.confidence.charAt(0).toUpperCase()}${best.confidence.slice(1)}** (${best.id}: ${sentence(best.title)})`,
      '',
      sentence(best.explanation),
      '',
    );
    const story = storySentences(main);
    if (story.length > 0) lines.push('### What happened', '', ...story.map((one) => `1. ${sentence(one)}`), '');
    if (best.evidence.length > 0) lines.push('### Evidence', '');
    for (const { statement, source, inferred } of best.evidence) {
      lines.push(`- ${sentence(statement)}${inferred === true ? ' *(inferred)*' : ''}`);
      if (source === undefined) continue;
      for (const { document, line, text } of quotedLines(analysed.documents, source, quotedPerEvidence)) {
        const file = analysed.documents.length > 1 ? `${escaped(printable(analysed.documents[document]?.name ?? ''))}, ` : '';
        lines.push(`  - ${file}line ${line}: ${inlineCode(printable(text).trim() || ' ')}`);
      }
    }
    if (best.evidence.length > 0) lines.push('');
    if (best.against.length > 0) lines.push('### What speaks against it', '');
    for (const { statement } of best.against) lines.push(`- ${sentence(statement)}`);
    if (best.against.length > 0) lines.push('');
    const refutations = best.refutedBy ?? [];
    if (refutations.length > 0) lines.push('### What would refute it', '');
    for (const statement of refutations) lines.push(`- ${sentence(statement)}`);
    if (refutations.length > 0) lines.push('');
    if (best.next.length > 0) lines.push('### What to do', '');
    for (const { why, command } of best.next) {
      lines.push(`1. ${sentence(why)}`);
      if (command !== undefined)
        lines.push('', ...fenced(command.split('\n').map(printable), '').map((line) => `   ${line}`), '');
    }
    if (best.references.length > 0) lines.push('', `See ${best.references.map(printable).join(', ')}`);
    lines.push('');
  }
  const stack = stackLines(analysed, main, { width: stackWidth });
  if (stack.length > 0) lines.push('### Stack', '', ...fenced(stack, 'text'), '');
  if (others.length > 0) {
    lines.push('### Also found', '');
    for (const finding of others) lines.push(`- ${finding.id}: ${sentence(finding.headline)} (${finding.confidence})`);
    lines.push('');
  }
  lines.push(...furtherProcesses(analysed, further));
  const { lines: all, recognised } = main.snapshot.coverage;
  lines.push(`${recognised} of ${all} lines of the input understood.`);
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
}
