/**
 * The page's side of the analysis: typed calls, progress, a preview of large inputs, cancel.
 *
 * Each case has a worker of its own. The one that is shown answers for pictures while the next one is read, and is
 * still there when that is cancelled; a preview and the whole are two workers too. Cancelling ends a worker: a
 * synchronous analysis could not hear a message.
 */
import type { StackPicture } from '../core/model/picture.ts';
import type { CaseView, DocumentView, InputPart, Request, SentCase, SentDocument } from './protocol.ts';
import { RemoteBytes } from './remote-bytes.ts';
import { Session, type Answer, type Progress, type StartWorker } from './session.ts';

export type { Progress, StartWorker, WorkerEvents, WorkerPort } from './session.ts';

export type AnalysisOutcome =
  | { type: 'case'; view: CaseView }
  | { type: 'cancelled' }
  /** `message` is a sentence for people. */
  | { type: 'failed'; message: string };

export interface AnalysisRun {
  /** Never rejects. */
  promise: Promise<AnalysisOutcome>;
  /** Settles `promise` with 'cancelled' at once; the case shown before the run is the one that is asked again. */
  cancel: () => void;
}

export interface AnalyseOptions {
  onProgress?: (progress: Progress) => void;
  /** Called at most once, with what the beginning of a large input shows; its `partial` is set. Absent = no preview. */
  onPreview?: (view: CaseView) => void;
}

export interface AnalysisClient {
  analyse: (parts: readonly InputPart[], options?: AnalyseOptions) => AnalysisRun;
  /** The stack of goroutine (or thread) `owner`; undefined when there is nothing to draw. Rejects when drawing failed. */
  picture: (snapshot: number, owner: string) => Promise<StackPicture | undefined>;
  report: (form: 'text' | 'markdown' | 'json') => Promise<string>;
  /** Bytes [start, end) of a document of the case that is shown. */
  bytes: (document: number, start: number, end: number) => Promise<Uint8Array>;
  /** Called whenever bytes of a large document that were left out have come. Returns what stops it. */
  onBytes: (listener: () => void) => () => void;
  /** Starts a worker for what will be opened next. */
  warm: () => void;
  /** The case is no longer shown: its worker ends. */
  close: () => void;
}

/** Inputs of more bytes have a preview: smaller ones are read within a blink. */
export const previewFrom = 12 * 2 ** 20;
/** Bytes of each part that a preview reads. */
export const previewBytes = 2 * 2 ** 20;

/** A case that a worker holds, and how to have it read again when the worker has died. */
interface Held {
  session: Session;
  parts: readonly InputPart[];
  head: number | undefined;
  /** Reading it again, after its worker has died. */
  again?: Promise<Answer>;
}

function sizeOf(parts: readonly InputPart[]): number {
  return parts.reduce((sum, part) => sum + ('file' in part ? part.file.size : part.bytes.length), 0);
}

function analyseRequest(parts: readonly InputPart[], head: number | undefined): (id: number) => Request {
  return (id) => ({ type: 'analyse', id, parts: [...parts], ...(head !== undefined && { head }) });
}

