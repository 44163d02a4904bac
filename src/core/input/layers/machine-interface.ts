import type { TextBuilder } from '../builder.ts';
import { forEachLine } from '../lines.ts';
import { consoleCommand, resultPieces, stopText, type MachineState } from '../machine-results.ts';
import { longestResult, readResults, readText } from '../machine-values.ts';
import type { Layer } from './layer.ts';

/** `1: (3130) ->1017^done,…`: what editors write in front of a record when they log it. */
const front = /^(?:(?:\d{1,9}: )?\(\d{1,12}\) ?(?:->|<-) ?|(?:->|<-|<<|>>) ?)?/;
/** A record: a result, what happened, or a stream of text. */
const record = /^\d{0,9}(?:\^(?:done|running|error|connected|exit)\b|\*(?:stopped|running)\b|=[a-z][\w-]{1,40},|[~@&]")/;
/** A record that nothing else looks like. */
const telling = /^\d{0,9}(?:\^done,[a-z]|\^(?:done|running)\r?$|\*stopped,reason=|~".*\\n"\r?$)/;
const command = /^\d{0,9}(-[a-z][a-z-]{2,40}(?: .*)?)$/;
const prompt = '(gdb)';
const fewestRecords = 3;
/** Bytes of a line by which it is recognised. */
const looked = 4096;

/** What a front end of gdb (an editor, an IDE) sends and receives: `gdb --interpreter=mi`. */
export const machineInterface: Layer = {
  name: 'gdb-mi',
  detect({ bytes, windows }) {
    const isSpoken = windows.some(({ lines }) => {
      let records = 0;
      let surely = 0;
      for (const line of lines) {
        if (!/[\^*=~@&-]/.test(line.slice(0, 40))) continue;
        const rest = line.slice(front.exec(line)?.[0].length ?? 0, looked);
        if (record.test(rest)) records++;
        if (telling.test(rest)) surely++;
      }
      return surely > 0 && records >= fewestRecords;
    });
    return isSpoken ? { remove: (out) => removeRecords(bytes, out) } : undefined;
  },
};

function removeRecords(bytes: Uint8Array, out: TextBuilder): void {
  const state: MachineState = { registerNames: [], arch: '', expression: '', values: 0 };
  let prompted = false;
  /** The command before, and what gdb wrote to its log: both may be told a second time. */
  let sentLast = '';
  let logged = '';
  let told = false;
  const endLine = (at: number): void => {
    if (out.length > 0 && out.last !== 10) out.make('\n', at, at);
  };
  const typed = (text: string, start: number, end: number): void => {
    sentLast = text;
    logged = '';
    if (text === '') return;
    endLine(start);
    out.make(`(gdb) ${text}\n`, start, end);
  };
  forEachLine(bytes, longestResult, (whole, start, end) => {
    const past = end < bytes.length ? end + 1 : end;
    const line = whole.endsWith('\r') ? whole.slice(0, -1) : whole;
    let column = front.exec(line)?.[0].length ?? 0;
    if (line.startsWith(prompt, column)) {
      const rest = line.slice(column + prompt.length).trim();
      prompted = true;
      if (rest === '') return;
      column = line.indexOf(rest, column + prompt.length);
    }
    const rest = line.slice(column);
    const sent = command.exec(rest)?.[1];
    if (sent !== undefined) {
      typed(consoleCommand(sent, state), start + column, end);
      prompted = false;
      return;
    }
    if (!record.test(rest)) {
      const isTyped = prompted && column > 0 && line.startsWith(prompt);
      prompted = false;
      if (rest === '' && (out.last ?? 10) === 10) return;
      // What the program prints stands between the records.
      if (isTyped) typed(rest, start + column, end);
      else {
        endLine(start);
        out.copy(start, past);
      }
      return;
    }
    const sign = column + rest.search(/\D/);
    const [kind = ''] = line.slice(sign, sign + 1);
    if (kind === '~' || kind === '@' || kind === '&') {
      const { text } = readText(line, sign + 1);
      if (kind === '&') logged = text.trimEnd();
      // A command that was typed is told back first.
      if (kind !== '&' || (text.trimEnd() !== sentLast && !prompted)) out.make(text, start, end);
      else if (text.trimEnd() !== sentLast) typed(text.trimEnd(), start, end);
      if (/received signal|hit (?:[A-Z]\w+ )*(?:B|b|W|w)\w+point/.test(text)) told = true;
      prompted = false;
      return;
    }
    prompted = false;
    const comma = line.indexOf(',', sign);
    const results = comma < 0 ? [] : readResults(line, comma + 1);
    if (line.startsWith('*running', sign)) told = false;
    if (line.startsWith('*stopped', sign)) {
      endLine(start);
      out.make(stopText(results, told), start, end);
      for (const one of results)
        if (one.name === 'frame') state.arch = one.members.find(({ name }) => name === 'arch')?.text ?? state.arch;
      return;
    }
    if (kind !== '^') return;
    let first = true;
    for (const { text, start: from, end: to } of resultPieces(results, state)) {
      if (text.trimEnd() === logged) continue;
      if (first) endLine(start);
      first = false;
      out.make(text, start + from, start + to);
    }
  });
  endLine(bytes.length);
}
