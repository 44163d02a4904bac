/** *Copy report*: the Markdown that the worker writes, to the clipboard. */
import { notify } from '../../stores/announcement-store.ts';
import { analysisClient } from '../../stores/client.ts';

export async function copyReport(): Promise<void> {
  try {
    const text = await analysisClient().report('markdown');
    await navigator.clipboard.writeText(text);
    notify(`Report copied, ${text.length.toLocaleString('en')} characters of Markdown`);
  } catch (error) {
    notify(`The report could not be copied: ${error instanceof Error ? error.message : String(error)}`);
  }
}