export function createClient(startWorker: StartWorker): AnalysisClient {
  let spare: Session | undefined;
  let shown: Held | undefined;
  const listeners = new Set<() => void>();

  const takeSession = (): Session => {
    const session = spare?.ended === false ? spare : new Session(startWorker);
    spare = undefined;
    return session;
  };

  const ask = async <T>(
    held: Held | undefined,
    request: (id: number) => Request,
    read: (answer: Answer) => T | undefined,
  ): Promise<T> => {
    if (held === undefined || held !== shown) throw new Error('No case is open');
    if (held.session.ended) {
      held.session = takeSession();
      held.again = held.session.call(analyseRequest(held.parts, held.head));
    }
    if (held.again !== undefined) {
      const again = await held.again;
      if (again.type === 'failed') throw new Error(again.message);
    }
    const answer = await held.session.call(request);
    const value = read(answer);
    if (value !== undefined) return value;
    throw new Error(answer.type === 'failed' ? answer.message : 'Unexpected answer of the worker');
  };

  const bytesOf = (held: Held | undefined, document: number, start: number, end: number) =>
    ask(
      held,
      (id) => ({ type: 'bytes', id, document, start, end }),
      (answer) => (answer.type === 'bytes' ? answer.bytes : undefined),
    );

  const received = (held: Held, sent: SentCase): CaseView => {
    const document = ({ stored, ...one }: SentDocument, index: number): DocumentView => {
      if (stored === undefined) return one;
      const fetch = (start: number, end: number) => bytesOf(held, index, start, end);
      const onArrival = () => {
        for (const listener of listeners) listener();
      };
      return { ...one, store: new RemoteBytes({ length: stored, fetch, onArrival }) };
    };
    return { ...sent, documents: sent.documents.map(document) };
  };

  const analyse = (parts: readonly InputPart[], { onProgress, onPreview }: AnalyseOptions = {}): AnalysisRun => {
    const before = shown;
    const opened: Session[] = [];
    const open = (): Session => {
      const session = takeSession();
      opened.push(session);
      return session;
    };
    let settled = false;
    let settle: (outcome: AnalysisOutcome) => void = () => undefined;
    const promise = new Promise<AnalysisOutcome>((resolve) => {
      settle = (outcome) => {
        settled = true;
        resolve(outcome);
      };
    });
    const giveUp = (outcome: AnalysisOutcome) => {
      if (settled) return;
      if (shown !== undefined && opened.includes(shown.session)) shown = before;
      for (const session of opened) session.end('Cancelled');
      settle(outcome);
    };

    const preview = async (show: (view: CaseView) => void) => {
      const held: Held = { session: open(), parts, head: previewBytes };
      const answer = await held.session.call(analyseRequest(parts, previewBytes));
      if (settled) return;
      // The beginning of a log may hold nothing of the crash: that is no news.
      if (answer.type !== 'case' || !answer.view.recognised) {
        held.session.end('No preview');
        return;
      }
      shown = held;
      show(received(held, answer.view));
    };
    const whole = async (session: Session) => {
      const answer = await session.call(analyseRequest(parts, undefined), (progress) => {
        if (!settled) onProgress?.(progress);
      });
      if (settled) return;
      if (answer.type !== 'case') {
        giveUp(answer.type === 'failed' ? { type: 'failed', message: answer.message } : { type: 'cancelled' });
        return;
      }
      const replaced = [shown?.session, before?.session];
      shown = { session, parts, head: undefined };
      for (const old of replaced) old?.end('Another case was opened');
      settle({ type: 'case', view: received(shown, answer.view) });
    };
    const run = async () => {
      if (onPreview !== undefined && sizeOf(parts) > previewFrom) {
        const previewed = preview(onPreview);
        // It loads meanwhile.
        const session = open();
        await previewed;
        if (!settled) await whole(session);
      } else await whole(open());
    };
    void run();
    return { promise, cancel: () => giveUp({ type: 'cancelled' }) };
  };

  return {
    analyse,
    picture: async (snapshot, owner) => {
      const answer = await ask(
        shown,
        (id) => ({ type: 'picture', id, snapshot, owner }),
        (response) => (response.type === 'picture' ? { picture: response.picture } : undefined),
      );
      return answer.picture;
    },
    report: (form) =>
      ask(
        shown,
        (id) => ({ type: 'report', id, form }),
        (answer) => (answer.type === 'report' ? answer.text : undefined),
      ),
    bytes: (document, start, end) => bytesOf(shown, document, start, end),
    onBytes: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    warm: () => {
      spare ??= new Session(startWorker);
    },
    close: () => {
      shown?.session.end('The case was closed');
      shown = undefined;
    },
  };
}
