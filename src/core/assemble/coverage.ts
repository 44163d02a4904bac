/** Every line of the input has one class; the three counts of a report add up to the lines of the original. */
import { documentBytes, documentLength } from '../model/bytes.ts';
import type { SourceDocument } from '../model/document.ts';
import { LineClass } from '../model/line-class.ts';
import { originRange } from '../model/origin.ts';
import { lineOfOffset } from '../model/positions.ts';
import type { TextRecords } from '../model/record.ts';
import type { Coverage } from '../model/snapshot.ts';

const decoder = new TextDecoder();
/** Unread lines quoted in a report, and characters of each. */
const quotedLines = 200;
const quotedLength = 300;

/** Rank of classes when several text lines come from one original line: the most that was made of it counts. */
const rank: Readonly<Record<LineClass, number>> = {
  [LineClass.blank]: 0,
  [LineClass.prose]: 1,
  [LineClass.unrecognised]: 2,
  [LineClass.recognised]: 3,
};

function toClass(value: number | undefined): LineClass {
  return value === LineClass.recognised || value === LineClass.unrecognised || value === LineClass.blank
    ? value
    : LineClass.prose;
}

/** Classes of the original lines of `document`; never `blank`: a blank line belongs to recognised text beside it, or is prose. */
export function lineClasses(document: SourceDocument, records: TextRecords): Uint8Array {
  const lines = Math.max(0, document.lineStarts.length - 1);
  const { text } = document;
  const identity = text.bytes === document.bytes;
  // Readers leave no line blank: where the text is the document, its classes are those of the original lines.
  if (identity && records.lineClass.length === lines && !records.lineClass.includes(LineClass.blank)) return records.lineClass;
  const classes = new Uint8Array(lines).fill(LineClass.blank);
  for (let line = 0; line < records.lineClass.length; line++) {
    const value = toClass(records.lineClass[line]);
    let first = line;
    let last = line;
    if (!identity) {
      const start = text.lineStarts[line] ?? 0;
      const range = originRange(text.origin, document.id, start, text.lineStarts[line + 1] ?? text.bytes.length);
      first = lineOfOffset(document.lineStarts, range.start);
      last = lineOfOffset(document.lineStarts, Math.max(range.start, range.end - 1));
    }
    for (let original = first; original <= last && original < lines; original++) {
      if (rank[value] > rank[toClass(classes[original])]) classes[original] = value;
    }
  }
  settleBlanks(classes);
  return classes;
}

function settleBlanks(classes: Uint8Array): void {
  for (let line = 0; line < classes.length; line++) {
    if (classes[line] !== LineClass.blank) continue;
    let end = line;
    while (end < classes.length && classes[end] === LineClass.blank) end++;
    const beside = classes[line - 1] === LineClass.recognised || classes[end] === LineClass.recognised;
    classes.fill(beside ? LineClass.recognised : LineClass.prose, line, end);
    line = end - 1;
  }
}

/** Lines of class `recognised`: four at a time, as most are. */
function countRecognised(classes: Uint8Array): number {
  const fours = classes.byteOffset % 4 === 0 ? classes.length >> 2 : 0;
  const words = new Int32Array(classes.buffer, fours === 0 ? 0 : classes.byteOffset, fours);
  let count = 0;
  for (let word = 0; word < fours; word++) {
    if (words[word] === fourRecognised) count += 4;
    else for (let line = word * 4; line < word * 4 + 4; line++) if (classes[line] === LineClass.recognised) count++;
  }
  for (let line = fours * 4; line < classes.length; line++) if (classes[line] === LineClass.recognised) count++;
  return count;
}

const fourRecognised = LineClass.recognised * 0x01010101;

/** Counts over lines [firstLine, endLine) of each document's original lines. */
export function coverageOf(parts: readonly { document: SourceDocument; records: TextRecords; classes: Uint8Array }[]): Coverage {
  const coverage: Coverage = { lines: 0, recognised: 0, prose: 0, unrecognised: [], headers: 0, frames: 0, createdBy: 0 };
  for (const { document, records, classes } of parts) {
    coverage.lines += classes.length;
    coverage.headers += records.headers;
    coverage.frames += records.frames;
    coverage.createdBy += records.createdBy;
    const read = countRecognised(classes);
    coverage.recognised += read;
    if (read === classes.length) continue;
    for (let line = 0; line < classes.length; line++) {
      const value = classes[line];
      if (value === LineClass.recognised) continue;
      if (value === LineClass.unrecognised) {
        const start = document.lineStarts[line] ?? 0;
        const end = document.lineStarts[line + 1] ?? documentLength(document);
        const quoted = coverage.unrecognised.length < quotedLines;
        const text = quoted ? decoder.decode(documentBytes(document, start, Math.min(end, start + quotedLength))).trimEnd() : '';
        coverage.unrecognised.push({ document: document.id, line: line + 1, text });
      } else coverage.prose++;
    }
  }
  return coverage;
}
