/**
 * The shape of a text reader: one printed form, one file. A reader sees lines and writes facts; it never throws, and
 * every line that it consumes gets a class.
 */
import { LineClass } from '../model/line-class.ts';
import type { CaseColumns, TextFact } from '../model/record.ts';
import type { LineCursor } from './cursor.ts';
import type { LineKind, Speaker } from './line-kind.ts';

/** Where readers write. */
export interface RecordSink {
  readonly columns: CaseColumns;
  readonly facts: TextFact[];
  /** For each line; longer than needed, and another array when more lines are found than were expected. */
  lineClass: Uint8Array;
  headers: number;
  frames: number;
  createdBy: number;
  /** Debugger step in force; stops, reverse steps and continues raise it. */
  step: number;
  /** Last debugger command line, for output that depends on it; '' when none. */
  command: string;
  /** The debugger to which the last command was given, rr being gdb; absent or '' = none was. */
  speaker?: Speaker;
  /** Every line is read by itself: nothing is taken in runs of plain lines. Gives the same, slowly; for tests. */
  readonly closely?: boolean;
}

export interface TextReader {
  /** Name of the form, for documentation and tests. */
  readonly name: string;
  /** First bytes (after white space) that the form can begin with, as ASCII; absent = any. Others are not even asked. */
  readonly begins?: string;
  /**
   * Texts of two bytes with one of which the form can begin (after white space), beside the bytes of `begins`; absent with `begins`
   * absent = anything. Others are not even asked.
   */
  readonly opens?: readonly string[];
  /** Whether the form's first line can be of that kind, whatever it begins with or holds; asked once for each kind. */
  accepts?(kind: LineKind): boolean;
  /**
   * ASCII texts of which the form's first line has one, where it does not begin as `begins` and `opens` say; absent = it need not.
   * Lines with neither are not even asked.
   */
  readonly holds?: readonly string[];
  /** ASCII texts of which the form's first line has one, whatever it begins with; absent = it need not. */
  readonly contains?: readonly string[];
  /** Cheap test of line `index`: a few bytes or one anchored expression. */
  recognise(cursor: LineCursor, index: number, sink: RecordSink): boolean;
  /** Reads from line `index`; returns the number of lines consumed, 0 = not this form after all. */
  parse(cursor: LineCursor, index: number, sink: RecordSink): number;
}

/** Marks lines [from, from + count) as recognised. */
export function markRecognised(sink: RecordSink, from: number, count: number): void {
  sink.lineClass.fill(LineClass.recognised, from, from + count);
}
