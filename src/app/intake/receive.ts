/** What a person gives, from whichever door: opens a case, or adds to the open one. */
import { notify } from '../stores/announcement-store.ts';
import { useCase } from '../stores/case-store.ts';
import { forgetFragment } from '../features/share/fragment.ts';
import { acceptFiles, textPart } from './read-files.ts';
import type { InputPart } from '../../worker/protocol.ts';

async function receiveParts(parts: readonly InputPart[]): Promise<void> {
  if (parts.length === 0) return;
  forgetFragment();
  const { status, add, open } = useCase.getState();
  // What was read, and that it was added, is announced when it is read.
  await (status === 'ready' ? add : open)(parts);
}

export async function receiveText(text: string): Promise<void> {
  if (text.trim() === '') return;
  const { parts, status } = useCase.getState();
  await receiveParts([textPart(text, status === 'ready' ? parts.length : 0)]);
}

export async function receiveFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  const { parts, refused } = await acceptFiles(files);
  if (refused.length > 0) notify(refused.join('. '));
  await receiveParts(parts);
}
