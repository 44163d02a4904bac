/** Ctrl+V anywhere outside a field reads the clipboard's text or files. */
import { useEffect } from 'react';
import { receiveFiles, receiveText } from './receive.ts';

export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input, textarea, select, [role="textbox"]') !== null;
}

/** A field that takes the paste itself. The read-only editor and read-only fields do not. */
function takesPaste(target: EventTarget | null): boolean {
  if (!isField(target) || !(target instanceof HTMLElement)) return false;
  if (target.closest('.monaco-editor') !== null && target.closest('.find-widget') === null) return false;
  return !((target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) && target.readOnly);
}

export function usePaste(): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (takesPaste(event.target) || event.clipboardData === null) return;
      const files = [...event.clipboardData.files];
      const text = event.clipboardData.getData('text/plain');
      event.preventDefault();
      event.stopPropagation();
      void (text === '' ? receiveFiles(files) : receiveText(text));
    };
    // Capturing: the editor would swallow the event.
    document.addEventListener('paste', onPaste, { capture: true });
    return () => document.removeEventListener('paste', onPaste, { capture: true });
  }, []);
}
