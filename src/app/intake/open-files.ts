/** The file picker. */
import { receiveFiles } from './receive.ts';

export function pickFiles(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.addEventListener('change', () => void receiveFiles([...(input.files ?? [])]));
  input.click();
}
