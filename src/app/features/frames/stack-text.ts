/** The calls as Go prints them: for the clipboard. */
import type { Frame } from '../../../core/model/goroutine.ts';
import type { OwnerFrames } from './use-owner-frames.ts';

function frameLines(frame: Frame): string[] {
  const call = `${frame.function ?? 'function unknown'}(${frame.arguments ?? (frame.inlined ? '...' : '')})`;
  if (frame.file === undefined) return [call];
  const line = frame.line === undefined ? '' : `:${frame.line.toString()}`;
  const offset = frame.entryOffset === undefined ? '' : ` +0x${frame.entryOffset.toString(16)}`;
  return [call, `\t${frame.file}${line}${offset}`];
}

/** All frames with whole names and paths; the frames left out by the runtime are counted where they were. */
export function stackText({ title, state, frames, sections, goroutine }: OwnerFrames): string {
  const head = goroutine === undefined ? `${title}:` : `goroutine ${goroutine.id} [${state}]:`;
  if (sections !== undefined && sections.some(({ heading }) => heading !== '')) {
    return sections.map((one) => [`${one.heading}:`, ...one.frames.flatMap(frameLines)].join('\n')).join('\n\n');
  }
  const lines = frames.map((frame) => frameLines(frame));
  const elided = goroutine?.elided;
  if (elided !== undefined)
    lines.splice(elided.after === 0 ? lines.length : elided.after, 0, [`...${elided.count} frames elided...`]);
  const created = goroutine?.createdBy;
  if (created !== undefined) {
    const where = goroutine?.createdIn === undefined ? '' : ` in goroutine ${goroutine.createdIn}`;
    const [, place] = frameLines(created);
    lines.push([`created by ${created.function ?? 'an unknown function'}${where}`, ...(place === undefined ? [] : [place])]);
  }
  return [head, ...lines.flat()].join('\n');
}
