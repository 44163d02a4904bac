/** The page's side of the analysis worker: typed calls, progress, cancel. */
import type { StackPicture } from '../core/model/picture.ts';
import { needsPieces, sendPieces, withoutPieces } from './pieces.ts';
import { restoreGiven } from './restore-given.ts';
import type { CaseView, InputPart, Request, Response } from './protocol.ts';

export interface Progress {
  phase: string;
  done: number;
  total: number;
}

export type AnalysisOutcome =
  | { type: 'case'; view: CaseView }
  | { type: 'cancelled' }
  /** `message` is a sentence for people. */
  | { type: 'failed'; message: string };

export interface AnalysisRun {
  /** Never rejects. */
  promise: Promise<AnalysisOutcome>;
  /** Settles `promise` with 'cancelled' at once. */
  cancel: () => void;
}

export interface AnalysisClient {
  analyse: (parts: readonly InputPart[], options?: { onProgress?: (progress: Progress) => void }) => AnalysisRun;
  /** The stack of goroutine (or thread) `owner`; undefined when there is nothing to draw. Rejects when drawing failed. */
  picture: (snapshot: number, owner: string) => Promise<StackPicture | undefined>;
  report: (form: 'text' | 'markdown' | 'json') => Promise<string>;
}

/** The part of `Worker` that is used. */
export interface WorkerPort {
  postMessage: (message: Request, transfer: ArrayBuffer[]) => void;
  terminate: () => void;
}

export interface WorkerEvents {
  onResponse: (response: Response) => void;
  /** An error that no request answers for: the worker could not be loaded, or ran out of memory. */
  onError: (message: string) => void;
}

interface Call {
  answer: (response: Response) => void;
  fail: (message: string) => void;
}

/**
 * Cancelling ends the worker: a synchronous analysis could not hear a message. The case that was open is read again in
 * the new worker only when a picture or report of it is asked for.
 */
export function createClient(startWorker: (events: WorkerEvents) => WorkerPort): AnalysisClient {
  let port: WorkerPort | undefined;
  let nextId = 1;
  const calls = new Map<number, Call>();
  /** Parts of the case that the page shows, and whether this worker holds it. */
  let shown: readonly InputPart[] | undefined;
  let held: readonly InputPart[] | undefined;

  const stop = (message: string) => {
    port?.terminate();
    port = undefined;
    held = undefined;
    const waiting = [...calls.values()];
    calls.clear();
    for (const call of waiting) call.fail(message);
  };

  const openPort = (): WorkerPort => {
    if (port !== undefined) return port;
    const opened = startWorker({
      onResponse: (response) => {
        if (port === opened) calls.get(response.id)?.answer(response);
      },
      onError: (message) => {
        if (port === opened) stop(message === '' ? 'The analysis stopped unexpectedly' : message);
      },
    });
    port = opened;
    return opened;
  };

  const send = (parts: readonly InputPart[], onProgress?: (progress: Progress) => void) => {
    const id = nextId++;
    const promise = new Promise<AnalysisOutcome>((resolve) => {
      const settle = (outcome: AnalysisOutcome) => {
        calls.delete(id);
        resolve(outcome);
      };
      calls.set(id, {
        answer: (response) => {
          if (response.type === 'progress') {
            onProgress?.({ phase: response.phase, done: response.done, total: response.total });
          } else if (response.type === 'case') {
            held = parts;
            settle({ type: 'case', view: restoreGiven(response.view, response.given, parts) });
          } else if (response.type === 'cancelled') settle({ type: 'cancelled' });
          else if (response.type === 'failed') settle({ type: 'failed', message: response.message });
        },
        fail: (message) => settle({ type: 'failed', message }),
      });
      const opened = openPort();
      if (!needsPieces(parts)) {
        opened.postMessage({ type: 'analyse', id, parts: [...parts] }, []);
        return;
      }
      const wanted = () => port === opened && calls.has(id);
      void sendPieces(id, parts, (message, transfer) => opened.postMessage(message, transfer), wanted).then(() => {
        if (wanted()) opened.postMessage({ type: 'analyse', id, parts: withoutPieces(parts) }, []);
      });
    });
    return { id, promise };
  };

  const ensureHeld = async () => {
    if (shown === undefined) throw new Error('No case is open');
    if (held === shown) return;
    const outcome = await send(shown).promise;
    if (outcome.type === 'failed') throw new Error(outcome.message);
  };

  const ask = async <T>(request: (id: number) => Request, read: (response: Response) => T | undefined): Promise<T> => {
    await ensureHeld();
    const id = nextId++;
    return new Promise<T>((resolve, reject) => {
      calls.set(id, {
        answer: (response) => {
          if (response.type === 'progress') return;
          calls.delete(id);
          const value = read(response);
          if (value !== undefined) resolve(value);
          else reject(new Error(response.type === 'failed' ? response.message : 'Unexpected answer of the worker'));
        },
        fail: (message) => reject(new Error(message)),
      });
      openPort().postMessage(request(id), []);
    });
  };

  return {
    analyse: (parts, options) => {
      const { id, promise } = send(parts, options?.onProgress);
      let settled = false;
      const outcome = promise.then((result) => {
        settled = true;
        if (result.type === 'case') shown = parts;
        return result;
      });
      return {
        promise: outcome,
        cancel: () => {
          if (settled) return;
          calls.get(id)?.answer({ type: 'cancelled', id });
          stop('Cancelled');
        },
      };
    },
    picture: async (snapshot, owner) => {
      const answer = await ask(
        (id) => ({ type: 'picture', id, snapshot, owner }),
        (response) => (response.type === 'picture' ? { picture: response.picture } : undefined),
      );
      return answer.picture;
    },
    report: (form) =>
      ask(
        (id) => ({ type: 'report', id, form }),
        (response) => (response.type === 'report' ? response.text : undefined),
      ),
  };
}
