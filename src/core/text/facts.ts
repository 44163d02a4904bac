/**
 * Facts that a dump has many of, made by constructors. The engine watches where literals are made, and throws away all code that makes
 * them, and all that this was built into, each time that it learns how long they live: the largest readers were compiled four times.
 */
import type { Complaint } from '../model/complaint.ts';
import type { CrashEvent, SignalFacts } from '../model/event.ts';
import type { ObjectDump, Span, Stack } from '../model/memory.ts';
import type { ProcessFacts } from '../model/process.ts';
import type { SourceRange } from '../model/source.ts';

export class GoroutineFact {
  readonly kind = 'goroutine';
  readonly row: number;
  readonly textLine: number;

  constructor(row: number, textLine: number) {
    this.row = row;
    this.textLine = textLine;
  }
}

export class RuntimeStackFact {
  readonly kind = 'runtime-stack';
  readonly frameStart: number;
  readonly frameEnd: number;
  readonly header: boolean;
  readonly textLine: number;
  readonly source: SourceRange;

  constructor(frameStart: number, frameEnd: number, header: boolean, textLine: number, source: SourceRange) {
    this.frameStart = frameStart;
    this.frameEnd = frameEnd;
    this.header = header;
    this.textLine = textLine;
    this.source = source;
  }
}

export class EventFact {
  readonly kind = 'event';
  readonly event: CrashEvent;
  readonly textLine: number;

  constructor(event: CrashEvent, textLine: number) {
    this.event = event;
    this.textLine = textLine;
  }
}

export class SignalFact {
  readonly kind = 'signal';
  readonly signal: SignalFacts;
  readonly textLine: number;
  readonly source: SourceRange;

  constructor(signal: SignalFacts, textLine: number, source: SourceRange) {
    this.signal = signal;
    this.textLine = textLine;
    this.source = source;
  }
}

export class ComplaintFact {
  readonly kind = 'complaint';
  readonly complaint: Complaint;
  readonly textLine: number;

  constructor(complaint: Complaint, textLine: number) {
    this.complaint = complaint;
    this.textLine = textLine;
  }
}

export class VersionHintFact {
  readonly kind = 'version-hint';
  readonly from: number | null;
  readonly to: number | null;
  readonly why: string;
  readonly textLine: number;
  readonly source: SourceRange;

  constructor(from: number | null, to: number | null, why: string, textLine: number, source: SourceRange) {
    this.from = from;
    this.to = to;
    this.why = why;
    this.textLine = textLine;
    this.source = source;
  }
}

export class ProcessFact {
  readonly kind = 'process';
  readonly facts: Partial<Omit<ProcessFacts, 'why'>>;
  readonly why: string;
  readonly textLine: number;
  readonly source: SourceRange;

  constructor(facts: Partial<Omit<ProcessFacts, 'why'>>, why: string, textLine: number, source: SourceRange) {
    this.facts = facts;
    this.why = why;
    this.textLine = textLine;
    this.source = source;
  }
}

export class StackBoundsFact {
  readonly kind = 'stack-bounds';
  readonly stack: Stack;
  readonly textLine: number;

  constructor(stack: Stack, textLine: number) {
    this.stack = stack;
    this.textLine = textLine;
  }
}

export class SpanFact {
  readonly kind = 'span';
  readonly span: Span;
  readonly textLine: number;

  constructor(span: Span, textLine: number) {
    this.span = span;
    this.textLine = textLine;
  }
}

export class ObjectFact {
  readonly kind = 'object';
  readonly object: ObjectDump;
  readonly textLine: number;

  constructor(object: ObjectDump, textLine: number) {
    this.object = object;
    this.textLine = textLine;
  }
}

export class SeparatorFact {
  readonly kind = 'separator';
  readonly textLine: number;

  constructor(textLine: number) {
    this.textLine = textLine;
  }
}

/** An event as its reader finds it; what is known of it besides is added. */
export class PlainEvent implements CrashEvent {
  readonly kind: CrashEvent['kind'];
  category: NonNullable<CrashEvent['category']>;
  text: string;
  source: SourceRange;

  constructor(kind: CrashEvent['kind'], category: NonNullable<CrashEvent['category']>, text: string, source: SourceRange) {
    this.kind = kind;
    this.category = category;
    this.text = text;
    this.source = source;
  }
}

/** A signal whose name alone is known at first. */
export class NamedSignal implements SignalFacts {
  name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Rows of columns, as a `run` of words or registers. */
export class RowRun<T> {
  readonly columns: T;
  readonly from: number;
  readonly to: number;
  readonly step = 0;

  constructor(columns: T, from: number, to: number) {
    this.columns = columns;
    this.from = from;
    this.to = to;
  }
}

/** A goroutine's stack whose bounds were printed. */
export class PrintedStack implements Stack {
  readonly start: Stack['start'];
  readonly end: Stack['end'];
  readonly kind = 'goroutine';
  owner: string;
  readonly known = 'printed';
  readonly source: SourceRange;

  constructor(start: Stack['start'], end: Stack['end'], owner: string, source: SourceRange) {
    this.start = start;
    this.end = end;
    this.owner = owner;
    this.source = source;
  }
}
