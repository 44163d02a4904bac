/** One worker and the calls that wait for its answers. It holds at most one case. */
import type { Request, Response } from './protocol.ts';

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

export type StartWorker = (events: WorkerEvents) => WorkerPort;

export type Progress = Pick<Extract<Response, { type: 'progress' }>, 'phase' | 'done' | 'total'>;

/** An answer that is not progress. */
export type Answer = Exclude<Response, { type: 'progress' }>;

interface Call {
  settle: (answer: Answer) => void;
  onProgress: ((progress: Progress) => void) | undefined;
}

export class Session {
  readonly #port: WorkerPort;
  readonly #calls = new Map<number, Call>();
  #nextId = 1;
  #ended = false;

  constructor(start: StartWorker) {
    this.#port = start({
      onResponse: (response) => this.#take(response),
      onError: (message) => this.end(message === '' ? 'The analysis stopped unexpectedly' : message),
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Never rejects: the answer of an ended session is 'failed'. */
  call(request: (id: number) => Request, onProgress?: (progress: Progress) => void): Promise<Answer> {
    const id = this.#nextId++;
    return new Promise((settle) => {
      if (this.#ended) {
        settle({ type: 'failed', id, message: 'The analysis has ended' });
        return;
      }
      this.#calls.set(id, { settle, onProgress });
      this.#port.postMessage(request(id), []);
    });
  }

  /** Ends the worker at once, whatever it does; calls that wait fail with `message`. */
  end(message: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#port.terminate();
    const waiting = [...this.#calls];
    this.#calls.clear();
    for (const [id, { settle }] of waiting) settle({ type: 'failed', id, message });
  }

  #take(response: Response): void {
    const call = this.#calls.get(response.id);
    if (this.#ended || call === undefined) return;
    if (response.type === 'progress') {
      const { phase, done, total } = response;
      call.onProgress?.({ phase, done, total });
      return;
    }
    this.#calls.delete(response.id);
    call.settle(response);
  }
}
