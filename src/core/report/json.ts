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
import { reportGoroutines } from './stacks.ts';
import { reportNotices } from './notices.ts';
import { reportStory } from './story.ts';
import { bounded } from './summary.ts';
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

function reportSnapshot(analysed: AnalysedCase, chosen: AnalysedSnapshot, summary: boolean): contract.Report {
  const context = contextOf(analysed, chosen, summary);
  const crash = reportCrash(context);
  return {
    schema: 'framewalk.report/1',
    documents: reportDocuments(analysed),
    process: reportProcess(chosen),
    events: reportEvents(context),
    ...(crash !== undefined && { crash }),
    ...reportGoroutines(context),
    threads: reportThreads(context),
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
}

/** A report for documents of which nothing was made. */
function emptyReport(analysed: AnalysedCase, summary: boolean): contract.Report {
  const lines = analysed.documents.reduce((sum, document) => sum + Math.max(0, document.lineStarts.length - 1), 0);
  return {
    schema: 'framewalk.report/1',
    documents: reportDocuments(analysed),
    process: {},
    events: [],
    goroutines: { count: 0, groups: [], ...(!summary && { items: [] }) },
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

export function toReport(analysed: AnalysedCase, options: ReportOptions = {}): contract.Report {
  const [main, ...further] = analysed.snapshots;
  const summary = options.summary === true;
  if (main === undefined) return emptyReport(analysed, summary);
  const report: contract.Report = { ...reportSnapshot(analysed, main, summary), ...reportNotices(analysed) };
  if (further.length > 0) report.also = further.map((chosen) => reportSnapshot(analysed, chosen, summary));
  return summary ? bounded(report) : report;
}
