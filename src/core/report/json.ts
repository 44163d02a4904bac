/** The report: one object of the contract for each snapshot, the further ones under `also`. */
import { formatAddress } from '../model/address.ts';
import type { AnalysedCase, AnalysedSnapshot } from '../model/case.ts';
import { asksFor } from './ask.ts';
import type * as contract from './contract.ts';
import { reportCrash } from './crash.ts';
import { contextOf, reportFrame, type ReportContext } from './facts.ts';
import { reportBogusPointers, reportChains, reportFinding } from './findings.ts';
import { lineNumber } from './lines.ts';
import { reportMappings, reportMemory, reportSpans } from './memory.ts';
import { goroutineItems, reportGoroutines } from './stacks.ts';
import { reportNotices } from './notices.ts';
import { reportStory } from './story.ts';
import { bounded, summarySnapshots, summaryThreads } from './summary.ts';
import { reportTrails } from './trails.ts';
import { reportThreads } from './threads.ts';

export interface ReportOptions {
  /** Leaves out goroutines.items and bounds the groups: a report of bounded size for a dump of any size. */
  summary?: boolean;
}

function reportDocuments(analysed: AnalysedCase): contract.Report['documents'] {
  return analysed.documents.map((document, index) => ({
    name: document.name,
    bytes: document.byteLength,
    kind: analysed.documentKinds[index] ?? 'unknown',
    layers: document.layers,
    ...(document.context !== undefined && { context: document.context }),
  }));
}

function reportProcess({ snapshot }: AnalysedSnapshot): contract.Report['process'] {
  const { why, ...facts } = snapshot.process;
  return { ...facts, ...(Object.keys(why).length > 0 && { why }) };
}

function reportEvents(context: ReportContext): contract.Report['events'] {
  return context.chosen.snapshot.events.map(({ kind, text, source, step }) => ({
    kind,
    text,
    line: lineNumber(context.documents, source) ?? 0,
    ...(step !== undefined && { step }),
  }));
}

function reportRaces(context: ReportContext): Pick<contract.Report, 'races'> {
  const { races } = context.chosen.snapshot;
  if (races.length === 0) return {};
  return {
    races: races.map(({ address, accesses }) => ({
      address: formatAddress(address),
      accesses: accesses.map(({ kind, goroutine, frames }) => ({
        kind,
        goroutine,
        frames: frames.map((frame) => reportFrame(context, frame)),
      })),
    })),
  };
}

function reportAsk({ analysed, chosen }: ReportContext): Pick<contract.Report, 'ask'> {
  const ask = asksFor(analysed, chosen).map(({ why, gdb, delve, lldb }) => ({
    why,
    commands: { gdb: gdb.join('\n'), dlv: delve.join('\n'), lldb: lldb.join('\n') },
  }));
  return ask.length === 0 ? {} : { ask };
}

/** Characters of an unrecognised line that a report keeps. */
const unrecognisedText = 300;

function reportCoverage({ snapshot }: AnalysedSnapshot): contract.Report['coverage'] {
  const { lines, recognised, prose, unrecognised, headers, frames, createdBy } = snapshot.coverage;
  return {
    lines,
    recognised,
    prose,
    unrecognised: unrecognised.map(({ line, text }) => ({ line, text: text.slice(0, unrecognisedText) })),
    headers,
    frames,
    createdBy,
  };
}

/** A report whose longest lists are made while they are read: each can be read once. */
export interface StreamedReport {
  /** Without threads, `goroutines.items` and `also`. */
  report: contract.Report;
  threads: Iterable<contract.Report['threads'][number]>;
  /** Absent in a summary. */
  items?: Iterable<contract.Goroutine>;
  also: Iterable<StreamedReport>;
}

function* firstOf<Item>(items: Iterable<Item>, most: number): Generator<Item> {
  let count = 0;
  for (const item of items) {
    if (count++ >= most) return;
    yield item;
  }
}

function reportSnapshot(analysed: AnalysedCase, chosen: AnalysedSnapshot, summary: boolean): StreamedReport {
  const context = contextOf(analysed, chosen, summary);
  const crash = reportCrash(context);
  const report: contract.Report = {
    schema: 'framewalk.report/1',
    documents: reportDocuments(analysed),
    process: reportProcess(chosen),
    events: reportEvents(context),
    ...(crash !== undefined && { crash }),
    ...reportGoroutines(context),
    threads: [],
    mappings: reportMappings(context),
    spans: reportSpans(context),
    memory: reportMemory(context),
    chains: reportChains(context),
    bogusPointers: reportBogusPointers(context),
    findings: chosen.findings.map((finding) => reportFinding(context, finding)),
    ...reportStory(context),
    ...reportTrails(context),
    ...reportRaces(context),
    ...reportAsk(context),
    coverage: reportCoverage(chosen),
  };
  return summary
    ? { report, threads: firstOf(reportThreads(context, summaryThreads.frames), summaryThreads.threads), also: [] }
    : { report, threads: reportThreads(context), items: goroutineItems(context), also: [] };
}

/** A report for documents of which nothing was made. */
function emptyReport(analysed: AnalysedCase): contract.Report {
  const lines = analysed.documents.reduce((sum, document) => sum + Math.max(0, document.lineStarts.length - 1), 0);
  return {
    schema: 'framewalk.report/1',
    documents: reportDocuments(analysed),
    process: {},
    events: [],
    goroutines: { count: 0, groups: [] },
    stacks: [],
    threads: [],
    mappings: [],
    spans: [],
    memory: { words: 0, ranges: [] },
    chains: [],
    bogusPointers: [],
    findings: [],
    coverage: { lines, recognised: 0, prose: lines, unrecognised: [], headers: 0, frames: 0, createdBy: 0 },
    ...reportNotices(analysed),
  };
}

function* snapshotsOf(analysed: AnalysedCase, summary: boolean): Generator<StreamedReport> {
  const further = analysed.snapshots.slice(1, summary ? 1 + summarySnapshots : undefined);
  for (const chosen of further) {
    const one = reportSnapshot(analysed, chosen, summary);
    yield summary ? { ...one, report: bounded(one.report) } : one;
  }
}

/** The report piece by piece, for who writes it: of a large case it is larger than the case. */
export function streamReport(analysed: AnalysedCase, options: ReportOptions = {}): StreamedReport {
  const [main] = analysed.snapshots;
  const summary = options.summary === true;
  if (main === undefined) {
    const report = emptyReport(analysed);
    return { report, threads: [], ...(!summary && { items: [] }), also: [] };
  }
  const streamed = reportSnapshot(analysed, main, summary);
  const report: contract.Report = { ...streamed.report, ...reportNotices(analysed) };
  return { ...streamed, report: summary ? bounded(report) : report, also: snapshotsOf(analysed, summary) };
}

function gathered({ report, threads, items, also }: StreamedReport): contract.Report {
  report.threads = [...threads];
  if (items !== undefined) report.goroutines.items = [...items];
  const further = Array.from(also, gathered);
  if (further.length > 0) report.also = further;
  return report;
}

export function toReport(analysed: AnalysedCase, options: ReportOptions = {}): contract.Report {
  return gathered(streamReport(analysed, options));
}
