/** The worker's entry: the core behind a typed message port. */
import { createHandler } from './handler.ts';
import type { Request } from './protocol.ts';

const handle = createHandler((response, transfer) => self.postMessage(response, { transfer }));

self.onmessage = (event: MessageEvent<Request>) => {
  void handle(event.data);
};
