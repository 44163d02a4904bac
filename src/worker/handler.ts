/** Answers requests: one case at a time, the last one analysed. Runs in the worker and, without one, in tests. */
import { analyse, drawStack, toMarkdown, toReport, toText } from '../core/index.ts';
import type { AnalysedCase } from '../core/model/case.ts';
import { toCaseView } from './case-view.ts';
import { Assembly } from './pieces.ts';
import type { InputPart, Request, Response } from './protocol.ts';

export type Post = (response: Response, transfer: ArrayBuffer[]) => void;

function messageOf(error: unknown): string {
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

/** Every request is answered exactly once ('progress' aside), whatever happens inside. */
export function createHandler(post: Post): (request: Request) => Promise<void> {
  let current: AnalysedCase | undefined;
  const running = new Map<number, AbortController>();
  const pieces = new Assembly();

  const analyseParts = async (id: number, parts: InputPart[]) => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const onProgress = (phase: string, done: number, total: number) => post({ type: 'progress', id, phase, done, total }, []);
      const analysed = await analyse(parts, { onProgress, signal: controller.signal });
      const { view, given, transfer } = toCaseView(analysed, parts);
      current = analysed;
      post({ type: 'case', id, view, given }, transfer);
    } catch (error) {
      if (controller.signal.aborted) post({ type: 'cancelled', id }, []);
      else post({ type: 'failed', id, message: messageOf(error) }, []);
    } finally {
      running.delete(id);
    }
  };

  const answer = (id: number, work: (analysed: AnalysedCase) => Response) => {
    try {
      if (current === undefined) throw new Error('No case is open');
      post(work(current), []);
    } catch (error) {
      post({ type: 'failed', id, message: messageOf(error) }, []);
    }
  };

  return async (request) => {
    switch (request.type) {
      case 'analyse':
        await analyseParts(request.id, pieces.finish(request.id, request.parts));
        break;
      case 'bytes':
        pieces.take(request);
        break;
      case 'picture': {
        const { id, snapshot, owner } = request;
        answer(id, (analysed) => ({ type: 'picture', id, picture: drawStack(analysed, snapshot, owner) }));
        break;
      }
      case 'report': {
        const { id, form } = request;
        answer(id, (analysed) => ({ type: 'report', id, text: reportOf(analysed, form) }));
        break;
      }
      case 'cancel':
        running.get(request.id)?.abort();
        break;
    }
  };
}
