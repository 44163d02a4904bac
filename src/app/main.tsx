/** The page's entry: theme, worker, then the app. */
import './theme/tokens.css';
import './theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient } from '../worker/client.ts';
import type { Response } from '../worker/protocol.ts';
import { App } from './app.tsx';
import { openFragment } from './features/share/open-fragment.ts';
import { followOpenedCases } from './opening.ts';
import { loadViews } from './shell/slots.tsx';
import { provideClient } from './stores/client.ts';
import { followTheme } from './theme/theme.ts';

followTheme();
const client = createClient(({ onResponse, onError }) => {
  const worker = new Worker(new URL('../worker/analysis.worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = (event: MessageEvent<Response>) => onResponse(event.data);
  worker.onerror = (event) => onError(event.message);
  return worker;
});
provideClient(client);
followOpenedCases();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

void openFragment();
window.addEventListener('hashchange', () => void openFragment());

// The worker and the views load while the person looks for a file.
setTimeout(client.warm, 0);
setTimeout(loadViews, 0);
