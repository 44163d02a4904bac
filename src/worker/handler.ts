/** Answers requests: one case at a time, the last one analysed. Runs in the worker and, without one, in tests. */
import { analyse, drawStack, toMarkdown, toReport, toText } from '../core/index.ts';
import { documentBytes } from '../core/model/bytes.ts';
import type { AnalysedCase } from '../core/model/case.ts';
import { toCaseView } from './case-view.ts';
import type { Request, Response } from './protocol.ts';
import { checkRead, readParts, sizeOf } from './read-parts.ts';

export type Post = (response: Response, transfer: ArrayBuffer[]) => void;

function messageOf(error: unknown): string {
  if (error instanceof RangeError) return `The input is larger than this browser can hold (${error.message})`;
  return error instanceof Error ? error.message : String(error);
}

function reportOf(analysed: AnalysedCase, form: 'text' | 'markdown' | 'json'): string {
  switch (form) {
    case 'text':
      return toText(analysed);
    case 'markdown':
      return toMarkdown(analysed);
    case 'json':
      return JSON.stringify(toReport(analysed), null, 2);
  }
}

/** A copy: the worker keeps its own. */
function bytesOf(analysed: AnalysedCase, { document, start, end }: Extract<Request, { type: 'bytes' }>): Uint8Array<ArrayBuffer> {
  const found = analysed.documents[document];
  if (found === undefined) throw new Error('There is no such document');
  return documentBytes(found, start, end).slice();
}

/** Every request is answered exactly once ('progress' aside), whatever happens inside. */
export function createHandler(post: Post): (request: Request) => Promise<void> {
  let current: AnalysedCase | undefined;
  const running = new Map<number, AbortController>();

  const analyseParts = async ({ id, parts, head }: Extract<Request, { type: 'analyse' }>) => {
    const controller = new AbortController();
    const { signal } = controller;
    running.set(id, controller);
    try {
      const onProgress = (phase: string, done: number, total: number) => post({ type: 'progress', id, phase, done, total }, []);
      const given = await readParts(parts, { head, signal, onProgress: (done, total) => onProgress('Loading', done, total) });
      const analysed = await analyse(given, { onProgress, signal });
      checkRead(given);
      const read = given.reduce((sum, { bytes }) => sum + bytes.length, 0);
      const total = parts.reduce((sum, part) => sum + sizeOf(part), 0);
      const { view, transfer } = toCaseView(analysed, head === undefined ? undefined : { read, total });
      current = analysed;
      post({ type: 'case', id, view }, transfer);
    } catch (error) {
      if (signal.aborted) post({ type: 'cancelled', id }, []);
      else post({ type: 'failed', id, message: messageOf(error) }, []);
    } finally {
      running.delete(id);
    }
  };

  const answer = (id: number, work: (analysed: AnalysedCase) => { response: Response; transfer?: ArrayBuffer[] }) => {
    try {
      if (current === undefined) throw new Error('No case is open');
      const { response, transfer } = work(current);
      post(response, transfer ?? []);
    } catch (error) {
      post({ type: 'failed', id, message: messageOf(error) }, []);
    }
  };

  return async (request) => {
    switch (request.type) {
      case 'analyse':
        await analyseParts(request);
        break;
      case 'picture': {
        const { id, snapshot, owner } = request;
        answer(id, (analysed) => ({ response: { type: 'picture', id, picture: drawStack(analysed, snapshot, owner) } }));
        break;
      }
      case 'report': {
        const { id, form } = request;
        answer(id, (analysed) => ({ response: { type: 'report', id, text: reportOf(analysed, form) } }));
        break;
      }
      case 'bytes': {
        const { id } = request;
        answer(id, (analysed) => {
          const bytes = bytesOf(analysed, request);
          return { response: { type: 'bytes', id, bytes }, transfer: [bytes.buffer] };
        });
        break;
      }
      case 'cancel':
        running.get(request.id)?.abort();
        break;
    }
  };
}
